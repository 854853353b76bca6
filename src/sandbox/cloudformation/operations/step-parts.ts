import type { Context } from "../../service.ts";
import type { JsonObject } from "../json.ts";
import { resourceTypeOf } from "../resources/index.ts";
import { HandlerFailure, type ResourceRequest, type ResourceType } from "../resources/resource-type.ts";
import type { Operation, Stack, StackResource, Step } from "../state.ts";
import { resourceIs } from "./record.ts";

/** From the first event of a resource until its service is called. */
export const CALL_AFTER = 1_000;

/** How resources of a type are made; throws a HandlerFailure for types that are not simulated. */
export function typeOf(type: string): ResourceType {
  const found = resourceTypeOf(type);
  if (!found) throw new HandlerFailure(`not simulated: resources of type ${type}`, "InvalidRequest");
  return found;
}

/** What the handler of a resource is given. */
export function request(stack: Stack, operation: Operation, logicalId: string, properties: JsonObject, ctx: Context): ResourceRequest {
  return { ctx, stack, logicalId, properties, tags: operation.desired.tags };
}

/** Has the step be looked at again in a while. */
export function wake(stack: Stack, operation: Operation, key: string, delayMs: number, ctx: Context): void {
  ctx.schedule(delayMs, "cloudformation:step", { stackId: stack.id, operationId: operation.id, key });
}

/** The resource status of a step's phase. */
export function statusOf(step: Step, end: "IN_PROGRESS" | "COMPLETE" | "FAILED"): string {
  if (step.action === "delete") return `DELETE_${end}`;
  return `${step.change === "create" ? "CREATE" : "UPDATE"}_${end}`;
}

/** Marks a step and its resource as failed. */
export function failed(stack: Stack, step: Step, resource: StackResource, reason: string, ctx: Context): void {
  step.state = "failed";
  step.reason = reason;
  resourceIs(stack, ctx, resource, statusOf(step, "FAILED"), reason);
}

/** The resource a deletion is about: one left behind by an update, else the stack's own. */
export function subject(stack: Stack, step: Step): StackResource | undefined {
  return step.before ?? stack.resources[step.logicalId];
}

/** Whether a resource of a stack is still in the account. */
export function exists(resource: StackResource): boolean {
  return resource.physicalId !== undefined && resource.status !== "DELETE_COMPLETE" && resource.status !== "DELETE_SKIPPED";
}
