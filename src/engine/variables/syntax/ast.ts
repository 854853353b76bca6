/** A name made of steps, like `A.B[c].D`; `at` is its offset in its own text, `text` its normalised form. */
export interface Path {
  readonly kind: "path";
  readonly steps: readonly Step[];
  readonly at: number;
  readonly text: string;
}

/** One step of a path: an identifier, a literal index, or an index looked up in another variable. */
export type Step =
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "index"; readonly text: string }
  | { readonly kind: "lookup"; readonly path: Path };

/** A quoted text, or a bare word used as a filter's option. */
export interface Text {
  readonly kind: "text";
  readonly text: string;
}

/** A filter with its options, as written. */
export interface Filter {
  readonly name: string;
  readonly options: readonly (Text | Block)[];
}

/** A path (or nothing) sent through filters. */
export interface Chain {
  readonly kind: "chain";
  readonly input: Path | undefined;
  readonly filters: readonly Filter[];
}

/** What can stand between `#{` and `}`. */
export type Expression = Path | Chain;

/** Text between tokens, its escapes already resolved. */
export interface Literal {
  readonly kind: "literal";
  readonly text: string;
  readonly at: number;
}

/** `#{expression}`. */
export interface Substitution {
  readonly kind: "substitution";
  readonly expression: Expression;
  readonly at: number;
}

/** A comparison, or the truth of an expression when `operator` is absent. */
export interface Condition {
  readonly left: Expression;
  readonly operator?: "==" | "!=";
  readonly right?: Expression | Text;
}

/** `#{if …}`, and `#{unless …}` with its bodies swapped. */
export interface Conditional {
  readonly kind: "conditional";
  readonly condition: Condition;
  readonly whenTrue: Template;
  readonly whenFalse: Template;
  readonly at: number;
}

/** `#{each name in collection}`. */
export interface Loop {
  readonly kind: "loop";
  readonly name: string;
  readonly collection: Path;
  readonly body: Template;
  readonly at: number;
}

/** Arithmetic over numbers and variables. */
export type Sum =
  | Path
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "operations"; readonly first: Sum; readonly rest: readonly { readonly operator: string; readonly operand: Sum }[] };

/** `#{calc sum}`. */
export interface Calculation {
  readonly kind: "calculation";
  readonly sum: Sum;
  readonly at: number;
}

/** A token in `#{ }`. */
export type Block = Substitution | Conditional | Loop | Calculation;

/** A piece of a template. */
export type Token = Literal | Block;

/** A parsed text. */
export type Template = readonly Token[];
