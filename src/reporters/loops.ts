/** What a log leaves out while tasks fail again and again: lines that only tell the same story once more. */
import type { RecordedEvent } from "../engine/deployment/events.ts";
import type { Service } from "../engine/deployment/facts.ts";
import type { LogTail, Progress } from "../engine/deployment/progress.ts";
import { failureKey, isFailedTask } from "../engine/deployment/task-failure.ts";

/** As many failures are told in full. */
const told = 3;

/**
 * Whether an event is one more turn of failures that were told already: a further task that fails alike, counts that go up and
 * down, the service's complaints. From then on the number is said at 4, 8, 16, … failures. Nothing is left out once it goes back.
 */
export function isOneMoreTurn(event: RecordedEvent, before: Progress): boolean {
  if ((before.repeated?.count ?? 0) < told || /ROLLBACK/.test(before.status ?? "")) return false;
  switch (event.type) {
    case "task":
      return (
        !isFailedTask(event.task) || before.tasks.some(({ task }) => isFailedTask(task) && failureKey(task) === failureKey(event.task))
      );
    case "service":
      return before.service !== undefined && shapeOf(before.service) === shapeOf(event.service);
    case "serviceEvent":
      return before.serviceEvents.some((one) => gist(one.event.message) === gist(event.event.message));
    case "logs":
      return sameLog(event, before) !== undefined;
    case "repeatedFailure":
      return before.repeated?.cause === event.cause && !Number.isInteger(Math.log2(event.count));
    default:
      return false;
  }
}

/** What of a service's state is no count. */
const shapeOf = ({ status, deployments }: Pick<Service, "status" | "deployments">): string =>
  JSON.stringify([status, deployments.map(({ taskDefinition, desired, rollout }) => [taskDefinition, desired, rollout])]);

const gist = (message: string): string => message.replace(/\b[0-9a-f]{8,}\b|\d+/g, "#");

/** The log of another task that says the same. */
export function sameLog(tail: LogTail, { logs }: Progress): LogTail | undefined {
  return logs.find(
    ({ container, task, lines }) => container === tail.container && task !== tail.task && textOf({ lines }) === textOf(tail),
  );
}

const textOf = ({ lines }: { readonly lines: readonly { readonly text: string }[] }): string => lines.map(({ text }) => text).join("\n");
