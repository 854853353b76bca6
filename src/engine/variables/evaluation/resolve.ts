import { fold } from "../characters.ts";
import { exception, unlocated, VariableError } from "../errors.ts";
import type { Path, Step } from "../syntax/ast.ts";
import { pathOf } from "../syntax/names.ts";
import { jsonText } from "./json-text.ts";
import { leaf, type Node } from "./name-tree.ts";
import { parseInt32 } from "./numbers.ts";
import { type Context, emptyScope, freshNotes, type Notes, notesOfValue, type Scope } from "./scope.ts";

/** The node a path leads to in a scope or those around it, its text evaluated; undefined when it leads nowhere. Throws for a cycle. */
export function resolve(context: Context, path: Path, scope: Scope, notes: Notes): Node | undefined {
  const marked: Scope[] = [];
  let wanted = path;
  try {
    for (let place: Scope | undefined = scope; place; place = place.outer) {
      refuseCycle(wanted, place);
      place.resolving.push(wanted);
      marked.push(place);
      if (place === scope) {
        const filled = fillIndexes(context, path, scope);
        if (!filled) return undefined;
        wanted = filled;
      }
      const node = walk(context, wanted, place);
      if (node) return evaluated(context, node, place, notes);
    }
    return undefined;
  } finally {
    for (const place of marked) place.resolving.pop();
  }
}

function refuseCycle(path: Path, scope: Scope): void {
  for (let place: Scope | undefined = scope; place; place = place.outer) {
    if (place.resolving.some((other) => other.at === path.at && other.text === path.text)) {
      const chain = [...place.resolving, path].map(({ text }) => text).join(" -> ");
      throw new VariableError("cycle", `The variable ${path.text} needs its own value: ${chain}`);
    }
  }
}

/** The path with the values of its looked-up indexes; undefined when one has none. */
function fillIndexes(context: Context, path: Path, scope: Scope): Path | undefined {
  if (path.steps.every((step) => step.kind !== "lookup")) return path;
  const steps: Step[] = [];
  for (const step of path.steps) {
    if (step.kind !== "lookup") {
      steps.push(step);
      continue;
    }
    const text = resolve(context, step.path, scope, freshNotes())?.text;
    if (text === undefined) return undefined;
    steps.push({ kind: "index", text });
  }
  return pathOf(steps, path.at);
}

function walk(context: Context, path: Path, scope: Scope): Node | undefined {
  let node: Node | undefined = scope.tree;
  for (const step of path.steps) {
    if (step.kind === "lookup") return undefined;
    node = child(node, step) ?? jsonMember(context, node, step.text, scope);
    if (!node) return undefined;
  }
  return node;
}

function child(node: Node, step: { kind: "name" | "index"; text: string }): Node | undefined {
  if (step.kind === "name") return node.named.get(fold(step.text));
  const first = step.text === "*" ? node.indexed.values().next().value : undefined;
  return first ?? node.indexed.get(fold(step.text));
}

/** The node as the reference sees it: when its text is a template, only the text that gives. */
function evaluated(context: Context, node: Node, scope: Scope, notes: Notes): Node {
  if (node.text === undefined) return node;
  const text = evaluatedText(context, node.text, scope, notes);
  return text === undefined ? node : leaf(text);
}

function evaluatedText(context: Context, text: string, scope: Scope, notes: Notes): string | undefined {
  if (!text.includes("#{")) return text;
  try {
    const template = context.template(text);
    return template && context.write(template, emptyScope(scope), notesOfValue(notes));
  } catch (error) {
    throw unlocated(error);
  }
}

const mayHaveMembers = /^\s*[[{/]/;

function jsonMember(context: Context, node: Node, name: string, scope: Scope): Node | undefined {
  if (!node.text || name === "") return undefined;
  const text = preparedText(context, node.text, scope);
  const value = text !== undefined && mayHaveMembers.test(text) ? context.json(text) : undefined;
  if (value?.kind === "object") {
    const member = value.members.get(name);
    return leaf(member ? jsonText(member) : "");
  }
  if (value?.kind !== "array") return undefined;
  const index = parseInt32(name);
  if (index === undefined) return undefined;
  if (index < 0) throw exception(`the JSON array index ${index} is negative`);
  const item = value.items[index];
  return leaf(item ? jsonText(item) : "");
}

/** The text to read as JSON; undefined when evaluating it needs the very member that is asked for. */
function preparedText(context: Context, text: string, scope: Scope): string | undefined {
  try {
    return evaluatedText(context, text, scope, freshNotes()) ?? text;
  } catch (error) {
    if (error instanceof VariableError && error.kind === "cycle") return undefined;
    throw error;
  }
}

/** The items a loop over a path visits, their texts not yet evaluated. */
export function loopItems(context: Context, path: Path, scope: Scope, notes: Notes): Node[] {
  const node = resolve(context, path, scope, notes);
  if (!node) return [];
  if (node.indexed.size > 0) return [...node.indexed.values()];
  if (node.text === undefined) return [];
  context.read(node.text.length);
  const value = mayHaveMembers.test(node.text) ? context.json(node.text) : undefined;
  if (value?.kind === "array") return value.items.map((item) => leaf(jsonText(item)));
  if (value?.kind === "object") return Array.from(value.members, ([name, member]) => memberItem(name, jsonText(member)));
  return node.text.split(",").map(leaf);
}

function memberItem(name: string, value: string): Node {
  return {
    ...leaf(name),
    named: new Map([
      ["KEY", leaf(name)],
      ["VALUE", leaf(value)],
    ]),
  };
}
