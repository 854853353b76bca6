import { unsupported } from "../errors.ts";
import { limits } from "../limits.ts";
import type { Flags, Group, ParsedPattern, Pattern, UnitTest } from "./ast.ts";
import { categoryOf, classOf, ignoringCase, invalidPattern, isWord, not } from "./units.ts";

const controlEscapes = new Map(Object.entries({ t: 9, n: 10, v: 11, f: 12, r: 13, a: 7, e: 27, b: 8 }));
const newline = 10;

const atStart = (_: string, at: number) => at === 0;
const atEnd = (text: string, at: number) => at === text.length;
const atLineStart = (text: string, at: number) => at === 0 || text.charCodeAt(at - 1) === newline;
const atLineEnd = (text: string, at: number) => at === text.length || text.charCodeAt(at) === newline;
const atFinalLineEnd = (text: string, at: number) => at === text.length || (at === text.length - 1 && text.charCodeAt(at) === newline);
const atWordEdge = (text: string, at: number) =>
  (at > 0 && isWord(text.charCodeAt(at - 1))) !== (at < text.length && isWord(text.charCodeAt(at)));

const assertions = new Map([
  ["A", atStart],
  ["z", atEnd],
  ["Z", atFinalLineEnd],
  ["b", atWordEdge],
  ["B", (text: string, at: number) => !atWordEdge(text, at)],
]);

/** Reads a .NET regular expression. Throws for an invalid one and for the constructs left out. */
export function parsePattern(source: string): ParsedPattern {
  return new PatternParser(source).parse();
}

