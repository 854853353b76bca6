import { fold, isBlank, toLower, trim } from "./characters.ts";
import { VariableError } from "./errors.ts";
import { Evaluator, isTruthy } from "./evaluation/evaluator.ts";
import { type Node, nameTree } from "./evaluation/name-tree.ts";
import { parseInt32 } from "./evaluation/numbers.ts";
import { loopItems } from "./evaluation/resolve.ts";
import { freshNotes, scopeOf } from "./evaluation/scope.ts";
import type { FilterTools } from "./filters/index.ts";
import type { Template } from "./syntax/ast.ts";
import { parseName, parseTemplate, parseTolerantly } from "./syntax/parse.ts";

/** The text of a variable; null is a variable that is set to nothing. Numbers and booleans count as their JavaScript text. */
export type VariableValue = string | number | boolean | null | undefined;

/** Variables to start with: an object, or entries in order. */
export type Variables = Readonly<Record<string, VariableValue>> | Iterable<readonly [string, VariableValue]>;

/** Everything an evaluation can come to; `text` is null when it failed or a `null` filter says so, `missing` lists echoes without a value. */
export interface Evaluation {
  readonly text: string | null;
  readonly missing: string[];
  readonly error?: { readonly kind: "parse" | "cycle" | "exception"; readonly message: string; readonly position?: number };
}

/** One expression of a text, from offset `at` to before `end`, and what it comes to; null where it fails. */
export interface Piece {
  readonly at: number;
  readonly end: number;
  readonly text: string | null;
}

/** How to evaluate: with `haltOnError: false` a broken expression costs only itself and is kept as text. */
export interface EvaluationOptions {
  readonly haltOnError?: boolean;
}

/** How many texts, and of what length at most, are parsed only once. */
const rememberedTemplates = 1000;
const rememberedLength = 10_000;

/** Named texts that may hold `#{…}` expressions, and the operations over them. Names compare without regard to case. */
export class VariableDictionary {
  readonly #values = new Map<string, { name: string; value: string | null }>();
  readonly #tools: FilterTools;
  readonly #templates = new Map<string, Template | VariableError>();
  #tree: Node | undefined;

  constructor(variables: Variables = [], tools: Partial<FilterTools> = {}) {
    // The one clock of the engine: the language has filters whose value is the time, and a dictionary must stand on its own.
    this.#tools = { now: Date.now, ...tools };
    const entries = Symbol.iterator in variables ? (variables as Iterable<readonly [string, VariableValue]>) : Object.entries(variables);
    for (const [name, value] of entries) this.set(name, value);
  }

  /** Sets a variable; one that exists keeps its place in the order. */
  set(name: string, value: VariableValue): void {
    const key = fold(name);
    const known = this.#values.get(key);
    this.#values.set(key, { name: known?.name ?? name, value: value === null || value === undefined ? null : String(value) });
    this.#tree = undefined;
  }

