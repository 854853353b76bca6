import { isWhiteSpace } from "../characters.ts";
import { exception } from "../errors.ts";
import { limits } from "../limits.ts";

/** A match, with the offset behind it. */
export interface Match<T> {
  readonly ok: true;
  readonly value: T;
  readonly end: number;
}

/** No match, with the offset where the rule gave up. */
export interface Mismatch {
  readonly ok: false;
  readonly at: number;
}

/** A text being parsed, with what its rules have found so far. */
export interface Input {
  readonly text: string;
  readonly found: Map<Rule<unknown>, Map<number, Match<unknown> | Mismatch>>;
  depth: number;
}

/** A rule of a parsing expression grammar: it consumes a prefix at an offset, or nothing. */
export type Rule<T> = (input: Input, at: number) => Match<T> | Mismatch;

type Values<Rules extends readonly Rule<unknown>[]> = { [I in keyof Rules]: Rules[I] extends Rule<infer T> ? T : never };

/** A text ready to be parsed. */
export function inputOf(text: string): Input {
  return { text, found: new Map(), depth: 0 };
}

/** The result of a rule that has matched. */
export function match<T>(value: T, end: number): Match<T> {
  return { ok: true, value, end };
}

/** The result of a rule that has not matched. */
export function mismatch(at: number): Mismatch {
  return { ok: false, at };
}

/** Exactly these characters, or in any letter case; gives up at the first that differs. */
export function word(expected: string, anyCase = false): Rule<string> {
  return ({ text }, at) => {
    for (let i = 0; i < expected.length; i++) {
      const actual = text.charAt(at + i);
      if (actual !== expected[i] && !(anyCase && actual.toLowerCase() === expected[i])) return mismatch(at + i);
    }
    return match(expected, at + expected.length);
  };
}

/** The first rule that matches; when none does, gives up where the farthest did. */
export function choice<Rules extends Rule<unknown>[]>(...rules: Rules): Rule<Values<Rules>[number]> {
  return (input, at) => {
    let farthest = at;
    for (const rule of rules) {
      const result = rule(input, at);
      if (result.ok) return result as Match<Values<Rules>[number]>;
      farthest = Math.max(farthest, result.at);
    }
    return mismatch(farthest);
  };
}

/** Every rule in turn. */
export function sequence<Rules extends Rule<unknown>[]>(...rules: Rules): Rule<Values<Rules>> {
  return (input, at) => {
    const values: unknown[] = [];
    let end = at;
    for (const rule of rules) {
      const result = rule(input, end);
      if (!result.ok) return result;
      values.push(result.value);
      end = result.end;
    }
    return match(values as Values<Rules>, end);
  };
}

/** As often as it matches; `least` is 0 or 1. */
export function many<T>(rule: Rule<T>, least: 0 | 1 = 0): Rule<T[]> {
  return (input, at) => {
    const values: T[] = [];
    let end = at;
    for (;;) {
      const result = rule(input, end);
      if (!result.ok && values.length < least) return result;
      if (!result.ok || result.end === end) return match(values, end);
      values.push(result.value);
      end = result.end;
    }
  };
}

/** The rule, or nothing. */
export function optional<T>(rule: Rule<T>): Rule<T | undefined> {
  return (input, at) => {
    const result = rule(input, at);
    return result.ok ? result : match(undefined, at);
  };
}

/** The second rule, unless the first matches here. */
export function unless<T>(stop: Rule<unknown>, rule: Rule<T>): Rule<T> {
  return (input, at) => (stop(input, at).ok ? mismatch(at) : rule(input, at));
}

/** The rule with its value made into something else; `at` is where the match begins. */
export function map<T, U>(rule: Rule<T>, make: (value: T, at: number) => U): Rule<U> {
  return (input, at) => {
    const result = rule(input, at);
    return result.ok ? match(make(result.value, at), result.end) : result;
  };
}

/** A rule named before it is defined. */
export function later<T>(rule: () => Rule<T>): Rule<T> {
  return (input, at) => rule()(input, at);
}

/** A rule tried at most once an offset, which keeps parsing linear; counts as one level of nesting. */
export function remembered<T>(rule: Rule<T>): Rule<T> {
  const self: Rule<T> = (input, at) => {
    const results = input.found.get(self) ?? new Map<number, Match<unknown> | Mismatch>();
    if (results.size === 0) input.found.set(self, results);
    const known = results.get(at) as Match<T> | Mismatch | undefined;
    if (known) return known;
    const result = nested(rule)(input, at);
    results.set(at, result);
    return result;
  };
  return self;
}

/** A list of matches one behind the other, which all lists that end like it share. */
export interface Run<T> {
  readonly end: number;
  readonly first?: T;
  readonly rest?: Run<T>;
}

/** As often as it matches, remembered from every offset, so that blocks which begin at many places and never end stay linear. */
export function rememberedMany<T>(rule: Rule<T>): Rule<Run<T>> {
  const self: Rule<Run<T>> = (input, at) => {
    const runs = (input.found.get(self) ?? new Map()) as Map<number, Match<Run<T>>>;
    input.found.set(self, runs);
    const passed: [at: number, value: T][] = [];
    let end = at;
    let known = runs.get(end);
    while (!known) {
      const result = rule(input, end);
      if (result.ok) passed.push([end, result.value]);
      known = result.ok ? runs.get(result.end) : match({ end }, end);
      if (result.ok) end = result.end;
    }
    runs.set(end, known);
    for (const [start, first] of passed.reverse()) {
      known = match({ end: known.end, first, rest: known.value }, known.end);
      runs.set(start, known);
    }
    return known;
  };
  return self;
}

/** The values of a list of matches. */
export function valuesOf<T>(run: Run<T>): T[] {
  const values: T[] = [];
  for (let part = run; part.rest; part = part.rest) values.push(part.first as T);
  return values;
}

/** A rule that counts as one level of nesting; throws past the limit. */
export function nested<T>(rule: Rule<T>): Rule<T> {
  return (input, at) => {
    if (input.depth >= limits.nesting)
      throw exception(`more than ${limits.nesting} expressions are nested in one another at position ${at}`);
    input.depth++;
    try {
      return rule(input, at);
    } finally {
      input.depth--;
    }
  };
}

/** The offset behind any white space. */
export function skipSpaces(text: string, at: number): number {
  let end = at;
  while (isWhiteSpace(text.charCodeAt(end))) end++;
  return end;
}

/** Any amount of white space. */
export const spaces: Rule<undefined> = ({ text }, at) => match(undefined, skipSpaces(text, at));

/** At least one white-space character. */
export const gap: Rule<undefined> = (input, at) => (isWhiteSpace(input.text.charCodeAt(at)) ? spaces(input, at) : mismatch(at));

/** The rule with any amount of white space around it. */
export function spaced<T>(rule: Rule<T>): Rule<T> {
  return map(sequence(spaces, rule, spaces), ([, value]) => value);
}

/** One or more code units of a kind. */
export function run(accepts: (unit: number) => boolean): Rule<string> {
  return ({ text }, at) => {
    let end = at;
    while (end < text.length && accepts(text.charCodeAt(end))) end++;
    return end > at ? match(text.slice(at, end), end) : mismatch(at);
  };
}
