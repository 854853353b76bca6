/** What stands in the account before a deployment: the stack, its service, and whether somebody is working on it. */
import { ProblemError } from "../problem.ts";
import type { DeployEvent } from "./events.ts";
import type { Stack } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import type { DeploymentPlan, Wait } from "./plan.ts";
import { enrich, insist, pause, type Session, warnOnce } from "./session.ts";
import { isBusy } from "./stack-status.ts";
import { pollStack, watchStack } from "./stack-watch.ts";

const minute = 60_000;
const poll = 1_600;

/** When the patience of a wait option ends, on our clock. */
export function deadlineOf(session: Session, wait: Wait): number {
  return wait.kind === "timeout" ? session.clock.now() + wait.minutes * minute : Number.POSITIVE_INFINITY;
}

/** The stack, if there is one. Where describing it is not allowed, it warns and says what is assumed instead. */
export async function* findStack(
  session: Session,
  stackName: string,
  assume: "none" | "there",
): AsyncGenerator<DeployEvent, Stack | undefined> {
  try {
    const stack = yield* insist(session, (signal) => session.cloud.describeStack(stackName, signal));
    if (stack) yield { type: "stack", stackId: stack.id, status: stack.status, ...(stack.reason && { reason: stack.reason }) };
    return stack;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.kind !== "denied") throw error;
    const assumption = assume === "none" ? "assuming there is none, so it is created" : "assuming it is there, so it is deleted";
    yield* warnOnce(session, `whether the stack ${stackName} exists (${assumption})`, error.problem);
    return undefined;
  }
}

/** The physical id of the plan's service in an existing stack; undefined when it has none or can't be seen. */
export async function* findService(
  session: Session,
  plan: Pick<DeploymentPlan, "serviceId">,
  stackId: string,
): AsyncGenerator<DeployEvent, string | undefined> {
  const resources = yield* enrich(session, "the stack's resources", (signal) => session.cloud.stackResources(stackId, signal));
  return resources?.find((one) => one.logicalId === plan.serviceId && !one.status.startsWith("DELETE_COMPLETE"))?.physicalId;
}

/** Waits until nobody works on the stack any more, showing what is done to it. An outcome: it is not to be waited for, or took too long. */
export async function* awaitIdle(
  session: Session,
  plan: Pick<DeploymentPlan, "stackName" | "wait">,
  stack: Stack,
  deadline: number,
): AsyncGenerator<DeployEvent, Outcome | undefined> {
  const { stackName } = plan;
  const end = { stackName, stackId: stack.id, stackStatus: stack.status, reason: "busy" } as const;
  if (plan.wait.kind === "none") {
    const message = `Another operation on the stack ${stackName} is running (${stack.status}); nothing was started.`;
    return { ...end, status: "failed", message };
  }
  yield { type: "busy", status: stack.status };
  const watch = watchStack(stack.id);
  session.waiting = true;
  for (let status = stack.status; ; ) {
    if (session.inbox.take())
      return { ...end, status: "cancelled", message: `Nothing was started; the other operation on ${stackName} goes on.` };
    const polled = yield* pollStack(session, watch);
    if (!polled.ok && !polled.transient) yield* warnOnce(session, "the stack's events", polled.problem);
    const now = yield* insist(session, (signal) => session.cloud.describeStack(stack.id, signal));
    if (!now || !isBusy(now.status)) {
      session.waiting = false;
      return undefined;
    }
    if (now.status !== status) yield { type: "busy", status: now.status };
    status = now.status;
    if (session.clock.now() >= deadline) {
      const message = `The other operation on the stack ${stackName} is still running (${status}); nothing was started.`;
      return { ...end, stackStatus: status, status: "timedOut", message };
    }
    await pause(session, poll * session.pace);
  }
}
