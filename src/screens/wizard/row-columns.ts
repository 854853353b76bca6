import type { Field, ListField } from "../../engine/schema.ts";
import { valueText } from "../../engine/wizard/summary.ts";
import { isObject } from "../../engine/wizard/tree.ts";
import { widthOf } from "../ui/spans.ts";

/** The cells of a list's row: its own summary, then what else is set in it, most important first. */
export function rowColumns(list: ListField, value: unknown, typed: unknown, index: number): string[] {
  if (!isObject(value)) return [`${list.item} ${index + 1}`];
  const summary = list.summary(value).trim();
  const said = new Set(summary.split(/\s+/));
  const name = /[\p{L}\p{N}]/u.test(summary) ? summary : `new ${list.item}`;
  const more = Object.entries(list.fields).flatMap(([key, field]) => {
    const text = cell(field, value[key], isObject(typed) && typed[key] !== undefined);
    // An ARN says nothing new where its name is in the summary.
    const named = text.split(/[/:]/).some((part) => said.has(part));
    return text === "" || said.has(text) || summary.includes(text) || (named && isArn(value[key])) ? [] : [text];
  });
  return [name, more.join("  ")];
}

function cell(field: Field, value: unknown, typed: boolean): string {
  if (value === undefined || value === null || field.fargate) return "";
  switch (field.kind) {
    case "list":
      return Array.isArray(value) && value.length > 0
        ? value.length === 1
          ? valueText(field, value)
          : `${value.length} ${field.label.toLowerCase()}`
        : "";
    case "group":
      return typed && isObject(value) && Object.keys(value).length > 0 && !field.advanced ? `${field.label.toLowerCase()}` : "";
    case "toggle":
      return value === true ? field.label.toLowerCase() : "";
    case "text":
    case "pick":
      return field.advanced ? "" : asSpoken(valueText(field, value));
    default:
      return "";
  }
}

/** The widths of the columns over all rows, the first at most half of `width`. */
export function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const first = Math.min(Math.floor(width / 2), Math.max(0, ...rows.map((row) => widthOf(row[0] ?? ""))));
  const second = Math.max(0, ...rows.map((row) => widthOf(row[1] ?? "")));
  return [first, Math.min(second, Math.max(0, width - first - 8))];
}

const isArn = (value: unknown) => typeof value === "string" && value.startsWith("arn:");

/** An image of ECR or an ARN as people speak of it: without account and region. */
function asSpoken(text: string): string {
  return text.replace(/^\d{12}\.dkr[.-]ecr[^/]*\//, "").replace(/^arn:[\w-]+:[\w-]+:[\w-]*:\d{12}:/, "");
}
