/** The first step of the pipeline: given → default → substituted → read, field by field. */
import { isExpression } from "../rules/text.ts";
import type { Field, Fields, Json, JsonObject, Path } from "../schema.ts";
import { isObject, own, quote, type Reading, wrongType } from "./reading.ts";
import { readScalar, substitute } from "./scalar.ts";

/** Values by key as they are being read. */
export type Values = Record<string, unknown>;

/** Reads the fields of an object. Keys without a value are left out. */
export function readFields(fields: Fields, given: JsonObject, path: Path, reading: Reading): Values {
  const values: Values = {};
  for (const [key, field] of Object.entries(fields)) {
    const value = readField(field, own(given, key), [...path, key], reading);
    if (value !== undefined) values[key] = value;
  }
  return values;
}

function readField(field: Field, given: Json | undefined, path: Path, reading: Reading): unknown {
  switch (field.kind) {
    case "note":
      return undefined;
    case "group":
      return readGroup(field, given, path, reading);
    case "list":
      return readList(field, given, path, reading);
    case "texts":
    case "picks":
      return readTexts(field, given, path, reading);
    case "map":
      return readMap(given, path, reading);
    default:
      return readScalar(field, given, path, reading);
  }
}

function readGroup(field: Extract<Field, { kind: "group" }>, given: Json | undefined, path: Path, reading: Reading): unknown {
  const word = field.absentWord !== undefined && isExpression(given) ? substitute(given, path, reading) : given;
  const nothing = word === undefined || word === field.absentWord || isExpression(word);
  if (!nothing && !isObject(word))
    wrongType(reading, path, field.absentWord ? `${field.absentWord}, or an object with keys` : "an object with keys", word);
  const object = isObject(word) ? word : {};
  return field.required || hasLeaf(object) ? readFields(field.fields, object, path, reading) : undefined;
}

/** No field lies deeper than this: what does is said, and wrong. */
const deepest = 16;

/** Whether anything is said inside: a group of nothing but empty places counts as absent. */
function hasLeaf(value: Json, depth = 0): boolean {
  if (value === null || value === "") return false;
  return typeof value !== "object" || depth > deepest || Object.values(value).some((inner) => hasLeaf(inner, depth + 1));
}

function readList(field: Extract<Field, { kind: "list" }>, given: Json | undefined, path: Path, reading: Reading): unknown {
  if (given !== undefined && !Array.isArray(given)) {
    const keys = Object.keys(field.fields).slice(0, 2);
    const example = `- {${keys.map((key) => `${key}: …`).join(", ")}}`;
    wrongType(reading, path, `a list of ${pluralOf(field.item)}`, given, `Write a row for each ${field.item}, such as ${example}.`);
  }
  const rows = Array.isArray(given) ? given : [];
  if (rows.length === 0) return field.required ? [] : undefined;
  return rows.map((row, at) => {
    if (row !== null && !isObject(row)) wrongType(reading, [...path, at], `an object with the keys of a ${field.item}`, row);
    return readFields(field.fields, isObject(row) ? row : {}, [...path, at], reading);
  });
}

type Texts = Extract<Field, { kind: "texts" | "picks" }>;

const pluralOf = (item: string): string => (item.endsWith("y") ? `${item.slice(0, -1)}ies` : `${item}s`);

function readTexts(field: Texts, given: Json | undefined, path: Path, reading: Reading): unknown {
  const none = field.required ? [] : undefined;
  if (given === undefined) return none;
  if (isObject(given)) {
    wrongType(reading, path, "a list of texts", given);
    return none;
  }
  if (isSingle(field, given)) {
    const texts = oneText(field, String(given), false);
    const example = `[${texts.map((text) => JSON.stringify(text)).join(", ")}]`;
    wrongType(reading, path, "a list of texts", given, `Write it as a list: ${quote(`${path.at(-1)}: ${example}`).slice(1, -1)}.`);
    return texts;
  }
  const texts = Array.isArray(given)
    ? given.flatMap((item, at) => itemTexts(field, item, readItem(item, [...path, at], reading)))
    : oneText(field, substitute(String(given), path, reading), isExpression(given));
  const wrapped = field.kind === "texts" && field.wrap && texts.length === 1 ? field.wrap(texts[0] ?? "") : texts;
  return wrapped.length === 0 ? none : wrapped;
}

/** Whether a literal text stands where a list is meant: where one text has a meaning of its own it may, and a bound one may give several. */
function isSingle(field: Texts, given: Json): boolean {
  const free = field.kind === "texts" && field.wrap !== undefined;
  return !free && !Array.isArray(given) && given !== "" && !isExpression(given);
}

/** What one item of a list gives: a bound id may turn out to be several, or none. */
function itemTexts(field: Texts, given: Json, text: string): readonly string[] {
  return field.kind === "picks" && isExpression(given) && !isExpression(text) ? oneText(field, text, true) : [text];
}

/** A list given as one text: a bound list may come as a JSON array, one of ids also as `a, b` or as lines. */
function oneText(field: Texts, text: string, bound: boolean): readonly string[] {
  if (text === "") return [];
  if (bound && isExpression(text)) return [text];
  return (bound ? jsonTexts(text) : undefined) ?? (field.kind === "picks" ? text.split(/[\s,;]+/).filter(Boolean) : [text]);
}

function jsonTexts(text: string): readonly string[] | undefined {
  if (!/^\s*\[/.test(text)) return undefined;
  try {
    const list = JSON.parse(text) as Json;
    return Array.isArray(list) && list.every((item) => item !== null && typeof item !== "object") ? list.map(String) : undefined;
  } catch {
    return undefined;
  }
}

function readItem(item: Json, path: Path, reading: Reading): string {
  if (item !== null && typeof item !== "object") return substitute(String(item), path, reading);
  wrongType(reading, path, "a text", item);
  return "";
}

function readMap(given: Json | undefined, path: Path, reading: Reading): unknown {
  if (given === undefined) return undefined;
  if (!isObject(given)) {
    wrongType(reading, path, "names with values", given);
    return undefined;
  }
  const entries = Object.entries(given).map(([key, value]) => [key, readItem(value ?? "", [...path, key], reading)] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