  /** The names of all variables, in order. */
  names(): string[] {
    return Array.from(this.#values.values(), ({ name }) => name);
  }

  /** The names that expressions cannot use as written, with the shorter name they set instead (null when they set none). */
  oddNames(): { name: string; readAs: string | null }[] {
    return this.names().flatMap((name) => {
      const parsed = parseName(name);
      return parsed?.rest.trim() === "" ? [] : [{ name, readAs: parsed?.path.text ?? null }];
    });
  }

  /** The text with its expressions replaced. Never throws: every failure is in the result. */
  evaluate(text: string, { haltOnError = true }: EvaluationOptions = {}): Evaluation {
    const { unset: _, ...evaluation } = this.#evaluate(text, haltOnError);
    return evaluation;
  }

  /** The names of variables a text needs and does not find, values of other variables included. Never throws. */
  unset(text: string): string[] {
    return this.#evaluate(text, true).unset;
  }

  /** The expressions of a text, each with its place and what it comes to by itself; none where the text cannot be read. Never throws. */
  pieces(text: string): Piece[] {
    const template = text.includes("#{") ? this.#parsed(text) : [];
    if (template instanceof VariableError) return [];
    return template.flatMap((token, index): Piece[] => {
      if (token.kind === "literal") return [];
      const place = { at: token.at, end: template[index + 1]?.at ?? text.length };
      try {
        return [{ ...place, text: this.#evaluator().write([token], scopeOf(this.#root()), freshNotes()) }];
      } catch (error) {
        failure(error);
        return [{ ...place, text: null }];
      }
    });
  }

  #evaluate(text: string, haltOnError: boolean): Evaluation & { unset: string[] } {
    if (!text.includes("#{")) return { text, missing: [], unset: [] };
    const notes = freshNotes();
    try {
      const template = haltOnError ? this.#parsed(text) : parseTolerantly(text);
      if (template instanceof VariableError) return { text, missing: [], unset: [], error: plainError(template) };
      const written = this.#evaluator().write(template, scopeOf(this.#root()), notes);
      return { text: notes.nulled ? null : written, missing: [...notes.missing], unset: [...notes.unset] };
    } catch (error) {
      return { text: null, missing: [], unset: [...notes.unset], error: plainError(failure(error)) };
    }
  }

  /** The evaluated value of a variable by its whole name; the default (null) when it is unknown or null. Throws a VariableError for a cycle or an exception. */
  get(name: string, defaultValue: string | null = null): string | null {
    const raw = this.getRaw(name);
    if (raw === null) return defaultValue;
    const { text, error } = this.evaluate(raw);
    if (error && error.kind !== "parse") throw new VariableError(error.kind, error.message, error.position);
    return text;
  }

  /** The value of a variable as it was set; null when it is unknown or null. */
  getRaw(name: string): string | null {
    return this.#values.get(fold(name))?.value ?? null;
  }

  /** Whether a text evaluates, without any error, to a value that counts as true. */
  truthy(text: string): boolean {
    const evaluation = this.evaluate(text);
    return !evaluation.error && evaluation.missing.length === 0 && evaluation.text !== null && isTruthy(evaluation.text);
  }

  /** The value of a variable as true or false; the default when it is neither. Throws like `get`. */
  getFlag(name: string, defaultValue = false): boolean {
    const value = toLower(trim(this.get(name) ?? ""));
    return value === "true" || (value !== "false" && defaultValue);
  }

  /** The value of a variable as a 32-bit integer, or null. Throws like `get`. */
  getInt32(name: string): number | null {
    return parseInt32(this.get(name) ?? "") ?? null;
  }

  /** The value of a variable split at commas, trimmed, without empty parts. Throws like `get`. */
  getStrings(name: string): string[] {
    return (this.get(name) ?? "").split(",").map(trim).filter(Boolean);
  }

  /** The unevaluated values of the items a loop over a path would visit. Throws a VariableError when the path cannot be read or followed. */
  getIndexes(path: string): string[] {
    const collection = isBlank(path) ? undefined : parseName(path)?.path;
    if (!collection) throw new VariableError("exception", `${JSON.stringify(path)} is not the name of a collection`);
    try {
      return loopItems(this.#evaluator(), collection, scopeOf(this.#root()), freshNotes()).map(({ text }) => text ?? "");
    } catch (error) {
      throw failure(error);
    }
  }

  /** As `get`, but throws a VariableError of kind `required` when the result is null or empty. */
  require(name: string): string {
    const value = this.get(name);
    if (value) return value;
    throw new VariableError("required", `The variable ${name} has no value, but one is required`);
  }

  #evaluator(): Evaluator {
    return new Evaluator((text) => this.#template(text), this.#tools);
  }

  #root(): Node {
    this.#tree ??= nameTree(Array.from(this.#values.values(), ({ name, value }) => [name, value] as const));
    return this.#tree;
  }

  #template(text: string): Template | undefined {
    const parsed = this.#parsed(text);
    return parsed instanceof VariableError ? undefined : parsed;
  }

  #parsed(text: string): Template | VariableError {
    const known = this.#templates.get(text);
    if (known) return known;
    const parsed = parseTemplate(text);
    if (text.length > rememberedLength) return parsed;
    if (this.#templates.size >= rememberedTemplates) this.#templates.clear();
    this.#templates.set(text, parsed);
    return parsed;
  }
}

/** A running out of stack or memory is a limit like others; anything else that is no VariableError is a bug. */
function failure(error: unknown): VariableError {
  if (error instanceof VariableError) return error;
  if (error instanceof RangeError) return new VariableError("exception", "the expressions are nested too deeply or grow too long");
  throw error;
}

function plainError({ kind, message, position }: VariableError): NonNullable<Evaluation["error"]> {
  if (kind === "required") throw new Error("Only `require` asks for a value");
  return { kind, message, ...(position === undefined ? {} : { position }) };
}
