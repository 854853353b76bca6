/** From the profile document to the effective answers: given → default → hidden dropped → substituted → read → checked. */

import { clearSecretIssues } from "./rules/clear-secrets.ts";
import { rules } from "./rules/index.ts";
import type { Issue, JsonObject, Path } from "./schema.ts";
import { type Step, stepFields } from "./sections/index.ts";
import { checkFields } from "./values/check.ts";
import { idleIssues } from "./values/idle.ts";
import { readFields } from "./values/read.ts";
import { type Bound, type Evaluator, hidden, quote, quoteGiven, type Reading } from "./values/reading.ts";
import { shapeIssues, topKeys } from "./values/shape.ts";
import { visibleValues } from "./values/visible.ts";

export type { Bound, Evaluator } from "./values/reading.ts";

/** How to read a profile. */
export interface EffectiveOptions {
  /** The variables' values, a `VariableDictionary`; without them expressions stay and are not checked. */
  readonly variables?: Evaluator | undefined;
  /** Values that must not appear in messages; they are shown as dots. */
  readonly sensitiveValues?: readonly string[] | undefined;
}

/** A profile as read. */
export interface Effective {
  /** As far as readable; an unreadable value stays the text it is. */
  readonly step: Step;
  /** Everything found wrong with values, in the order of the sections; unknown keys are found by {@link validate}. */
  readonly issues: readonly Issue[];
  readonly bound: readonly Bound[];
  /** The names of variables without a value, with the fields that need them. */
  readonly missing: readonly { readonly variable: string; readonly paths: readonly Path[] }[];
}

/** Reads a profile document into the effective answers. Never throws: what is wrong is an issue. */
export function effective(profile: JsonObject, options: EffectiveOptions = {}): Effective {
  const { variables, sensitiveValues: sensitive = [] } = options;
  const reading: Reading = { variables, sensitive, issues: [], bound: [], missing: new Map(), closed: [] };
  const read = readFields(stepFields, profile, [], reading);
  const hidden: Path[] = [];
  const shown = visibleValues(stepFields, read, [], read, hidden);
  const step = shown as unknown as Step;
  const sources = new Map(reading.bound.map((each) => [keyOf(each.path), each]));
  const found = [...checkFields(stepFields, shown, [], shown), ...rules.flatMap((rule) => [...rule(step)])];
  const isHidden = within(hidden);
  const isBeside = within(reading.closed);
  const issues = [...reading.issues.filter(({ path }) => !isBeside(path.slice(0, -1))), ...found.filter(({ path }) => !isBeside(path))];
  return {
    step,
    issues: inOrder(issues.filter(({ path }) => !isHidden(path))).map((issue) =>
      explained(issue, sources.get(keyOf(issue.path)) ?? sources.get(keyOf(issue.path.slice(0, -1))), options.sensitiveValues ?? []),
    ),
    bound: reading.bound.filter(({ path }) => !isHidden(path)),
    missing: [...reading.missing].flatMap(([variable, paths]) => {
      const shownPaths = paths.filter((path) => !isHidden(path));
      return shownPaths.length > 0 ? [{ variable, paths: shownPaths }] : [];
    }),
  };
}

/** Tells whether a path is one of these places, or inside one. */
function within(places: readonly Path[]): (path: Path) => boolean {
  const known = new Set(places.map(keyOf));
  return (path) => path.some((_, at) => known.has(keyOf(path.slice(0, at + 1))));
}

const keyOf = (path: Path): string => JSON.stringify(path);

/** Everything wrong with a profile: its shape, its values, and how they fit together. Never throws. */
export function validate(profile: JsonObject, options: EffectiveOptions = {}): readonly Issue[] {
  const { step, issues } = effective(profile, options);
  return inOrder([...shapeIssues(profile), ...clearSecretIssues(profile), ...idleIssues(stepFields, profile, step, [], step), ...issues]);
}

/** Stable order: by section, then as found. */
function inOrder(issues: readonly Issue[]): Issue[] {
  const rank = ({ path }: Issue) => topKeys.indexOf(String(path[0]));
  return issues.toSorted((a, b) => rank(a) - rank(b));
}

/** Says what a bound field's expression gave, and hides sensitive values. */
function explained(issue: Issue, source: Bound | undefined, sensitive: readonly string[]): Issue {
  const message =
    source?.value === undefined
      ? issue.message
      : `${issue.message} (${quote(source.expression)} gives ${quoteGiven(source.value, { sensitive })})`;
  return { ...issue, message: hidden(message, sensitive), hint: hidden(issue.hint, sensitive) };
}
