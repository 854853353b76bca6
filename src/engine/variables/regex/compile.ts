import { fold } from "../characters.ts";
import type { Pattern, UnitTest } from "./ast.ts";
import type { Spend } from "./budget.ts";

/** A step of a match: from an offset to the end of the whole match, or -1. */
type Step = (at: number) => number;

/** A text being searched, with the starts and ends of the groups (at 2n and 2n+1) and the attempts made. */
export interface Search {
  readonly text: string;
  readonly captures: number[];
  readonly spend: Spend;
}

/** The pattern as a function that matches at an offset and goes on with the next step; `back` matches leftwards. */
export function compile(pattern: Pattern, search: Search, next: Step, back = false): Step {
  switch (pattern.kind) {
    case "unit":
      return compileUnit(pattern.test, search, next, back);
    case "assertion":
      return (at) => (pattern.holds(search.text, at) ? next(at) : -1);
    case "sequence":
      return back
        ? pattern.items.reduce<Step>((rest, item) => compile(item, search, rest, true), next)
        : pattern.items.reduceRight<Step>((rest, item) => compile(item, search, rest), next);
    case "choice":
      return compileChoice(
        pattern.items.map((item) => compile(item, search, next, back)),
        search,
      );
    case "capture":
      return compileCapture(pattern.item, pattern.group.number, search, next, back);
    case "reference":
      return compileReference(pattern.group(), pattern.anyCase, search, next, back);
    case "look":
      return compileLook(pattern, search, next);
    case "repeat":
      return pattern.item.kind === "unit"
        ? compileRun(pattern, pattern.item.test, search, next, back)
        : compileRepeat(pattern, search, next, back);
  }
}

function compileUnit(test: UnitTest, { text, spend }: Search, next: Step, back: boolean): Step {
  return (at) => {
    spend(1);
    const place = back ? at - 1 : at;
    if (place < 0 || place >= text.length || !test(text.charCodeAt(place))) return -1;
    return next(back ? place : place + 1);
  };
}

function compileChoice(branches: readonly Step[], { spend }: Search): Step {
  return (at) => {
    for (const branch of branches) {
      spend(1);
      const end = branch(at);
      if (end >= 0) return end;
    }
    return -1;
  };
}

function compileCapture(item: Pattern, group: number, search: Search, next: Step, back: boolean): Step {
  const { captures } = search;
  const starts: number[] = [];
  const inner = compile(
    item,
    search,
    (at) => {
      const start = starts.pop() ?? at;
      const before = [captures[2 * group] ?? -1, captures[2 * group + 1] ?? -1] as const;
      captures[2 * group] = back ? at : start;
      captures[2 * group + 1] = back ? start : at;
      const end = next(at);
      if (end < 0) {
        [captures[2 * group], captures[2 * group + 1]] = before;
        starts.push(start);
      }
      return end;
    },
    back,
  );
  return (at) => {
    starts.push(at);
    const end = inner(at);
    if (end < 0) starts.pop();
    return end;
  };
}

function compileReference(group: number, anyCase: boolean, { text, captures, spend }: Search, next: Step, back: boolean): Step {
  const same = (one: string, other: string) => one === other || (anyCase && fold(one) === fold(other));
  return (at) => {
    const start = captures[2 * group] ?? -1;
    if (start < 0) return -1;
    const value = text.slice(start, captures[2 * group + 1]);
    const from = back ? at - value.length : at;
    spend(1 + value.length);
    if (from < 0 || !same(text.slice(from, from + value.length), value)) return -1;
    return next(back ? from : from + value.length);
  };
}

function compileLook(look: Extract<Pattern, { kind: "look" }>, search: Search, next: Step): Step {
  const { captures } = search;
  const inner = compile(look.item, search, (at) => at, look.behind);
  return (at) => {
    const before = captures.slice();
    const found = inner(at) >= 0;
    if (found && !look.negated) {
      const end = next(at);
      if (end >= 0) return end;
    }
    for (const [i, value] of before.entries()) captures[i] = value;
    return !found && look.negated ? next(at) : -1;
  };
}

type Repeat = Extract<Pattern, { kind: "repeat" }>;

/** A repeated single character, without recursion. */
function compileRun({ least, most, lazy }: Repeat, test: UnitTest, { text, spend }: Search, next: Step, back: boolean): Step {
  const direction = back ? -1 : 1;
  const accepts = (at: number): boolean => {
    spend(1);
    const place = back ? at - 1 : at;
    return place >= 0 && place < text.length && test(text.charCodeAt(place));
  };
  const upTo = (at: number, wanted: number): number => {
    let end = at;
    while (Math.abs(end - at) < wanted && accepts(end)) end += direction;
    return end;
  };
  const goOn = (end: number): number => {
    spend(1);
    return next(end);
  };
  const longestFirst: Step = (at) => {
    for (let end = upTo(at, most); ; end -= direction) {
      if (Math.abs(end - at) < least) return -1;
      const result = goOn(end);
      if (result >= 0 || end === at) return result;
    }
  };
  const shortestFirst: Step = (at) => {
    let end = upTo(at, least);
    if (Math.abs(end - at) < least) return -1;
    for (;;) {
      const result = goOn(end);
      if (result >= 0 || Math.abs(end - at) >= most || !accepts(end)) return result;
      end += direction;
    }
  };
  return lazy ? shortestFirst : longestFirst;
}

/** A repeated group; a round that consumes nothing ends the repetition. */
function compileRepeat({ item, least, most, lazy }: Repeat, search: Search, next: Step, back: boolean): Step {
  let count = 0;
  let begun = -1;
  const leave = (at: number): number => within(0, -1, () => next(at));
  const within = (rounds: number, start: number, run: () => number): number => {
    const before = [count, begun] as const;
    count = rounds;
    begun = start;
    const end = run();
    [count, begun] = before;
    return end;
  };
  const body = compile(item, search, (at) => (at === begun ? leave(at) : attempt(at)), back);
  const again = (at: number): number => (count < most ? within(count + 1, at, () => body(at)) : -1);
  const attempt = (at: number): number => {
    search.spend(1);
    if (count < least) return again(at);
    const end = lazy ? leave(at) : again(at);
    if (end >= 0) return end;
    return lazy ? again(at) : leave(at);
  };
  return (at) => within(0, -1, () => attempt(at));
}
