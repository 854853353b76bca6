/** Watches an operation on a stack, and the service in it, until the stack comes to rest. */
import type { Problem } from "../problem.ts";
import { cancelOperation } from "./cancel.ts";
import type { DeployEvent } from "./events.ts";
import { attributeTask, gatherTasksOf, tellMissingLogs } from "./evidence-watch.ts";
import type { Stack, StackEvent } from "./facts.ts";
import type { DeploymentPlan } from "./plan.ts";
import type { ServiceWatch } from "./service-state.ts";
import { ownFromTheStart, pointAtService, pollService } from "./service-watch.ts";
import { attempt, backoff, outOfPatience, pause, type Session } from "./session.ts";
import { isBusy, isUnsuccessful } from "./stack-status.ts";
import { pollStack, type StackWatch } from "./stack-watch.ts";

/** What is being watched. */
export interface Following {
  readonly plan: Pick<DeploymentPlan, "token" | "stackName" | "serviceId" | "taskDefinitionId">;
  readonly operation: "create" | "update" | "delete" | "continue";
  readonly stack: StackWatch;
  readonly service: ServiceWatch;
  /** On our clock; infinite: no time-out. */
  readonly deadline: number;
  cancelled?: "delete" | "keep" | "rollback";
}

/** Why the watching ended. */
export type FollowEnd =
  | { readonly kind: "rest"; readonly status: string; readonly reason?: string; readonly stack?: Stack }
  | { readonly kind: "timedOut" }
  | { readonly kind: "blind"; readonly problem: Problem }
  | { readonly kind: "lost"; readonly problem: Problem };

const serviceType = "AWS::ECS::Service";
const taskDefinitionType = "AWS::ECS::TaskDefinition";
const lively = 1_000;
const quiet = 1_600;
/** Without a word of our operation for so long, the stack itself is asked. */
const silence = 30_000;

/** Follows the stack's operation to its end, cancelling it when asked to; ends early on time-out, blindness or lost access. */
export async function* followStack(session: Session, following: Following): AsyncGenerator<DeployEvent, FollowEnd> {
  const { stack, service } = following;
  let heard = session.clock.now();
  for (;;) {
    const command = session.inbox.take();
    if (command) yield* cancelOperation(session, following, command);
    const polled = yield* pollStack(session, stack);
    if (!polled.ok && !polled.transient) {
      if (polled.problem.kind !== "notFound") return { kind: "blind", problem: polled.problem };
      if (following.operation === "delete") return { kind: "rest", status: "DELETE_COMPLETE" };
    }
    const events = polled.ok ? polled.value : [];
    noteService(following, events);
    yield* pollService(session, service);
    if (events.length > 0 || session.lost) heard = session.clock.now();
    if (polled.ok && stack.own && !isBusy(stack.own.status)) {
      const last = yield* lookOnceMore(session, following);
      if (last) return yield* withLostTasks(session, following, last);
    } else if (session.clock.now() - heard > silence) {
      heard = session.clock.now();
      const last = yield* askTheStack(session, following);
      if (last) return yield* withLostTasks(session, following, last);
    }
    if (session.clock.now() >= following.deadline) return { kind: "timedOut" };
    if (session.lost && outOfPatience(session)) return { kind: "lost", problem: session.lost.problem };
    await pause(session, session.lost ? backoff(session) : (events.length > 0 ? lively : quiet) * session.pace);
  }
}

/** The reason of a failure may be told only after the failure itself. Undefined: the stack has moved on. */
async function* lookOnceMore(session: Session, following: Following): AsyncGenerator<DeployEvent, FollowEnd | undefined> {
  const { stack, service } = following;
  await pause(session, lively);
  const again = yield* pollStack(session, stack);
  if (!again.ok || !stack.own || isBusy(stack.own.status)) return undefined;
  noteService(following, again.value);
  yield* pollService(session, service, true);
  const found = yield* attempt(session, (signal) => session.cloud.describeStack(stack.stackId, signal));
  if (found.ok && found.value) return isBusy(found.value.status) ? undefined : atRest(found.value);
  if (!found.ok && found.transient) return undefined;
  return { kind: "rest", status: stack.own.status, ...(stack.own.reason && { reason: stack.own.reason }) };
}

/** For operations whose events bear no name, and stacks that are gone: undefined while the stack is busy or its last events are still to be read. */
async function* askTheStack(session: Session, following: Following): AsyncGenerator<DeployEvent, FollowEnd | undefined> {
  const { stack, service } = following;
  const found = yield* attempt(session, (signal) => session.cloud.describeStack(stack.stackId, signal));
  if (!found.ok || (found.value && isBusy(found.value.status))) return undefined;
  const again = yield* pollStack(session, stack);
  if (!again.ok && found.value) return undefined;
  noteService(following, again.ok ? again.value : []);
  yield* pollService(session, service, true);
  return found.value ? atRest(found.value) : { kind: "rest", status: "DELETE_COMPLETE" };
}

/** After a failure of which no task of ours was seen – the service may have come and gone between two looks – they are looked for by their revision. */
async function* withLostTasks(session: Session, { service }: Following, end: FollowEnd): AsyncGenerator<DeployEvent, FollowEnd> {
  const failed = end.kind === "rest" && (isUnsuccessful(end.status) || end.status === "DELETE_COMPLETE");
  const seen = [...service.tasks.values()].some((task) => attributeTask(service, task) === "own");
  if (failed && !seen && service.revision !== undefined) yield* gatherTasksOf(session, service, service.revision);
  if (failed) yield* tellMissingLogs(session, service);
  return end;
}

function atRest(stack: Stack): FollowEnd {
  return { kind: "rest", status: stack.status, stack, ...(stack.reason && { reason: stack.reason }) };
}

/** Learns from our operation's events which service and which revision it made. */
function noteService({ plan, service }: Following, events: readonly StackEvent[]): void {
  const is = (event: StackEvent, logicalId: string, type: string) =>
    logicalId === "" ? event.resourceType === type : event.logicalId === logicalId;
  for (const event of events) {
    if (!event.physicalId) continue;
    if (is(event, plan.serviceId, serviceType) && !event.status.startsWith("DELETE")) {
      if (event.status === "CREATE_IN_PROGRESS") ownFromTheStart(service);
      pointAtService(service, event.physicalId);
    }
    const made = /^(?:CREATE|UPDATE)_COMPLETE$/.test(event.status);
    if (made && is(event, plan.taskDefinitionId, taskDefinitionType)) service.revision ??= event.physicalId;
  }
}
