import type { Context, EventHandler } from "../service.ts";
import { prepareChangeSet } from "./changes/prepare-change-set.ts";
import { creationTimedOut } from "./operations/operations.ts";
import { phaseDue, stepDue } from "./operations/phases.ts";
import type { Phase, Stack } from "./state.ts";

function stackOf(ctx: Context, payload: { stackId: string }): Stack | undefined {
  return ctx.state.cloudformation.stacks[payload.stackId];
}

const step = (payload: { stackId: string; operationId: string; key: string }, ctx: Context): void => {
  const stack = stackOf(ctx, payload);
  if (stack) stepDue(stack, payload.operationId, payload.key, ctx);
};

const phase = (payload: { stackId: string; operationId: string; phase: Phase }, ctx: Context): void => {
  const stack = stackOf(ctx, payload);
  if (stack) phaseDue(stack, payload.operationId, payload.phase, ctx);
};

const timeout = (payload: { stackId: string; operationId: string }, ctx: Context): void => {
  const stack = stackOf(ctx, payload);
  if (stack) creationTimedOut(stack, payload.operationId, ctx);
};

/** A change set is pending, then in progress, then there or failed. */
const changeSet = (payload: { stackId: string; changeSetId: string }, ctx: Context): void => {
  const stack = stackOf(ctx, payload);
  const found = stack?.changeSets.find((one) => one.id === payload.changeSetId);
  if (!stack || !found) return;
  if (found.status === "CREATE_PENDING") {
    found.status = "CREATE_IN_PROGRESS";
    ctx.schedule(2_500, "cloudformation:change-set", payload);
    return;
  }
  if (found.status === "CREATE_IN_PROGRESS") prepareChangeSet(stack, found, ctx);
};

/** What happens to stacks later, by kind of event. */
export const events: Record<string, EventHandler> = {
  "cloudformation:step": step,
  "cloudformation:phase": phase,
  "cloudformation:timeout": timeout,
  "cloudformation:change-set": changeSet,
};
