/** Reads the last log lines of the containers that failed, before a rollback deletes them. */
import type { DeployEvent } from "./events.ts";
import type { Task, TaskContainer, TaskDefinition } from "./facts.ts";
import type { ServiceWatch } from "./service-state.ts";
import { attempt, enrich, type Session, warnOnce } from "./session.ts";
import { type FailureGroup, failedContainers } from "./task-failure.ts";

const logLines = 50;
/** Logs arrive some seconds after the container has gone. */
const logReads = 4;
/**
 * A service that never comes up fails without end. Of so many tasks the logs are read – as many as any circuit breaker lets
 * fail – and of each further cause those of a few.
 */
const tasksRead = 200;
const tasksReadOfCause = 3;
const readsAtOnce = 5;
/** The count of a log that needs no further reading. */
const enough = Number.POSITIVE_INFINITY;

/** Reads what was not read yet of each failed container, a few logs at a time, so that looking stays quick. */
export async function* gatherLogs(
  session: Session,
  watch: ServiceWatch,
  failures: readonly FailureGroup[],
): AsyncGenerator<DeployEvent, void> {
  const due: AsyncGenerator<DeployEvent, void>[] = [];
  const chosen = chosenTasks(watch, failures);
  if (chosen.length < failures.reduce((sum, { tasks }) => sum + tasks.length, 0)) yield* tellOfBound(session);
  for (const task of chosen) {
    for (const container of failedContainers(task)) {
      const key = keyOf(task, container.name);
      const reads = watch.logReads.get(key) ?? 0;
      if (container.exitCode === undefined || reads >= logReads) continue;
      const definition = yield* findTaskDefinition(session, watch, task.taskDefinition);
      if (definition) due.push(readLog(session, watch, { task, container, definition, key }));
      else watch.logReads.set(key, reads + 1);
    }
  }
  for (let at = 0; at < due.length; at += readsAtOnce) {
    const told: DeployEvent[] = [];
    const reading = due.slice(at, at + readsAtOnce).map(async (read) => {
      for await (const event of read) told.push(event);
    });
    await Promise.all(reading);
    yield* told;
  }
}

/** At the end: says of which failures no log line was ever read, though their containers keep a log. */
export function* tellUnread({ warned }: Session, { logReads }: ServiceWatch, failures: readonly FailureGroup[]): Generator<DeployEvent> {
  for (const { tasks } of failures) {
    const containers = tasks.flatMap((task) =>
      failedContainers(task).map(({ name }) => ({ name, reads: logReads.get(keyOf(task, name)) })),
    );
    const asked = containers.filter(({ reads }) => reads !== undefined);
    const names = [...new Set(asked.map(({ name }) => name))];
    if (names.length === 0 || asked.some(({ reads }) => reads === enough) || names.some((name) => warned.has(logOf(name)))) continue;
    const message = `No line of the log of ${names.join(" and ")} was read: it is empty, or was gone before it could be read.`;
    yield { type: "warning", message, unseen: true };
  }
}

const keyOf = (task: Task, container: string): string => `${task.id} ${container}`;
const logOf = (container: string): string => `the log of the container ${container}`;

function* tellOfBound({ warned }: Session): Generator<DeployEvent> {
  const what = "the logs of further tasks";
  if (warned.has(what)) return;
  warned.add(what);
  const message = `More than ${tasksRead} tasks have failed: the logs of further ones are not read, only those of the first ${tasksReadOfCause} of each new cause.`;
  yield { type: "warning", message, unseen: true };
}

/** The failed tasks whose logs are read: those chosen before, the first of each cause, and others while they are not many. */
function chosenTasks({ logTasks }: ServiceWatch, failures: readonly FailureGroup[]): readonly Task[] {
  for (const { tasks } of failures) for (const { id } of tasks.slice(0, tasksReadOfCause)) logTasks.add(id);
  const all = failures.flatMap(({ tasks }) => tasks);
  for (const { id } of all) if (logTasks.size < tasksRead) logTasks.add(id);
  return all.filter(({ id }) => logTasks.has(id));
}

interface Read {
  readonly task: Task;
  readonly container: TaskContainer;
  readonly definition: TaskDefinition;
  /** Under which the reads of this log are counted. */
  readonly key: string;
}

async function* readLog(
  session: Session,
  watch: ServiceWatch,
  { task, container, definition, key }: Read,
): AsyncGenerator<DeployEvent, void> {
  const done = () => watch.logReads.set(key, enough);
  watch.logReads.set(key, (watch.logReads.get(key) ?? 0) + 1);
  const log = definition.containers.find((one) => one.name === container.name)?.log;
  if (!log) {
    done();
    return;
  }
  const stream = [log.prefix ?? "ecs", container.name, task.id].join("/");
  const result = yield* attempt(session, (signal) => session.cloud.logTail(log.group, stream, logLines, log.region, signal));
  if (!result.ok) {
    if (!result.transient) yield* warnOnce(session, logOf(container.name), result.problem);
    return;
  }
  if (result.value.length === 0) return;
  done();
  yield { type: "logs", task: task.id, container: container.name, group: log.group, lines: result.value };
}

async function* findTaskDefinition(
  session: Session,
  watch: ServiceWatch,
  arn: string,
): AsyncGenerator<DeployEvent, TaskDefinition | undefined> {
  const known = watch.taskDefinitions.get(arn);
  if (known) return known;
  const found = yield* enrich(session, "the task definition", (signal) => session.cloud.taskDefinition(arn, signal));
  if (found) watch.taskDefinitions.set(arn, found);
  return found;
}
