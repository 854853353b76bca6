import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseProfile } from "../../../src/engine/profile-file.ts";
import type { Field, Fields, Json } from "../../../src/engine/schema.ts";
import { sections } from "../../../src/engine/sections/index.ts";
import { buildTemplate } from "../../../src/engine/template/index.ts";
import { effective } from "../../../src/engine/values.ts";

interface Leaf {
  readonly place: string;
  readonly property: string;
  readonly expression: string;
}

/** Every bound value of a field that has a CloudFormation property. */
function leaves(field: Field, value: Json | undefined, place: string): Leaf[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) {
    const row = (item: Json, at: number) =>
      field.kind === "list" ? inside(field.fields, item, `${place}[${at}]`) : leaves(field, item, `${place}[${at}]`);
    return value.flatMap(row);
  }
  if (typeof value === "object") {
    if (field.kind === "group") return inside(field.fields, value, place);
    return Object.entries(value).flatMap(([key, item]) => leaves(field, item, `${place}.${key}`));
  }
  if (field.kind === "group" || field.property === undefined) return [];
  return [{ place, property: field.property, expression: String(value) }];
}

const inside = (fields: Fields, value: Json, place: string): Leaf[] =>
  Object.entries(fields).flatMap(([key, field]) => leaves(field, (value as Record<string, Json>)[key], `${place}.${key}`));

const { profile = {} } = parseProfile(readFileSync(new URL("../../../examples/all-bound.yaml", import.meta.url), "utf8"));
const template = JSON.parse(JSON.stringify(buildTemplate(effective(profile).step)));

/** What stands at a property of the resources of a type, references to parameters followed. */
function valuesAt(property: string): Json[] {
  const [, type, keys = ""] = /^(\w+::\w+::\w+)\.(.*)$/.exec(property) ?? [];
  const resources = Object.values(template.Resources).filter((resource) => (resource as { Type: string }).Type === type);
  const start = resources.map((resource) => (resource as { Properties: Json }).Properties);
  const found = keys
    .split(".")
    .reduce<Json[]>((nodes, key) => nodes.flat(9).flatMap((node) => (node as Record<string, Json>)[key] ?? []), start);
  return found.flat(9).map((node) => {
    const parameter = typeof node === "object" && node !== null && "Ref" in node ? String(node["Ref"]) : undefined;
    return parameter === undefined ? node : (template.Parameters[parameter]?.Default ?? node);
  });
}

/** The names of secrets stand beside the secrets, not beside the plain values. */
const alsoAt = (property: string): string[] =>
  property.endsWith(".Environment.Name") ? [property, property.replace(".Environment.", ".Secrets.")] : [property];

it.each(sections.flatMap(({ key, field }) => leaves(field, profile[key], key)))("$place lands in $property", ({ property, expression }) => {
  const inner = expression.replace(/^#\{|\}$/g, "");
  const texts = alsoAt(property)
    .flatMap(valuesAt)
    .map((node) => JSON.stringify(node));
  expect(texts.some((text) => text.includes(JSON.stringify(inner).slice(1, -1)))).toBe(true);
});
