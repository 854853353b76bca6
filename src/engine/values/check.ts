/** The last step of the pipeline: what each field says about its own value. */
import { isExpression, listed, repeated } from "../rules/text.ts";
import type { Field, FieldScope, Fields, Finding, Issue, Path } from "../schema.ts";
import type { Values } from "./read.ts";
import { quote } from "./reading.ts";
import { isVisible } from "./visible.ts";

/** Everything the fields of an object find wrong with their own values. */
export function* checkFields(fields: Fields, values: Values, path: Path, step: Values): Generator<Issue> {
  for (const [key, field] of Object.entries(fields)) {
    const scope: FieldScope = { siblings: values, step, path: [...path, key] };
    if (isVisible(field, scope)) yield* checkField(field, values[key], scope);
  }
}

function issue(path: Path, finding: Finding): Issue {
  return { path, severity: finding.severity ?? "error", rule: finding.rule, message: finding.message, hint: finding.hint };
}

function* checkField(field: Field, value: unknown, scope: FieldScope): Generator<Issue> {
  const { path } = scope;
  if (field.kind === "note") return;
  if (isMissing(field, value)) {
    yield issue(path, missing(field));
    return;
  }
  if (value === undefined) return;
  if (field.fargate && field.kind !== "group" && value !== false && value !== 0) {
    yield issue(path, notOnFargate(saidOf(field.label, value), field.fargate));
    return;
  }
  switch (field.kind) {
    case "group":
      yield* checkFields(field.fields, value as Values, path, scope.step);
      return;
    case "list":
      yield* checkRows(field, value as Values[], scope);
      return;
    case "texts":
    case "picks":
      yield* checkTexts(field, value as readonly string[], scope);
      return;
    case "map":
      yield* checkMap(field, value as Record<string, string>, scope);
      return;
    default:
      yield* checkScalar(field, value, scope);
  }
}

function isMissing(field: Field, value: unknown): boolean {
  if (!("required" in field && field.required) || field.kind === "group") return false;
  if (field.kind === "text" && field.allowEmpty) return value === undefined;
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

function missing(field: Field): Finding {
  const name = field.label.toLowerCase();
  if (field.kind === "list") return { rule: "required", message: `There is no ${field.item}.`, hint: `Add at least one ${field.item}.` };
  if (field.kind === "picks") return { rule: "required", message: `No ${name} are chosen.`, hint: "Choose at least one." };
  const example = "placeholder" in field && field.placeholder ? `, e.g. ${field.placeholder}` : "";
  const options =
    field.kind === "choice"
      ? `: ${listed(
          field.options.map(({ value }) => value),
          "or",
        )}`
      : example;
  return { rule: "required", message: `${field.label} is missing.`, hint: `Give it a value${options}.` };
}

function* checkScalar(
  field: Exclude<Field, { kind: "group" | "list" | "texts" | "picks" | "map" | "note" }>,
  value: unknown,
  scope: FieldScope,
): Generator<Issue> {
  if (isExpression(value)) return;
  if (field.kind === "choice") {
    const rejected: readonly unknown[] = field.rejected?.values ?? [];
    if (rejected.includes(value)) yield issue(scope.path, notOnFargate(`${field.label} ${quote(value)} is`, field.rejected?.reason ?? ""));
  } else if (field.kind === "number") {
    if (typeof value !== "number") return;
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, unit } = field;
    if (value < min || value > max) yield issue(scope.path, outOfRange(value, field.min, field.max, unit));
    else yield* found(scope.path, field.check?.(value, scope));
  } else if (field.kind === "text" || field.kind === "secret" || field.kind === "pick") {
    if (typeof value === "string" && value !== "") yield* found(scope.path, field.check?.(value, scope));
  }
}

function saidOf(label: string, value: unknown): string {
  if (!Array.isArray(value)) return `${label}: ${quote(value)} is`;
  const texts = value.filter((item) => typeof item === "string");
  return texts.length > 0 ? `${label} (${texts.join(", ")}) are` : `${label} are`;
}

