import { AwsError } from "../../errors.ts";
import type { Context } from "../../service.ts";
import { type Json, type JsonObject, sameJson } from "../json.ts";
import { changedProperties, changeNeeded } from "../operations/change.ts";
import { KNOWN_AFTER_APPLY, scopeOf } from "../operations/scope.ts";
import { exists } from "../operations/step-parts.ts";
import { schemaOf } from "../schemas/index.ts";
import { checkProperties } from "../schemas/validate.ts";
import type { Desired, Stack, StackResource, Tag } from "../state.ts";
import { dependenciesOf } from "../template/dependencies.ts";
import { evaluate, type Scope } from "../template/evaluate.ts";
import type { ResourceDeclaration } from "../template/types.ts";

/** What would become of one resource. */
export interface PlannedChange {
  logicalId: string;
  type: string;
  action: "Add" | "Modify" | "Remove";
  replacement: boolean;
  current: StackResource | undefined;
  before: JsonObject;
  after: JsonObject;
  /** Top-level properties that differ. */
  changed: string[];
  declaration: ResourceDeclaration | undefined;
  violations: string[];
  metadataChanged: boolean;
  tagsChanged: boolean;
  policiesChanged: boolean;
}

/** Topological order over what each depends on; stable for the rest. */
function inOrder(dependencies: Record<string, string[]>): string[] {
  const done = new Set<string>();
  const visit = (id: string) => {
    if (done.has(id)) return;
    done.add(id);
    for (const other of dependencies[id] ?? []) visit(other);
    order.push(id);
  };
  const order: string[] = [];
  for (const id of Object.keys(dependencies)) visit(id);
  return order;
}

function unknown(current: StackResource | undefined, type: string): StackResource {
  const attributes = Object.fromEntries((schemaOf(type)?.attributes ?? []).map((name) => [name, KNOWN_AFTER_APPLY]));
  return {
    logicalId: "",
    type,
    status: "",
    timestamp: 0,
    properties: {},
    dependsOn: [],
    deletionPolicy: "Delete",
    updateReplacePolicy: "Delete",
    ...current,
    physicalId: KNOWN_AFTER_APPLY,
    attributes,
  };
}

function evaluated(declaration: ResourceDeclaration, scope: Scope): { properties: JsonObject; violations: string[] } {
  const properties: JsonObject = {};
  for (const [name, given] of Object.entries(declaration.Properties ?? {})) {
    try {
      Object.assign(properties, evaluate({ [name]: given }, scope));
    } catch (error) {
      // What selects from a value not yet known cannot be evaluated before the other resource exists.
      if (!(error instanceof AwsError && error.message.includes("Fn::Select"))) throw error;
      properties[name] = KNOWN_AFTER_APPLY;
    }
  }
  return checkProperties(declaration.Type, properties);
}

function sameTags(left: Tag[], right: Tag[]): boolean {
  const text = (tags: Tag[]) => JSON.stringify([...tags].map((tag) => [tag.Key, tag.Value]).sort());
  return text(left) === text(right);
}

/**
 * What applying `desired` to a stack would do, resource by resource, in dependency order and then the removals.
 * Values that depend on something not yet made are `{{changeSet:KNOWN_AFTER_APPLY}}`.
 */
export function planChanges(stack: Stack, desired: Desired, ctx: Context): PlannedChange[] {
  const future: Record<string, StackResource> = Object.fromEntries(Object.entries(stack.resources).filter(([, one]) => exists(one)));
  const present = { ...future };
  const scope = scopeOf(stack, desired, future, ctx);
  const active = Object.entries(scope.template.resources).filter(
    ([, one]) => one.Condition === undefined || scope.conditions[one.Condition],
  );
  const resources = Object.fromEntries(active);
  const tagsChanged = !sameTags(stack.desired.tags, desired.tags);
  const planned: PlannedChange[] = [];
  for (const id of inOrder(dependenciesOf(resources))) {
    const declaration = resources[id];
    if (!declaration) continue;
    const current = present[id];
    const { properties, violations } = evaluated(declaration, scope);
    const change = changeNeeded(current, declaration.Type, properties);
    if (change === "create" || change === "replace") future[id] = unknown(current, declaration.Type);
    const metadataChanged = current !== undefined && !sameJson(current.metadata, declaration.Metadata);
    const policiesChanged =
      current !== undefined &&
      (current.deletionPolicy !== String(declaration.DeletionPolicy ?? "Delete") ||
        current.updateReplacePolicy !== String(declaration.UpdateReplacePolicy ?? "Delete"));
    const taggable = tagsChanged && current !== undefined && schemaOf(declaration.Type)?.properties["Tags"] !== undefined;
    if (change === "none" && !metadataChanged && !taggable && !policiesChanged) continue;
    planned.push({
      logicalId: id,
      type: declaration.Type,
      action: change === "create" ? "Add" : "Modify",
      replacement: change === "replace",
      current,
      before: current?.properties ?? {},
      after: properties,
      changed: current ? changedProperties(current.properties, properties) : [],
      declaration,
      violations,
      metadataChanged,
      tagsChanged: taggable,
      policiesChanged,
    });
  }
  for (const [id, current] of Object.entries(present)) {
    if (id in resources) continue;
    planned.push({
      logicalId: id,
      type: current.type,
      action: "Remove",
      replacement: false,
      current,
      before: current.properties,
      after: {},
      changed: [],
      declaration: undefined,
      violations: [],
      metadataChanged: false,
      tagsChanged: false,
      policiesChanged: false,
    });
  }
  return planned;
}

function outputsOf(stack: Stack, desired: Desired, ctx: Context): Json {
  const scope = scopeOf(stack, desired, stack.resources, ctx);
  return Object.entries(scope.template.outputs).flatMap(([name, output]) => {
    if (output.Condition !== undefined && !scope.conditions[output.Condition]) return [];
    try {
      return [
        [
          name,
          evaluate(output.Value, scope),
          output.Description ?? null,
          output.Export ? evaluate(output.Export.Name, scope) : null,
        ] as Json,
      ];
    } catch (error) {
      if (error instanceof AwsError) return [[name, KNOWN_AFTER_APPLY] as Json];
      throw error;
    }
  });
}

/** Whether applying `desired` would change anything: a resource, a tag or an output. */
export function isNoChange(stack: Stack, desired: Desired, ctx: Context): boolean {
  if (!sameTags(stack.desired.tags, desired.tags)) return false;
  if (planChanges(stack, desired, ctx).length > 0) return false;
  return sameJson(outputsOf(stack, stack.desired, ctx), outputsOf(stack, desired, ctx));
}
