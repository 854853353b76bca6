import { isWhiteSpace, toLower, toUpper } from "../characters.ts";
import { exception, unsupported } from "../errors.ts";
import type { UnitTest } from "./ast.ts";

const wordUnit = /[\p{L}\p{Mn}\p{Nd}\p{Pc}]/u;
const digitUnit = /\p{Nd}/u;

/** `\w`: letters, marks, decimal digits and connectors of all scripts. */
export const isWord: UnitTest = (unit) => wordUnit.test(String.fromCharCode(unit));
const isDigit: UnitTest = (unit) => digitUnit.test(String.fromCharCode(unit));

/** The opposite of a set. */
export function not(test: UnitTest): UnitTest {
  return (unit) => !test(unit);
}

const classes = new Map<string, UnitTest>([
  ["d", isDigit],
  ["w", isWord],
  ["s", isWhiteSpace],
  ["D", not(isDigit)],
  ["W", not(isWord)],
  ["S", not(isWhiteSpace)],
]);

/** The set a letter behind a backslash stands for, if any. */
export function classOf(letter: string): UnitTest | undefined {
  return classes.get(letter);
}

/** `\p{name}`: a Unicode general category. */
export function categoryOf(name: string): UnitTest {
  if (name.startsWith("Is")) throw unsupported(`the Unicode block ${name} in a regular expression`);
  if (!/^(?:[LMNPSZC]|L[ultmo]|M[nce]|N[dlo]|P[cdseifo]|S[mcko]|Z[slp]|C[cfson])$/.test(name))
    throw invalidPattern(`unknown category ${name}`);
  const category = new RegExp(`\\p{${name}}`, "u");
  return (unit) => category.test(String.fromCharCode(unit));
}

/** The set without regard to case. */
export function ignoringCase(test: UnitTest): UnitTest {
  return (unit) => {
    const text = String.fromCharCode(unit);
    return test(unit) || test(toLower(text).charCodeAt(0)) || test(toUpper(text).charCodeAt(0));
  };
}

/** The error of a pattern that is no regular expression. */
export function invalidPattern(reason: string): Error {
  return exception(`the regular expression is not valid: ${reason}`);
}
