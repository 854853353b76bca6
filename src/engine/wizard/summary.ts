import type { Field, Fields, GroupField, Json } from "../schema.ts";
import { isObject } from "./tree.ts";

/** A typed value as a text field shows it. */
export function textOf(value: unknown): string {
  return value === undefined || value === null || typeof value === "object" ? "" : String(value);
}

/** True for a text with an expression in it. */
export function isBound(value: unknown): boolean {
  return typeof value === "string" && value.includes("#{");
}

/** One line that says what a field's value is; empty when it has none. Secrets stay hidden. */
export function valueText(field: Field, value: unknown): string {
  if (value === undefined || value === null) return "";
  switch (field.kind) {
    case "secret":
      return isBound(value) ? String(value) : "••••••••";
    case "toggle":
      return value === true || value === "true" ? "on" : value === false || value === "false" ? "off" : textOf(value);
    case "choice":
      return field.options.find((option) => String(option.value) === String(value))?.label ?? textOf(value);
    case "number":
      return field.unit && !isBound(value) && textOf(value) !== ""
        ? `${textOf(value)} ${unitFor(textOf(value), field.unit)}`
        : textOf(value);
    case "texts":
      return (Array.isArray(value) ? value : [value])
        .map((item) => (/[\s"]/.test(String(item)) ? JSON.stringify(item) : String(item)))
        .join(" ");
    case "picks":
      return (Array.isArray(value) ? value : [value]).map(String).join(", ");
    case "map":
      return isObject(value) ? Object.keys(value).join(", ") : textOf(value);
    case "group":
      return isObject(value) ? groupSummary(field, value) : textOf(value);
    case "list":
      return Array.isArray(value) ? rowsSummary(value.map((row) => (isObject(row) ? field.summary(row) : textOf(row)))) : "";
    case "note":
      return "";
    default:
      return textOf(value).replace(/\s*\n\s*/g, " ⏎ ");
  }
}

/** One line of what is set in a group: its own words, or the labels and values of its fields. */
export function groupSummary(field: GroupField, value: Readonly<Record<string, unknown>>): string {
  return field.summary ? field.summary(value) : fieldsSummary(field.fields, value);
}

/** The labels and values of those fields that have one. */
export function fieldsSummary(fields: Fields, value: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .flatMap(([key, field]) => {
      const text = valueText(field, value[key]);
      return text === "" ? [] : [`${field.label.toLowerCase()} ${text}`];
    })
    .join(" · ");
}

const shownRows = 3;

function rowsSummary(rows: readonly string[]): string {
  const named = rows.map((row, at) => row || `#${at + 1}`);
  if (named.length <= shownRows) return named.join(", ");
  return `${named.slice(0, shownRows).join(", ")} and ${named.length - shownRows} more`;
}

/** What a text typed into a field is in the file: a number where the field wants one and the text is one, else the text. */
export function typedValue(field: Field, text: string): Json | undefined {
  if (text === "") return field.kind === "text" && field.allowEmpty ? "" : undefined;
  const numeric = field.kind === "number" || (field.kind === "choice" && typeof field.options[0]?.value === "number");
  return numeric && /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

/** `1 task`, `2 tasks`. */
const unitFor = (value: string, unit: string) => (value === "1" ? unit.replace(/s$/, "") : unit);
