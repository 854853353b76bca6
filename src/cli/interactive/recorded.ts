import { profileAsDeployed } from "../../engine/deployment/as-deployed.ts";
import type { RecordedEvent } from "../../engine/deployment/events.ts";
import { stampEvent } from "../../engine/deployment/events.ts";
import type { Outcome } from "../../engine/deployment/outcome.ts";
import { foldAll } from "../../engine/deployment/progress.ts";
import { type DeploymentRecord, incompleteness, type Place, samePlace } from "../../engine/deployment/record.ts";
import type { Run } from "../../engine/deployment/run.ts";
import type { WatchedDeployment } from "../../screens/deployment-port.ts";

/** A deployment with all its facts. */
export type Watched = WatchedDeployment & Pick<Run, "events">;

/** A deployment of the past as its record has it, without AWS. One that breaks off is shown as far as it was seen; one of the other world than `place` says so. */
export function recorded(record: DeploymentRecord, place: Place): Watched {
  const { header } = record;
  const events = samePlace(header, place) ? withEnd(record) : withPlace(withEnd(record), header);
  const progress = foldAll(events);
  const snapshot = profileAsDeployed(header);
  return {
    events,
    id: header.id,
    past: true,
    profile: header.profile ?? header.stackName,
    ...(snapshot ? { snapshot } : {}),
    progress: () => progress,
    subscribe: () => () => {},
    stopWatching: () => {},
    cancel: () => {},
    answer: () => {},
    done: Promise.resolve(progress.outcome as Outcome),
  };
}

function withPlace(
  events: readonly RecordedEvent[],
  { sandbox, startedAt }: Place & { readonly startedAt: string },
): readonly RecordedEvent[] {
  const where = sandbox === undefined ? "a real account, not in the sandbox" : `the sandbox (${sandbox}), not in a real account`;
  const note = stampEvent({ type: "note", message: `This happened in ${where}.` }, events.length, Date.parse(startedAt));
  return [...events.slice(0, -1), note, ...events.slice(-1).map((last) => ({ ...last, seq: last.seq + 1 }))];
}

function withEnd(record: DeploymentRecord): readonly RecordedEvent[] {
  const { events, header } = record;
  if (events.some(({ type }) => type === "outcome")) return events;
  const at = Date.parse(events.at(-1)?.at ?? header.startedAt);
  const begun: readonly RecordedEvent[] =
    events.length > 0
      ? events
      : [
          stampEvent(
            {
              type: "started",
              activity: header.activity,
              stackName: header.stackName,
              region: header.region,
              cluster: header.cluster,
              wait: { kind: "none" },
            },
            1,
            at,
          ),
        ];
  const message = incompleteness(record) ?? "";
  return [
    ...begun,
    stampEvent({ type: "outcome", status: "notWaited", message, stackName: header.stackName, reason: "watching" }, begun.length + 1, at),
  ];
}
