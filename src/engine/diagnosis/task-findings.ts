import { lastPart } from "../deployment/outputs.ts";
import { catalogue, causeOf } from "./catalogue/index.ts";
import { type Classification, classify } from "./classify.ts";
import type { Attribution, LogTailEvidence, StoppedTaskEvidence } from "./evidence.ts";

/** A stopped task as read: which of its texts tells why it stopped. */
export interface TaskReading {
  readonly task: StoppedTaskEvidence;
  readonly attribution: Attribution;
  readonly found: Classification | undefined;
  /** The text that says most, verbatim. */
  readonly message: string;
  readonly container?: string;
  readonly exitCode?: number;
  readonly log?: readonly string[];
}

interface Candidate {
  readonly text: string;
  readonly found: Classification | undefined;
  readonly container?: string;
  readonly exitCode?: number;
}

const worth = { root: 0, unknown: 1, symptom: 2, consequence: 3, info: 4 } as const;
const rank = new Map(catalogue.map((cause, at) => [cause.id, at]));

/** Which of two texts says more: a root cause, then the likelier, then the more specific class. */
function compare(a: Candidate, b: Candidate): number {
  const value = ({ found }: Candidate) => worth[found?.entry.rootness ?? "unknown"] - (found?.entry.likelihood ?? 0);
  const order = ({ found }: Candidate) => rank.get(found?.id ?? "") ?? catalogue.length;
  return value(a) - value(b) || order(a) - order(b);
}

/** Exit codes by which a shell or the runtime says that it could not execute a command. */
const notExecuted: ReadonlySet<number> = new Set([126, 127]);

function byExitCode(code: number): Classification | undefined {
  const entry = notExecuted.has(code) ? causeOf("command-not-found") : undefined;
  if (entry) return { id: entry.id, captures: {}, entry };
  return classify(`exit code ${code}`) ?? classify("Essential container in task exited");
}

const inLogs = (text: string): Classification | undefined =>
  classify(text, (cause) => cause.origins.includes("task-log") && cause.id !== "exit-1-app-error");

/** Whether a task was stopped from outside for a reason that is no failure; its exit codes then say nothing. */
export function isOnPurpose({ stopCode, stoppedReason }: StoppedTaskEvidence): boolean {
  return stopCode === "UserInitiated" || classify(stoppedReason ?? stopCode ?? "")?.entry.rootness === "info";
}

/** Every text of a task, verbatim. */
export function taskMessages(task: StoppedTaskEvidence): string[] {
  const containers = task.containers.flatMap(({ name, exitCode, reason }) =>
    exitCode === undefined && reason === undefined
      ? []
      : [`${name}:${exitCode === undefined ? "" : ` exit code ${exitCode}`}${reason ? ` ${reason}` : ""}`],
  );
  return [...(task.stoppedReason ? [task.stoppedReason] : []), ...containers, ...(task.stopCode ? [`stop code ${task.stopCode}`] : [])];
}

/** Reads why a task stopped, from its containers, their logs and its own reason. */
export function readTask(task: StoppedTaskEvidence, attribution: Attribution, logs: readonly LogTailEvidence[]): TaskReading {
  const tail = (container: string) =>
    logs.find((log) => lastPart(log.taskArn) === lastPart(task.arn) && log.container === container)?.lines;
  const candidates: Candidate[] = [];
  const onPurpose = isOnPurpose(task);
  for (const { name, exitCode, reason } of task.containers) {
    const about = { container: name, ...(exitCode !== undefined && { exitCode }) };
    if (reason) candidates.push({ text: reason, found: classify(reason), ...about });
    const said = exitCode ? tail(name)?.join("\n") : undefined;
    const logged = said ? inLogs(said) : undefined;
    if (logged) candidates.push({ text: said as string, found: logged, ...about });
    if (exitCode && !onPurpose) {
      candidates.push({ text: reason ?? task.stoppedReason ?? `exit code ${exitCode}`, found: byExitCode(exitCode), ...about });
    }
  }
  const alone = task.containers.length === 1 ? task.containers[0] : task.containers.find((one) => one.exitCode !== undefined);
  const own = alone && { container: alone.name, ...(alone.exitCode !== undefined && { exitCode: alone.exitCode }) };
  for (const text of [task.stoppedReason, task.stopCode]) {
    const found = text ? classify(text) : undefined;
    if (text && (found || (text === task.stoppedReason && candidates.length === 0))) candidates.push({ text, found, ...own });
  }
  const [best] = candidates.sort(compare);
  const container = best?.container;
  const log = container === undefined ? undefined : tail(container);
  return {
    task,
    attribution,
    found: best?.found,
    message: best?.text ?? task.stoppedReason ?? task.stopCode ?? "stopped",
    ...(container !== undefined && { container }),
    ...(best?.exitCode !== undefined && { exitCode: best.exitCode }),
    ...(log && { log }),
  };
}

/** The same text for tasks that stopped alike: without the ids, addresses and times that differ from task to task. */
export function taskKey({ attribution, found, container, exitCode, message }: TaskReading): string {
  const same = message
    .replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{16,}\b/gi, "#")
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, "#")
    .replace(/\b\d{6,}\b/g, "#");
  return JSON.stringify([attribution, found?.id ?? same, container, exitCode, found ? found.captures["image"] : ""]);
}
