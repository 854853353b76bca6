import { exception } from "../errors.ts";
import { limits } from "../limits.ts";
import type { ParsedPattern } from "./ast.ts";
import { attemptBudget, type Spend } from "./budget.ts";
import { compile, type Search } from "./compile.ts";
import { parsePattern } from "./parse.ts";

/** Starts and ends of a match (at 0 and 1) and of its groups (at 2n and 2n+1; -1 for one that took no part). */
type Found = readonly number[];

function finder(pattern: ParsedPattern, text: string, spend: Spend): (from: number) => Found | undefined {
  const captures: number[] = [];
  const search: Search = { text, captures, spend };
  const matchAt = compile(pattern.pattern, search, (at) => at);
  return (from) => {
    for (let start = from; start <= text.length; start++) {
      captures.fill(-1);
      captures.length = 0;
      search.spend(1);
      const end = attempt(matchAt, start);
      if (end >= 0) return [start, end, ...captures.slice(2)];
    }
    return undefined;
  };
}

function attempt(matchAt: (at: number) => number, start: number): number {
  try {
    return matchAt(start);
  } catch (error) {
    if (error instanceof RangeError) throw exception("the regular expression repeats a group too often on this value");
    throw error;
  }
}

/** Whether a .NET regular expression matches anywhere in a text. Throws when it is invalid, unsupported or too costly. */
export function matches(text: string, pattern: string, spend: Spend = attemptBudget()): boolean {
  return finder(parsePattern(pattern), text, spend)(0) !== undefined;
}

/** The text with every match of a .NET regular expression replaced. Throws like `matches`, and when the result is too long. */
export function replace(text: string, pattern: string, replacement: string, spend: Spend = attemptBudget()): string {
  const parsed = parsePattern(pattern);
  const find = finder(parsed, text, spend);
  const expand = replacer(replacement, parsed, text);
  let result = "";
  let copied = 0;
  for (let from = 0; from <= text.length; ) {
    const found = find(from);
    if (!found) break;
    const [start = 0, end = 0] = found;
    result += text.slice(copied, start) + expand(found);
    if (result.length > limits.outputLength) throw exception(`the result grows beyond ${limits.outputLength} characters`);
    copied = end;
    from = end > start ? end : end + 1;
  }
  return result + text.slice(copied);
}

const references = /\$(?:(\d+)|\{(\w+)\}|([$&`'+_]))/g;

/** What stands for a match: the replacement with its `$` references filled in. */
function replacer(replacement: string, { groups }: ParsedPattern, text: string): (found: Found) => string {
  return (found) => {
    const group = (number: number): string => {
      const start = found[2 * number] ?? -1;
      return start < 0 ? "" : text.slice(start, found[2 * number + 1]);
    };
    return replacement.replace(references, (whole: string, digits?: string, name?: string, sign?: string) => {
      if (sign === "$") return "$";
      if (sign === "&") return group(0);
      if (sign === "`") return text.slice(0, found[0]);
      if (sign === "'") return text.slice(found[1]);
      if (sign === "_") return text;
      if (sign === "+") return group(groups.length);
      const number = /^\d+$/.test(digits ?? name ?? "") ? Number(digits ?? name) : groups.find((each) => each.name === name)?.number;
      return number !== undefined && number <= groups.length ? group(number) : whole;
    });
  };
}
