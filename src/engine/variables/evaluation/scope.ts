import type { Path, Template } from "../syntax/ast.ts";
import type { Json } from "./json-reader.ts";
import { branch, type Node } from "./name-tree.ts";

/** A place names are looked up in, the places around it, and the paths being resolved in it. */
export interface Scope {
  readonly tree: Node;
  readonly outer: Scope | undefined;
  readonly resolving: Path[];
}

/** What an evaluation has noticed so far. */
export interface Notes {
  /** Echoes of tokens without a value, in order. */
  readonly missing: Set<string>;
  /** Names of variables such tokens asked for in vain. */
  readonly unset: Set<string>;
  /** Whether a `null` filter has made the whole result null. */
  nulled: boolean;
}

/** What resolving a path asks of the evaluation it is part of. */
export interface Context {
  /** The tokens of a text, or undefined when it is no template. */
  template(text: string): Template | undefined;
  /** A text read as JSON; undefined when it is none. */
  json(text: string): Json | undefined;
  /** Counts code units about to be read; throws when it is too many. */
  read(length: number): void;
  /** The text that tokens give in a scope. */
  write(template: Template, scope: Scope, notes: Notes): string;
}

const emptyTree = branch();

/** A scope around a tree. */
export function scopeOf(tree: Node, outer?: Scope): Scope {
  return { tree, outer, resolving: [] };
}

/** A scope without names of its own, for a value or an option. */
export function emptyScope(outer: Scope): Scope {
  return scopeOf(emptyTree, outer);
}

/** Notes without anything in them. */
export function freshNotes(): Notes {
  return { missing: new Set(), unset: new Set(), nulled: false };
}

/** Notes of the value of a variable: what is missing counts, a `null` filter in it does not. */
export function notesOfValue({ missing, unset }: Notes): Notes {
  return { missing, unset, nulled: false };
}
