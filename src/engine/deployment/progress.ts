/** A deployment as its facts make it: the one interpretation of events, for the pane, the reporters and the diagnosis. */
import type { ExplainFacts } from "../diagnosis/context.ts";
import type { Finding } from "../diagnosis/finding.ts";
import type { Problem } from "../problem.ts";
import type { ValidationFinding } from "./change-set.ts";
import type { Question } from "./decide.ts";
import type { Activity, Attribution, DeployEvent, RecordedEvent } from "./events.ts";
import type { LogLine, Service, ServiceDeployment, ServiceMessage, StackEvent, TargetHealth, Task } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import type { Operation, Wait } from "./plan.ts";
import { foldResource, type ResourceProgress, waitingResources } from "./progress-resources.ts";
import { isAboutStack } from "./stack-watch.ts";

/** A fact with whose it is. */
export type Attributed<K extends string, T> = { readonly [key in K]: T } & { readonly attribution: Attribution };

/** The end of a container's log. */
export interface LogTail {
  readonly task: string;
  readonly container: string;
  readonly group: string;
  readonly lines: readonly LogLine[];
}

/** Something that could not be seen or done. */
export interface Warning {
  readonly message: string;
  readonly hint?: string;
  readonly action?: string;
  /** Something could not be seen that may hide a failure. */
  readonly unseen?: true;
}

/** Something that the checks predict. */
export type Predicted = Omit<Extract<DeployEvent, { type: "prediction" }>, "type">;

/** Everything known of a deployment; times are ISO 8601. */
export interface Progress {
  readonly activity: Activity;
  readonly stackName: string;
  readonly stackId?: string;
  readonly region: string;
  readonly cluster?: string;
  readonly serviceId?: string;
  readonly wait: Wait;
  /** When the first and the last fact was seen, on our clock. */
  readonly startedAt: string;
  readonly updatedAt: string;
  /** Milliseconds by which AWS's clock is ahead of ours, 0 or more. */
  readonly ahead: number;
  readonly operation?: { readonly name: Operation; readonly accepted: boolean; readonly startedAt: string };
  /** The stack's own status. */
  readonly status?: string;
  readonly reason?: string;
  /** The status of somebody else's operation that is being waited for. */
  readonly busy?: string;
  readonly resources: readonly ResourceProgress[];
  readonly events: readonly (Attributed<"event", StackEvent> & { readonly nested: boolean })[];
  readonly service?: Omit<Service, "events">;
  /** The ids of the rollouts that are this deployment's. */
  readonly own: readonly string[];
  readonly serviceDeployments: readonly Attributed<"deployment", ServiceDeployment>[];
  readonly serviceEvents: readonly Attributed<"event", ServiceMessage>[];
  readonly tasks: readonly Attributed<"task", Task>[];
  readonly targets: Readonly<Record<string, readonly TargetHealth[]>>;
  readonly logs: readonly LogTail[];
  readonly repeated?: { readonly cause: string; readonly count: number; readonly tasks: readonly string[] };
  /** What CloudFormation has against the change set that was to be executed. */
  readonly validations: readonly ValidationFinding[];
  /** What the checks predicted before anything changed. */
  readonly predictions: readonly Predicted[];
  readonly warnings: readonly Warning[];
  readonly notes: readonly string[];
  /** Set while AWS does not answer or does not know us. */
  readonly lost?: { readonly kind: "credentials" | "connection"; readonly since: string; readonly problem?: Problem };
  readonly question?: Question;
  readonly cancelling?: "delete" | "keep" | "rollback";
  /** What the account has that explains a failure. */
  readonly facts?: ExplainFacts;
  /** Why it failed, the likeliest cause first. */
  readonly findings: readonly Finding[];
  readonly outcome?: Outcome;
}

/** A deployment of which nothing is known. */
export const noProgress: Progress = {
  activity: "deploy",
  stackName: "",
  region: "",
  wait: { kind: "untilCompleted" },
  startedAt: "",
  updatedAt: "",
  ahead: 0,
  resources: [],
  events: [],
  own: [],
  serviceDeployments: [],
  serviceEvents: [],
  tasks: [],
  targets: {},
  logs: [],
  validations: [],
  predictions: [],
  warnings: [],
  notes: [],
  findings: [],
};

/** The progress after one more fact. */
export function fold(progress: Progress, event: RecordedEvent): Progress {
  const startedAt = progress.startedAt || event.at;
  const { v: _, seq: __, at, ...fact } = event;
  return { ...apply(progress, fact as DeployEvent, at), startedAt, updatedAt: at };
}

/** The progress after all these facts. */
export function foldAll(events: Iterable<RecordedEvent>): Progress {
  let progress = noProgress;
  for (const event of events) progress = fold(progress, event);
  return progress;
}

