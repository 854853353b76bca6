import { AwsError } from "../../errors.ts";
import type { Context } from "../../service.ts";
import { isObject, type Json, type JsonObject, sameJson } from "../json.ts";
import { resourceTypeOf } from "../resources/index.ts";
import { failureText, HandlerFailure, type ResourceRequest, type ResourceType } from "../resources/resource-type.ts";
import { schemaOf } from "../schemas/index.ts";
import { checkProperties, propertyFailure } from "../schemas/validate.ts";
import type { Operation, Stack, StackResource, Step } from "../state.ts";
import { dependenciesOf } from "../template/dependencies.ts";
import { evaluate } from "../template/evaluate.ts";
import { changeNeeded, fixedName } from "./change.ts";
import { isRetained, policiesOf } from "./policies.ts";
import { resourceIs } from "./record.ts";
import { scopeOf, templateOf } from "./scope.ts";

/** From the first event of a resource until its service is called. */
const CALL_AFTER = 1_000;

const IN_PROGRESS = { create: "CREATE_IN_PROGRESS", update: "UPDATE_IN_PROGRESS", replace: "UPDATE_IN_PROGRESS", none: "" } as const;

function typeOf(type: string): ResourceType {
  const found = resourceTypeOf(type);
  if (!found) throw new HandlerFailure(`not simulated: resources of type ${type}`, "InvalidRequest");
  return found;
}

function request(stack: Stack, operation: Operation, logicalId: string, properties: JsonObject, ctx: Context): ResourceRequest {
  return { ctx, stack, logicalId, properties, tags: operation.desired.tags };
}

function wake(stack: Stack, operation: Operation, key: string, delayMs: number, ctx: Context): void {
  ctx.schedule(delayMs, "cloudformation:step", { stackId: stack.id, operationId: operation.id, key });
}

function statusOf(step: Step, end: "IN_PROGRESS" | "COMPLETE" | "FAILED"): string {
  if (step.action === "delete") return `DELETE_${end}`;
  return `${step.change === "create" ? "CREATE" : "UPDATE"}_${end}`;
}

function failed(stack: Stack, step: Step, resource: StackResource, reason: string, ctx: Context): void {
  step.state = "failed";
  step.reason = reason;
  resourceIs(stack, ctx, resource, statusOf(step, "FAILED"), reason);
}

/** The desired state of one resource: of the template, or what it was before when the step is a step back. */
function desiredOf(stack: Stack, operation: Operation, step: Step, ctx: Context): { blank: StackResource; violations: string[] } {
  if (step.before && operation.phase === "rollback") return { blank: step.before, violations: [] };
  const template = templateOf(operation.desired.template);
  const declaration = template.resources[step.logicalId];
  if (!declaration) throw new Error(`no resource ${step.logicalId} in the template`);
  const scope = scopeOf(stack, operation.desired, stack.resources, ctx);
  const evaluated = evaluate(declaration.Properties ?? {}, scope);
  const { properties, violations } = checkProperties(declaration.Type, isObject(evaluated) ? evaluated : {});
  return {
    violations,
    blank: {
      logicalId: step.logicalId,
      type: declaration.Type,
      status: "",
      timestamp: ctx.now(),
      properties,
      attributes: {},
      dependsOn: dependenciesOf(template.resources)[step.logicalId] ?? [],
      ...(declaration.Metadata === undefined ? {} : { metadata: declaration.Metadata }),
      ...policiesOf(declaration),
    },
  };
}

function replacedBefore(stack: Stack, step: Step): boolean {
  const current = stack.resources[step.logicalId];
  return step.before !== undefined && current !== undefined && current.physicalId !== step.before.physicalId;
}

/** Begins the work on a resource whose turn has come; what cannot be evaluated makes it fail at once. */
export function beginStep(stack: Stack, operation: Operation, key: string, step: Step, ctx: Context): void {
  step.startedAt = ctx.now();
  if (step.action === "delete") {
    beginDelete(stack, operation, key, step, ctx);
    return;
  }
  try {
    beginApply(stack, operation, key, step, ctx);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const type = templateOf(operation.desired.template).resources[step.logicalId]?.Type ?? "";
    step.change = stack.resources[step.logicalId]?.physicalId ? "update" : "create";
    stack.resources[step.logicalId] ??= {
      logicalId: step.logicalId,
      type,
      status: "",
      timestamp: ctx.now(),
      properties: {},
      attributes: {},
      dependsOn: [],
      deletionPolicy: "Delete",
      updateReplacePolicy: "Delete",
    };
    failed(stack, step, stack.resources[step.logicalId] as StackResource, error.message, ctx);
  }
}

