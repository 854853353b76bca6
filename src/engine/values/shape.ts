/** The shape of a profile file: its version, and no key that means nothing. */
import { type Field, type Fields, formatPath, type Issue, type Json, type JsonObject, type Path } from "../schema.ts";
import { sections } from "../sections/index.ts";
import { sameInProfile } from "./foreign-keys.ts";
import { isObject, nameOfType, quote } from "./reading.ts";
import { nearest } from "./scalar.ts";

/** The format's version this program reads and writes. */
export const profileVersion = 1;

/** The keys at the top of a profile file, in order. */
export const topKeys: readonly string[] = ["version", "name", ...sections.map(({ key }) => key), "variables"];

const sectionFields: Fields = Object.fromEntries(sections.map(({ key, field }) => [key, field]));

/** Unknown keys, a version this program cannot read, and variables that are no values. */
export function* shapeIssues(profile: JsonObject): Generator<Issue> {
  yield* versionIssues(profile);
  const name = Object.hasOwn(profile, "name") ? profile["name"] : null;
  if (name !== null && name !== undefined && typeof name !== "string" && typeof name !== "number") {
    yield wrong(["name"], "The profile's name should be a text", name);
  }
  yield* unknownKeys(profile, topKeys, []);
  for (const [key, field] of Object.entries(sectionFields)) {
    if (Object.hasOwn(profile, key)) yield* fieldShape(field, profile[key] ?? null, [key]);
  }
  yield* variableIssues(Object.hasOwn(profile, "variables") ? (profile["variables"] ?? null) : null);
}

function wrong(path: Path, wanted: string, given: Json): Issue {
  return {
    path,
    severity: "error",
    rule: "wrong-type",
    message: `${wanted}, but it is ${nameOfType(given)}.`,
    hint: "See ecs-wizard schema, or docs/reference.md, for the format.",
  };
}

function* versionIssues(profile: JsonObject): Generator<Issue> {
  const version = Object.hasOwn(profile, "version") ? profile["version"] : null;
  if (version === null || version === undefined || String(version) === String(profileVersion)) return;
  yield {
    path: ["version"],
    severity: "error",
    rule: "profile-version",
    message: `The profile says version ${quote(version)}, but this program reads version ${profileVersion}.`,
    hint: `Write version: ${profileVersion}, or use the program's release that wrote the profile.`,
  };
}

function* unknownKeys(object: JsonObject, known: readonly string[], path: Path): Generator<Issue> {
  for (const key of Object.keys(object)) {
    if (known.includes(key)) continue;
    const close = nearest(key, known);
    yield {
      path: [...path, key],
      severity: "error",
      rule: "unknown-key",
      message: `${quote(key)} is not a known key ${path.length > 0 ? `in ${formatPath(path)}` : "of a profile"}; the nearest known key is ${quote(close)}.`,
      hint: sameInProfile(key) ?? renaming(close, known),
    };
  }
}

function renaming(close: string | undefined, known: readonly string[]): string {
  const others = known.length > 1 && known.length <= 16 ? ` Known here: ${known.join(", ")}.` : "";
  return `Rename it to ${close}, or remove it.${others}`;
}

function* fieldShape(field: Field, given: Json, path: Path): Generator<Issue> {
  if (field.kind === "group" && isObject(given)) yield* objectShape(field.fields, given, path);
  if (field.kind === "list" && Array.isArray(given)) {
    for (const [at, row] of given.entries()) if (isObject(row)) yield* objectShape(field.fields, row, [...path, at]);
  }
}

function* objectShape(fields: Fields, given: JsonObject, path: Path): Generator<Issue> {
  const known = Object.keys(fields).filter((key) => fields[key]?.kind !== "note");
  yield* unknownKeys(given, known, path);
  for (const key of known) {
    const field = fields[key];
    if (field && Object.hasOwn(given, key)) yield* fieldShape(field, given[key] ?? null, [...path, key]);
  }
}

function* variableIssues(variables: Json): Generator<Issue> {
  if (variables === null) return;
  if (!isObject(variables)) {
    yield wrong(["variables"], "Variables should be names with values", variables);
    return;
  }
  for (const [name, value] of Object.entries(variables)) {
    const path = ["variables", name];
    if (Array.isArray(value)) yield wrong(path, "A variable's value should be a text", value);
    else if (isObject(value)) yield* sensitiveIssues(value, path);
  }
}

/** `{sensitive: true}` announces a variable whose value must never stand in the file. */
function* sensitiveIssues(value: JsonObject, path: Path): Generator<Issue> {
  yield* unknownKeys(value, ["sensitive"], path);
  if (Object.hasOwn(value, "sensitive") && value["sensitive"] === true) return;
  yield wrong(
    [...path, "sensitive"],
    "A variable is a text, or {sensitive: true}; sensitive should be true",
    Object.hasOwn(value, "sensitive") ? (value["sensitive"] ?? null) : null,
  );
}
