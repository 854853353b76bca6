import type { Field, FieldScope, Fields, Issue, JsonObject, ListField, MapField, Path, Section, TextsField } from "../schema.ts";
import { getAt } from "./tree.ts";

/** What a profile comes to: see `effective` of values.ts. */
export interface Evaluation {
  /** The effective values by section: defaults applied, hidden fields dropped. */
  readonly step: Readonly<Record<string, unknown>>;
  readonly issues: readonly Issue[];
  /** What bound fields come to, by formatted path, as far as variables are known. */
  readonly bound?: ReadonlyMap<string, string>;
  /** Names of variables without a value. */
  readonly missing?: readonly string[];
}

/** The step as the form sees it: its sections, and what a profile comes to. */
export interface Form {
  readonly sections: readonly Section[];
  /** Pure and remembered: asked on every key. */
  readonly evaluate: (profile: JsonObject) => Evaluation;
}

/** Remembers the evaluation of the last profiles, so that every selector may ask. */
export function createForm(sections: readonly Section[], evaluate: (profile: JsonObject) => Evaluation): Form {
  const known = new WeakMap<JsonObject, Evaluation>();
  return {
    sections,
    evaluate(profile) {
      const found = known.get(profile);
      if (found) return found;
      const made = evaluate(profile);
      known.set(profile, made);
      return made;
    },
  };
}

/** What stands at a path: a field, a row of a list, or an item of a list of texts or of a map. */
export type Place =
  | { readonly type: "field"; readonly field: Field }
  | { readonly type: "row"; readonly list: ListField }
  | { readonly type: "item"; readonly of: TextsField | MapField };

/** What the sections describe at `path`; undefined when they know no such place. */
export function placeAt(form: Form, path: Path): Place | undefined {
  const section = form.sections.find(({ key }) => key === path[0]);
  let place: Place | undefined = section && { type: "field", field: section.field };
  for (const step of path.slice(1)) place = place && inside(place, step);
  return place;
}

function inside(place: Place, step: string | number): Place | undefined {
  if (place.type === "item") return undefined;
  if (place.type === "row") return fieldOf(place.list.fields, step);
  const { field } = place;
  if (field.kind === "group") return fieldOf(field.fields, step);
  if (field.kind === "list") return typeof step === "number" ? { type: "row", list: field } : undefined;
  if (field.kind === "texts" || field.kind === "map") return { type: "item", of: field };
  return undefined;
}

function fieldOf(fields: Fields, step: string | number): Place | undefined {
  const field = fields[step];
  return field && { type: "field", field };
}

/** What the rules of a field at `path` may look at. */
export function scopeAt(evaluation: Evaluation, path: Path): FieldScope {
  const siblings = getAt(evaluation.step, path.slice(0, -1));
  const known = typeof siblings === "object" && siblings !== null ? (siblings as Record<string, unknown>) : {};
  return { siblings: known, step: evaluation.step, path };
}

/** Whether the field at `path` is there for the present answers. */
export function isVisible(field: Field, evaluation: Evaluation, path: Path): boolean {
  return field.when === undefined || field.when(scopeAt(evaluation, path));
}
