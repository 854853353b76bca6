/** Which stopped tasks are failures, and which failures are the same. */
import type { Task, TaskContainer } from "./facts.ts";

/** Whether a task stopped because something went wrong; stopped by a scaling, a newer deployment or a person is no failure. */
export function isFailedTask(task: Task): boolean {
  if (!/^(STOPPED|STOPPING|DEPROVISIONING|DEACTIVATING)$/.test(task.lastStatus)) return false;
  if (task.stopCode === "TaskFailedToStart" || task.stopCode === "EssentialContainerExited") return true;
  return task.stopCode === "ServiceSchedulerInitiated" && /failed .*health ?checks?|unhealthy/i.test(task.stoppedReason ?? "");
}

/** Containers that ended on their own: with a code other than 0, with a reason, or at all when the task needs them. */
export function failedContainers(task: Task): readonly TaskContainer[] {
  const failed = task.containers.filter((container) => (container.exitCode ?? 0) !== 0 || container.reason !== undefined);
  return failed.length > 0 ? failed : task.containers.filter((container) => container.exitCode !== undefined);
}

/** One line about why a task stopped: `web exit 1 — Essential container in task exited`. */
export function taskFailureText(task: Task): string {
  // The containers were told to stop: their exit codes say nothing.
  if (task.stopCode === "ServiceSchedulerInitiated" && task.stoppedReason) return task.stoppedReason;
  const containers = failedContainers(task).map((container) =>
    [
      container.name,
      container.exitCode === undefined ? undefined : `exit ${container.exitCode}`,
      container.reason && `(${container.reason})`,
    ]
      .filter((part) => part)
      .join(" "),
  );
  const inside = containers.join(", ");
  const outside = task.stoppedReason ?? task.stopCode;
  // AWS often gives the container's reason as the task's too.
  const parts = outside !== undefined && inside.includes(outside) ? [inside] : [inside, outside];
  return parts.filter((part) => part).join(" — ") || "stopped";
}

/** The same text for the same failure: without the ids, addresses and times that differ from task to task. */
export function failureKey(task: Task): string {
  return taskFailureText(task)
    .replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{16,}\b/gi, "#")
    .replace(/\b(?:eni|subnet|i|sg|vpc)-[0-9a-f]+\b/g, "#")
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, "#")
    .replace(/\d{4}-\d\d-\d\d[T ][\d:.]+Z?|\b\d{6,}\b/g, "#");
}

/** Failures that are alike. */
export interface FailureGroup {
  readonly cause: string;
  readonly tasks: readonly Task[];
}

/** Failed tasks by cause, the most frequent first. */
export function groupFailures(tasks: Iterable<Task>): readonly FailureGroup[] {
  const groups = Map.groupBy([...tasks].filter(isFailedTask), failureKey);
  return [...groups.values()]
    .map((alike) => ({ cause: taskFailureText(alike[0] as Task), tasks: alike }))
    .sort((a, b) => b.tasks.length - a.tasks.length);
}
