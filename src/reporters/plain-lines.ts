/** One fact as plain text. */
import type { Question } from "../engine/deployment/decide.ts";
import type { RecordedEvent } from "../engine/deployment/events.ts";
import type { Task } from "../engine/deployment/facts.ts";
import { shortMessage } from "../engine/deployment/message-text.ts";
import { lastPart } from "../engine/deployment/outputs.ts";
import type { LogTail, Progress } from "../engine/deployment/progress.ts";
import { isAboutStack } from "../engine/deployment/stack-watch.ts";
import { failureKey, isFailedTask, taskFailureText } from "../engine/deployment/task-failure.ts";
import { goesOn } from "../engine/deployment/undertaking.ts";
import { sanitize, sanitizeLine } from "../engine/sanitize.ts";
import { findingLines, outcomeText } from "./finding-lines.ts";
import { isOneMoreTurn, sameLog } from "./loops.ts";

/** How a line is meant: for a mark in front and, where colours are wanted, one of them. */
export type Tone = "plain" | "good" | "bad" | "warn" | "dim";

/** A line of plain text, free of control characters. */
export interface PlainLine {
  readonly text: string;
  readonly tone: Tone;
}

/**
 * The lines of one fact: one, a few for a log or a cause, none for what is not news to a reader of logs. `before` is what was
 * known without it: what it repeats is said in fewer words.
 */
export function plainLines(event: RecordedEvent, before: Progress): readonly PlainLine[] {
  if (isOneMoreTurn(event, before)) return [];
  return describe(event, before).map(({ text, tone }) => ({ text: onOneLine(text), tone }));
}

/** What stands before the text – blanks, the bar of a log's line and its indentation – stays as it is. */
function onOneLine(text: string): string {
  const clean = sanitize(text);
  const start = /^ *(?:\| *)?/.exec(clean)?.[0] ?? "";
  return `${start}${sanitizeLine(clean.slice(start.length))}`.trimEnd();
}

const line = (text: string, tone: Tone = "plain"): readonly PlainLine[] => [{ text, tone }];

function describe(event: RecordedEvent, before: Progress): readonly PlainLine[] {
  switch (event.type) {
    case "started":
      return line(`${event.activity} ${event.stackName} in ${event.region}${event.cluster ? `, cluster ${lastPart(event.cluster)}` : ""}`);
    case "stack":
      return line(`stack is ${event.status}`);
    case "busy":
      return line(`another operation is running (${event.status}): waiting for its end`, "warn");
    case "operation":
      return line(
        `${event.operation} with client request token ${event.token}${event.skip ? `, skipping ${event.skip.join(", ")}` : ""}`,
        "dim",
      );
    case "prediction":
      return [
        {
          text: `check: ${event.path === "" ? "" : `${event.path}: `}${event.message}`,
          tone: event.severity === "error" ? ("bad" as const) : ("warn" as const),
        },
        ...(event.hint === "" ? [] : [{ text: `  → ${event.hint}`, tone: "dim" as const }]),
      ];
    case "validations":
      return event.findings.map(({ logicalId, message }) => ({
        text: `validation: ${logicalId ? `${logicalId}: ` : ""}${message}`,
        tone: "bad",
      }));
    case "question":
      return questionLines(event.question);
    case "stackEvent":
      return event.attribution === "earlier" ? [] : stackLine(event.event, event.nested);
    case "service":
      return line(rolloutText(event), "dim");
    case "serviceDeployment": {
      const { status, reason, circuitBreaker } = event.deployment;
      const breaker =
        circuitBreaker && circuitBreaker.threshold > 0 ? `, circuit breaker ${circuitBreaker.failures} of ${circuitBreaker.threshold}` : "";
      return event.attribution === "earlier" ? [] : line(`service deployment ${status}${breaker}${reason ? ` — ${reason}` : ""}`, "dim");
    }
    case "serviceEvent":
      return event.attribution === "earlier" ? [] : messageLine(event.event.message, before);
    case "task":
      return event.attribution === "earlier" ? [] : taskLine(event.task, before);
    case "targets":
      return line(`targets of ${targetGroupName(event.targetGroupArn)}: ${tally(event.targets.map((target) => target.state))}`, "dim");
    case "logs":
      return logLines(event, before);
    case "repeatedFailure":
      return line(repeatedText(event, before), "bad");
    case "warning":
      return line(`warning: ${event.message}${event.hint ? ` ${event.hint}` : ""}`, "warn");
    case "note":
      return line(event.message);
    case "credentials":
    case "connection": {
      const ago = `${Math.max(0, Math.round((Date.parse(event.at) - Date.parse(event.since)) / 1000))} s`;
      if (event.state === "ok") return line(`${event.type} back after ${ago}`, "good");
      const why = event.problem?.message ?? "";
      if (!goesOn(before)) return line(`${event.type} lost: ${why}`, "warn");
      return line(`${event.type} lost, last update ${ago} ago: ${why} The deployment goes on in AWS.`, "warn");
    }
    case "cancelling":
      return line(`cancelling (${event.how})`, "warn");
    case "finding":
      return findingLines(event.finding, before.findings);
    case "outcome":
      return line(outcomeText(event, before), tones[event.status]);
    case "resources":
    case "accepted":
    case "answer":
    case "facts":
      return [];
  }
}

