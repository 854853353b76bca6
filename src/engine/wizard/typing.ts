import { type Field, formatPath, type Json, type JsonObject, type Path } from "../schema.ts";
import { editText, type TextCommand, type TextState, textState } from "../text-editing.ts";
import { type Entry, objectAt, textsAt } from "./entries.ts";
import type { Form } from "./form.ts";
import { changed } from "./history.ts";
import { focused, type WizardState } from "./state.ts";
import { isBound, textOf, typedValue } from "./summary.ts";
import { getAt, moveAt, removeAt, setAt } from "./tree.ts";

/** Whether keys typed on an entry go into a text. */
export function takesText(entry: Entry | undefined): boolean {
  if (entry?.type === "item") return true;
  if (entry?.type !== "field" || entry.field.readOnly) return false;
  return ["text", "secret", "number"].includes(entry.field.kind);
}

/** The text under the cursor: as it is being typed, or the focused value with the cursor behind it. */
export function textAt(form: Form, state: WizardState): TextState | undefined {
  const entry = focused(form, state);
  if (!entry || !takesText(entry)) return undefined;
  return state.edit ?? textState(entryText(state.profile, entry));
}

/** The typed text of a field or item; `name=value` for the items of a map. */
export function entryText(profile: JsonObject, entry: Entry): string {
  if (entry.type !== "item") return textOf(getAt(profile, entry.path));
  const owner = entry.path.slice(0, -1);
  if (entry.of.kind === "texts") return textsAt(profile, owner)[entry.index] ?? "";
  const [name, value] = Object.entries(objectAt(profile, owner))[entry.index] ?? ["", ""];
  return name === "" && value === "" ? "" : `${name}=${textOf(value)}`;
}

/** A keystroke in the focused text; the profile holds every letter at once. The first digit typed into a number replaces it. */
export function typeText(form: Form, state: WizardState, command: TextCommand): WizardState {
  const entry = focused(form, state);
  const before = textAt(form, state);
  if (!entry || !before) return state;
  const fresh = state.edit === undefined && command.type === "insert" && entry.type === "field" && entry.field.kind === "number";
  const multiline = entry.type === "field" && entry.field.kind === "text" && entry.field.multiline === true;
  const edit = editText(fresh && !isBound(before.text) ? textState("") : before, command, multiline);
  if (edit.text === before.text) return { ...state, edit };
  const profile = withText(state.profile, entry, edit.text);
  const id = isTaken(state.profile, entry, edit.text) ? entry.id : (placeOfPair(profile, entry, edit.text) ?? entry.id);
  const typed = changed(state, profile, `text:${entry.id}`);
  return { ...typed, edit, focus: id, ...(typed.lastEdit === undefined ? {} : { lastEdit: `text:${id}` }) };
}

/** Where a pair of a map stands under its new name: JavaScript keeps names that are whole numbers before the others. */
function placeOfPair(profile: JsonObject, entry: Entry, text: string): string | undefined {
  if (entry.type !== "item" || entry.of.kind !== "map") return undefined;
  const owner = entry.path.slice(0, -1);
  return formatPath([...owner, Object.keys(objectAt(profile, owner)).indexOf(splitPair(text)[0])]);
}

/** Whether another pair of the map has the name typed into an item: two cannot, so the item is not in the profile yet. */
export function isTaken(profile: JsonObject, entry: Entry, text: string): boolean {
  if (entry.type !== "item" || entry.of.kind !== "map") return false;
  const at = Object.keys(objectAt(profile, entry.path.slice(0, -1))).indexOf(splitPair(text)[0]);
  return at >= 0 && at !== entry.index;
}

function withText(profile: JsonObject, entry: Entry, text: string): JsonObject {
  if (entry.type === "field") return setValue(profile, entry.path, entry.field, text);
  if (entry.type !== "item") return profile;
  const owner = entry.path.slice(0, -1);
  if (entry.of.kind === "texts") return setAt(profile, owner, textsAt(profile, owner).with(entry.index, text));
  return setAt(profile, owner, withPair(objectAt(profile, owner), entry.index, text));
}

/** A name that is taken already keeps its other value: the pair waits until the name is its own. */
function withPair(map: JsonObject, index: number, text: string): JsonObject {
  const [name = "", value = ""] = splitPair(text);
  const pairs = Object.entries(map);
  if (pairs.some(([key], at) => at !== index && key === name)) return map;
  return Object.fromEntries(pairs.length > index ? pairs.with(index, [name, value]) : [...pairs, [name, value]]);
}

/** `name=value` as its two halves, at the first `=`. */
export function splitPair(text: string): [string, string] {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function setValue(profile: JsonObject, path: Path, field: Field, text: string): JsonObject {
  const value = typedValue(field, text);
  return value === undefined ? removeAt(profile, path) : setAt(profile, path, value);
}

/** Puts a value at a path, or takes it away; one step of undo. */
export function setTo(state: WizardState, path: Path, value: Json | undefined): WizardState {
  const { edit: _, ...rest } = state;
  const profile = value === undefined ? removeAt(state.profile, path) : setAt(state.profile, path, value);
  return changed(rest, profile);
}

/** Adds an empty item behind the others of a list of texts or of a map, and goes there. */
export function addItem(state: WizardState, owner: Path, kind: "texts" | "map", at?: number): WizardState {
  const index = at ?? (kind === "texts" ? textsAt(state.profile, owner).length : Object.keys(objectAt(state.profile, owner)).length);
  const profile =
    kind === "texts"
      ? setAt(state.profile, owner, textsAt(state.profile, owner).toSpliced(index, 0, ""))
      : setAt(state.profile, owner, { ...objectAt(state.profile, owner), "": "" });
  const { edit: _, ...rest } = changed(state, profile);
  const last = kind === "map" ? Object.keys(objectAt(profile, owner)).indexOf("") : index;
  return { ...rest, focus: formatPath([...owner, last]) };
}

/** Moves an item of a list of texts up (-1) or down (1); the focus goes with it. */
export function moveItem(state: WizardState, entry: Extract<Entry, { type: "item" }>, by: number): WizardState {
  const owner = entry.path.slice(0, -1);
  const to = entry.index + by;
  if (entry.of.kind !== "texts") return state;
  const profile = moveAt(setAt(state.profile, owner, textsAt(state.profile, owner)), owner, entry.index, to);
  if (getAt(profile, [...owner, to]) === undefined) return state;
  const { edit: _, ...rest } = changed(state, profile);
  return { ...rest, focus: formatPath([...owner, to]) };
}

/** Takes an item of a list of texts or of a map away. */
export function removeItem(state: WizardState, entry: Extract<Entry, { type: "item" }>): WizardState {
  const owner = entry.path.slice(0, -1);
  const left: Json =
    entry.of.kind === "texts"
      ? textsAt(state.profile, owner).toSpliced(entry.index, 1)
      : Object.fromEntries(Object.entries(objectAt(state.profile, owner)).toSpliced(entry.index, 1));
  const count = Object.keys(left).length;
  const { edit: _, ...rest } = changed(state, count === 0 ? removeAt(state.profile, owner) : setAt(state.profile, owner, left));
  return { ...rest, focus: count === 0 ? "add" : formatPath([...owner, Math.min(entry.index, count - 1)]) };
}
