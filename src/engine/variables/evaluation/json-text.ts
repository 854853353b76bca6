import { exception } from "../errors.ts";
import { formatShortDate } from "../filters/date-time.ts";
import type { Json } from "./json-reader.ts";
import { formatDouble } from "./numbers.ts";

/** A JSON value as the text of a variable. Throws for an integer of more than 64 bits. */
export function jsonText(value: Json): string {
  switch (value.kind) {
    case "string":
      return value.text;
    case "date":
      return formatShortDate(value.date);
    case "boolean":
      return value.value ? "True" : "False";
    case "integer":
      return integerText(value.value);
    case "float":
      return formatDouble(value.value);
    case "null":
    case "undefined":
      return "";
    default:
      return compactJson(value);
  }
}

function integerText(value: bigint): string {
  if (BigInt.asIntN(64, value) !== value) throw exception("the JSON integer needs more than 64 bits");
  return value.toString();
}

function compactJson(value: Json): string {
  switch (value.kind) {
    case "array":
      return `[${value.items.map(compactJson).join(",")}]`;
    case "object":
      return `{${Array.from(value.members, ([name, member]) => `${quoted(name)}:${compactJson(member)}`).join(",")}}`;
    case "boolean":
      return String(value.value);
    case "float":
      return compactFloat(value.value);
    case "integer":
      return value.value.toString();
    case "null":
    case "undefined":
      return value.kind;
    default:
      return quoted(value.text);
  }
}

function compactFloat(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  const text = formatDouble(value);
  return /[.E]/.test(text) ? text : `${text}.0`;
}

const escapes: Record<string, string> = { '"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function quoted(text: string): string {
  const body = text.replace(/["\\\0-\x1f\u0085\u2028\u2029]/g, (unit) => {
    return escapes[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `"${body}"`;
}
