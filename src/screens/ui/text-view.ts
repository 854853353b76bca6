import { graphemesOf, type TextState } from "../../engine/text-editing.ts";
import { enoughFor, oneLine, type Span, span, tail, widthOf } from "./spans.ts";
import type { Theme, Tone } from "./theme.tsx";

/** Units before the cursor that are enough for the widest screen. */
const far = 20_000;

/** A text with its cursor in at most `width` columns, scrolled so that the cursor is seen; `mask` hides the letters. */
export function textView({ text, cursor }: TextState, width: number, theme: Theme, options: { mask?: boolean; tone?: Tone } = {}): Span[] {
  const shown = (part: string) => (options.mask ? "•".repeat(graphemesOf(part).length) : oneLine(part));
  // What is far off the screen is neither split into characters nor measured.
  const before = shown(text.slice(Math.max(0, cursor - far), cursor));
  const [first = "", ...rest] = graphemesOf(enoughFor(text.slice(cursor), width));
  const at = first === "" ? " " : shown(first);
  const after = shown(rest.join(""));
  const room = Math.max(1, width - widthOf(at));
  const kept = tail(before, Math.max(0, room - Math.min(widthOf(after), 3)));
  const more =
    kept.length < before.length && kept.length > 1
      ? theme.symbols.more + tail(kept, Math.max(0, widthOf(kept) - widthOf(theme.symbols.more)))
      : kept;
  return [span(more, options.tone), ...cursorSpans(at, theme, options.tone), span(after, options.tone)];
}

/** The cell under the cursor: inverse; where the terminal has no styles, a bar before it. */
function cursorSpans(at: string, theme: Theme, tone: Tone | undefined): Span[] {
  return theme.color ? [span(at, tone, { inverse: true })] : [span(theme.unicode ? "▏" : "|", tone), span(at === " " ? "" : at, tone)];
}
