import { isWordUnit } from "../characters.ts";
import { exception } from "../errors.ts";
import { limits } from "../limits.ts";
import type {
  Block,
  Calculation,
  Condition,
  Conditional,
  Expression,
  Filter,
  Literal,
  Loop,
  Substitution,
  Template,
  Text,
  Token,
} from "./ast.ts";
import { sum } from "./calculation.ts";
import { identifier, open, path } from "./names.ts";
import {
  choice,
  gap,
  later,
  many,
  map,
  match,
  mismatch,
  optional,
  type Rule,
  remembered,
  rememberedMany,
  run,
  sequence,
  skipSpaces,
  spaced,
  spaces,
  unless,
  valuesOf,
  word,
} from "./peg.ts";

const text = (value: string): Text => ({ kind: "text", text: value });

const bareWord = run(isWordUnit);
const quotedBody = optional(run((unit) => unit !== 0x22 && unit !== 0x23));
const quoted: Rule<Text> = map(spaced(sequence(word('"'), quotedBody, word('"'))), ([, body = ""]) => text(body));

const escapedBody: Rule<string> = (input, at) => {
  const end = input.text.indexOf('\\"', at);
  return end < 0 ? mismatch(input.text.length) : match(input.text.slice(at, end), end);
};
const escaped: Rule<Text> = map(spaced(sequence(word('\\"'), escapedBody, word('\\"'))), ([, body]) => text(body));
const string = choice(quoted, escaped);

const anyBlock: Rule<Block> = choice(
  later(() => conditional),
  later(() => calculation),
  later(() => loop),
  later(() => substitution),
);

const openingWord = /#\{[\s\u0085]*(?:if|unless|each|calc)/iy;

/** Only a token that begins like an opening word can be more than a substitution. */
const block: Rule<Block> = (input, at) => {
  if (input.text[at] !== "#") return mismatch(at);
  openingWord.lastIndex = at;
  return openingWord.test(input.text) ? anyBlock(input, at) : substitution(input, at);
};

const option = choice(block, map(spaced(bareWord), text), string);
const filter: Rule<Filter> = map(sequence(word("|"), spaced(bareWord), many(option)), ([, name, options]) => ({ name, options }));
const filters = many(filter, 1);

/** A path, or a path or nothing sent through filters. */
const expression: Rule<Expression> = (input, at) => {
  const name = path(input, at);
  const chained = filters(input, name.ok ? skipSpaces(input.text, name.end) : at);
  if (chained.ok) return match({ kind: "chain", input: name.ok ? name.value : undefined, filters: chained.value }, chained.end);
  return name.ok ? name : mismatch(Math.max(name.at, chained.at));
};

const substitution: Rule<Substitution> = remembered(
  map(sequence(open, spaces, expression, spaces, word("}")), ([, , value], at) => ({ kind: "substitution", expression: value, at })),
);

const calculation: Rule<Calculation> = remembered(
  map(sequence(open, spaces, word("calc", true), gap, sum, spaces, word("}")), (values, at) => ({
    kind: "calculation",
    sum: values[4],
    at,
  })),
);

const operator = spaced(choice(word("=="), word("!="))) as Rule<"==" | "!=">;
const side = spaced(expression);
const condition: Rule<Condition> = choice(
  map(spaced(sequence(side, operator, side)), ([left, op, right]): Condition => ({ left, operator: op, right })),
  map(spaced(sequence(string, operator, side)), ([right, op, left]): Condition => ({ left, operator: op, right })),
  map(spaced(sequence(side, operator, string)), ([left, op, right]): Condition => ({ left, operator: op, right })),
  map(side, (left): Condition => ({ left })),
);

const token: Rule<Token> = choice(
  block,
  later(() => literal),
);
const tokens = rememberedMany(token);

const otherwise = optional(map(sequence(word("#{else}"), tokens), ([, body]) => valuesOf(body)));
const elseIfOpening = sequence(word("#{elseif"), gap);
const ifBody = rememberedMany(unless(word("#{else}"), unless(elseIfOpening, token)));
const unlessBody = rememberedMany(unless(word("#{else}"), token));

const elseIf = map(sequence(elseIfOpening, condition, spaces, word("}"), ifBody), (values, at) => ({
  condition: values[1],
  whenTrue: valuesOf(values[4]),
  at,
}));

const ifBlock: Rule<Conditional> = map(
  sequence(open, spaces, word("if", true), gap, condition, spaces, word("}"), ifBody, many(elseIf), otherwise, word("#{/if}")),
  (values, at) => {
    const [, , , , first, , , whenTrue, more, whenFalse = []] = values;
    if (more.length > limits.branches) throw exception(`more than ${limits.branches} #{elseif …} belong to the #{if …} at position ${at}`);
    const rest = more.reduceRight<Template>((next, branch) => [{ kind: "conditional", ...branch, whenFalse: next }], whenFalse);
    return { kind: "conditional", condition: first, whenTrue: valuesOf(whenTrue), whenFalse: rest, at };
  },
);

const unlessBlock: Rule<Conditional> = map(
  sequence(open, spaces, word("unless", true), gap, condition, spaces, word("}"), unlessBody, otherwise, word("#{/unless}")),
  (values, at) => ({ kind: "conditional", condition: values[4], whenTrue: values[8] ?? [], whenFalse: valuesOf(values[7]), at }),
);

const conditional: Rule<Conditional> = remembered(choice(ifBlock, unlessBlock));

const loop: Rule<Loop> = remembered(
  map(
    sequence(
      open,
      spaces,
      word("each", true),
      gap,
      identifier,
      spaces,
      word("in"),
      spaces,
      path,
      spaces,
      word("}"),
      tokens,
      word("#{/each}"),
    ),
    (values, at) => ({ kind: "loop", name: values[4], collection: values[8], body: valuesOf(values[11]), at }),
  ),
);

/** One piece of text between tokens: an escape, or characters that stand for themselves. */
function literalPart(source: string, at: number): { text: string; end: number } | undefined {
  if (source[at] !== "#") {
    const next = source.indexOf("#", at);
    const end = next < 0 ? source.length : next;
    return { text: source.slice(at, end), end };
  }
  if (at + 1 === source.length) return { text: "#", end: at + 1 };
  if (source.startsWith("###{", at) && at + 4 < source.length) return { text: "#", end: at + 2 };
  if (source.startsWith("##{", at)) return { text: "#{", end: at + 3 };
  if (source[at + 1] !== "{") return { text: source.slice(at, at + 2), end: at + 2 };
  return undefined;
}

const literal: Rule<Literal> = (input, at) => {
  let end = at;
  let value = "";
  while (end < input.text.length) {
    const part = literalPart(input.text, end);
    if (!part) break;
    value += part.text;
    end = part.end;
  }
  if (end > at) return match({ kind: "literal", text: value, at }, end);
  return mismatch(at < input.text.length ? at + 1 : at);
};

/** One token of a template, or the text up to the next one. */
export const templateToken: Rule<Token> = token;
