import type { Path, Sum } from "./ast.ts";
import { path } from "./names.ts";
import { choice, later, many, map, match, mismatch, nested, type Rule, sequence, spaced, word } from "./peg.ts";

const digits = /\d+(\.\d+)?|\.\d+/y;

const number: Rule<Sum> = ({ text }, at) => {
  digits.lastIndex = at;
  const found = digits.exec(text)?.[0];
  return found === undefined ? mismatch(at + 1) : match({ kind: "number", value: Number(found) }, at + found.length);
};

const inParentheses: Rule<Sum> = map(
  nested(
    sequence(
      word("("),
      later(() => sum),
      word(")"),
    ),
  ),
  ([, inner]) => inner,
);

const inBraces: Rule<Path> = map(sequence(word("{"), spaced(path), word("}")), ([, inner]) => inner);

const name: Rule<Path> = spaced(path);

/** The first character decides, and there is no way back from that decision. */
const factor: Rule<Sum> = (input, at) => {
  const first = input.text.charAt(at);
  if (first === "(") return inParentheses(input, at);
  if (first === "{") return inBraces(input, at);
  if (first === "." || (first >= "0" && first <= "9")) return number(input, at);
  return name(input, at);
};

function leftToRight(operand: Rule<Sum>, ...operators: string[]): Rule<Sum> {
  const operator = spaced(choice(...operators.map((each) => word(each))));
  return map(sequence(operand, many(sequence(operator, operand))), ([first, rest]) =>
    rest.length === 0 ? first : { kind: "operations", first, rest: rest.map(([sign, operand]) => ({ operator: sign, operand })) },
  );
}

const product = leftToRight(factor, "*", "/");

/** Sums and products of numbers, names and parentheses, from left to right. */
export const sum: Rule<Sum> = leftToRight(product, "+", "-");
