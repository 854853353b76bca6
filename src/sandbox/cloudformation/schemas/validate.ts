import { isObject, type Json, type JsonObject, scalarText } from "../json.ts";
import { schemaOf } from "./index.ts";
import type { Shape } from "./schema.ts";

/** Properties coerced to their schema's types, and the violations found, in the words of CloudFormation's validator. */
export interface Checked {
  properties: JsonObject;
  violations: string[];
}

const NAMES: Record<string, string> = {
  string: "String",
  integer: "Integer",
  number: "Number",
  boolean: "Boolean",
  json: "Object",
  map: "JSONObject",
};

function nameOf(value: Json): string {
  if (value === null) return "Null";
  if (Array.isArray(value)) return "JSONArray";
  if (isObject(value)) return "JSONObject";
  return typeof value === "number"
    ? Number.isInteger(value)
      ? "Integer"
      : "BigDecimal"
    : typeof value === "boolean"
      ? "Boolean"
      : "String";
}

function primitive(kind: string, value: Json): Json | undefined {
  if (kind === "json") return value;
  if (kind === "map")
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, scalarText(one)])) : undefined;
  if (value === null || typeof value === "object") return undefined;
  const text = scalarText(value);
  if (kind === "boolean") return text === "true" ? true : text === "false" ? false : undefined;
  if (kind === "integer") return /^-?\d+$/.test(text) ? Number(text) : undefined;
  if (kind === "number") return text.trim() !== "" && !Number.isNaN(Number(text)) ? Number(text) : undefined;
  return text;
}

function check(shape: Shape, value: Json, path: string, violations: string[]): Json {
  if (typeof shape === "string") {
    const words = shape.includes("|") ? shape.split("|") : undefined;
    const coerced = primitive(words ? "string" : shape, value);
    if (coerced === undefined) violations.push(`${path}: expected type: ${NAMES[words ? "string" : shape]}, found: ${nameOf(value)}`);
    else if (words && !words.includes(String(coerced))) violations.push(`${path}: ${String(coerced)} is not a valid enum value`);
    return coerced ?? value;
  }
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) {
      violations.push(`${path}: expected type: JSONArray, found: ${nameOf(value)}`);
      return value;
    }
    return value.map((one, index) => check(shape[0], one, `${path}/${index}`, violations));
  }
  if (!isObject(value)) {
    violations.push(`${path}: expected type: JSONObject, found: ${nameOf(value)}`);
    return value;
  }
  return checkObject(shape, value, path, violations);
}

function checkObject(shapes: Record<string, Shape>, value: JsonObject, path: string, violations: string[]): JsonObject {
  const result: JsonObject = {};
  for (const key of Object.keys(shapes)) {
    if (key.endsWith("!") && value[key.slice(0, -1)] === undefined)
      violations.push(`${path}: required key [${key.slice(0, -1)}] not found`);
  }
  for (const [key, child] of Object.entries(value)) {
    const shape = shapes[key] ?? shapes[`${key}!`];
    if (shape === undefined) violations.push(`${path}: extraneous key [${key}] is not permitted`);
    else if (child === null) violations.push(`${path}/${key}: Null values are not allowed`);
    else result[key] = check(shape, child, `${path}/${key}`, violations);
  }
  return result;
}

/** The evaluated properties of a resource, checked against the schema of its type. */
export function checkProperties(type: string, properties: JsonObject): Checked {
  const violations: string[] = [];
  return { properties: checkObject(schemaOf(type)?.properties ?? {}, properties, "#", violations), violations };
}

/** What CloudFormation says in a resource event when properties violate the schema; undefined when they do not. */
export function propertyFailure(logicalId: string, type: string, violations: string[]): string | undefined {
  const first = violations[0];
  if (first === undefined) return undefined;
  const extraneous = violations.map((one) => /^#: extraneous key \[(.+)\]/.exec(one)?.[1]).find(Boolean);
  if (schemaOf(type)?.legacy && extraneous) return `Encountered unsupported property ${extraneous}`;
  return `Properties validation failed for resource ${logicalId} with message:\n${violations.join("\n")}`;
}
