import { VariableError } from "../errors.ts";
import { limits } from "../limits.ts";
import type { Path, Template, Token } from "./ast.ts";
import { templateToken } from "./grammar.ts";
import { path } from "./names.ts";
import { inputOf } from "./peg.ts";

/** The tokens of a text, or the error that says where it stops being a template. Throws when it is too long or too deeply nested. */
export function parseTemplate(text: string): Template | VariableError {
  return parse(text, (at, farthest) => new VariableError("parse", describe(text, at, farthest), farthest));
}

/** The tokens of a text, each broken one kept as the text it is. Throws when the text is too long or too deeply nested. */
export function parseTolerantly(text: string): Template {
  return parse(text, (at, farthest) => ({ kind: "literal", text: text.slice(at, farthest), at }));
}

function parse<Broken extends Token | VariableError>(
  text: string,
  broken: (at: number, farthest: number) => Broken,
): Template | Extract<Broken, VariableError> {
  if (text.length > limits.templateLength) {
    throw new VariableError("exception", `the text is longer than ${limits.templateLength} characters`, 0);
  }
  const input = inputOf(text);
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const result = templateToken(input, at);
    const token = result.ok ? result.value : broken(at, result.at);
    if (token instanceof VariableError) return token as Extract<Broken, VariableError>;
    tokens.push(token);
    at = result.ok ? result.end : Math.max(result.at, at + 1);
  }
  return tokens;
}

/** The longest path at the start of a variable's name, and the rest, which is ignored. */
export function parseName(name: string): { path: Path; rest: string } | undefined {
  const result = path(inputOf(name), 0);
  return result.ok ? { path: result.value, rest: name.slice(result.end) } : undefined;
}

function describe(text: string, at: number, farthest: number): string {
  const opening = /^#\{\s*(\/?(?:if|unless|each|calc)\b)/i.exec(text.slice(at, at + 40))?.[1]?.toLowerCase();
  const place = `at position ${farthest}`;
  const found = farthest < text.length ? `${JSON.stringify(text.charAt(farthest))} was not expected` : "the text ends too early";
  if (opening?.startsWith("/")) return `#{${opening}} at position ${at} closes nothing`;
  const expected = opening && opening !== "calc" ? `a #{${opening} …} that is closed by #{/${opening}}` : "a #{…} that is closed by }";
  return `The expression at position ${at} cannot be read: ${found} ${place}; expected ${expected}`;
}
