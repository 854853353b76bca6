import { type DateTime, fromUnixMilliseconds, parseJsonDate } from "../filters/date-time.ts";
import { limits } from "../limits.ts";

/** A value read from JSON text; numbers keep what a JavaScript number would lose. */
export type Json =
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "date"; readonly text: string; readonly date: DateTime }
  | { readonly kind: "integer"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" | "undefined" }
  | { readonly kind: "array"; readonly items: readonly Json[] }
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, Json> };

class NotJson extends Error {}

const simpleEscapes: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const names = new Map<string, Json>(
  Object.entries({
    true: { kind: "boolean", value: true },
    false: { kind: "boolean", value: false },
    null: { kind: "null" },
    undefined: { kind: "undefined" },
    NaN: { kind: "float", value: Number.NaN },
    Infinity: { kind: "float", value: Number.POSITIVE_INFINITY },
    "-Infinity": { kind: "float", value: Number.NEGATIVE_INFINITY },
  } as Record<string, Json>),
);

const skipped = /(?:\s+|\/\*[\s\S]*?\*\/|\/\/[^\r\n]*)*/y;
const bareName = /[\p{L}\p{Nd}_$]+/uy;
const namedValue = /-?[A-Za-z]+/y;
const numberText = /[-+.0-9A-Fa-fxX]+/y;
const dateCall = /new\s+Date\s*\(\s*(-?\d+)\s*\)/y;
const microsoftDate = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;

/** Reads JSON as leniently as the original does (comments, single quotes, bare names, trailing commas, hex and octal numbers), or undefined. */
export function readJson(text: string): Json | undefined {
  try {
    return new JsonReader(text).document();
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

class JsonReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Json {
    this.#skip();
    const value = this.#value();
    this.#skip();
    if (this.#at < this.#text.length) throw new NotJson();
    return value;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text) ?? undefined;
    if (found) this.#at += found[0].length;
    return found;
  }

  #skip(): void {
    this.#take(skipped);
  }

  #accept(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #expect(character: string): void {
    if (!this.#accept(character)) throw new NotJson();
  }

  #value(): Json {
    const first = this.#text.charAt(this.#at);
    if (first === "{") return this.#inside(() => this.#object());
    if (first === "[") return this.#inside(() => this.#array());
    if (first === '"' || first === "'") return stringValue(this.#string());
    const call = this.#take(dateCall);
    if (call) return dateValue(call[0], Number(call[1]));
    const name = this.#take(namedValue)?.[0];
    if (name !== undefined) return names.get(name) ?? fail();
    return numberValue(this.#take(numberText)?.[0] ?? fail());
  }

  #inside<T>(read: () => T): T {
    if (++this.#depth > limits.jsonDepth) throw new NotJson();
    this.#at++;
    const value = read();
    this.#depth--;
    return value;
  }

  #array(): Json {
    const items: Json[] = [];
    for (;;) {
      this.#skip();
      if (this.#accept("]")) return { kind: "array", items };
      items.push(this.#text[this.#at] === "," ? { kind: "undefined" } : this.#value());
      this.#skip();
      if (!this.#accept(",") && this.#text[this.#at] !== "]") throw new NotJson();
    }
  }

  #object(): Json {
    const members = new Map<string, Json>();
    for (;;) {
      this.#skip();
      if (this.#accept("}")) return { kind: "object", members };
      const first = this.#text[this.#at];
      const name = first === '"' || first === "'" ? this.#string() : (this.#take(bareName)?.[0] ?? fail());
      this.#skip();
      this.#expect(":");
      this.#skip();
      members.set(name, this.#value());
      this.#skip();
      if (!this.#accept(",") && this.#text[this.#at] !== "}") throw new NotJson();
    }
  }

  #string(): string {
    const quote = this.#text.charAt(this.#at++);
    let value = "";
    for (;;) {
      const character = this.#text[this.#at++];
      if (character === undefined) throw new NotJson();
      if (character === quote) return value;
      value += character === "\\" ? this.#escape() : character;
    }
  }

  #escape(): string {
    const letter = this.#text.charAt(this.#at++);
    if (letter === "u") {
      const digits = this.#text.slice(this.#at, this.#at + 4);
      if (!/^[0-9A-Fa-f]{4}$/.test(digits)) throw new NotJson();
      this.#at += 4;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    if (letter !== "" && "\\/'\"".includes(letter)) return letter;
    return simpleEscapes[letter] ?? fail();
  }
}

function fail(): never {
  throw new NotJson();
}

function stringValue(text: string): Json {
  const milliseconds = microsoftDate.exec(text)?.[1];
  if (milliseconds !== undefined) return dateValue(text, Number(milliseconds));
  const date = parseJsonDate(text);
  return date ? { kind: "date", text, date } : { kind: "string", text };
}

function dateValue(text: string, milliseconds: number): Json {
  const date = fromUnixMilliseconds(milliseconds);
  return date ? { kind: "date", text, date } : { kind: "string", text };
}

const decimalFloat = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function numberValue(text: string): Json {
  if (/^0[xX][0-9A-Fa-f]+$/.test(text)) return { kind: "integer", value: BigInt(text) };
  if (/^0[0-7]+$/.test(text)) return { kind: "integer", value: BigInt(`0o${text}`) };
  if (/^(?:0|-\d+|[1-9]\d*)$/.test(text)) return { kind: "integer", value: BigInt(text) };
  if (/^0\d/.test(text) || !decimalFloat.test(text)) throw new NotJson();
  return { kind: "float", value: Number(text) };
}
