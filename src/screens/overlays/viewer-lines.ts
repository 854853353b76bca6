import type { Overlay } from "../app/state.ts";
import { type Line, wrapLine } from "../ui/spans.ts";

/** The lines of something to read, none wider than the screen. */
export const viewerLines = ({ lines }: Extract<Overlay, { type: "viewer" }>, width: number): Line[] =>
  lines.flatMap((line) => wrapLine(line, width - 1));
