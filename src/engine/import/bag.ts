/** Taking values out of somebody else's document, and telling what was left behind. */
import type { Json, JsonObject } from "../schema.ts";
import { isObject } from "../values/reading.ts";

/** A value of the document that has no place in a profile. */
export interface Unplaced {
  /** Where it stood, e.g. `Containers[0].containerImageReference.feedId`. */
  readonly path: string;
  readonly value: Json;
}

/** An object whose values are taken out one by one; keys are found in any letter case. */
export interface Bag {
  readonly path: string;
  /** The value of the first of these keys that is there; it counts as taken. */
  take(...keys: string[]): Json | undefined;
  /** The keys that are left. */
  keys(): string[];
  /** A value without taking it. */
  peek(key: string): Json | undefined;
  /** Which of these words (in lower case) a key holds; another value stays behind. */
  choose<W extends string>(key: string, words: readonly W[]): W | undefined;
  /** An object inside, as a bag of its own; empty when there is none. */
  open(key: string): Bag;
  /** The rows of a list inside, each a bag of its own. */
  rows(key: string): Bag[];
  /** What nobody took, inside as well; empty values are nothing to lose. */
  rest(): Unplaced[];
}

/** Opens an object for taking. */
export function openBag(object: JsonObject, path = ""): Bag {
  const left = new Map(Object.entries(object));
  const inner: Bag[] = [];
  const place = (key: string) => (path ? `${path}.${key}` : key);
  const find = (key: string) => [...left.keys()].find((known) => known.toLowerCase() === key.toLowerCase());

  const take = (...keys: string[]): Json | undefined => {
    for (const key of keys) {
      const known = find(key);
      if (known === undefined) continue;
      const value = left.get(known);
      left.delete(known);
      if (!isEmpty(value)) return value;
    }
    return undefined;
  };

  const keep = (bag: Bag): Bag => {
    inner.push(bag);
    return bag;
  };

  return {
    path,
    take,
    keys: () => [...left.keys()],
    peek: (key) => left.get(find(key) ?? ""),
    choose: (key, words) => {
      const known = find(key);
      const word = words.find((each) => known !== undefined && each === String(left.get(known)).toLowerCase());
      if (word !== undefined) take(key);
      return word;
    },
    open: (key) => {
      const known = find(key);
      const value = known === undefined ? undefined : left.get(known);
      if (known === undefined || !isObject(value)) return openBag({}, place(key));
      left.delete(known);
      return keep(openBag(value, place(known)));
    },
    rows: (key) => {
      const known = find(key);
      const value = known === undefined ? undefined : left.get(known);
      if (known === undefined || !Array.isArray(value) || !value.every(isObject)) return [];
      left.delete(known);
      return value.map((row, at) => keep(openBag(row, `${place(known)}[${at}]`)));
    },
    rest: () => [
      ...[...left].filter(([, value]) => !isEmpty(value)).map(([key, value]) => ({ path: place(key), value })),
      ...inner.flatMap((bag) => bag.rest()),
    ],
  };
}

/** Whether a value says nothing: null, an empty text, or nothing but such inside. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}

/** The object without what says nothing; undefined when nothing is left. `false` counts as said. */
export function said(object: Readonly<Record<string, Json | undefined>>): JsonObject | undefined {
  const entries = Object.entries(object).filter((entry): entry is [string, Json] => !isEmpty(entry[1]));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** `"True"` and `"False"` as booleans; other texts, such as expressions, stay. */
export function toBoolean(value: Json | undefined): Json | undefined {
  if (typeof value !== "string") return value;
  return /^(true|false)$/i.test(value.trim()) ? value.trim().toLowerCase() === "true" : value;
}

/** `"256"` as a number; other texts, such as expressions, stay. */
export function toNumber(value: Json | undefined): Json | undefined {
  return typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : value;
}

/** A text in lower case, unless it holds an expression. */
export function lower(value: Json | undefined): Json | undefined {
  return typeof value === "string" && !value.includes("#{") ? value.toLowerCase() : value;
}

/** A text in upper case, unless it holds an expression. */
export function upper(value: Json | undefined): Json | undefined {
  return typeof value === "string" && !value.includes("#{") ? value.toUpperCase() : value;
}
