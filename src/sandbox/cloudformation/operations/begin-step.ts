import { AwsError } from "../../errors.ts";
import type { Context } from "../../service.ts";
import { isObject, type Json, sameJson } from "../json.ts";
import { schemaOf } from "../schemas/index.ts";
import { checkProperties, propertyFailure } from "../schemas/validate.ts";
import type { Operation, Stack, StackResource, Step } from "../state.ts";
import { dependenciesOf } from "../template/dependencies.ts";
import { evaluate } from "../template/evaluate.ts";
import { changeNeeded, fixedName } from "./change.ts";
import { isRetained, policiesOf } from "./policies.ts";
import { resourceIs } from "./record.ts";
import { scopeOf, templateOf } from "./scope.ts";
import { CALL_AFTER, exists, failed, subject, wake } from "./step-parts.ts";

const IN_PROGRESS = { create: "CREATE_IN_PROGRESS", update: "UPDATE_IN_PROGRESS", replace: "UPDATE_IN_PROGRESS", none: "" } as const;

/** The desired state of one resource: of the template, or what it was before when the step is a step back. */
/** The desired state of one resource: of the template, or what it was before when the step is a step back. */
export function desiredOf(stack: Stack, operation: Operation, step: Step, ctx: Context): { blank: StackResource; violations: string[] } {
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

/** What a resource takes over from its declaration beside its properties. */
export function pick(blank: StackResource): Partial<StackResource> {
  const { dependsOn, deletionPolicy, updateReplacePolicy, metadata } = blank;
  return { dependsOn, deletionPolicy, updateReplacePolicy, ...(metadata === undefined ? {} : { metadata }) };
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