class PatternParser {
  readonly #source: string;
  readonly #groups: Group[] = [];
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  parse(): ParsedPattern {
    const pattern = this.#choice({ anyCase: false, multiline: false, dotAll: false });
    if (this.#at < this.#source.length) throw invalidPattern(`the ) at position ${this.#at} closes nothing`);
    const groups = [...this.#groups.filter(({ name }) => name === undefined), ...this.#groups.filter(({ name }) => name !== undefined)];
    for (const [index, group] of groups.entries()) group.number = index + 1;
    return { pattern, groups };
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const sticky = new RegExp(pattern.source, "y");
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#source) ?? undefined;
    if (found) this.#at += found[0].length;
    return found;
  }

  #next(): string {
    if (this.#at >= this.#source.length) throw invalidPattern("it ends too early");
    return this.#source.charAt(this.#at++);
  }

  #choice(flags: Flags): Pattern {
    if (++this.#depth > limits.nesting) throw invalidPattern(`more than ${limits.nesting} groups are nested`);
    const branches: Pattern[] = [];
    let items: Pattern[] = [];
    let current = flags;
    while (this.#at < this.#source.length && this.#source[this.#at] !== ")") {
      if (this.#take(/\|/)) {
        branches.push({ kind: "sequence", items });
        items = [];
        continue;
      }
      const switched = this.#take(/\(\?([a-z]*(?:-[a-z]+)?)\)/);
      if (switched) current = switchFlags(current, switched[1] ?? "");
      else items.push(this.#repeated(current));
    }
    this.#depth--;
    branches.push({ kind: "sequence", items });
    return branches.length === 1 && branches[0] ? branches[0] : { kind: "choice", items: branches };
  }

  #repeated(flags: Flags): Pattern {
    const begin = this.#at;
    if (this.#quantifier()) throw invalidPattern(`nothing stands before the quantifier at position ${begin}`);
    const item = this.#atom(flags);
    const quantifier = this.#quantifier();
    if (!quantifier) return item;
    if (quantifier.most < quantifier.least) throw invalidPattern("a quantifier's upper bound is below its lower bound");
    const lazy = this.#take(/\?/) !== undefined;
    if (this.#quantifier()) throw invalidPattern(`a second quantifier stands at position ${this.#at - 1}`);
    return { kind: "repeat", item, ...quantifier, lazy };
  }

  #quantifier(): { least: number; most: number } | undefined {
    const found = this.#take(/[*+?]|\{(\d{1,9})(,(\d{1,9})?)?\}/);
    if (!found) return undefined;
    const [text, least = "0", comma, most] = found;
    if (text.startsWith("{")) return { least: Number(least), most: Number(most ?? (comma ? Number.POSITIVE_INFINITY : least)) };
    return { least: text === "+" ? 1 : 0, most: text === "?" ? 1 : Number.POSITIVE_INFINITY };
  }

  #atom(flags: Flags): Pattern {
    const character = this.#next();
    if (character === "(") return this.#group(flags);
    if (character === "[") return unitOf(this.#set(), flags);
    if (character === "\\") return this.#escape(flags);
    if (character === ".") return { kind: "unit", test: flags.dotAll ? () => true : (unit) => unit !== newline };
    if (character === "^") return { kind: "assertion", holds: flags.multiline ? atLineStart : atStart };
    if (character === "$") return { kind: "assertion", holds: flags.multiline ? atLineEnd : atFinalLineEnd };
    return literal(character.charCodeAt(0), flags);
  }

  #group(flags: Flags): Pattern {
    if (!this.#take(/\?/)) return this.#captured(undefined, flags);
    const look = this.#take(/(<?)([=!])/);
    if (look) return { kind: "look", item: this.#closed(flags), behind: look[1] === "<", negated: look[2] === "!" };
    const scoped = this.#take(/([a-z]*(?:-[a-z]+)?):/);
    if (scoped) return this.#closed(switchFlags(flags, scoped[1] ?? ""));
    const named = this.#take(/<(\w+)>|'(\w+)'/);
    const name = named?.[1] ?? named?.[2];
    if (name === undefined) throw unsupportedGroup(this.#source.slice(this.#at));
    if (/^\d/.test(name)) throw unsupported(`the numbered group (?<${name}>…) in a regular expression`);
    return this.#captured(name, flags);
  }

  #captured(name: string | undefined, flags: Flags): Pattern {
    const known = name === undefined ? undefined : this.#groups.find((group) => group.name === name);
    const group = known ?? { name, number: 0 };
    if (!known) this.#groups.push(group);
    return { kind: "capture", group, item: this.#closed(flags) };
  }

  #closed(flags: Flags): Pattern {
    const item = this.#choice(flags);
    if (!this.#take(/\)/)) throw invalidPattern("a group is not closed");
    return item;
  }

  #escape(flags: Flags): Pattern {
    const letter = this.#source.charAt(this.#at);
    const holds = assertions.get(letter);
    if (holds) {
      this.#at++;
      return { kind: "assertion", holds };
    }
    if (letter === "G") throw unsupported("\\G in a regular expression");
    const reference = this.#take(/([1-9]\d*)|k(?:<(\w+)>|'(\w+)')/);
    if (reference) return this.#reference(reference[1] ?? reference[2] ?? reference[3] ?? "", flags);
    const escaped = this.#escapedUnit();
    return typeof escaped === "number" ? literal(escaped, flags) : unitOf(escaped, flags);
  }

  #reference(name: string, { anyCase }: Flags): Pattern {
    const find = (): number => {
      const group = this.#groups.find((candidate) => candidate.name === name || String(candidate.number) === name);
      if (!group) throw invalidPattern(`it refers to a group ${name} that is not there`);
      return group.number;
    };
    return { kind: "reference", group: find, anyCase };
  }

  /** A code unit or a set, behind a backslash. */
  #escapedUnit(): number | UnitTest {
    const category = this.#take(/([pP])\{(\w+)\}/);
    if (category) return category[1] === "p" ? categoryOf(category[2] ?? "") : not(categoryOf(category[2] ?? ""));
    const digits = this.#take(/x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})/);
    if (digits) return Number.parseInt(digits[1] ?? digits[2] ?? "", 16);
    const octal = this.#take(/0[0-7]{0,2}/);
    if (octal) return Number.parseInt(octal[0], 8);
    const control = this.#take(/c([A-Za-z])/);
    if (control) return (control[1] ?? "").toUpperCase().charCodeAt(0) - 64;
    const letter = this.#next();
    const known = classOf(letter) ?? controlEscapes.get(letter);
    if (known !== undefined) return known;
    if (/[A-Za-z0-9_]/.test(letter)) throw invalidPattern(`\\${letter} means nothing`);
    return letter.charCodeAt(0);
  }

  #set(): UnitTest {
    const negated = this.#take(/\^/) !== undefined;
    const tests: UnitTest[] = [];
    for (let first = true; first || this.#source[this.#at] !== "]"; first = false) {
      if (!first && this.#source.startsWith("-[", this.#at)) throw unsupported("the subtraction of a set in a regular expression");
      const from = this.#setUnit();
      if (!this.#take(/-(?!\])/)) {
        tests.push(typeof from === "number" ? (unit) => unit === from : from);
        continue;
      }
      if (this.#source[this.#at] === "[") throw unsupported("the subtraction of a set in a regular expression");
      const to = this.#setUnit();
      if (typeof from !== "number" || typeof to !== "number") throw invalidPattern("a range begins or ends with a set");
      if (to < from) throw invalidPattern("a range is in reverse order");
      tests.push((unit) => unit >= from && unit <= to);
    }
    this.#at++;
    const union: UnitTest = (unit) => tests.some((test) => test(unit));
    return negated ? not(union) : union;
  }

  #setUnit(): number | UnitTest {
    const character = this.#next();
    return character === "\\" ? this.#escapedUnit() : character.charCodeAt(0);
  }
}

function literal(unit: number, flags: Flags): Pattern {
  return unitOf((actual) => actual === unit, flags);
}

function unitOf(test: UnitTest, { anyCase }: Flags): Pattern {
  return { kind: "unit", test: anyCase ? ignoringCase(test) : test };
}

function switchFlags(flags: Flags, text: string): Flags {
  const [on = "", off = ""] = text.split("-");
  const strange = /[^ims]/.exec(on + off)?.[0];
  if (strange) throw unsupported(`the option (?${strange}) in a regular expression`);
  const value = (letter: string, before: boolean) => (off.includes(letter) ? false : before || on.includes(letter));
  return { anyCase: value("i", flags.anyCase), multiline: value("m", flags.multiline), dotAll: value("s", flags.dotAll) };
}

function unsupportedGroup(rest: string): Error {
  const known = /^(?:>|#|\(|<\w*-)/.exec(rest)?.[0];
  return known ? unsupported(`(?${known}…) in a regular expression`) : invalidPattern("a group begins in an unknown way");
}
