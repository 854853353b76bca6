/** Whether a code unit belongs to a set of characters. */
export type UnitTest = (unit: number) => boolean;

/** A parsed regular expression. */
export type Pattern =
  | { readonly kind: "unit"; readonly test: UnitTest }
  | { readonly kind: "sequence"; readonly items: readonly Pattern[] }
  | { readonly kind: "choice"; readonly items: readonly Pattern[] }
  | { readonly kind: "capture"; readonly group: Group; readonly item: Pattern }
  | { readonly kind: "repeat"; readonly item: Pattern; readonly least: number; readonly most: number; readonly lazy: boolean }
  | { readonly kind: "reference"; readonly group: () => number; readonly anyCase: boolean }
  | { readonly kind: "assertion"; readonly holds: (text: string, at: number) => boolean }
  | { readonly kind: "look"; readonly item: Pattern; readonly behind: boolean; readonly negated: boolean };

/** A capturing group; named groups are numbered behind the others. */
export interface Group {
  readonly name: string | undefined;
  number: number;
}

/** A regular expression with its groups by number (from 1). */
export interface ParsedPattern {
  readonly pattern: Pattern;
  readonly groups: readonly Group[];
}

/** What `(?ims)` switches. */
export interface Flags {
  readonly anyCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
}
