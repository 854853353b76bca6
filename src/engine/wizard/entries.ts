import {
  type Field,
  type Fields,
  formatPath,
  type GroupField,
  type JsonObject,
  type ListField,
  type MapField,
  type Path,
  type TextsField,
} from "../schema.ts";
import { type Evaluation, type Form, isVisible, placeAt } from "./form.ts";
import { getAt, isObject, rowsAt } from "./tree.ts";

/** One line of the form that can hold the focus. `id` is its address, unique in its level; `depth` its indentation. */
export type Entry = { readonly id: string; readonly path: Path; readonly depth: number } & (
  | { readonly type: "field"; readonly field: Exclude<Field, GroupField> }
  | { readonly type: "group"; readonly field: GroupField; readonly open: boolean }
  | {
      readonly type: "fold";
      readonly label: string;
      readonly open: boolean;
      /** The keys of its fields. */
      readonly keys: readonly string[];
      readonly set: number;
      /** The fields that are set in it. */
      readonly inside: Fields;
      readonly why?: string;
    }
  | { readonly type: "row"; readonly list: ListField; readonly index: number }
  | { readonly type: "item"; readonly of: TextsField | MapField; readonly index: number }
  | { readonly type: "add"; readonly item: string }
  | { readonly type: "next" }
);

/** The level that shows the review instead of a section. */
export const reviewLevel: Path = [];

/** What unfolds: a group's path, or the fields of `path` that are rarely used or not for Fargate. */
export function foldId(kind: "advanced" | "fargate", path: Path): string {
  return `${kind}:${formatPath(path)}`;
}

/** The lines of a level: the fields of a section or row, or the rows of a list, as the present answers want them. */
export function entriesOf(form: Form, profile: JsonObject, level: Path, open: ReadonlySet<string>): Entry[] {
  const place = placeAt(form, level);
  const evaluation = form.evaluate(profile);
  const next: Entry[] = level.length === 1 ? [{ type: "next", id: "next", path: level, depth: 0 }] : [];
  if (!place) return [];
  if (place.type === "row") return fieldEntries(place.list.fields, { profile, evaluation, open }, level, 0);
  if (place.type === "item") return [];
  const { field } = place;
  if (field.kind === "group") return [...fieldEntries(field.fields, { profile, evaluation, open }, level, 0), ...next];
  if (field.kind === "list") {
    const rows = rowsAt(profile, level).map((_, index): Entry => {
      const path = [...level, index];
      return { type: "row", id: formatPath(path), path, depth: 0, list: field, index };
    });
    return [...rows, { type: "add", id: "add", path: level, depth: 0, item: field.item }, ...next];
  }
  if (field.kind === "texts" || field.kind === "map") {
    const count = field.kind === "texts" ? textsAt(profile, level).length : Object.keys(objectAt(profile, level)).length;
    const items = Array.from({ length: count }, (_, index): Entry => {
      const path = [...level, index];
      return { type: "item", id: formatPath(path), path, depth: 0, of: field, index };
    });
    return [...items, { type: "add", id: "add", path: level, depth: 0, item: field.kind === "texts" ? "item" : "name=value" }];
  }
  return [{ type: "field", id: formatPath(level), path: level, depth: 0, field }, ...next];
}

interface Around {
  readonly profile: JsonObject;
  readonly evaluation: Evaluation;
  readonly open: ReadonlySet<string>;
}

function fieldEntries(fields: Fields, around: Around, path: Path, depth: number): Entry[] {
  const visible = Object.entries(fields).filter(
    ([key, field]) =>
      isVisible(field, around.evaluation, [...path, key]) && !(field.readOnly && getAt(around.profile, [...path, key]) === undefined),
  );
  const lines = (some: typeof visible, at: number) => some.flatMap(([key, field]) => lineOf(field, around, [...path, key], at));
  const plain = visible.filter(([, field]) => !field.advanced && !field.fargate);
  const advanced = visible.filter(([, field]) => field.advanced && !field.fargate);
  const rejected = visible.filter(([, field]) => field.fargate);
  const fold = (kind: "advanced" | "fargate", label: string, some: typeof visible): Entry[] => {
    if (some.length === 0) return [];
    const id = foldId(kind, path);
    const open = around.open.has(id);
    const set = some.filter(([key]) => getAt(around.profile, [...path, key]) !== undefined);
    const why = kind === "fargate" ? [...new Set(some.map(([, field]) => field.fargate))].join(" ") : undefined;
    const head: Entry = {
      type: "fold",
      id,
      path,
      depth,
      label,
      open,
      keys: some.map(([key]) => key),
      set: set.length,
      inside: Object.fromEntries(set),
      ...(why ? { why } : {}),
    };
    return open ? [head, ...lines(some, depth + 1)] : [head];
  };
  return [...lines(plain, depth), ...fold("advanced", "Advanced", advanced), ...fold("fargate", "Not available on Fargate", rejected)];
}

function lineOf(field: Field, around: Around, path: Path, depth: number): Entry[] {
  const id = formatPath(path);
  if (field.kind !== "group") return [{ type: "field", id, path, depth, field }];
  const open = around.open.has(id);
  const head: Entry = { type: "group", id, path, depth, field, open };
  return open ? [head, ...fieldEntries(field.fields, around, path, depth + 1)] : [head];
}

/** A list of texts as typed; a single text counts as one item. */
export function textsAt(profile: JsonObject, path: Path): string[] {
  const value = getAt(profile, path);
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

/** Names with values as typed. */
export function objectAt(profile: JsonObject, path: Path): JsonObject {
  const value = getAt(profile, path);
  return isObject(value) ? value : {};
}

/** Whether the focus may rest on a line: notes are read, not visited. */
export function canFocus(entry: Entry): boolean {
  return !(entry.type === "field" && entry.field.kind === "note");
}
