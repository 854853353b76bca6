/** One fact as plain text. */
import type { RecordedEvent } from "../engine/deployment/events.ts";
import { lastPart } from "../engine/deployment/outputs.ts";
import type { Progress } from "../engine/deployment/progress.ts";
import { isAboutStack } from "../engine/deployment/stack-watch.ts";
import { isFailedTask, taskFailureText } from "../engine/deployment/task-failure.ts";
import { sanitizeLine } from "../engine/sanitize.ts";
import { findingLines, outcomeText } from "./finding-lines.ts";

/** How a line is meant: for a mark in front and, where colours are wanted, one of them. */
export type Tone = "plain" | "good" | "bad" | "warn" | "dim";

/** A line of plain text, free of control characters. */
export interface PlainLine {
  readonly text: string;
  readonly tone: Tone;
}

/** The lines of one fact, which `progress` includes: one, a few for a log or a cause, none for what is not news to a reader of logs. */
export function plainLines(event: RecordedEvent, progress: Pick<Progress, "findings">): readonly PlainLine[] {
  return describe(event, progress).map(({ text, tone }) => ({ text: `${/^ */.exec(text)?.[0]}${sanitizeLine(text)}`, tone }));
}

const line = (text: string, tone: Tone = "plain"): readonly PlainLine[] => [{ text, tone }];

function describe(event: RecordedEvent, progress: Pick<Progress, "findings">): readonly PlainLine[] {
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
    case "validations":
      return event.findings.map(({ logicalId, message }) => ({
        text: `validation: ${logicalId ? `${logicalId}: ` : ""}${message}`,
        tone: "bad",
      }));
    case "question":
      return line(`${event.question.stackName} is ${event.question.status} and has to be deleted first`, "warn");
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
      return event.attribution === "earlier" ? [] : line(event.event.message.replace(/^\(service [^)]+\),?/, "service:"), "dim");
    case "task":
      return event.attribution === "earlier" ? [] : taskLine(event.task);
    case "targets":
      return line(`targets of ${targetGroupName(event.targetGroupArn)}: ${tally(event.targets.map((target) => target.state))}`, "dim");
    case "logs": {
      const head = `log of ${event.container} in task ${event.task.slice(0, 8)}:`;
      return [{ text: head, tone: "warn" }, ...event.lines.map(({ text }) => ({ text: `| ${text}`, tone: "plain" as const }))];
    }
    case "repeatedFailure":
      return line(`${event.count} tasks failed alike: ${event.cause}`, "bad");
    case "warning":
      return line(`warning: ${event.message}${event.hint ? ` ${event.hint}` : ""}`, "warn");
    case "note":
      return line(event.message);
    case "credentials":
    case "connection": {
      const what = event.type === "credentials" ? "credentials" : "connection";
      if (event.state === "ok") return line(`${what} back; last seen ${event.since}`, "good");
      return line(`${what} lost, last update ${event.since}: ${event.problem?.message ?? ""} The deployment goes on in AWS.`, "warn");
    }
    case "cancelling":
      return line(`cancelling (${event.how})`, "warn");
    case "finding":
      return findingLines(event.finding, progress.findings.slice(0, -1));
    case "outcome":
      return line(outcomeText(event, progress), tones[event.status]);
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

function taskLine(task: Extract<RecordedEvent, { type: "task" }>["task"]): readonly PlainLine[] {
  const name = `task ${task.id.slice(0, 8)} ${task.lastStatus}`;
  return isFailedTask(task) ? line(`${name}: ${taskFailureText(task)}`, "bad") : line(name, "dim");
}

/** `2 healthy, 1 initial`. */
function tally(states: readonly string[]): string {
  const counts = Map.groupBy(states, (state) => state);
  return [...counts].map(([state, all]) => `${all.length} ${state}`).join(", ") || "none registered";
}

function targetGroupName(arn: string): string {
  return /targetgroup\/([^/]+)\//.exec(arn)?.[1] ?? arn;
}
