import { type FoundField, searchableFields } from "../../engine/wizard/selectors.ts";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { matching } from "./matching.ts";

/** The fields whose label and place hold every word of the text; those that begin with it first. */
export function foundFields(program: Program, state: AppState, text: string): readonly FoundField[] {
  if (!state.session) return [];
  const fields = searchableFields(program.ports.form, state.session.wizard.profile);
  const items = fields.map((field, at) => ({ value: String(at), columns: [field.label, field.where] }));
  const start = text.trim().toLowerCase();
  return matching(items, text)
    .flatMap((item) => fields[Number(item.value)] ?? [])
    .toSorted((a, b) => rank(a, start) - rank(b, start));
}

const rank = (field: FoundField, start: string) => (start !== "" && field.label.toLowerCase().startsWith(start) ? 0 : 1);
