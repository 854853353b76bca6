/** Reading one scalar of a profile: substituting its expression, then giving it its type. */
import { distance } from "fastest-levenshtein";
import { isExpression, listed } from "../rules/text.ts";
import { type Issue, type Json, namedChoices, type Path, type ScalarField } from "../schema.ts";
import { type Evaluator, quote, quoteGiven, type Reading, wrongType } from "./reading.ts";

/** Substitutes the variables of a text; without variables, or without all values, the expression stays. */
export function substitute(text: string, path: Path, reading: Reading): string {
  return resolve(text, path, reading) ?? text;
}

/** The text with its variables substituted; undefined while it cannot be. */
function resolve(text: string, path: Path, reading: Reading): string | undefined {
  if (!isExpression(text)) return text;
  const { variables } = reading;
  const result = variables?.evaluate(text);
  if (!variables || !result) {
    reading.bound.push({ path, expression: text });
    return undefined;
  }
  const unset = result.error ? [] : variables.unset(text);
  const fault = faultOf(text, result, unset);
  if (fault) {
    for (const name of unset) reading.missing.set(name, [...(reading.missing.get(name) ?? []), path]);
    reading.bound.push({ path, expression: text });
    reading.issues.push({ path, severity: "error", ...fault });
    return undefined;
  }
  const value = result.text ?? "";
  reading.bound.push({ path, expression: text, value });
  return value;
}

type Result = ReturnType<Evaluator["evaluate"]>;

/** Why an expression gave no value to go on with, if it gave none. */
function faultOf(text: string, { error, missing }: Result, unset: readonly string[]): Omit<Issue, "path" | "severity"> | undefined {
  if (error) {
    return {
      rule: "expression",
      message: `${quote(text)} cannot be evaluated: ${error.message}`,
      hint: "Correct the expression; ecs-wizard render tries one out.",
    };
  }
  if (unset.length > 0) {
    return {
      rule: "variable-missing",
      message: `${quote(text)} needs a value for ${listed(unset)}.`,
      hint: `Give it with --var ${forShell(`${unset[0]}=…`)} or under variables in the profile.`,
    };
  }
  if (missing.length > 0) {
    return {
      rule: "expression",
      message: `${quote(text)} cannot be evaluated: ${listed(missing)} gives no value, although its variables have one.`,
      hint: "Correct the filter's name or its options; ecs-wizard render tries an expression out.",
    };
  }
  return undefined;
}

/** A word of a command line, in quotes where a shell would read it otherwise. */
function forShell(word: string): string {
  return /^[\w.:/@=…-]+$/.test(word) ? word : `'${word}'`;
}

/** Reads a scalar as its field's type. Absent gives the default; a text that cannot be read stays as it is, with an issue. */
export function readScalar(field: ScalarField, given: Json | undefined, path: Path, reading: Reading): unknown {
  if (given === undefined || given === null) return absent(field);
  if (typeof given === "object") {
    wrongType(reading, path, wantedType(field), given);
    return absent(field);
  }
  const value = typeof given === "string" ? resolve(given, path, reading) : given;
  if (value === undefined) return given;
  if (value === "" && !(field.kind === "text" && field.allowEmpty)) return empty(field, path, reading);
  switch (field.kind) {
    case "number":
      return readNumber(value, path, reading);
    case "toggle":
      return readToggle(value, path, reading);
    case "choice":
      return readChoice(field, value, path, reading);
    default:
      return String(value);
  }
}

/** An empty text is an absent one, unless that would make a default, a number or a choice of what says nothing. */
function empty(field: ScalarField, path: Path, reading: Reading): unknown {
  const asked = field.required && field.default === undefined;
  const free = field.kind === "text" || field.kind === "secret" || field.kind === "pick";
  if (!asked && !(free && field.default === undefined)) {
    const otherwise = field.default === undefined ? "leave the field out" : `leave the field out for ${String(field.default)}`;
    reading.issues.push({
      path,
      severity: "error",
      rule: "empty",
      message: `${field.label} is an empty text.`,
      hint: `Give ${wantedType(field)}, or ${otherwise}.`,
    });
  }
  return absent(field);
}

/** What an absent scalar is: its default, or the empty text when one is required. */
function absent(field: ScalarField): unknown {
  return field.default ?? (field.required ? "" : undefined);
}

function wantedType(field: ScalarField): string {
  if (field.kind === "number") return "a number";
  if (field.kind === "toggle") return "true or false";
  return field.kind === "choice" ? `one of ${listed(namedChoices(field), "or")}` : "a text";
}

function readNumber(value: string | number | boolean, path: Path, reading: Reading): unknown {
  const number = typeof value === "string" && /^\s*[+-]?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number)) return number;
  const whole = typeof number === "number";
  reading.issues.push({
    path,
    severity: "error",
    rule: whole ? "not-an-integer" : "not-a-number",
    message: whole ? `${quoteGiven(value, reading)} is not a whole number.` : `${quoteGiven(value, reading)} is not a number.`,
    hint: whole ? "Write a whole number, without a decimal point." : "Write a whole number, or an expression such as #{Name}.",
  });
  return String(value);
}

function readToggle(value: string | number | boolean, path: Path, reading: Reading): unknown {
  if (typeof value === "boolean") return value;
  const text = String(value).trim().toLowerCase();
  if (text === "true" || text === "false") return text === "true";
  reading.issues.push({
    path,
    severity: "error",
    rule: "not-a-boolean",
    message: `${quoteGiven(value, reading)} is neither true nor false.`,
    hint: "Write true or false, or an expression such as #{Name}.",
  });
  return String(value);
}

function readChoice(
  field: Extract<ScalarField, { kind: "choice" }>,
  value: string | number | boolean,
  path: Path,
  reading: Reading,
): unknown {
  const options = namedChoices(field);
  const rejected: readonly (string | number)[] = field.rejected?.values ?? [];
  const numeric = typeof options[0] === "number";
  const text = String(value).trim();
  if (text === field.absentWord) return absent(field);
  const found = [...options, ...rejected].find((option) => String(option) === text);
  if (found !== undefined) return found;
  if (numeric && !/^[+-]?\d+(\.\d+)?$/.test(text)) return readNumber(value, path, reading);
  reading.issues.push({
    path,
    severity: "error",
    rule: "not-an-option",
    message: `${quoteGiven(value, reading)} is not one of ${listed(options, "or")}.`,
    hint: numeric ? `Choose ${listed(options, "or")}.` : `Did you mean ${nearest(text, options.map(String))}?`,
  });
  return numeric ? Number(text) : text;
}

/** The candidate most like a text, letter case aside. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const rank = (candidate: string) => distance(text.toLowerCase(), candidate.toLowerCase());
  return candidates.toSorted((a, b) => rank(a) - rank(b))[0];
}
