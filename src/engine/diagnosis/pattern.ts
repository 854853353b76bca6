/**
 * The dialect in which the catalogue writes its expressions: regular expressions, always without regard to case, where
 * a blank stands for white space, `…` for up to 300 characters of anything, and `<name>` for a captured value.
 */

/** Characters of one value as messages write them: no blank, quote, comma or bracket. */
const word = "[^\\s\"'`,;()\\[\\]]{1,300}";

/** The shapes of captured values that are not just one word. */
const shapes: Readonly<Record<string, string>> = {
  subnet: "subnet-[0-9a-zA-Z]{1,32}",
  group: "sg-[0-9a-zA-Z]{1,32}",
  port: "\\d{1,5}",
  length: "\\d{1,12}",
  cpu: "\\d{1,6}",
  memory: "\\d{1,7}",
  names: "[^\\]]{1,600}",
  resources: "[^\\]]{1,2000}",
  codes: "[\\d, ]{1,80}",
  detail: '[^"]{1,200}',
  rule: '[^"]{1,160}',
  error: '[^"]{1,200}',
};

/** The captures that stay meaningful when all white space is gone. */
export const packedSafe: ReadonlySet<string> = new Set(["subnet", "group", "port", "length", "cpu", "memory"]);

/** An expression of the dialect, ready to use. */
export interface Pattern {
  /** A text that occurs in whatever fits, in lower case and without white space; empty: none is known. */
  readonly needle: string;
  /** Whether it excludes something that may follow or precede; that must hold wherever the text was broken. */
  readonly guarded: boolean;
  /** Whether it relies on the ends of words; then it says nothing about text without white space. */
  readonly bounded: boolean;
  /** For text with single blanks. */
  spaced(): RegExp;
  /** For text without any white space. */
  packed(): RegExp;
}

function expand(source: string): string {
  return source.replace(/…/g, ".{0,300}?").replace(/(?<!\(\?)<([a-z_]+)>/g, (_, name: string) => `(?<${name}>${shapes[name] ?? word})`);
}

/** A function that makes its value at the first call and keeps it. */
export function once<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= make();
    return value;
  };
}

/** Skips a group or a character class that opens at `at`; the index behind it. */
function skip(source: string, at: number): number {
  const open = source[at];
  const close = open === "(" ? ")" : "]";
  for (let i = at + 1, depth = 0; i < source.length; i++) {
    const char = source[i];
    if (char === "\\") i++;
    else if (open === "(" && char === "[") i = skip(source, i) - 1;
    else if (open === "(" && char === "(") depth++;
    else if (char === close && depth-- === 0) return i + 1;
  }
  return source.length;
}

/** The longest literal run that every match of the expression contains, so that most expressions need not be tried. */
export function needleOf(source: string): string {
  let best = "";
  let run = "";
  const end = () => {
    if (run.length > best.length) best = run;
    run = "";
  };
  for (let i = 0; i < source.length; ) {
    const char = source[i] as string;
    const escaped = char === "\\" ? (source[i + 1] ?? "") : "";
    if (char === " ") {
      i += /[?*+]/.test(source[i + 1] ?? "") ? 2 : 1;
      continue;
    }
    if (char === "(" || char === "[") {
      end();
      i = skip(source, i);
    } else if (char === "<" && /^<[a-z_]+>/.test(source.slice(i))) {
      end();
      i = source.indexOf(">", i) + 1;
    } else if ("?*{".includes(char)) {
      run = run.slice(0, -1);
      end();
      i = char === "{" ? source.indexOf("}", i) + 1 : i + 1;
    } else if ("+.^$…".includes(char) || /[a-zA-Z0-9]/.test(escaped)) {
      if (escaped !== "b") end();
      i += escaped ? 2 : 1;
    } else {
      run += escaped || char;
      i += escaped ? 2 : 1;
    }
  }
  end();
  return best.toLowerCase();
}

/** Splits an expression at the bars outside of its groups, so that each alternative has a needle of its own. */
function alternatives(source: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < source.length; ) {
    const char = source[i];
    if (char === "|") {
      parts.push(source.slice(from, i));
      from = i + 1;
    }
    i = char === "(" || char === "[" ? skip(source, i) : i + (char === "\\" ? 2 : 1);
  }
  return [...parts, source.slice(from)];
}

function pattern(source: string): Pattern {
  return {
    needle: needleOf(source),
    guarded: /\(\?<?!/.test(source),
    bounded: source.includes("\\b"),
    spaced: once(() => new RegExp(expand(source), "i")),
    packed: once(() => new RegExp(expand(source.replace(/\\b| [?*+]?/g, "")), "i")),
  };
}

/** Reads an expression of the dialect: one pattern for each of its alternatives. */
export const compile = (expression: RegExp): Pattern[] => alternatives(expression.source).map(pattern);
