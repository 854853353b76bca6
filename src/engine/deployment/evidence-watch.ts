/** Gathers, while a deployment runs, what a rollback will delete: why tasks stopped, their last log lines, their targets' health. */
import type { Attribution, DeployEvent } from "./events.ts";
import type { Service, Task } from "./facts.ts";
import { gatherLogs, tellUnread } from "./log-watch.ts";
import { isNews, type ServiceWatch } from "./service-state.ts";
import { enrich, type Session } from "./session.ts";
import { groupFailures } from "./task-failure.ts";

/** Looks at the service's tasks, running and stopped, and reads the logs of those that failed. */
export async function* gatherTasks(session: Session, watch: ServiceWatch, service: Service): AsyncGenerator<DeployEvent, void> {
  watch.asked.tasks = session.clock.now();
  const listed = yield* enrich(session, "the service's tasks", (signal) => session.cloud.tasks(service.clusterArn, service.name, signal));
  yield* tellTasks(session, watch, service.clusterArn, listed ?? []);
}

/**
 * Looks at all tasks of a revision that our operation made, also when their service is gone. Where it is not known which rollout
 * was ours, it is the first one of that revision: an operation begins one at most.
 */
export async function* gatherTasksOf(session: Session, watch: ServiceWatch, taskDefinition: string): AsyncGenerator<DeployEvent, void> {
  const family = /([^/:]+):\d+$/.exec(taskDefinition)?.[1];
  if (family === undefined) return;
  const listed = yield* enrich(session, "the stopped tasks", (signal) => session.cloud.familyTasks(watch.cluster, family, signal));
  const ofRevision = (listed ?? []).filter((task) => task.taskDefinition === taskDefinition);
  const [first] = ofRevision.filter((task) => task.startedBy).sort((a, b) => (a.createdAt ?? "").localeCompare(b.createdAt ?? ""));
  if (watch.own.size === 0 && first?.startedBy) watch.own.add(first.startedBy);
  yield* tellTasks(session, watch, watch.cluster, ofRevision);
}

async function* tellTasks(
  session: Session,
  watch: ServiceWatch,
  cluster: string,
  listed: readonly Task[],
): AsyncGenerator<DeployEvent, void> {
  for (const task of [...listed, ...(yield* unlisted(session, watch, cluster, listed))]) {
    watch.tasks.set(task.arn, task);
    const attribution = attributeTask(watch, task);
    if (isNews(watch, task.arn, { task, attribution })) yield { type: "task", task, attribution };
  }
  const whose = Map.groupBy(watch.tasks.values(), (task) => attributeTask(watch, task));
  const failures = groupFailures(whose.get("own") ?? []);
  // What nobody can attribute may be the cause.
  yield* gatherLogs(session, watch, [...failures, ...groupFailures(whose.get("unknown") ?? [])]);
  for (const { cause, tasks: alike } of failures) {
    const event = { type: "repeatedFailure", cause, count: alike.length, tasks: alike.map((task) => task.id) } as const;
    if (alike.length > 1 && isNews(watch, `repeated ${cause}`, event.count)) yield event;
  }
}

/** After the end: says which of our failures no log tells of. */
export function* tellMissingLogs(session: Session, watch: ServiceWatch): Generator<DeployEvent> {
  const own = [...watch.tasks.values()].filter((task) => attributeTask(watch, task) === "own");
  yield* tellUnread(session, watch, groupFailures(own));
}

/** Tasks of ours that a list no longer has, because their service is being deleted, while they are still stopping. */
async function* unlisted(
  session: Session,
  watch: ServiceWatch,
  cluster: string,
  listed: readonly Task[],
): AsyncGenerator<DeployEvent, readonly Task[]> {
  const missing = [...watch.tasks.values()].filter((task) => task.lastStatus !== "STOPPED" && !listed.some((one) => one.arn === task.arn));
  if (missing.length === 0) return [];
  const arns = missing.map((task) => task.arn);
  return (yield* enrich(session, "the tasks that are stopping", (signal) => session.cloud.describeTasks(cluster, arns, signal))) ?? [];
}

/**
 * Whose a task is: of a rollout of ours, of one that was there before, or of one that had ended before it was seen – ours where the
 * task was not there before us, or runs the revision we made. An operation that begins no rollout (it scales, say) has all new tasks.
 */
export function attributeTask(watch: ServiceWatch, task: Task): Attribution {
  if (task.startedBy === undefined || !task.startedBy.startsWith("ecs-svc/")) return "unknown";
  if (watch.own.has(task.startedBy)) return "own";
  const isNew = watch.tasksBefore !== undefined && !watch.tasksBefore.has(task.arn);
  const wasBefore = watch.before.deployments.has(task.startedBy);
  if (isNew && (watch.own.size === 0 || !wasBefore)) return "own";
  if (watch.own.size === 0 && !wasBefore && task.taskDefinition === watch.revision) return "own";
  return watch.baseline !== "none" || watch.own.size > 0 ? "earlier" : "unknown";
}

/** Looks at the health of the service's targets. */
export async function* gatherTargets(session: Session, watch: ServiceWatch, service: Service): AsyncGenerator<DeployEvent, void> {
  watch.asked.targets = session.clock.now();
  const groups = new Set(service.loadBalancers.map((one) => one.targetGroupArn));
  // A group that the service has left says nothing of it any more.
  for (const arn of watch.targets.keys()) if (!groups.has(arn)) watch.targets.delete(arn);
  for (const arn of groups) {
    const targets = yield* enrich(session, "the health of the targets", (signal) => session.cloud.targetHealth(arn, signal));
    if (!targets) continue;
    watch.targets.set(arn, targets);
    if (isNews(watch, arn, targets)) yield { type: "targets", targetGroupArn: arn, targets };
  }
}
