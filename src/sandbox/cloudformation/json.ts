/** Any value of a parsed template or of evaluated properties. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [key: string]: Json;
}

/** Whether a value is a JSON object (neither null nor a list). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text that is equal for values that are equal, whatever the order of their keys. */
export function canonical(value: Json | undefined): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.keys(value).sort();
  return `{${entries.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

/** Whether two JSON values are the same, key order aside. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  return canonical(left) === canonical(right);
}

/** A value as CloudFormation writes scalars into texts: numbers and booleans become their text. */
export function scalarText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
