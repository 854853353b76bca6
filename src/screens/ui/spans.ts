import stringWidth from "string-width";
import { withoutUnseen } from "../../engine/sanitize.ts";
import { graphemesOf } from "../../engine/text-editing.ts";
import type { Tone } from "./theme.tsx";

/** A run of text in one style. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone | undefined;
  readonly bold?: boolean | undefined;
  readonly inverse?: boolean | undefined;
  /** Where a terminal with OSC 8 links leads. */
  readonly href?: string | undefined;
}

/** One line of the screen: never wider than its place. */
export type Line = readonly Span[];

/** A span. */
export function span(text: string, tone?: Tone, style: Omit<Span, "text" | "tone"> = {}): Span {
  return { text, ...(tone ? { tone } : {}), ...style };
}

/** Texts of which each character is one column wide, which most are. */
const plain = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff–—…·•→←↑↓─│┌┐└┘▸▾✓✗◉○›“”⏎]*$/;

/** A text this long is wider than every screen: how wide exactly does not matter, and would take long to find out. */
const beyondScreens = 20_000;

/** The columns a text takes in a terminal; of a very long text only that it is wider than any screen. */
export function widthOf(text: string): number {
  return text.length > beyondScreens || plain.test(text) ? text.length : stringWidth(text);
}

/** The columns a line takes. */
export function lineWidth(line: Line): number {
  return line.reduce((sum, part) => sum + widthOf(part.text), 0);
}

/** The text in at most `width` columns, its end replaced by `more` when it is longer. */
export function truncate(text: string, width: number, more = "…"): string {
  if (width <= 0) return "";
  if (widthOf(text) <= width) return text;
  if (width <= widthOf(more)) return more.slice(0, width);
  return `${head(text, width - widthOf(more))}${more}`;
}

/** The end of a text in at most `width` columns, its beginning replaced by `more` when it is longer. */
export function truncateStart(text: string, width: number, more = "…"): string {
  return widthOf(text) <= width ? text : `${more}${tail(text, width - widthOf(more))}`;
}

/** The longest end of a text that fits into `width` columns. */
export function tail(text: string, width: number): string {
  const graphemes = graphemesOf(lastOf(text, width * unitsPerColumn));
  let used = 0;
  let at = graphemes.length;
  while (at > 0) {
    used += widthOf(graphemes[at - 1] as string);
    if (used > width) break;
    at--;
  }
  return graphemes.slice(at).join("");
}

/** More UTF-16 units than a column can hold, so that long texts are cut before they are looked at closely. */
const unitsPerColumn = 32;

const lastOf = (text: string, units: number) => (text.length > units ? text.slice(text.length - units) : text);

/** The beginning of a text that is certainly enough for `width` columns. */
export const enoughFor = (text: string, width: number) => text.slice(0, (width + 1) * unitsPerColumn);

/** The longest beginning of a text that fits into `width` columns. */
export function head(text: string, width: number): string {
  const near = enoughFor(text, width);
  if (plain.test(near)) return near.slice(0, Math.max(0, width));
  let used = 0;
  let kept = "";
  for (const grapheme of graphemesOf(near)) {
    used += widthOf(grapheme);
    if (used > width) break;
    kept += grapheme;
  }
  return kept;
}

/** The text in exactly `width` columns. */
export function padTo(text: string, width: number, more = "…"): string {
  const cut = truncate(text, width, more);
  return cut + " ".repeat(Math.max(0, width - widthOf(cut)));
}

/** The line in at most `width` columns. */
export function truncateLine(line: Line, width: number, more = "…"): Line {
  if (lineWidth(line) <= width) return line;
  const kept: Span[] = [];
  let left = width;
  for (const part of line) {
    const wide = widthOf(part.text);
    if (wide <= left - (part === line.at(-1) ? 0 : widthOf(more)) || (wide <= left && part === line.at(-1))) {
      kept.push(part);
      left -= wide;
    } else {
      kept.push({ ...part, text: truncate(`${part.text}${part === line.at(-1) ? "" : " ".repeat(left)}`, left, more) });
      break;
    }
  }
  return kept;
}

/** Two lines on one, the second at the right edge; the first gives way. */
export function justify(left: Line, right: Line, width: number, more = "…"): Line {
  const end = truncateLine(right, width, more);
  const room = Math.max(0, width - lineWidth(end) - (end.length > 0 ? 1 : 0));
  const start = truncateLine(left, room, more);
  return [...start, { text: " ".repeat(Math.max(0, width - lineWidth(start) - lineWidth(end))) }, ...end];
}

/** A text as lines of at most `width` columns, broken between words; of what nobody reads to its end, the beginning. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  const read = text.length > beyondScreens ? `${text.slice(0, beyondScreens)}…` : text;
  for (const paragraph of read.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      let rest = word;
      if (line !== "" && widthOf(line) + 1 + widthOf(rest) > width) {
        lines.push(line);
        line = "";
      }
      while (widthOf(rest) > width) {
        const part = head(rest, Math.max(1, width)) || rest.slice(0, 1);
        lines.push(part);
        rest = rest.slice(part.length);
      }
      line = line === "" ? rest : `${line} ${rest}`;
    }
    lines.push(line);
  }
  return lines;
}

/** A line as lines of at most `width` columns, broken between words, each beginning where the line itself begins. */
export function wrapLine(line: Line, width: number): Line[] {
  if (lineWidth(line) <= width) return [line];
  const letters = line.flatMap((part) => [...part.text].map((letter) => ({ ...part, text: letter })));
  const begin = Math.max(
    0,
    letters.findIndex(({ text }) => text !== " "),
  );
  const indent = Math.min(begin, Math.floor(width / 2));
  let at = begin;
  const text = letters
    .slice(begin)
    .map((letter) => letter.text)
    .join("");
  return wrap(text, width - indent).map((row) => {
    const spans: Span[] = [{ text: " ".repeat(indent) }];
    for (const letter of row) {
      // The blanks that a break stands for.
      while (letters[at]?.text === " " && letter !== " ") at++;
      spans.push({ ...letters[at++], text: letter });
    }
    return joined(spans);
  });
}

/** Neighbours of one style as one. */
function joined(spans: readonly Span[]): Span[] {
  const style = ({ text: _, ...rest }: Span) => JSON.stringify(rest);
  const done: Span[] = [];
  for (const one of spans) {
    const last = done.at(-1);
    if (last && style(last) === style(one)) done[done.length - 1] = { ...last, text: last.text + one.text };
    else done.push(one);
  }
  return done;
}

/** A text on one line: line breaks shown, not obeyed; nothing in it moves the cursor, reverses or hides text. */
export function oneLine(text: string): string {
  return withoutUnseen(text.replace(/\r?\n/g, "⏎")).replaceAll("\t", "");
}

/** The offset at which to begin showing `total` lines in `height` so that the lines `from`..`to` are seen. */
export function scrollTo(total: number, height: number, from: number, to: number): number {
  if (total <= height) return 0;
  const third = Math.max(0, from - Math.floor(height / 3));
  const shown = Math.max(third, Math.min(from, to + 2 - height));
  return Math.max(0, Math.min(shown, total - height));
}
