import { AwsError } from "../../errors.ts";
import type { Context } from "../../service.ts";
import { failureText, HandlerFailure, type ResourceRequest } from "../resources/resource-type.ts";
import type { Operation, Stack, StackResource, Step } from "../state.ts";
import { desiredOf, pick } from "./begin-step.ts";
import { resourceIs } from "./record.ts";
import { failed, request, statusOf, subject, typeOf, wake } from "./step-parts.ts";

function callService(stack: Stack, operation: Operation, step: Step, ctx: Context): void {
  const resource = step.action === "delete" ? subject(stack, step) : stack.resources[step.logicalId];
  if (!resource) return;
  const properties = step.properties ?? resource.properties;
  const handler = typeOf(step.action === "apply" && step.change === "create" ? resource.type : (step.before?.type ?? resource.type));
  const ask = request(stack, operation, step.logicalId, properties, ctx);
  if (step.action === "delete") {
    handler.delete(ask, resource);
    return;
  }
  if (step.change === "replace" && operation.phase === "rollback") {
    if (step.before)
      stack.resources[step.logicalId] = { ...structuredClone(step.before), status: resource.status, timestamp: resource.timestamp };
    return;
  }
  if (step.change === "create" || step.change === "replace") {
    make(stack, operation, step, resource, ask, ctx);
    return;
  }
  const attributes = handler.update(ask, resource);
  stack.resources[step.logicalId] = {
    ...resource,
    ...retyped(stack, operation, step, ctx),
    properties,
    attributes: { ...resource.attributes, ...attributes },
  };
}

function retyped(stack: Stack, operation: Operation, step: Step, ctx: Context): Partial<StackResource> {
  return operation.phase === "rollback" ? (step.before ? pick(step.before) : {}) : pick(desiredOf(stack, operation, step, ctx).blank);
}

function make(stack: Stack, operation: Operation, step: Step, resource: StackResource, ask: ResourceRequest, ctx: Context): void {
  const { blank } = desiredOf(stack, operation, step, ctx);
  const made = typeOf(blank.type).create(ask);
  const fresh: StackResource = { ...blank, ...made, status: resource.status };
  stack.resources[step.logicalId] = fresh;
  resourceIs(stack, ctx, fresh, statusOf(step, "IN_PROGRESS"), "Resource creation Initiated");
}

function firstWait(step: Step, resource: StackResource): number {
  const { seconds } = typeOf(resource.type);
  const kind = step.action === "delete" ? "delete" : step.change === "update" ? "update" : "create";
  return seconds[kind] * 1_000;
}

function settle(stack: Stack, operation: Operation, key: string, step: Step, resource: StackResource, ctx: Context): void {
  const change = step.action === "delete" ? "delete" : step.change === "update" || operation.phase === "rollback" ? "update" : "create";
  const ask = request(stack, operation, step.logicalId, resource.properties, ctx);
  const skipWaiting = step.change === "replace" && operation.phase === "rollback";
  const wait = skipWaiting ? undefined : typeOf(resource.type).pending?.(ask, resource, change, ctx.now() - (step.startedAt ?? 0));
  if (wait !== undefined) {
    wake(stack, operation, key, wait, ctx);
    return;
  }
  step.state = "done";
  resourceIs(stack, ctx, resource, statusOf(step, "COMPLETE"));
}

/** Takes the work on a resource one step on, when its scheduled time has come. */
export function continueStep(stack: Stack, operation: Operation, key: string, step: Step, ctx: Context): void {
  try {
    if (step.state === "starting") {
      callService(stack, operation, step, ctx);
      step.state = "settling";
      const resource = step.action === "delete" ? subject(stack, step) : stack.resources[step.logicalId];
      if (resource) wake(stack, operation, key, firstWait(step, resource), ctx);
      return;
    }
    const resource = step.action === "delete" ? subject(stack, step) : stack.resources[step.logicalId];
    if (step.state === "settling" && resource) settle(stack, operation, key, step, resource, ctx);
  } catch (error) {
    const resource = step.action === "delete" ? subject(stack, step) : stack.resources[step.logicalId];
    if (!resource || !(error instanceof HandlerFailure || error instanceof AwsError)) throw error;
    failed(stack, step, resource, error instanceof HandlerFailure ? failureText(error, step.token) : error.message, ctx);
  }
}

/** Ends the work on a resource because the operation is over for another reason. */
export function cancelStep(stack: Stack, step: Step, ctx: Context): void {
  const resource = stack.resources[step.logicalId];
  if (step.state === "waiting" || !resource) {
    step.state = "cancelled";
    return;
  }
  if (step.state !== "starting" && step.state !== "settling") return;
  step.state = "cancelled";
  resourceIs(
    stack,
    ctx,
    resource,
    statusOf(step, "FAILED"),
    step.change === "create" ? "Resource creation cancelled" : "Resource update cancelled",
  );
}
