import { attributor } from "./attribution.ts";
import { type Classification, classify } from "./classify.ts";
import type { ExplainContext } from "./context.ts";
import type { Attribution, Evidence } from "./evidence.ts";
import { type Explanation, explain } from "./explain.ts";
import { classifyCall } from "./failed-call.ts";
import type { Finding, FindingKind, Occurrence } from "./finding.ts";
import { isOnPurpose, readTask, type TaskReading, taskKey, taskMessages } from "./task-findings.ts";

interface Source {
  readonly kind: FindingKind;
  readonly attribution: Attribution;
  readonly subject: string;
  readonly message: string;
  readonly occurrences: readonly Occurrence[];
  readonly container?: string;
  readonly exitCode?: number;
  readonly log?: readonly string[];
  /** False for reports that are no failure unless the catalogue says so. */
  readonly failure: boolean;
}

const dated = (at: number | undefined) => (at === undefined ? {} : { at });

/** Explanations already made: the same recognition in the same context is explained once. */
const explained = new WeakMap<ExplainContext, WeakMap<Classification, Explanation>>();

function explainOnce(found: Classification, context: ExplainContext): Explanation {
  const known = explained.get(context) ?? new WeakMap<Classification, Explanation>();
  explained.set(context, known);
  const explanation = known.get(found) ?? explain(found, context);
  known.set(found, explanation);
  return explanation;
}

function finding(source: Source, found: Classification | undefined, context: ExplainContext): Finding {
  const { failure, ...rest } = source;
  const rootness = found?.entry.rootness ?? (failure ? "unknown" : "info");
  const { container, exitCode } = source;
  const about: ExplainContext =
    container === undefined && exitCode === undefined
      ? context
      : { ...context, ...(container !== undefined && { container }), ...(exitCode !== undefined && { exitCode }) };
  return {
    ...rest,
    id: found?.id ?? null,
    rootness,
    ...dated(source.occurrences[0]?.at),
    ...(found && { explanation: explainOnce(found, about) }),
    folded: rootness === "consequence" || rootness === "info",
  };
}

function tasks(readings: readonly TaskReading[], context: ExplainContext): Finding[] {
  return [...Map.groupBy(readings, taskKey).values()].map((alike) => {
    const sample = alike.find((one) => one.log) ?? (alike[0] as TaskReading);
    const occurrence = ({ task }: TaskReading): Occurrence => ({ ref: task.arn, ...dated(task.at), messages: taskMessages(task) });
    const { container, exitCode, log, found, message, attribution } = sample;
    const id = sample.task.arn.slice(sample.task.arn.lastIndexOf("/") + 1);
    const what = [`task ${id}`, container && `container ${container}`, exitCode !== undefined && `exit ${exitCode}`].filter((part) => part);
    return finding(
      {
        kind: "task",
        attribution,
        subject: what.join(" "),
        message,
        occurrences: [sample, ...alike.filter((one) => one !== sample)].map(occurrence),
        ...(container !== undefined && { container }),
        ...(exitCode !== undefined && { exitCode }),
        ...(log && { log }),
        failure: !isOnPurpose(sample.task),
      },
      found,
      context,
    );
  });
}

/** Service events that differ only in ids are one finding: a crash loop reports the same again and again. */
const similar = (message: string): string => message.replace(/\b[0-9a-f]{16,}\b/g, "#").replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, "#");

