import type { Progress } from "../../engine/deployment/progress.ts";
import type { ResourceProgress } from "../../engine/deployment/progress-resources.ts";
import { type Line, padTo, span, widthOf } from "../ui/spans.ts";
import type { Theme } from "../ui/theme.tsx";
import { clockText } from "../ui/times.ts";

/** How much of the resources to show: all, or – where there is no room – those that something happens to, in so many lines. */
export type Extent = { readonly all: true } | { readonly all: false; readonly room: number };

/** The stack's resources with status and duration, in dependency order; many that are done or still wait fold into a line each. */
export function resourceLines(
  { resources, ahead }: Progress,
  now: number,
  frame: number,
  width: number,
  theme: Theme,
  extent: Extent,
): Line[] {
  const line = (resource: ResourceProgress) => resourceLine(resource, now + ahead, frame, columnsOf(resources, width), theme);
  if (extent.all || resources.length <= extent.room) return resources.map(line);
  const room = Math.max(3, extent.room) - 2;
  const busy = resources.filter(({ phase }) => phase === "active" || phase === "failed");
  const last = resources.filter(({ phase }) => phase === "done" || phase === "deleted").slice(-Math.max(0, room - busy.length));
  const shown = new Set([...busy.slice(0, room), ...last]);
  const hidden = resources.filter((one) => !shown.has(one));
  const count = (words: string, sign: string, phases: readonly string[]): Line[] => {
    const number = hidden.filter(({ phase }) => phases.includes(phase)).length;
    return number === 0 ? [] : [[span(` ${sign} ${number} ${words}`, "muted")]];
  };
  return [
    ...count("more are done", theme.symbols.check, ["done", "deleted"]),
    ...resources.filter((one) => shown.has(one)).map(line),
    ...count("more are being worked on or failed", theme.symbols.more, ["active", "failed"]),
    ...count("are still to come", theme.symbols.dot, ["waiting"]),
  ];
}

interface Columns {
  readonly id: number;
  readonly type: number;
  /** Without the type, where there is no room for it. */
  readonly narrow: boolean;
  /** Whether the usual durations have room. */
  readonly usual: boolean;
}

const statusWidth = 20;
const timesWidth = 7;
const usualWidth = 16;

function columnsOf(resources: readonly ResourceProgress[], width: number): Columns {
  const id = Math.min(44, Math.max(8, ...resources.map(({ logicalId }) => widthOf(logicalId))));
  const type = Math.max(8, ...resources.map((one) => widthOf(one.type)));
  const least = 3 + 2 + statusWidth + timesWidth;
  const narrow = width < least + id + 2 + type;
  return { id: Math.min(id, Math.max(12, width - least)), type, narrow, usual: width >= least + id + (narrow ? 0 : 2 + type) + usualWidth };
}

function resourceLine(resource: ResourceProgress, now: number, frame: number, columns: Columns, theme: Theme): Line {
  const { logicalId, type, phase, status, usual } = resource;
  return [
    phaseSign(resource, frame, theme),
    span(padTo(logicalId, columns.id, theme.symbols.more)),
    ...(columns.narrow ? [] : [span(`  ${padTo(type, columns.type)}`, "muted")]),
    span(`  ${padTo(status ?? "waiting", statusWidth)}`, phase === "failed" ? "bad" : "plain"),
    span(`  ${times(resource, now).padStart(timesWidth - 2)}`),
    span(columns.usual && usual !== undefined && phase === "active" ? `  usually ${clockText(usual)}` : "", "muted"),
  ];
}

function times({ startedAt, endedAt }: ResourceProgress, now: number): string {
  return startedAt === undefined ? "" : clockText((endedAt === undefined ? now : Date.parse(endedAt)) - Date.parse(startedAt));
}

function phaseSign({ phase, status }: ResourceProgress, frame: number, { symbols }: Theme) {
  if (phase === "waiting") return span(` ${symbols.dot} `, "muted");
  if (phase === "active") return span(` ${symbols.spinner[frame % symbols.spinner.length]} `, "accent");
  return phase === "failed" || /FAILED|ROLLBACK/.test(status ?? "")
    ? span(` ${symbols.cross} `, "bad")
    : span(` ${symbols.check} `, "good");
}
