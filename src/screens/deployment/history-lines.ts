import { messageText } from "../../engine/deployment/message-text.ts";
import type { Progress } from "../../engine/deployment/progress.ts";
import { type Line, span, wrap } from "../ui/spans.ts";
import type { Theme } from "../ui/theme.tsx";

/** Every log line that was seen, container by container. */
export function logLines({ logs }: Progress, width: number): Line[] {
  if (logs.length === 0) return [[span(" No log lines yet: they are read when a container stops.", "muted")]];
  return logs.flatMap((log): Line[] => [
    [span(` ${log.container} `, "accent", { bold: true }), span(`${log.task}  ${log.group}`, "muted")],
    ...log.lines.flatMap((line) => indented(line.text, width - 4).map((text): Line => [span(`   ${text}`)])),
  ]);
}

/** A line of a log with the indentation it came with, also where it is broken. */
function indented(text: string, width: number): readonly string[] {
  const indent = /^ */.exec(text)?.[0].slice(0, Math.max(0, width - 20)) ?? "";
  return wrap(text.trimStart(), width - indent.length).map((line) => indent + line);
}

/** The history of stack and service, oldest first: as much of its end as fills so many lines. */
export function eventLines({ events, serviceEvents }: Progress, width: number, theme: Theme, height: number): Line[] {
  const all = [
    ...events.map(({ event, attribution }) => ({ at: event.at, attribution, event })),
    ...serviceEvents.map(({ event, attribution }) => ({ at: event.at, attribution, message: event.message })),
  ].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  if (all.length === 0) return [[span(" No events yet.", "muted")]];
  const lines: Line[][] = [];
  let count = 0;
  for (let index = all.length - 1; index >= 0 && count < height; index--) {
    const one = all[index] as (typeof all)[number];
    const text =
      "message" in one
        ? messageText(one.message)
        : `${one.event.status}  ${one.event.logicalId}${one.event.reason ? ` ${theme.symbols.none} ${one.event.reason}` : ""}`;
    const earlier = one.attribution === "earlier";
    const shown = wrap(`${text}${earlier ? "  (earlier)" : ""}`, Math.max(20, width - 12)).map(
      (part, at): Line => [
        span(at === 0 ? ` ${one.at.slice(11, 19)}  ` : " ".repeat(11), "muted"),
        span(part, earlier ? "muted" : /FAILED/.test(text) ? "bad" : "plain"),
      ],
    );
    lines.push(shown);
    count += shown.length;
  }
  return lines.reverse().flat();
}
