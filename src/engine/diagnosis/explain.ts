import { avoidable } from "./avoidable.ts";
import type { Cause, Rootness } from "./catalogue/cause.ts";
import { type Classification, classify } from "./classify.ts";
import type { ExplainContext } from "./context.ts";
import { resolveFields } from "./fields.ts";
import { fill, fillCommand, type Values } from "./fill.ts";
import { valuesFor } from "./values.ts";

/** A message in plain words: what it means, what to do, where in the profile. */
export interface Explanation {
  readonly id: string;
  readonly title: string;
  readonly rootness: Rootness;
  /** What it means, with the user's own values. */
  readonly cause: string;
  /** Steps, the likeliest first. */
  readonly fix: readonly string[];
  readonly captures: Readonly<Record<string, string>>;
  /** Places in the profile, the likeliest first; concrete where the row is known. */
  readonly fields: readonly string[];
  readonly docs: readonly string[];
}

/** Explains what was recognised. */
export function explain({ entry, captures }: Pick<Classification, "entry" | "captures">, context: ExplainContext = {}): Explanation {
  const { id, rootness, docs } = entry;
  const values = valuesFor(id, context, captures);
  const command = entry.command && fillCommand(entry.command, values);
  return {
    id,
    title: fill(entry.title, values),
    rootness,
    cause: fill(entry.cause, values),
    fix: stepsOf(entry, { ...values, command }),
    captures,
    fields: resolveFields(placesOf(entry, captures), context, captures),
    docs,
  };
}

const stepsOf = ({ fix }: Cause, values: Values): string[] => fix.map((step) => fill(step, values)).filter((step) => step !== "");

/** What a class says of a call of our own that ended with it: the first step as hint, the command that mends it apart from it. */
export function explainCall(
  { entry, captures }: Pick<Classification, "entry" | "captures">,
  context: ExplainContext,
): { readonly message: string; readonly hint: string; readonly command?: string } {
  const values = valuesFor(entry.id, context, captures);
  const command = entry.command && fillCommand(entry.command, values);
  const title = `${fill(entry.title, values)}.`;
  return {
    message: entry.kind ? title : `${title} ${fill(entry.cause, values)}`,
    hint: stepsOf(entry, values)[0] ?? "",
    ...(command && { command }),
  };
}

/** The places of a cause; what lets the refused action be done without comes first. */
function placesOf({ id, fields }: Cause, captures: Explanation["captures"]): readonly string[] {
  const instead = id === "iam-not-authorized" ? avoidable(captures["action"]) : undefined;
  return instead ? [instead.field, ...fields] : fields;
}

/** Explains a message; undefined when it is unknown. Never throws. */
export function explainText(text: string, context: ExplainContext = {}): Explanation | undefined {
  const found = classify(text);
  return found && explain(found, context);
}

/** One object of `ecs-wizard explain --json`; `id` is null for an unknown message. */
export type ExplainedLine =
  | { readonly text: string; readonly id: null }
  | ({ readonly text: string } & Omit<Explanation, "fields"> & { readonly fields: readonly string[] });

/** Explains lines, one object each in the same order, empty ones left out. */
export function explainLines(lines: Iterable<string>, context: ExplainContext = {}): ExplainedLine[] {
  return [...lines].filter((line) => line.trim() !== "").map((text) => ({ text, ...(explainText(text, context) ?? { id: null }) }));
}

/** Explains one paste, several wrapped lines of it as one message; when that is unknown, its lines one by one, as far as they are known. */
export function explainPaste(text: string, context: ExplainContext = {}): ExplainedLine[] {
  const whole = explainText(text, context);
  if (whole) return [{ text, ...whole }];
  const parts = explainLines(text.split(/\r?\n/), context).filter((line) => line.id !== null);
  return parts.length > 0 ? parts : [{ text, id: null }];
}
