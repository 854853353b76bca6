import type { JsonObject } from "../json.ts";
import { sameJson } from "../json.ts";
import { schemaOf } from "../schemas/index.ts";
import type { StackResource } from "../state.ts";

/** The names of the top-level properties that differ. */
export function changedProperties(before: JsonObject, after: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !sameJson(before[name], after[name]));
}

/** What it takes to bring a resource to new properties: nothing, a change in place, or a new physical resource. */
export function changeNeeded(
  current: StackResource | undefined,
  type: string,
  properties: JsonObject,
): "create" | "update" | "replace" | "none" {
  if (!current?.physicalId) return "create";
  if (current.type !== type) return "replace";
  const changed = changedProperties(current.properties, properties);
  if (changed.length === 0) return "none";
  const replacing = schemaOf(type)?.replacedBy ?? [];
  return changed.some((name) => replacing.includes(name)) ? "replace" : "update";
}

/** The name a user chose for a resource that must be replaced under the same name, which CloudFormation refuses; else undefined. */
export function fixedName(current: StackResource, properties: JsonObject): string | undefined {
  const property = schemaOf(current.type)?.nameProperty;
  if (property === undefined) return undefined;
  const name = properties[property];
  return typeof name === "string" && name === current.properties[property] ? name : undefined;
}
