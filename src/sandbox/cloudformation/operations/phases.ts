import { AwsError } from "../../errors.ts";
import type { Context } from "../../service.ts";
import type { Operation, Phase, Stack, StackResource, Step } from "../state.ts";
import { beginStep } from "./begin-step.ts";
import { cancelStep, continueStep } from "./continue-step.ts";
import { computeOutputs } from "./outputs.ts";
import { activeResources, cleanupSteps, deleteSteps, revertSteps } from "./plan-steps.ts";
import { operationBegins, operationEnds, stackIs } from "./record.ts";
import { templateOf } from "./scope.ts";
import { exists } from "./step-parts.ts";

/** Between the last resource of a phase and the stack's own next status. */
const BREATH = 1_000;
const ENDED = new Set(["done", "skipped", "failed", "cancelled"]);

function stepsOf(operation: Operation): [string, Step][] {
  return Object.entries(operation.steps);
}

function ready(operation: Operation, step: Step): boolean {
  return step.state === "waiting" && step.after.every((key) => ["done", "skipped", undefined].includes(operation.steps[key]?.state));
}

/** Starts whatever can start now; when nothing is left, has the phase end a moment later. Called after every change of a step. */
export function advance(stack: Stack, ctx: Context): void {
  const operation = stack.operation;
  if (!operation) return;
  const stops = operation.phase === "apply" || operation.phase === "rollback";
  if (operation.phase === "apply" && stepsOf(operation).some(([, step]) => step.state === "failed")) {
    giveUp(stack, operation, ctx);
    return;
  }
  for (let found = true; found; ) {
    found = false;
    for (const [key, step] of stepsOf(operation)) {
      if (!ready(operation, step)) continue;
      beginStep(stack, operation, key, step, ctx);
      found = true;
      if ((step.state as string) === "failed" && stops) {
        advance(stack, ctx);
        return;
      }
    }
  }
  const running = stepsOf(operation).some(([, step]) => step.state === "starting" || step.state === "settling");
  if (!running) endsSoon(stack, operation, ctx);
}

function endsSoon(stack: Stack, operation: Operation, ctx: Context): void {
  ctx.schedule(BREATH, "cloudformation:phase", { stackId: stack.id, operationId: operation.id, phase: operation.phase });
}

/** Runs a scheduled look at one step. */
export function stepDue(stack: Stack, operationId: string, key: string, ctx: Context): void {
  const operation = stack.operation;
  const step = operation?.steps[key];
  if (!operation || operation.id !== operationId || !step || ENDED.has(step.state)) return;
  continueStep(stack, operation, key, step, ctx);
  if (ENDED.has(step.state)) advance(stack, ctx);
}

function failures(operation: Operation): string {
  const [created, updated, deleted] = [[] as string[], [] as string[], [] as string[]];
  for (const [, step] of stepsOf(operation)) {
    if (step.state !== "failed" && !(step.state === "cancelled" && step.startedAt !== undefined)) continue;
    (step.action === "delete" ? deleted : step.change === "create" ? created : updated).push(step.logicalId);
  }
  const sentence = (ids: string[], verb: string) =>
    ids.length === 0 ? "" : `The following resource(s) failed to ${verb}: [${ids.join(", ")}]. `;
  return `${sentence(created, "create")}${sentence(updated, "update")}${sentence(deleted, "delete")}`;
}

function giveUp(stack: Stack, operation: Operation, ctx: Context): void {
  for (const [, step] of stepsOf(operation)) cancelStep(stack, step, ctx);
  rollBack(stack, operation, failures(operation), ctx);
}

/** Stops what an operation is doing and undoes it, as far as the stack is to be rolled back at all. */
export function rollBack(stack: Stack, operation: Operation, reason: string, ctx: Context): void {
  const creating = operation.previous === undefined;
  if (operation.disableRollback || (creating && operation.onFailure === "DO_NOTHING")) {
    finish(stack, operation, creating ? "CREATE_FAILED" : "UPDATE_FAILED", "FAILED", ctx, reason);
    return;
  }
  operationEnds(stack, ctx, "FAILED");
  const touched = stepsOf(operation).flatMap(([, step]) => (step.before && step.change !== "none" ? [step] : []));
  const made = stepsOf(operation).flatMap(([, step]) => newResource(stack, step));
  if (creating && operation.onFailure === "DELETE") {
    enter(stack, { ...operation, type: "DELETE_STACK" }, "delete", `${reason}Delete requested by user.`, ctx);
    return;
  }
  const next: Operation = {
    ...operation,
    type: "ROLLBACK",
    left: made,
    ...(operation.previous ? { desired: operation.previous.desired } : {}),
  };
  const steps = creating ? deleteSteps(Object.values(stack.resources), ctx) : revertSteps(touched, ctx);
  enter(stack, next, "rollback", creating ? `${reason}Rollback requested by user.` : reason, ctx, steps);
}

function newResource(stack: Stack, step: Step): StackResource[] {
  const current = stack.resources[step.logicalId];
  const fresh = step.change === "create" || (step.change === "replace" && current?.physicalId !== step.before?.physicalId);
  return fresh && current ? [structuredClone(current)] : [];
}

