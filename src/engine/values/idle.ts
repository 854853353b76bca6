/** Values that stand in a profile but count for nothing, because of what is chosen beside them. */
import { isExpression, listed } from "../rules/text.ts";
import { type Field, type FieldScope, type Fields, formatPath, type Issue, type JsonObject, type Path } from "../schema.ts";
import type { Values } from "./read.ts";
import { isObject, own, quote } from "./reading.ts";
import { isVisible } from "./visible.ts";

/** A warning for each value of the document whose field is hidden; `shown` are the effective values of the same object. */
export function* idleIssues(fields: Fields, given: JsonObject, shown: Values, path: Path, step: Values): Generator<Issue> {
  for (const [key, field] of Object.entries(fields)) {
    const value = own(given, key);
    const scope: FieldScope = { siblings: shown, step, path: [...path, key] };
    const inner = shown[key];
    if (value === undefined) continue;
    if (!isVisible(field, scope)) {
      if (says(field, value)) yield idle(key, field, scope, fields);
    } else if (field.kind === "group" && isObject(value) && inner !== undefined) {
      yield* idleIssues(field.fields, value, inner as Values, scope.path, step);
    } else if (field.kind === "list" && Array.isArray(value) && Array.isArray(inner)) {
      for (const [at, row] of value.entries())
        if (isObject(row)) yield* idleIssues(field.fields, row, (inner[at] ?? {}) as Values, [...scope.path, at], step);
    }
  }
}

/** Whether a value is more than what the field is anyway. */
function says(field: Field, value: unknown): boolean {
  if (value === "" || value === false || value === null || String(value).toLowerCase() === "false") return false;
  if (typeof value === "object") return Object.keys(value).length > 0;
  return !("default" in field) || String(value) !== String(field.default);
}

function idle(key: string, field: Field, scope: FieldScope, beside: Fields): Issue {
  const where = formatPath(scope.path);
  const chooser = chooserOf(field, scope, beside);
  const other = chooser && formatPath([...scope.path.slice(0, -1), chooser.key]);
  return {
    path: scope.path,
    severity: "warning",
    rule: "no-effect",
    message: chooser
      ? `${field.label} has no effect: it counts when ${chooser.key} is ${listed(chooser.values, "or")}, and that is ${quote(scope.siblings[chooser.key] ?? "not set")}.`
      : `${field.label} has no effect with what stands beside it.`,
    hint: chooser ? `Set ${other} to ${listed(chooser.values, "or")}, or remove ${key}.` : `Remove ${where}.`,
  };
}

/** The choice beside a hidden field that hides it, with the values that would show it; found by trying them. */
function chooserOf(
  field: Field,
  scope: FieldScope,
  beside: Fields,
): { readonly key: string; readonly values: readonly (string | number)[] } | undefined {
  for (const [key, other] of Object.entries(beside)) {
    if (other.kind !== "choice" || isExpression(scope.siblings[key])) continue;
    const values = other.options
      .map(({ value }) => value)
      .filter((value) => isVisible(field, { ...scope, siblings: { ...scope.siblings, [key]: value } }));
    if (values.length > 0) return { key, values };
  }
  return undefined;
}
