import { filterItems } from "../../engine/filter.ts";
import { type FoundField, searchableFields } from "../../engine/wizard/selectors.ts";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";

/** The fields whose label or place hold every word of the text, best matches first, among equals those nearest to the top. */
export function foundFields(program: Program, state: AppState, text: string): readonly FoundField[] {
  if (!state.session) return [];
  const all = searchableFields(program.ports.form, state.session.wizard.profile);
  const fields = all.toSorted((a, b) => a.path.length - b.path.length);
  const items = fields.map((field, at) => ({ value: String(at), columns: [field.label, field.where] }));
  return [...filterItems(items, text)].flatMap(({ item }) => fields[Number(item.value)] ?? []);
}