const STATUS: Record<Phase, { create: string; update: string }> = {
  apply: { create: "CREATE_IN_PROGRESS", update: "UPDATE_IN_PROGRESS" },
  cleanup: { create: "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", update: "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" },
  rollback: { create: "ROLLBACK_IN_PROGRESS", update: "UPDATE_ROLLBACK_IN_PROGRESS" },
  "rollback-cleanup": { create: "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", update: "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS" },
  delete: { create: "DELETE_IN_PROGRESS", update: "DELETE_IN_PROGRESS" },
};

/** Begins a phase of an operation: a new operation in the stack's list when its type changes, the stack's status, the first steps. */
export function enter(
  stack: Stack,
  operation: Operation,
  phase: Phase,
  reason: string | undefined,
  ctx: Context,
  steps?: Record<string, Step>,
): void {
  const next = { ...operation, phase, steps: steps ?? deleteSteps(Object.values(stack.resources), ctx) };
  const same = stack.operation?.id === operation.id && (phase === "cleanup" || phase === "rollback-cleanup");
  if (same) stack.operation = next;
  else operationBegins(stack, ctx, stack.operation?.id === operation.id ? { ...next, id: ctx.uuid() } : next);
  stackIs(stack, ctx, STATUS[phase][operation.previous ? "update" : "create"], reason);
  advance(stack, ctx);
}

function finish(stack: Stack, operation: Operation, status: string, outcome: "SUCCEEDED" | "FAILED", ctx: Context, reason?: string): void {
  stackIs(stack, ctx, status, reason);
  operationEnds(stack, ctx, outcome);
  if (operation.timeoutEvent !== undefined) ctx.unschedule(operation.timeoutEvent);
  // What stopped halfway can be taken up again: RollbackStack, ContinueUpdateRollback.
  if (status === "UPDATE_ROLLBACK_FAILED" || status === "UPDATE_FAILED") stack.operation = operation;
  else delete stack.operation;
}

function dropGone(stack: Stack, operation: Operation, ctx: Context): void {
  const active = new Set(Object.keys(activeResources(stack, operation, ctx)));
  for (const id of Object.keys(stack.resources)) if (!active.has(id)) delete stack.resources[id];
}

function applied(stack: Stack, operation: Operation, ctx: Context): void {
  try {
    stack.outputs = computeOutputs(stack, operation.desired, ctx);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    rollBack(stack, operation, `${error.message} `, ctx);
    return;
  }
  const template = templateOf(operation.desired.template);
  stack.desired = operation.desired;
  if (template.description === undefined) delete stack.description;
  else stack.description = template.description;
  if (!operation.previous) {
    finish(stack, operation, "CREATE_COMPLETE", "SUCCEEDED", ctx);
    return;
  }
  const active = new Set(Object.keys(activeResources(stack, operation, ctx)));
  const replaced = stepsOf(operation).flatMap(([, step]) => (step.change === "replace" && step.before ? [step.before] : []));
  const removed = Object.values(stack.resources).filter((one) => !active.has(one.logicalId) && exists(one));
  const left = [...replaced, ...removed];
  enter(stack, { ...operation, left }, "cleanup", undefined, ctx, cleanupSteps(stack, left, ctx));
}

function rolledBack(stack: Stack, operation: Operation, ctx: Context): void {
  const problem = failures(operation);
  if (!operation.previous) {
    finish(
      stack,
      operation,
      problem === "" ? "ROLLBACK_COMPLETE" : "ROLLBACK_FAILED",
      problem === "" ? "SUCCEEDED" : "FAILED",
      ctx,
      problem || undefined,
    );
    return;
  }
  if (problem !== "") {
    finish(stack, operation, "UPDATE_ROLLBACK_FAILED", "FAILED", ctx, problem);
    return;
  }
  stack.desired = operation.previous.desired;
  stack.outputs = operation.previous.outputs;
  enter(stack, operation, "rollback-cleanup", undefined, ctx, cleanupSteps(stack, operation.left, ctx));
}

function deleted(stack: Stack, operation: Operation, ctx: Context): void {
  const problem = failures(operation);
  if (problem !== "") {
    finish(stack, operation, "DELETE_FAILED", "FAILED", ctx, problem);
    return;
  }
  stack.deletedAt = ctx.now();
  if (ctx.state.cloudformation.names[stack.name] === stack.id) delete ctx.state.cloudformation.names[stack.name];
  finish(stack, operation, "DELETE_COMPLETE", "SUCCEEDED", ctx);
}

/** Ends a phase whose steps are all over, and goes on to what follows. */
export function phaseDue(stack: Stack, operationId: string, phase: Phase, ctx: Context): void {
  const operation = stack.operation;
  if (!operation || operation.id !== operationId || operation.phase !== phase) return;
  if (!stepsOf(operation).every(([, step]) => ENDED.has(step.state) || (step.state === "waiting" && blocked(operation)))) return;
  if (phase === "apply") {
    applied(stack, operation, ctx);
    return;
  }
  if (phase === "rollback") {
    rolledBack(stack, operation, ctx);
    return;
  }
  if (phase === "delete") {
    deleted(stack, operation, ctx);
    return;
  }
  dropGone(stack, operation, ctx);
  finish(stack, operation, phase === "cleanup" ? "UPDATE_COMPLETE" : "UPDATE_ROLLBACK_COMPLETE", "SUCCEEDED", ctx);
}

function blocked(operation: Operation): boolean {
  return stepsOf(operation).some(([, step]) => step.state === "failed");
}