function apply(progress: Progress, event: DeployEvent, at: string): Progress {
  switch (event.type) {
    case "started": {
      const { activity, stackName, region, wait, cluster, serviceId } = event;
      return { ...progress, activity, stackName, region, wait, ...(cluster && { cluster }), ...(serviceId && { serviceId }) };
    }
    case "resources":
      return { ...progress, resources: waitingResources(event.resources) };
    case "stack":
      return { ...without(progress, "busy"), status: event.status, ...(event.stackId && { stackId: event.stackId }) };
    case "busy":
      return { ...progress, busy: event.status, status: event.status };
    case "operation":
      return { ...without(progress, "busy"), operation: { name: event.operation, accepted: false, startedAt: at } };
    case "accepted": {
      const operation = { name: event.operation, accepted: true, startedAt: progress.operation?.startedAt ?? at };
      return { ...progress, operation, ...(event.stackId && { stackId: event.stackId }) };
    }
    case "prediction": {
      const { type: _, ...prediction } = event;
      return { ...progress, predictions: [...progress.predictions, prediction] };
    }
    case "validations":
      return { ...progress, validations: event.findings };
    case "question":
      return { ...progress, question: event.question };
    case "answer":
      return without(progress, "question");
    case "stackEvent":
      return foldStackEvent(progress, event, at);
    case "service":
      return { ...progress, service: event.service, own: event.own, targets: targetsOf(event.service, progress.targets) };
    case "serviceDeployment": {
      const { deployment, attribution } = event;
      return {
        ...progress,
        serviceDeployments: put(progress.serviceDeployments, { deployment, attribution }, (one) => one.deployment.arn),
      };
    }
    case "serviceEvent":
      return { ...progress, serviceEvents: [...progress.serviceEvents, { event: event.event, attribution: event.attribution }] };
    case "task":
      return { ...progress, tasks: put(progress.tasks, { task: event.task, attribution: event.attribution }, (one) => one.task.arn) };
    case "targets":
      return { ...progress, targets: { ...progress.targets, [event.targetGroupArn]: event.targets } };
    case "logs": {
      const { task, container, group, lines } = event;
      return { ...progress, logs: put(progress.logs, { task, container, group, lines }, (one) => `${one.task} ${one.container}`) };
    }
    case "repeatedFailure":
      return { ...progress, repeated: { cause: event.cause, count: event.count, tasks: event.tasks } };
    case "warning": {
      const { message, hint, action, unseen } = event;
      const warning = { message, ...(hint && { hint }), ...(action && { action }), ...(unseen && { unseen }) };
      return { ...progress, warnings: [...progress.warnings, warning] };
    }
    case "note":
      return { ...progress, notes: [...progress.notes, event.message] };
    case "credentials":
    case "connection": {
      if (event.state === "ok") return without(progress, "lost");
      return { ...progress, lost: { kind: event.type, since: event.since, ...(event.problem && { problem: event.problem }) } };
    }
    case "cancelling":
      return { ...progress, cancelling: event.how };
    case "facts":
      return { ...progress, facts: { ...progress.facts, ...event.facts } };
    case "finding":
      return { ...progress, findings: [...progress.findings, event.finding] };
    case "outcome": {
      const { type: _, ...outcome } = event;
      return { ...without(without(progress, "question"), "lost"), outcome };
    }
  }
}

function foldStackEvent(
  progress: Progress,
  { event, attribution, nested }: Extract<DeployEvent, { type: "stackEvent" }>,
  at: string,
): Progress {
  const events = [...progress.events, { event, attribution, nested }];
  if (attribution === "earlier") return { ...progress, events };
  const ahead = Math.max(progress.ahead, Date.parse(event.at) - Date.parse(at) || 0);
  if (isAboutStack(event)) {
    return nested
      ? { ...progress, events, ahead }
      : { ...progress, events, ahead, status: event.status, ...(event.reason && { reason: event.reason }) };
  }
  return { ...progress, events, ahead, resources: foldResource(progress.resources, event, nested) };
}

/** Replaces the item with the same key where it stands, or adds it behind. */
function put<T>(items: readonly T[], item: T, key: (one: T) => string): readonly T[] {
  const at = items.findIndex((one) => key(one) === key(item));
  return at < 0 ? [...items, item] : items.with(at, item);
}

/** The targets of the groups the service has; a service that is gone keeps its last ones, as evidence. */
function targetsOf(service: Progress["service"], targets: Progress["targets"]): Progress["targets"] {
  if (service?.status !== "ACTIVE") return targets;
  return Object.fromEntries(Object.entries(targets).filter(([arn]) => service.loadBalancers.some((one) => one.targetGroupArn === arn)));
}

function without<K extends "busy" | "question" | "lost">(progress: Progress, key: K): Progress {
  const { [key]: _, ...rest } = progress;
  return rest as Progress;
}
