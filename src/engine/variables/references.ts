import { VariableError } from "./errors.ts";
import type { Block, Expression, Filter, Path, Sum, Template } from "./syntax/ast.ts";
import { templateText } from "./syntax/canonical.ts";
import { parseTemplate } from "./syntax/parse.ts";

/** What a text uses a variable for. */
export type ReferenceUse = "value" | "condition" | "collection" | "operand" | "index";

/** A variable that a text uses: its normalised path and its offset (UTF-16 code units) in the text. */
export interface Reference {
  readonly name: string;
  readonly position: number;
  readonly use: ReferenceUse;
}

function tryParse(text: string): Template | undefined {
  try {
    const template = parseTemplate(text);
    return template instanceof VariableError ? undefined : template;
  } catch (error) {
    if (error instanceof VariableError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whether a text can be read as a template. */
export function parses(text: string): boolean {
  return !text.includes("#{") || tryParse(text) !== undefined;
}

/** The normalised form of a text, or null when it cannot be read. */
export function canonical(text: string): string | null {
  const template = text.includes("#{") ? tryParse(text) : undefined;
  if (!text.includes("#{")) return text;
  return template ? templateText(template) : null;
}

/** Whether a text holds `#{` that is more than the escape `##{`; true also for a text that cannot be read. */
export function hasExpression(text: string): boolean {
  if (!text.includes("#{")) return false;
  return tryParse(text)?.some(({ kind }) => kind !== "literal") ?? true;
}

/** The variables a text uses, in order, names bound by its own loops left out; empty when it cannot be read. */
export function references(text: string): Reference[] {
  if (!text.includes("#{")) return [];
  const found: Reference[] = [];
  collect(tryParse(text) ?? [], [], found);
  return found;
}

type Add = (path: Path, use: ReferenceUse) => void;

function collect(template: Template, bound: readonly string[], found: Reference[]): void {
  const add: Add = (path, use) => {
    for (const step of path.steps) if (step.kind === "lookup") add(step.path, "index");
    const [first] = path.steps;
    const local = first?.kind === "name" && bound.includes(first.text.toLowerCase());
    const special = bound.length > 0 && path.text.toLowerCase().startsWith("octopus.template.each.");
    if (!local && !special) found.push({ name: path.text, position: path.at, use });
  };
  for (const token of template) if (token.kind !== "literal") collectBlock(token, bound, found, add);
}

function collectBlock(block: Block, bound: readonly string[], found: Reference[], add: Add): void {
  switch (block.kind) {
    case "substitution":
      collectExpression(block.expression, "value", bound, found, add);
      break;
    case "calculation":
      collectSum(block.sum, add);
      break;
    case "loop":
      add(block.collection, "collection");
      collect(block.body, [...bound, block.name.toLowerCase()], found);
      break;
    case "conditional": {
      const { left, right } = block.condition;
      collectExpression(left, "condition", bound, found, add);
      if (right && right.kind !== "text") collectExpression(right, "condition", bound, found, add);
      collect(block.whenTrue, bound, found);
      collect(block.whenFalse, bound, found);
    }
  }
}

function collectExpression(expression: Expression, use: ReferenceUse, bound: readonly string[], found: Reference[], add: Add): void {
  const input = expression.kind === "path" ? expression : expression.input;
  if (input) add(input, use);
  if (expression.kind === "path") return;
  const options = expression.filters.flatMap(({ options: each }: Filter) => each);
  collect(
    options.filter((option) => option.kind !== "text"),
    bound,
    found,
  );
}

function collectSum(sum: Sum, add: Add): void {
  if (sum.kind === "path") add(sum, "operand");
  if (sum.kind !== "operations") return;
  collectSum(sum.first, add);
  for (const { operand } of sum.rest) collectSum(operand, add);
}
