import type { Context } from "../../service.ts";
import { invalid } from "../invalid.ts";
import type { Desired, Operation, Stack, StackResource } from "../state.ts";
import { cancelStep } from "./continue-step.ts";
import { advance, enter, rollBack } from "./phases.ts";
import { applySteps, deleteSteps, revertSteps } from "./plan-steps.ts";
import { operationBegins, operationEnds, resourceIs, stackIs } from "./record.ts";

/** How an operation is to behave, as far as the request says. */
export interface OperationOptions {
  token?: string | undefined;
  disableRollback?: boolean;
  onFailure?: Operation["onFailure"];
  retain?: string[];
}

function operation(ctx: Context, type: Operation["type"], desired: Desired, options: OperationOptions): Operation {
  return {
    id: ctx.uuid(),
    type,
    phase: "apply",
    steps: {},
    left: [],
    desired,
    disableRollback: options.disableRollback ?? false,
    onFailure: options.onFailure ?? "ROLLBACK",
    ...(options.token === undefined ? {} : { token: options.token }),
    ...(options.retain === undefined ? {} : { retain: options.retain }),
  };
}

/** Begins to create a stack's resources; after `timeoutInMinutes` it gives up. */
export function beginCreate(stack: Stack, desired: Desired, options: OperationOptions, ctx: Context): void {
  const begun = operation(ctx, "CREATE_STACK", desired, options);
  stack.desired = desired;
  stack.disableRollback = options.disableRollback ?? options.onFailure === "DO_NOTHING";
  begun.steps = applySteps(stack, begun, ctx);
  if (stack.timeoutInMinutes !== undefined) {
    const payload = { stackId: stack.id, operationId: begun.id };
    begun.timeoutEvent = ctx.schedule(stack.timeoutInMinutes * 60_000, "cloudformation:timeout", payload);
  }
  operationBegins(stack, ctx, begun);
  stackIs(stack, ctx, "CREATE_IN_PROGRESS", "User Initiated");
  advance(stack, ctx);
}

/** Begins to bring a stack's resources to what is desired now. */
export function beginUpdate(stack: Stack, desired: Desired, options: OperationOptions, ctx: Context): void {
  const begun = operation(ctx, "UPDATE_STACK", desired, options);
  begun.previous = {
    desired: stack.desired,
    resources: structuredClone(stack.resources),
    outputs: stack.outputs,
    ...(stack.description === undefined ? {} : { description: stack.description }),
  };
  stack.updatedAt = ctx.now();
  stack.disableRollback = options.disableRollback ?? false;
  begun.steps = applySteps(stack, begun, ctx);
  operationBegins(stack, ctx, begun);
  stackIs(stack, ctx, "UPDATE_IN_PROGRESS", "User Initiated");
  advance(stack, ctx);
}

/** Begins to delete a stack, whatever it was doing. */
export function beginDelete(stack: Stack, options: OperationOptions, ctx: Context): void {
  const running = stack.operation;
  const begun = operation(ctx, "DELETE_STACK", stack.desired, options);
  if (running) {
    for (const step of Object.values(running.steps)) cancelStep(stack, step, ctx);
    operationEnds(stack, ctx, "FAILED");
    if (running.timeoutEvent !== undefined) ctx.unschedule(running.timeoutEvent);
    delete stack.operation;
  }
  begun.steps = deleteSteps(Object.values(stack.resources), ctx);
  enter(stack, begun, "delete", "User Initiated", ctx, begun.steps);
}

/** Stops an update and rolls it back. */
export function cancelUpdate(stack: Stack, token: string | undefined, ctx: Context): void {
  const running = stack.operation;
  if (!running) return;
  for (const step of Object.values(running.steps)) cancelStep(stack, step, ctx);
  rollBack(stack, { ...running, disableRollback: false, ...(token === undefined ? {} : { token }) }, "User Initiated", ctx);
}

/** Rolls back what failed with its rollback disabled: a creation is deleted, an update goes back. */
export function rollBackFailed(stack: Stack, token: string | undefined, ctx: Context): void {
  if (stack.status === "CREATE_FAILED") {
    const begun = operation(ctx, "ROLLBACK", stack.desired, { token });
    enter(stack, begun, "rollback", "User Initiated", ctx, deleteSteps(Object.values(stack.resources), ctx));
    return;
  }
  const halted = stack.operation;
  if (halted) rollBack(stack, { ...halted, disableRollback: false, ...(token === undefined ? {} : { token }) }, "User Initiated", ctx);
}

/** Gives up a creation that took longer than its timeout. */
export function creationTimedOut(stack: Stack, operationId: string, ctx: Context): void {
  const running = stack.operation;
  if (!running || running.id !== operationId || running.phase !== "apply") return;
  for (const step of Object.values(running.steps)) cancelStep(stack, step, ctx);
  rollBack(stack, running, "Stack creation time exceeded the specified timeout. ", ctx);
}

function skippable(resource: StackResource | undefined): boolean {
  return resource?.status === "UPDATE_FAILED";
}

/** Goes on with a rollback that failed, leaving the resources to skip as they are. */
export function continueRollback(stack: Stack, skip: string[], token: string | undefined, ctx: Context): void {
  const stuck = stack.operation;
  if (!stuck) throw invalid(`Rollback of stack ${stack.id} cannot be continued: what it was is no longer known.`);
  const wrong = skip.filter((id) => !skippable(stack.resources[id]));
  if (wrong.length > 0) throw invalid(`Resources [${wrong.join(", ")}] specified in ResourcesToSkip are not in the UPDATE_FAILED state.`);
  const open = Object.values(stuck.steps).filter(
    (step) => step.state !== "done" && step.state !== "skipped" && !skip.includes(step.logicalId),
  );
  const next: Operation = { ...stuck, id: ctx.uuid(), type: "CONTINUE_ROLLBACK", skip };
  delete stack.operation;
  if (token === undefined) delete next.token;
  else next.token = token;
  next.steps = revertSteps(open, ctx);
  operationBegins(stack, ctx, next);
  stackIs(stack, ctx, "UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated");
  for (const id of skip) {
    const resource = stack.resources[id];
    if (resource) resourceIs(stack, ctx, resource, "UPDATE_COMPLETE");
  }
  advance(stack, ctx);
}
