import type { Context } from "../../service.ts";
import type { Operation, Stack, StackResource, Step } from "../state.ts";
import { dependenciesOf, inverted } from "../template/dependencies.ts";
import type { ResourceDeclaration } from "../template/types.ts";
import { scopeOf } from "./scope.ts";

function step(ctx: Context, logicalId: string, action: Step["action"], after: string[], more: Partial<Step> = {}): Step {
  return { logicalId, action, after, state: "waiting", token: ctx.uuid(), ...more };
}

/** The resources of a stack's desired template whose condition holds. */
export function activeResources(stack: Stack, operation: Operation, ctx: Context): Record<string, ResourceDeclaration> {
  const scope = scopeOf(stack, operation.desired, stack.resources, ctx);
  return Object.fromEntries(
    Object.entries(scope.template.resources).filter(([, one]) => one.Condition === undefined || scope.conditions[one.Condition]),
  );
}

/** One step a resource of the desired template, each after those it depends on. */
export function applySteps(stack: Stack, operation: Operation, ctx: Context): Record<string, Step> {
  const resources = activeResources(stack, operation, ctx);
  const dependencies = dependenciesOf(resources);
  return Object.fromEntries(Object.keys(resources).map((id) => [id, step(ctx, id, "apply", dependencies[id] ?? [])]));
}

/** One deletion a resource, those that depend on it first. */
export function deleteSteps(resources: StackResource[], ctx: Context): Record<string, Step> {
  const present = new Set(resources.map((one) => one.logicalId));
  const dependencies = Object.fromEntries(resources.map((one) => [one.logicalId, one.dependsOn.filter((id) => present.has(id))]));
  const dependents = inverted(dependencies);
  return Object.fromEntries(resources.map((one) => [one.logicalId, step(ctx, one.logicalId, "delete", dependents[one.logicalId] ?? [])]));
}

/** One deletion for every physical resource an update left behind, those that depend on it first. */
export function cleanupSteps(stack: Stack, left: StackResource[], ctx: Context): Record<string, Step> {
  const keys = left.map((one, index) => [`${one.logicalId}#${index}`, one] as const);
  return Object.fromEntries(
    keys.map(([key, one]) => {
      const after = keys.filter(([, other]) => other !== one && other.dependsOn.includes(one.logicalId)).map(([other]) => other);
      const current = stack.resources[one.logicalId]?.physicalId === one.physicalId;
      return [key, step(ctx, one.logicalId, "delete", after, current ? {} : { before: one })];
    }),
  );
}

/** One step back for every resource an update touched, in the order in which they were first made. */
export function revertSteps(touched: Step[], ctx: Context): Record<string, Step> {
  const present = new Set(touched.map((one) => one.logicalId));
  return Object.fromEntries(
    touched.flatMap((one) =>
      one.before
        ? [
            [
              one.logicalId,
              step(
                ctx,
                one.logicalId,
                "apply",
                one.before.dependsOn.filter((id) => present.has(id)),
                { before: one.before },
              ),
            ],
          ]
        : [],
    ),
  );
}