function beginApply(stack: Stack, operation: Operation, key: string, step: Step, ctx: Context): void {
  const current = stack.resources[step.logicalId];
  const { blank, violations } = desiredOf(stack, operation, step, ctx);
  const goingBack = operation.phase === "rollback";
  step.change = goingBack ? (replacedBefore(stack, step) ? "replace" : "update") : changeOf(stack, operation, current, blank);
  step.properties = blank.properties;
  if (step.change === "none" && current) {
    stack.resources[step.logicalId] = { ...current, ...pick(blank) };
    step.state = "done";
    return;
  }
  if (!goingBack && current?.physicalId) step.before = structuredClone(current);
  const resource = current ?? blank;
  if (!current) stack.resources[step.logicalId] = blank;
  const replacing = step.change === "replace" && !goingBack;
  resourceIs(
    stack,
    ctx,
    step.change === "create" ? Object.assign(resource, blank) : resource,
    IN_PROGRESS[step.change],
    replacing ? "Requested update requires the creation of a new physical resource; hence creating one." : undefined,
  );
  const wrong = propertyFailure(step.logicalId, blank.type, violations);
  if (wrong !== undefined) {
    failed(stack, step, resource, wrong, ctx);
    return;
  }
  const name = replacing && current ? fixedName(current, blank.properties) : undefined;
  if (name !== undefined) {
    const text = `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`;
    failed(stack, step, resource, text, ctx);
    return;
  }
  step.state = "starting";
  wake(stack, operation, key, CALL_AFTER, ctx);
}

function changeOf(
  stack: Stack,
  operation: Operation,
  current: StackResource | undefined,
  blank: StackResource,
): NonNullable<Step["change"]> {
  const change = changeNeeded(current, blank.type, blank.properties);
  const retagged = !sameJson(operation.previous?.desired.tags as unknown as Json | undefined, operation.desired.tags as unknown as Json);
  const taggable = schemaOf(blank.type)?.properties["Tags"] !== undefined;
  return change === "none" && operation.previous && retagged && taggable && stack.resources[blank.logicalId] ? "update" : change;
}

function pick(blank: StackResource): Partial<StackResource> {
  const { dependsOn, deletionPolicy, updateReplacePolicy, metadata } = blank;
  return { dependsOn, deletionPolicy, updateReplacePolicy, ...(metadata === undefined ? {} : { metadata }) };
}

/** The resource a deletion is about: one left behind by an update, else the stack's own. */
function subject(stack: Stack, step: Step): StackResource | undefined {
  return step.before ?? stack.resources[step.logicalId];
}

/** Whether a resource of a stack is still in the account. */
export function exists(resource: StackResource): boolean {
  return resource.physicalId !== undefined && resource.status !== "DELETE_COMPLETE" && resource.status !== "DELETE_SKIPPED";
}

function beginDelete(stack: Stack, operation: Operation, key: string, step: Step, ctx: Context): void {
  const resource = subject(stack, step);
  if (!resource || !exists(resource)) {
    step.state = "done";
    if (resource && !resource.physicalId && resource.status === "CREATE_FAILED") resourceIs(stack, ctx, resource, "DELETE_COMPLETE");
    return;
  }
  const creating = operation.phase === "rollback" || operation.phase === "rollback-cleanup";
  const policy = step.before && stack.resources[step.logicalId] ? resource.updateReplacePolicy : resource.deletionPolicy;
  if (isRetained(policy, creating) || operation.retain?.includes(step.logicalId)) {
    step.state = "done";
    resourceIs(stack, ctx, resource, "DELETE_SKIPPED");
    return;
  }
  resourceIs(stack, ctx, resource, "DELETE_IN_PROGRESS");
  step.state = "starting";
  wake(stack, operation, key, CALL_AFTER, ctx);
}

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
