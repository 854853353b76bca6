import { fold, toLower, trim } from "../characters.ts";
import { exception, located } from "../errors.ts";
import { applyFilter, type FilterTools } from "../filters/index.ts";
import { limits } from "../limits.ts";
import { attemptBudget, type Spend } from "../regex/budget.ts";
import type { Block, Calculation, Conditional, Expression, Filter, Loop, Path, Substitution, Sum, Template, Text } from "../syntax/ast.ts";
import { expressionText, tokenText } from "../syntax/canonical.ts";
import { type Json, readJson } from "./json-reader.ts";
import { branch, leaf, type Node } from "./name-tree.ts";
import { formatDouble, parseDouble } from "./numbers.ts";
import { loopItems, resolve } from "./resolve.ts";
import { type Context, emptyScope, freshNotes, type Notes, type Scope, scopeOf } from "./scope.ts";

const rememberedJson = 100;

/** One evaluation of a text, with the budget it may use up. */
export class Evaluator implements Context {
  readonly template: (text: string) => Template | undefined;
  readonly #tools: FilterTools & { spend: Spend };
  #depth = 0;
  #tokens = 0;
  #written = 0;
  #read = 0;
  readonly #json = new Map<string, Json | undefined>();

  constructor(template: (text: string) => Template | undefined, tools: FilterTools) {
    this.template = template;
    this.#tools = { ...tools, spend: attemptBudget() };
  }

  write(template: Template, scope: Scope, notes: Notes): string {
    if (this.#depth >= limits.evaluationDepth) {
      throw exception(`more than ${limits.evaluationDepth} values and blocks are nested in one another`);
    }
    this.#depth++;
    try {
      let text = "";
      for (const token of template) {
        const piece = token.kind === "literal" ? token.text : this.#located(token, scope, notes);
        text += piece;
        this.#spend(piece.length);
      }
      return text;
    } finally {
      this.#depth--;
    }
  }

  json(text: string): Json | undefined {
    if (this.#json.has(text)) return this.#json.get(text);
    this.read(text.length);
    const value = readJson(text);
    if (this.#json.size >= rememberedJson) this.#json.clear();
    this.#json.set(text, value);
    return value;
  }

  read(length: number): void {
    this.#read += length;
    if (this.#read > limits.reading) throw exception(`more than ${limits.reading} characters would have to be read`);
  }

  #spend(length: number): void {
    this.#written += length;
    if (++this.#tokens > limits.tokens) throw exception(`more than ${limits.tokens} expressions would have to be evaluated`);
    if (this.#written > limits.outputLength) throw exception(`the result grows beyond ${limits.outputLength} characters`);
  }

  #located(block: Block, scope: Scope, notes: Notes): string {
    try {
      return this.#block(block, scope, notes);
    } catch (error) {
      throw located(error, block.at, () => tokenText(block).slice(0, 200));
    }
  }

  #block(block: Block, scope: Scope, notes: Notes): string {
    switch (block.kind) {
      case "substitution":
        return this.#substitute(block, scope, notes);
      case "conditional":
        return this.#decide(block, scope, notes);
      case "loop":
        return this.#repeat(block, scope, notes);
      case "calculation":
        return this.#calculate(block, scope, notes);
    }
  }

  #substitute(token: Substitution, scope: Scope, notes: Notes): string {
    const value = this.#value(token.expression, scope, notes);
    if (value !== undefined) return value;
    const echo = tokenText(token);
    if (endsInNull(token.expression)) notes.nulled = true;
    else notes.missing.add(echo);
    return echo;
  }

  #value(expression: Expression, scope: Scope, notes: Notes): string | undefined {
    const path = expression.kind === "path" ? expression : expression.input;
    const input = path && resolve(this, path, scope, notes)?.text;
    let value = input;
    if (expression.kind === "chain") {
      for (const filter of expression.filters) value = this.#filter(filter, value, scope, notes);
    }
    if (value === undefined && input === undefined && path && !endsInNull(expression)) this.#noteUnset(path, scope, notes);
    return value;
  }

