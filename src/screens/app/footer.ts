import { activeKeys } from "../ui/bindings.ts";
import { type Line, lineWidth, type Span, span, truncateLine, widthOf } from "../ui/spans.ts";
import type { Theme } from "../ui/theme.tsx";
import { layersOf } from "./layers.ts";
import type { Program } from "./program.ts";
import type { AppState } from "./state.ts";

const lasting: ReadonlySet<string> = new Set(["help", "back", "clear filter", "cancel", "leave", "home", "quit"]);

/** The line at the bottom: the keys that work now, as many as there is room for; help and the way back never give way. */
export function footerLine(program: Program, state: AppState, width: number, theme: Theme): Line {
  const keys = activeKeys(layersOf(program, state), theme.unicode).filter(({ quiet }) => !quiet);
  const whole = keys.reduce((sum, { sign, label }) => sum + widthOf(sign) + widthOf(label) + 4, 0) <= width;
  const spans = keys.map(({ sign, label, short, disabled }): Span[] => [
    span(sign, disabled === undefined ? "accent" : "muted", { bold: disabled === undefined }),
    span(` ${whole ? label : short}`, "muted"),
  ]);
  const must = keys.map(({ label, short }) => lasting.has(label) || lasting.has(short));
  const gap = ` ${theme.symbols.dot} `;
  const size = (at: number) => lineWidth(spans[at] ?? []) + widthOf(gap);
  let room = width - 2 - keys.reduce((sum, _, at) => sum + (must[at] ? size(at) : 0), 0);
  const shown = keys.flatMap((_, at) => {
    if (must[at]) return [at];
    room -= size(at);
    return room >= -widthOf(gap) ? [at] : [];
  });
  const line = shown.flatMap((at, index) => [...(index > 0 ? [span(gap, "muted")] : []), ...(spans[at] ?? [])]);
  return truncateLine([span(" "), ...line], width, theme.symbols.more);
}
