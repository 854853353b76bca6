/** The keys of a profile in the order of the reference. */
import type { Field, Json, JsonObject } from "../schema.ts";
import { sections } from "../sections/index.ts";
import { isObject } from "../values/reading.ts";
import { topKeys } from "../values/shape.ts";

/** The profile with its keys in the order of the reference; keys the reference lacks follow, as they stood. */
export function orderedProfile(profile: JsonObject): JsonObject {
  const fields = Object.fromEntries(sections.map(({ key, field }) => [key, field]));
  return ordered(profile, topKeys, (key, value) => orderedValue(fields[key], value));
}

function orderedValue(field: Field | undefined, value: Json): Json {
  if (field?.kind === "group" && isObject(value)) return orderedFields(field, value);
  if (field?.kind === "list" && Array.isArray(value)) return value.map((row) => (isObject(row) ? orderedFields(field, row) : row));
  return value;
}

function orderedFields({ fields }: Extract<Field, { kind: "group" | "list" }>, value: JsonObject): JsonObject {
  return ordered(value, Object.keys(fields), (key, inner) => orderedValue(fields[key], inner));
}

function ordered(object: JsonObject, keys: readonly string[], each: (key: string, value: Json) => Json): JsonObject {
  const known = keys.filter((key) => Object.hasOwn(object, key));
  const rest = Object.keys(object).filter((key) => !known.includes(key));
  return Object.fromEntries([...known, ...rest].map((key) => [key, each(key, object[key] ?? null)]));
}