const tones: Readonly<Record<string, Tone>> = {
  succeeded: "good",
  unchanged: "good",
  failed: "bad",
  timedOut: "bad",
  cancelled: "warn",
  notWaited: "warn",
};

function stackLine(event: Extract<RecordedEvent, { type: "stackEvent" }>["event"], nested: boolean): readonly PlainLine[] {
  const where = nested ? `${event.stackName}/` : "";
  const tone = event.status.endsWith("_FAILED") ? "bad" : event.status.includes("ROLLBACK") ? "warn" : "plain";
  const what = isAboutStack(event) ? "stack" : `${event.logicalId} ${event.resourceType}`;
  return line(`${where}${what} ${event.status}${event.reason ? ` — ${event.reason}` : ""}`, tone);
}

/** `service ACTIVE: web:42 1/2 running, 1 pending, IN_PROGRESS; web:41 2/0 running, COMPLETED`. */
function rolloutText({ service }: Extract<RecordedEvent, { type: "service" }>): string {
  const rows = service.deployments.map(({ taskDefinition, running, desired, pending, failed, rollout }) => {
    const counts = [`${running}/${desired} running`, pending > 0 && `${pending} pending`, failed > 0 && `${failed} failed`, rollout];
    return `${lastPart(taskDefinition)} ${counts.filter((part) => part).join(", ")}`;
  });
  return `service ${service.status}${rows.length > 0 ? `: ${rows.join("; ")}` : ""}`;
}

/** Why a task failed is said once: not again while it is stopping, nor for another that failed alike. */
function taskLine(task: Task, before: Progress): readonly PlainLine[] {
  const name = `task ${shortId(task.id)} ${task.lastStatus}`;
  if (!isFailedTask(task)) return line(name, "dim");
  const failed = before.tasks.filter((one) => one.attribution !== "earlier" && isFailedTask(one.task)).map((one) => one.task);
  if (failed.some(({ arn }) => arn === task.arn)) return line(name, "dim");
  const alike = failed.find((one) => failureKey(one) === failureKey(task));
  return line(`${name}: ${alike ? `failed like ${shortId(alike.id)}` : taskFailureText(task)}`, "bad");
}

const shortId = (id: string) => id.slice(0, 8);

/** A log that says the same as one before is only named. */
function logLines(tail: LogTail, before: Progress): readonly PlainLine[] {
  const { container, task, lines } = tail;
  const head = `log of ${container} in task ${shortId(task)}`;
  const same = sameLog(tail, before);
  if (same) return line(`${head}: the same as in task ${shortId(same.task)}`, "dim");
  return [{ text: `${head}:`, tone: "warn" }, ...lines.map(({ text }) => ({ text: `| ${text}`, tone: "plain" as const }))];
}

/** From the second failure on it will hardly succeed by itself: said once, with what ends it. */
function repeatedText({ count, cause }: NonNullable<Progress["repeated"]>, before: Progress): string {
  if (before.repeated?.cause === cause) return `${count} tasks have failed alike now`;
  const broken = before.serviceDeployments.some(({ deployment }) => (deployment.circuitBreaker?.threshold ?? 0) > 0);
  const end = broken ? "Its circuit breaker will end it" : "No circuit breaker (deployment.circuitBreaker) will end it";
  return `${count} tasks failed alike: ${cause}. This will hardly succeed by itself. ${end}; to stop it now: ecs-wizard watch, then c.`;
}

const longMessage = 120;

/** A message of the service; a long one that came before in all but its ids is cut. */
function messageLine(message: string, before: Progress): readonly PlainLine[] {
  const text = shortMessage(message);
  const again = text.length > longMessage && before.serviceEvents.some(({ event }) => shortMessage(event.message) === text);
  return line(`service: ${again ? `${text.slice(0, longMessage / 2)}… (as before)` : text}`, "dim");
}

/** What stands in the way, and what would be lost with it. */
function questionLines({ stackName, status, resources, runningTasks, canContinue, failedResources = [] }: Question): readonly PlainLine[] {
  const tasks = runningTasks === undefined ? "whether tasks run in it could not be seen" : `${runningTasks} of its tasks are running`;
  const held = failedResources.length > 0 ? `; what could not go back: ${failedResources.join(", ")}` : "";
  const first = canContinue ? "its rollback has to be continued, or the stack deleted, first" : "it has to be deleted first";
  return [
    { text: `${stackName} is ${status}: ${first}; ${tasks}${held}`, tone: "warn" },
    ...resources.map(({ logicalId, type, physicalId }) => ({
      text: `  with it goes ${logicalId} ${type} ${physicalId ?? ""}`,
      tone: "warn" as const,
    })),
  ];
}

/** `2 healthy, 1 initial`. */
function tally(states: readonly string[]): string {
  const counts = Map.groupBy(states, (state) => state);
  return [...counts].map(([state, all]) => `${all.length} ${state}`).join(", ") || "none registered";
}

function targetGroupName(arn: string): string {
  return /targetgroup\/([^/]+)\//.exec(arn)?.[1] ?? arn;
}
