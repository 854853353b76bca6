import type { Overlay } from "../app/state.ts";
import { type Line, span, wrap, wrapLine } from "../ui/spans.ts";

/** The lines of something to read, none wider than the screen. */
export const viewerLines = ({ lines }: Extract<Overlay, { type: "viewer" }>, width: number): Line[] =>
  lines.flatMap((line) => wrapLine(line, width - 1));

/** The lines of a question, none wider than the screen. */
export const questionLines = ({ lines }: Extract<Overlay, { type: "confirm" }>, width: number): Line[] =>
  lines.flatMap((text) => wrap(text, width - 4).map((line): Line => [span(`   ${line}`)]));