function notOnFargate(what: string, reason: string): Finding {
  return { rule: "fargate-unsupported", message: `${what} not possible on Fargate.`, hint: `${reason} Remove it.` };
}

function* found(path: Path, finding: Finding | undefined): Generator<Issue> {
  if (finding) yield issue(path, finding);
}

function outOfRange(value: number, min: number | undefined, max: number | undefined, unit = ""): Finding {
  const behind = unit && ` ${unit}`;
  const range = max === undefined ? `at least ${min}` : min === undefined ? `at most ${max}` : `from ${min} to ${max}`;
  return {
    rule: "out-of-range",
    message: `${value} is out of range: it must be ${range}${behind}.`,
    hint: `Choose ${max === undefined || min === undefined ? range : `a value ${range}`}${behind}.`,
  };
}

function* checkCount(
  count: number,
  field: { readonly min?: number; readonly max?: number; readonly label: string },
  path: Path,
): Generator<Issue> {
  const { min = 0, max = Number.POSITIVE_INFINITY, label } = field;
  if (count > max) {
    yield issue(path, {
      rule: "too-many",
      message: `${label}: there are ${count}, but at most ${max} are allowed.`,
      hint: `Remove ${count - max}.`,
    });
  }
  if (count < min) {
    yield issue(path, {
      rule: "too-few",
      message: `${label}: there are ${count}, but at least ${min} are needed.`,
      hint: `Add ${min - count}.`,
    });
  }
}

function* checkRows(field: Extract<Field, { kind: "list" }>, rows: readonly Values[], scope: FieldScope): Generator<Issue> {
  const { path } = scope;
  yield* checkCount(rows.length, field, path);
  for (const [at, row] of rows.entries()) yield* checkFields(field.fields, row, [...path, at], scope.step);
  const { unique } = field;
  if (!unique) return;
  for (const [key, places] of repeated(rows, unique.key)) {
    for (const at of places.slice(1)) {
      yield issue([...path, at, ...(unique.at ? [unique.at] : [])], {
        rule: unique.rule,
        message: `The ${unique.what} ${quote(key)} is there ${places.length} times.`,
        hint: `Rename or remove one: each ${unique.what} may stand once.`,
      });
    }
  }
}

function* checkTexts(field: Extract<Field, { kind: "texts" | "picks" }>, texts: readonly string[], scope: FieldScope): Generator<Issue> {
  const { path } = scope;
  yield* checkCount(texts.length, field, path);
  for (const [at, text] of texts.entries()) {
    if (isExpression(text)) continue;
    if (text === "" && field.kind === "picks")
      yield issue([...path, at], { rule: "required", message: "This item is empty.", hint: "Fill it in or remove it." });
    else yield* found([...path, at], field.check?.(text, { ...scope, path: [...path, at] }));
  }
  if (field.kind === "texts") yield* found(path, field.checkAll?.(texts, scope));
  if (field.kind !== "picks") return;
  for (const [text, places] of repeated(texts, (item) => item || undefined)) {
    for (const at of places.slice(1)) {
      yield issue([...path, at], {
        rule: "duplicate-item",
        message: `${quote(text)} is chosen ${places.length} times.`,
        hint: "Remove the repetition.",
      });
    }
  }
}

function* checkMap(field: Extract<Field, { kind: "map" }>, map: Readonly<Record<string, string>>, scope: FieldScope): Generator<Issue> {
  for (const [key, value] of Object.entries(map)) {
    if (key === "")
      yield issue(scope.path, {
        rule: "empty-name",
        message: `${field.label}: a name is empty.`,
        hint: "Give it a name or remove the line.",
      });
    else if (!isExpression(value)) yield* found([...scope.path, key], field.check?.(key, value, { ...scope, path: [...scope.path, key] }));
  }
}
