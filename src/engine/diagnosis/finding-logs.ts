import { lastPart } from "../deployment/outputs.ts";
import type { LogTailEvidence } from "./evidence.ts";
import type { Finding } from "./finding.ts";

/** The end of a container's log, and the tasks – by id – in which it was the same word by word. */
export interface FindingLog {
  readonly container: string;
  readonly tasks: readonly string[];
  readonly lines: readonly string[];
}

/** The logs of all containers of the tasks that a finding is about, the sample's first; none where it is about no task. */
export function logsOf({ kind, occurrences }: Finding, logs: readonly LogTailEvidence[]): FindingLog[] {
  if (kind !== "task") return [];
  const byTask = Map.groupBy(logs, ({ taskArn }) => lastPart(taskArn));
  const own = occurrences.flatMap(({ ref }) => byTask.get(lastPart(ref)) ?? []).filter(({ lines }) => lines.length > 0);
  return [...Map.groupBy(own, ({ container, lines }) => JSON.stringify([container, lines])).values()].map((alike) => {
    const { container, lines } = alike[0] as LogTailEvidence;
    return { container, lines, tasks: alike.map(({ taskArn }) => lastPart(taskArn)) };
  });
}
