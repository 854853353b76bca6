/** What reading a profile gathers on its way. */
import type { Issue, Json, JsonObject, Path } from "../schema.ts";

/** The part of a `VariableDictionary` that reading a profile needs. */
export interface Evaluator {
  evaluate(text: string): {
    readonly text: string | null;
    readonly missing: readonly string[];
    readonly error?: { readonly message: string } | undefined;
  };
  /** The names of variables a text needs and does not find. */
  unset(text: string): readonly string[];
}

/** A field that holds an expression; `value` is what it gave, when it gave something. */
export interface Bound {
  readonly path: Path;
  readonly expression: string;
  readonly value?: string;
}

/** The state of one reading: what was found so far. */
export interface Reading {
  readonly variables: Evaluator | undefined;
  readonly issues: Issue[];
  readonly bound: Bound[];
  /** Names of variables without a value, with the places that need them. */
  readonly missing: Map<string, Path[]>;
  /** Values that must not appear in messages, not even in part. */
  readonly sensitive: readonly string[];
  /** Places of a wrong type: issues inside them are beside the point. */
  readonly closed: Path[];
}

/** Whether a value of a profile is an object with keys. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The own value of a key: absent and null are the same. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined;
}

/** What a value of a profile is, in words: `a list`, `a number`. */
export function nameOfType(value: Json): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object with keys";
  if (typeof value === "string") return "a text";
  return typeof value === "number" ? "a number" : "true or false";
}

/** A value as messages quote it: at most 80 characters. */
export function quote(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return `"${text.length > 80 ? `${text.slice(0, 79)}…` : text}"`;
}

/** A text with sensitive values shown as dots. */
export function hidden(text: string, sensitive: readonly string[]): string {
  return sensitive.filter(Boolean).reduce((shown, value) => shown.replaceAll(value, "•••"), text);
}

/** As {@link quote}, for a value that variables have given: hidden before it is cut, or a part of it would stay. */
export function quoteGiven(value: unknown, { sensitive }: Pick<Reading, "sensitive">): string {
  return quote(typeof value === "string" ? hidden(value, sensitive) : value);
}

/** Notes a value of the wrong type; issues inside it are dropped. */
export function wrongType(reading: Reading, path: Path, wanted: string, given: Json, hint = `Write ${wanted} here.`): void {
  reading.issues.push({
    path,
    severity: "error",
    rule: "wrong-type",
    message: `This should be ${wanted}, but it is ${nameOfType(given)}.`,
    hint,
  });
  reading.closed.push(path);
}
