import { formatDouble } from "../evaluation/numbers.ts";
import type { Conditional, Expression, Filter, Sum, Template, Text, Token } from "./ast.ts";

/** The normalised text of a template, in which unresolved tokens are echoed. */
export function templateText(template: Template): string {
  return template.map(tokenText).join("");
}

/** The normalised text of one token. */
export function tokenText(token: Token): string {
  switch (token.kind) {
    case "literal":
      return token.text.replaceAll("#{", "##{");
    case "substitution":
      return `#{${expressionText(token.expression)}}`;
    case "calculation":
      return `#{${sumText(token.sum)}}`;
    case "loop":
      return `#{each ${token.name} in ${token.collection.text}}${templateText(token.body)}#{/each}`;
    case "conditional":
      return conditionalText(token);
  }
}

/** The normalised text of an expression, without `#{` and `}`. */
export function expressionText(expression: Expression): string {
  if (expression.kind === "path") return expression.text;
  const filters = expression.filters.map(filterText).join("");
  return (expression.input?.text ?? "") + filters;
}

function filterText(filter: Filter): string {
  return ` | ${filter.name}${filter.options.map((option) => ` ${option.kind === "text" ? quotedText(option) : tokenText(option)}`).join("")}`;
}

function quotedText(value: Text): string {
  return `"${value.text}"`;
}

function sumText(sum: Sum): string {
  if (sum.kind === "path") return sum.text;
  if (sum.kind === "number") return formatDouble(sum.value);
  return sumText(sum.first) + sum.rest.map(({ operator, operand }) => operator + sumText(operand)).join("");
}

function conditionalText({ condition, whenTrue, whenFalse }: Conditional): string {
  const { left, operator, right } = condition;
  const comparison = operator && right ? ` ${operator} ${right.kind === "text" ? quotedText(right) : expressionText(right)} ` : "";
  const otherwise = whenFalse.length > 0 ? `#{else}${templateText(whenFalse)}` : "";
  return `#{if ${expressionText(left)}${comparison}}${templateText(whenTrue)}${otherwise}#{/if}`;
}
