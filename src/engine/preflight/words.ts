/** Words that the checks share with the catalogue of failures. */
import { causeOf, type ExplainFacts, explain } from "../diagnosis/index.ts";
import { listed } from "../rules/text.ts";
import type { Subject } from "./subject.ts";

/** What is known beyond the step, for the steps of a cause. */
interface Known {
  readonly container?: string;
  readonly facts?: ExplainFacts;
  /** Values by placeholder, e.g. `action`. */
  readonly captures?: Readonly<Record<string, string>>;
}

/** What the catalogue says to do about a cause: `count` steps beginning with the first or `from`, with the values of the step. */
export function fixOf(causeId: string, { step }: Subject, { container, facts, captures = {} }: Known = {}, count = 1, from = 0): string {
  const entry = causeOf(causeId);
  if (!entry) return "";
  const context = { profile: step, ...(container === undefined ? {} : { container }), ...(facts ? { facts } : {}) };
  return explain({ entry, captures }, context)
    .fix.slice(from, from + count)
    .join(" ");
}

/** A subnet or security group by name and id. */
export const shown = ({ name, id }: { readonly name: string; readonly id: string }): string => (name === "" ? id : `${name} (${id})`);

/** Up to `most` names, the rest as a number. */
export function some(names: readonly string[], most = 5): string {
  return names.length <= most ? listed(names) : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