  #filter({ name, options }: Filter, input: string | undefined, scope: Scope, notes: Notes): string | undefined {
    const texts = options.map((option) => (option.kind === "text" ? option.text : this.#option(option, scope, notes)));
    this.read(input?.length ?? 0);
    const value = applyFilter(name, input, texts, this.#tools);
    if (value !== undefined) this.#spend(value.length);
    return value;
  }

  #option(option: Block, scope: Scope, notes: Notes): string {
    return this.write([option], emptyScope(scope), notes);
  }

  #noteUnset(path: Path, scope: Scope, notes: Notes): void {
    for (const step of path.steps) {
      if (step.kind !== "lookup" || resolve(this, step.path, scope, freshNotes())?.text !== undefined) continue;
      this.#noteUnset(step.path, scope, notes);
      return;
    }
    notes.unset.add(path.text);
  }

  #decide(token: Conditional, scope: Scope, notes: Notes): string {
    for (let branch = token; ; ) {
      const holds = this.#holds(branch, scope, notes);
      if (holds === undefined) return tokenText(branch);
      const body = holds ? branch.whenTrue : branch.whenFalse;
      const [first, ...others] = body;
      if (first?.kind !== "conditional" || others.length > 0) return this.write(body, scope, notes);
      branch = first;
    }
  }

  #holds({ condition }: Conditional, scope: Scope, notes: Notes): boolean | undefined {
    const left = this.#side(condition.left, scope, notes);
    if (left === undefined) return undefined;
    if (!condition.operator || !condition.right) return isTruthy(left);
    const right = this.#side(condition.right, scope, notes);
    return right === undefined ? undefined : (left === right) === (condition.operator === "==");
  }

  #side(side: Expression | Text, scope: Scope, notes: Notes): string | undefined {
    if (side.kind === "text") return side.text;
    if (side.kind === "path") return resolve(this, side, scope, notes)?.text ?? "";
    const value = this.#value(side, scope, notes);
    if (value === undefined) notes.missing.add(expressionText(side));
    return value;
  }

  #repeat(token: Loop, scope: Scope, notes: Notes): string {
    const items = loopItems(this, token.collection, scope, notes);
    if (items.length > limits.loopRounds) throw exception(`the loop would run ${items.length} times; the limit is ${limits.loopRounds}`);
    return items.map((item, index) => this.write(token.body, loopScope(token.name, items, item, index, scope), notes)).join("");
  }

  #calculate(token: Calculation, scope: Scope, notes: Notes): string {
    const value = this.#sum(token.sum, scope, notes);
    return value === undefined ? tokenText(token) : formatDouble(value);
  }

  #sum(sum: Sum, scope: Scope, notes: Notes): number | undefined {
    if (sum.kind === "number") return sum.value;
    if (sum.kind === "path") {
      const text = resolve(this, sum, scope, notes)?.text;
      if (text === undefined) this.#noteUnset(sum, scope, notes);
      return text === undefined ? undefined : parseDouble(text);
    }
    let total = this.#sum(sum.first, scope, notes);
    for (const { operator, operand } of sum.rest) {
      const next = this.#sum(operand, scope, notes);
      total = total === undefined || next === undefined ? undefined : operate(operator, total, next);
    }
    return total;
  }
}

function operate(operator: string, left: number, right: number): number {
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  return operator === "*" ? left * right : left / right;
}

function endsInNull(expression: Expression): boolean {
  return expression.kind === "chain" && expression.filters.at(-1)?.name === "null";
}

/** Whether a value counts as true: not empty, not `0`, not `no` and not `false`. */
export function isTruthy(value: string): boolean {
  return value !== "" && value !== "0" && !["no", "false"].includes(toLower(trim(value)));
}

function loopScope(name: string, items: readonly Node[], item: Node, index: number, outer: Scope): Scope {
  const tree = branch();
  tree.named.set("OCTOPUS", specials(index, items.length));
  if (tree.named.has(fold(name))) throw exception(`a loop cannot be named ${name}, which hides its own counters`);
  tree.named.set(fold(name), item);
  return scopeOf(tree, outer);
}

function specials(index: number, count: number): Node {
  const each = branch();
  each.named.set("INDEX", leaf(String(index)));
  each.named.set("FIRST", leaf(index === 0 ? "True" : "False"));
  each.named.set("LAST", leaf(index === count - 1 ? "True" : "False"));
  const template = branch();
  template.named.set("EACH", each);
  const octopus = branch();
  octopus.named.set("TEMPLATE", template);
  return octopus;
}
