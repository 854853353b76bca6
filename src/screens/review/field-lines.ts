import { secretMark } from "../../engine/deployment/as-deployed.ts";
import { type Field, type JsonObject, type Path, parsePath } from "../../engine/schema.ts";
import type { Evaluation } from "../../engine/wizard/form.ts";
import { isVisible } from "../../engine/wizard/form.ts";
import { isBound, valueText } from "../../engine/wizard/summary.ts";
import { getAt, isObject, setAt } from "../../engine/wizard/tree.ts";
import type { Span } from "../ui/spans.ts";
import { type Line, lineWidth, padTo, span, widthOf, wrap } from "../ui/spans.ts";
import type { Tone } from "../ui/theme.tsx";

/** The columns for the names of values: the longest stand beside theirs wherever there is room. */
const labelColumns = (width: number) => (width < 76 ? 24 : 30);

/** What is shown, and in how many columns. */
export interface Shown {
  readonly evaluation: Evaluation;
  readonly profile: JsonObject;
  readonly width: number;
}

/** The heading of a part of the review. */
export const heading = (text: string): Line => [span(` ${text}`, "accent")];

/** A text behind the beginning of its first line, whole: what does not fit stands below, `indent` columns in. */
export function hanging(before: readonly Span[], text: string, width: number, indent: number, tone: Tone = "plain"): Line[] {
  const used = lineWidth(before);
  const [first = "", ...rest] = wrap(text, Math.max(10, width - Math.max(used, indent) - 1));
  return [[...before, span(first, tone)], ...rest.map((line): Line => [span(" ".repeat(indent)), span(line, tone)])];
}

/** A name with its value, whole. */
export function pair(label: string, value: string, width: number): Line[] {
  const columns = labelColumns(width);
  return hanging([span(`   ${padTo(label, columns)} `, "muted")], value, width, columns + 4);
}

/** What a field comes to: defaults marked and dimmed, expressions with their value. */
export function fieldLines(field: Field, path: Path, shown: Shown, depth: number): Line[] {
  const { evaluation, profile, width } = shown;
  if (field.kind === "note" || !isVisible(field, evaluation, path)) return [];
  const value = getAt(evaluation.step, path) ?? getAt(profile, path);
  if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) return [];
  const indent = "  ".repeat(depth);
  if (field.kind === "group" && isObject(value)) {
    const inner = Object.entries(field.fields).flatMap(([key, one]) =>
      fieldLines(one, [...path, key], shown, path.length > 1 ? depth + 1 : depth),
    );
    return path.length > 1 && inner.length > 0 ? [[span(`   ${indent}${field.label}`, "muted")], ...inner] : inner;
  }
  if (field.kind === "list" && Array.isArray(value)) {
    const rows = value.flatMap((row, index): Line[] => {
      const name = isObject(row) ? field.summary(row) : String(row);
      const inner = Object.entries(field.fields).flatMap(([key, one]) => fieldLines(one, [...path, index, key], shown, depth + 2));
      const simple = Object.values(field.fields).every(({ kind }) => kind !== "list" && kind !== "group");
      const title = name || `${field.item} ${index + 1}`;
      if (simple) return hanging([span(`   ${indent}  `)], title, width, indent.length + 7);
      return [[span(`   ${indent}  ${title}`, "plain", { bold: true })], ...inner];
    });
    return path.length > 1 ? [[span(`   ${indent}${field.label}`, "muted")], ...rows] : rows;
  }
  const typed = getAt(profile, path);
  const given = isBound(typed) ? `  from ${String(typed)}` : "";
  const columns = labelColumns(width);
  const before = [span(`   ${padTo(`${indent}${field.label}`, Math.max(columns, widthOf(field.label) + 2 * depth))} `, "muted")];
  const lines = hanging(before, valueText(field, value), width, columns + 4, typed === undefined ? "muted" : "plain");
  if (typed === undefined) return withEnd(lines, "  (default)", width, "muted");
  return given === "" ? lines : withEnd(lines, given, width);
}

/** Where a value comes from, behind it where there is room, else below it. */
function withEnd(lines: readonly Line[], given: string, width: number, tone: Tone = "accent"): Line[] {
  const last = lines.at(-1) ?? [];
  if (lineWidth(last) + widthOf(given) <= width) return [...lines.slice(0, -1), [...last, span(given, tone)]];
  const columns = labelColumns(width);
  return [...lines, ...hanging([span(" ".repeat(columns + 4))], given.trim(), width, columns + 4, tone)];
}

/** The effective answers with the values of sensitive variables as dots. */
export function withoutSecrets(evaluation: Evaluation): Evaluation {
  const masks = [...(evaluation.bound ?? [])].filter(([, value]) => value.includes(secretMark));
  const step = masks.reduce((present, [path, value]) => setAt(present, parsePath(path) ?? [], value), evaluation.step as JsonObject);
  return { ...evaluation, step };
}
