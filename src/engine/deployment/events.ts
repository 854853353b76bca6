/** The facts of a deployment, in the order in which they were seen. Documented for readers of `--json` in docs/events.md. */
import type { ExplainFacts } from "../diagnosis/context.ts";
import type { Finding } from "../diagnosis/finding.ts";
import type { Problem } from "../problem.ts";
import type { Severity } from "../schema.ts";
import type { ValidationFinding } from "./change-set.ts";
import type { Answer, Question } from "./decide.ts";
import type { LogLine, Service, ServiceDeployment, ServiceMessage, StackEvent, TargetHealth, Task } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import type { Operation, Wait } from "./plan.ts";

/** The version of the shape of the events; grows when a field changes its meaning or goes away. */
export const eventsVersion = 1;

/**
 * Whose a fact is: `own` – of this deployment, by its token, operation id or ECS deployment id; `earlier` – of an
 * earlier operation; `unknown` – nothing tells.
 */
export type Attribution = "own" | "earlier" | "unknown";

/** What was asked for: to deploy, to delete, or to watch. A failed rollback that is continued is part of deploying. */
export type Activity = "deploy" | "delete" | "watch";

/** A resource the deployment is expected to touch, in dependency order. */
export interface ExpectedResource {
  readonly logicalId: string;
  readonly type: string;
  /** Milliseconds it usually takes; absent: not known. */
  readonly usual?: number;
}

/** One fact. */
export type DeployEvent =
  | {
      readonly type: "started";
      readonly activity: Activity;
      readonly stackName: string;
      readonly region: string;
      readonly cluster?: string;
      readonly serviceId?: string;
      readonly wait: Wait;
      readonly token?: string;
    }
  /** What will be touched; said again when an operation begins. */
  | { readonly type: "resources"; readonly resources: readonly ExpectedResource[] }
  /** The stack as it was found, or as it is now. */
  | { readonly type: "stack"; readonly stackId?: string; readonly status: string; readonly reason?: string }
  /** Somebody else's operation is running; waiting for its end. */
  | { readonly type: "busy"; readonly status: string }
  /** The checks predict a failure (or something worse than wanted) of what the profile has at `path`; the deployment goes on. */
  | {
      readonly type: "prediction";
      readonly path: string;
      readonly severity: Severity;
      readonly rule: string;
      readonly message: string;
      readonly hint: string;
    }
  /** The next thing done is this call; recorded before it is made. */
  | { readonly type: "operation"; readonly operation: Operation; readonly token: string; readonly skip?: readonly string[] }
  /** AWS has accepted it. */
  | { readonly type: "accepted"; readonly operation: Operation; readonly stackId?: string }
  /** What CloudFormation has against the change set that was to be executed. */
  | { readonly type: "validations"; readonly changeSet: string; readonly findings: readonly ValidationFinding[] }
  | { readonly type: "question"; readonly question: Question }
  | { readonly type: "answer"; readonly answer: Answer }
  /** A line of the history of the stack or of a stack nested in it. */
  | { readonly type: "stackEvent"; readonly event: StackEvent; readonly attribution: Attribution; readonly nested: boolean }
  /** The service, whenever something in it has changed; `own` are the ids of this deployment's rollouts. */
  | { readonly type: "service"; readonly service: Omit<Service, "events">; readonly own: readonly string[] }
  | { readonly type: "serviceDeployment"; readonly deployment: ServiceDeployment; readonly attribution: Attribution }
  | { readonly type: "serviceEvent"; readonly event: ServiceMessage; readonly attribution: Attribution }
  /** A task, whenever something in it has changed. */
  | { readonly type: "task"; readonly task: Task; readonly attribution: Attribution }
  | { readonly type: "targets"; readonly targetGroupArn: string; readonly targets: readonly TargetHealth[] }
  /** The end of the log of a container that stopped. */
  | { readonly type: "logs"; readonly task: string; readonly container: string; readonly group: string; readonly lines: readonly LogLine[] }
  /** Several tasks of this deployment failed alike: it will hardly succeed by itself. */
  | { readonly type: "repeatedFailure"; readonly cause: string; readonly count: number; readonly tasks: readonly string[] }
  /** Something could not be seen or done; the deployment goes on. `unseen`: a failure may be hidden by it. */
  | { readonly type: "warning"; readonly message: string; readonly hint?: string; readonly action?: string; readonly unseen?: true }
  | { readonly type: "note"; readonly message: string }
  /** AWS does not take our credentials any more; `ok` when it does again. The deployment itself goes on. */
  | { readonly type: "credentials"; readonly state: "lost" | "ok"; readonly since: string; readonly problem?: Problem }
  /** AWS does not answer, or too slowly; `ok` when it does again. `since`: the last time it did. */
  | { readonly type: "connection"; readonly state: "lost" | "ok"; readonly since: string; readonly problem?: Problem }
  /** The operator asked to cancel. */
  | { readonly type: "cancelling"; readonly how: "delete" | "keep" | "rollback" }
  /** What the account has that explains a failure: looked up when the first one shows. */
  | { readonly type: "facts"; readonly facts: ExplainFacts }
  /** Why it failed, explained: after the end, before the outcome; the likeliest cause first. */
  | { readonly type: "finding"; readonly finding: Finding }
  | ({ readonly type: "outcome" } & Outcome);

/** A fact with its number and time, as it is recorded, printed and folded. */
export type RecordedEvent = DeployEvent & {
  readonly v: number;
  /** From 1, without gaps. */
  readonly seq: number;
  /** When it was seen, ISO 8601 in UTC. */
  readonly at: string;
};

/** Numbers and dates a fact. */
export function stampEvent(event: DeployEvent, seq: number, now: number): RecordedEvent {
  return { ...event, v: eventsVersion, seq, at: new Date(now).toISOString() };
}
