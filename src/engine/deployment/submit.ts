/** Hands the template to CloudFormation: as a new stack, an update, or the change set that was shown. */
import type { StackOperation } from "../ports.ts";
import { type Problem, ProblemError } from "../problem.ts";
import type { StackInput } from "./change-set.ts";
import type { DeployEvent } from "./events.ts";
import type { Stack } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import type { DeploymentPlan, Operation } from "./plan.ts";
import { refusedChangeSet } from "./refused-change-set.ts";
import { insist, nextToken, type Session } from "./session.ts";
import { isAbsent } from "./stack-status.ts";
import { unchangedOutcome } from "./unchanged.ts";

/** AWS has accepted the operation; or all has ended; or the stack is not what it was, so look again. */
export type Submitted =
  | {
      readonly kind: "accepted";
      readonly operation: "create" | "update";
      readonly stackId: string;
      readonly operationId?: string;
      readonly token: string;
    }
  | { readonly kind: "ended"; readonly outcome: Outcome }
  | { readonly kind: "again" };

/** Begins the operation, having told so first. */
export async function* submit(session: Session, plan: DeploymentPlan, stack: Stack | undefined): AsyncGenerator<DeployEvent, Submitted> {
  const creating = isAbsent(stack?.status);
  const operation: Operation = plan.changeSet ? "execute" : creating ? "create" : "update";
  if (!plan.changeSet && stack?.status === "REVIEW_IN_PROGRESS") yield* clearReview(session, plan, stack);
  const token = nextToken(session, plan, operation);
  yield { type: "operation", operation, token };
  try {
    const accepted = yield* call(session, plan, operation, token, stack);
    if (!accepted) return { kind: "ended", outcome: yield* unchangedOutcome(session, plan, stack) };
    session.underWay = true;
    yield { type: "accepted", operation, stackId: accepted.stackId };
    return {
      kind: "accepted",
      operation: (plan.changeSet?.type ?? (creating ? "CREATE" : "UPDATE")) === "CREATE" ? "create" : "update",
      token,
      ...accepted,
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return yield* refused(session, plan, operation, token, stack, error.problem);
  }
}

async function* call(
  session: Session,
  plan: DeploymentPlan,
  operation: Operation,
  token: string,
  stack: Stack | undefined,
): AsyncGenerator<DeployEvent, StackOperation | undefined> {
  const { cloud } = session;
  if (plan.changeSet) {
    const { id } = plan.changeSet;
    yield* insist(session, (signal) => cloud.executeChangeSet(id, token, signal));
    return { stackId: stack?.id ?? plan.stackName };
  }
  const { stackName, template, tags, capabilities, parameters = {} } = plan;
  const input: StackInput = { stackName, template, tags, capabilities, parameters, token };
  return yield* insist(session, (signal) => (operation === "create" ? cloud.createStack(input, signal) : cloud.updateStack(input, signal)));
}

/** A stack that consists of nothing but a change set can neither be created nor updated. */
async function* clearReview(session: Session, plan: DeploymentPlan, stack: Stack): AsyncGenerator<DeployEvent, void> {
  const token = nextToken(session, plan, "delete");
  yield { type: "note", message: `Removing what a preview left behind of the stack ${plan.stackName}.` };
  yield* insist(session, (signal) => session.cloud.deleteStack(stack.id, token, signal));
  for (;;) {
    const now = yield* insist(session, (signal) => session.cloud.describeStack(stack.id, signal));
    if (!now || now.status === "DELETE_COMPLETE") return;
    await session.clock.sleep(1000, session.signal);
  }
}

async function* refused(
  session: Session,
  plan: DeploymentPlan,
  operation: Operation,
  token: string,
  stack: Stack | undefined,
  problem: Problem,
): AsyncGenerator<DeployEvent, Submitted> {
  // The first answer to a call that was repeated may have been lost on the way: the token says whether it is ours.
  if (isTokenUsed(problem)) {
    session.underWay = true;
    yield { type: "accepted", operation, ...(stack && { stackId: stack.id }) };
    return { kind: "accepted", operation: operation === "create" ? "create" : "update", token, stackId: stack?.id ?? plan.stackName };
  }
  const unseen = stack === undefined && session.warned.size > 0;
  if (operation === "create" && problem.code === "AlreadyExistsException" && unseen) {
    yield { type: "note", message: `The stack ${plan.stackName} exists already, so it is updated.` };
    const known = { id: plan.stackName, name: plan.stackName, status: "UPDATE_COMPLETE", outputs: {}, parameters: {}, tags: [] };
    return yield* submit(session, plan, known);
  }
  if (isRace(problem)) {
    await session.clock.sleep(1000, session.signal);
    return { kind: "again" };
  }
  if (plan.changeSet) yield* refusedChangeSet(session, plan.changeSet);
  const access = problem.kind !== "invalid" && problem.kind !== "notFound" && problem.kind !== "conflict";
  const outcome: Outcome = {
    status: "failed",
    reason: access ? "access" : "refused",
    message: problem.message,
    stackName: plan.stackName,
    ...(stack && { stackId: stack.id, stackStatus: stack.status }),
    problem,
  };
  return { kind: "ended", outcome };
}

function isTokenUsed(problem: Problem): boolean {
  return problem.code === "TokenAlreadyExistsException";
}

/** Somebody else was faster: created the stack, or began an operation on it. */
function isRace(problem: Problem): boolean {
  return problem.code === "AlreadyExistsException" || /_IN_PROGRESS state/.test(problem.detail ?? problem.message);
}
