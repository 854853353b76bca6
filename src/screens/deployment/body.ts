import type { Line } from "../ui/spans.ts";
import type { Theme } from "../ui/theme.tsx";
import { failureLines } from "./failure-lines.ts";
import { eventLines, logLines } from "./history-lines.ts";
import { progressLines } from "./progress-lines.ts";
import type { DeploymentView } from "./state.ts";

/** Where and when the pane's body is drawn. */
export interface Place {
  readonly width: number;
  readonly height: number;
  readonly now: number;
  readonly frame: number;
  readonly theme: Theme;
}

/** The lines of a page when scrolling. */
export const page = 10;

/** Whether the pane stands at its end by itself, as logs do. */
export const standsAtEnd = ({ pane }: Pick<DeploymentView, "pane">): boolean => pane !== "progress";

/** What is seen of the pane's body, how many lines lie above and below, and how far it can be scrolled away. */
interface PaneBody {
  readonly seen: readonly Line[];
  readonly above: number;
  readonly below: number;
  readonly last: number;
}

/** The body of the pane as it is scrolled. */
export function paneBody(view: DeploymentView, place: Place): PaneBody {
  const lines = linesOf(view, place);
  const last = Math.max(0, lines.length - place.height);
  const offset = Math.min(Math.max(0, view.offset), last);
  const from = standsAtEnd(view) ? last - offset : offset;
  return { seen: lines.slice(from, from + place.height), above: from, below: last - from, last };
}

function linesOf(view: DeploymentView, { width, height, now, frame, theme }: Place): readonly Line[] {
  const { progress, pane, offset, all } = view;
  if (pane === "logs") return logLines(progress, width);
  if (pane === "events") return eventLines(progress, width, theme, height + offset + page);
  if (progress.outcome?.status === "failed") return failureLines(view, width, theme);
  return progressLines(progress, { now, frame, width, theme, ...(all ? {} : { height }) });
}
