import { isWhiteSpace, isWordUnit, trim } from "../characters.ts";
import type { Path, Step } from "./ast.ts";
import { choice, later, many, map, match, mismatch, nested, type Rule, run, sequence, spaces, unless, word } from "./peg.ts";

/** The beginning of every token that is not a closing tag. */
export const open = unless(word("#{/"), word("#{"));

const operators = ["in", "==", "!="];

/** White space inside a name: not before a bar or brace, nor before an operator that stands alone. The checks need one more character behind them. */
function belongsToName(text: string, at: number): boolean {
  const next = text.charAt(at + 1);
  if ((next === "|" || next === "}") && at + 2 < text.length) return false;
  return !operators.some((operator) => {
    const end = at + 1 + operator.length;
    return text.startsWith(operator, at + 1) && isWhiteSpace(text.charCodeAt(end)) && end + 1 < text.length;
  });
}

/** A name without dots and brackets; spaces inside belong to it, those around it do not. */
export const identifier: Rule<string> = ({ text }, at) => {
  let end = at;
  while (end < text.length) {
    const unit = text.charCodeAt(end);
    if (!isWordUnit(unit) && !(isWhiteSpace(unit) && belongsToName(text, end))) break;
    end++;
  }
  return end > at ? match(trim(text.slice(at, end)), end) : mismatch(at);
};

const notBracket = run((unit) => unit !== 0x5b && unit !== 0x5d);

const indexText: Rule<string> = map(
  sequence(
    word("["),
    spaces,
    many(
      choice(
        later(() => innerBrackets),
        notBracket,
      ),
    ),
    spaces,
    word("]"),
  ),
  ([, , parts]) => parts.join(""),
);
const innerBrackets: Rule<string> = map(nested(indexText), (text) => `[${text}]`);

const lookup: Rule<Step> = map(
  nested(
    sequence(
      word("["),
      spaces,
      open,
      spaces,
      later(() => path),
      spaces,
      word("}"),
      spaces,
      word("]"),
    ),
  ),
  (values) => ({ kind: "lookup", path: values[4] }),
);

const literalIndex: Rule<Step> = map(indexText, (text) => ({ kind: "index", text }));

const nameStep: Rule<Step> = map(identifier, (text) => ({ kind: "name", text }));

const trailingStep: Rule<Step> = choice(
  map(sequence(word("."), nameStep), ([, step]) => step),
  lookup,
  literalIndex,
);

/** A path: an identifier, then identifiers after dots and indexes in brackets. */
export const path: Rule<Path> = map(sequence(nameStep, many(trailingStep)), ([first, rest], at) => pathOf([first, ...rest], at));

/** A path of these steps with its normalised text. */
export function pathOf(steps: readonly Step[], at: number): Path {
  return { kind: "path", steps, at, text: steps.map(stepText).join("") };
}

function stepText(step: Step, index: number): string {
  if (step.kind === "name") return index === 0 ? step.text : `.${step.text}`;
  return step.kind === "index" ? `[${step.text}]` : `[#{${step.path.text}}]`;
}