/** Everything the evidence holds, as findings in no particular order; nothing is dropped that says something about a failure. */
export function findingsOf(evidence: Evidence, context: ExplainContext): Finding[] {
  const whose = attributor(evidence);
  const seen = new Map<string, Classification | undefined>();
  const recognise = (text: string): Classification | undefined => {
    if (!seen.has(text)) seen.set(text, classify(text));
    return seen.get(text);
  };
  const one = (ref: string, at: number | undefined, ...messages: string[]): Occurrence[] => [{ ref, ...dated(at), messages }];
  const found: Finding[] = [];

  for (const { action, code, status, message, at, attribution } of evidence.apiErrors ?? []) {
    const known = classifyCall({ code: code ?? "", text: message, status, action });
    const about = { ...context, call: { action, status: status === undefined ? undefined : String(status) } };
    const subject = [action, code, status && `HTTP ${status}`].filter((part) => part).join(" ");
    found.push(
      finding(
        { kind: "apiError", attribution: attribution ?? "own", subject, message, occurrences: one(action, at, message), failure: true },
        known,
        about,
      ),
    );
  }
  for (const { message, logicalId, path, at, attribution } of evidence.validations ?? []) {
    const subject = [logicalId, path].filter((part) => part).join(" ") || "change set";
    const known = recognise(message);
    found.push(
      finding(
        { kind: "validation", attribution: attribution ?? "own", subject, message, occurrences: one(subject, at, message), failure: true },
        known,
        context,
      ),
    );
  }
  for (const event of evidence.stackEvents ?? []) {
    const failed = event.status.endsWith("_FAILED");
    if (!failed && !(event.reason && /ROLLBACK_IN_PROGRESS$/.test(event.status))) continue;
    const message = event.reason ?? `${event.status} without a reason`;
    const nested = event.physicalId === event.stackId ? "" : ` in ${event.stackName}`;
    const source = {
      kind: "stackEvent" as const,
      attribution: whose.stackEvent(event),
      subject: `${event.logicalId} (${event.type})${nested}`,
      message,
      occurrences: one(event.eventId, event.at, message),
      failure: failed && event.reason !== undefined,
    };
    found.push(finding(source, recognise(message), context));
  }
  const alike = Map.groupBy(evidence.serviceEvents ?? [], (event) => `${whose.serviceEvent(event)} ${similar(event.message)}`);
  for (const events of alike.values()) {
    const event = events[0] as (typeof events)[number];
    const occurrences = events.map(({ id, at, message }) => ({ ref: id, ...dated(at), messages: [message] }));
    found.push(
      finding(
        {
          kind: "serviceEvent",
          attribution: whose.serviceEvent(event),
          subject: "service event",
          message: event.message,
          occurrences,
          failure: false,
        },
        recognise(event.message),
        context,
      ),
    );
  }
  for (const deployment of evidence.serviceDeployments ?? []) {
    if (!/FAIL|ROLLBACK|STOPPED/.test(deployment.status)) continue;
    const message = deployment.reason ?? deployment.status;
    const source = {
      kind: "serviceDeployment" as const,
      attribution: whose.serviceDeployment(deployment),
      subject: `service deployment ${deployment.id} ${deployment.status}`,
      message,
      occurrences: one(deployment.id, deployment.at, message),
      failure: false,
    };
    found.push(finding(source, recognise(message), context));
  }
  const stopped = (evidence.stoppedTasks ?? []).map((task) => readTask(task, whose.task(task), evidence.logs ?? []));
  found.push(...tasks(stopped, context));
  const targets = Map.groupBy(
    (evidence.targetHealth ?? []).filter((target) => target.reason !== undefined && /^un/.test(target.state)),
    (target) => JSON.stringify([target.targetGroupArn, target.reason, target.description, target.attribution]),
  );
  for (const group of targets.values()) {
    const target = group[0] as (typeof group)[number];
    const message = [target.reason, target.description].filter((part) => part).join(": ");
    const occurrences = group.map(({ id, port, at }) => ({
      ref: port === undefined ? id : `${id}:${port}`,
      ...dated(at),
      messages: [message],
    }));
    const known = recognise(target.description ?? "") ?? recognise(message);
    const captures = { target_group: target.targetGroupArn, ...known?.captures };
    found.push(
      finding(
        {
          kind: "target",
          attribution: target.attribution ?? "own",
          subject: `target ${target.state} in ${target.targetGroupArn}`,
          message,
          occurrences,
          failure: false,
        },
        known && { ...known, captures },
        context,
      ),
    );
  }
  return found;
}
