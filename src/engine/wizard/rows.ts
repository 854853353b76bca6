import { formatPath, type Json, type Path } from "../schema.ts";
import { type Form, placeAt } from "./form.ts";
import { changed } from "./history.ts";
import { focusOn, goTo } from "./position.ts";
import type { WizardState } from "./state.ts";
import { getAt, insertAt, isObject, moveAt, removeAt, rowsAt } from "./tree.ts";

/** Adds a row to the list at `list` and opens it. */
export function addRow(form: Form, state: WizardState, list: Path, row?: Json): WizardState {
  const place = placeAt(form, list);
  if (place?.type !== "field" || place.field.kind !== "list") return state;
  const at = rowsAt(state.profile, list).length;
  const path = [...list, at];
  const added = changed(state, insertAt(state.profile, list, at, row ?? place.field.blank ?? {}));
  const opened = goTo(form, added, path);
  return row === undefined ? { ...opened, fresh: formatPath(path) } : opened;
}

/** Puts a copy of a row behind it; a name that is there already gets a number. */
export function duplicateRow(form: Form, state: WizardState, path: Path): WizardState {
  const [list, index] = split(path);
  const row = getAt(state.profile, path);
  if (list === undefined || row === undefined) return state;
  const others = rowsAt(state.profile, list);
  const copy = isObject(row) && typeof row["name"] === "string" ? { ...row, name: freeName(row["name"], others) } : (row as Json);
  const shifted = renumber(state, list, (at) => (at > index ? at + 1 : at));
  return focusOn(form, changed(shifted, insertAt(state.profile, list, index + 1, copy)), formatPath([...list, index + 1]));
}

function freeName(name: string, rows: readonly Json[]): string {
  const taken = new Set(rows.map((row) => (isObject(row) ? row["name"] : undefined)));
  const stem = name.replace(/-\d+$/, "");
  for (let number = 2; ; number++) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
}

/** Takes a row away; undo brings it back. */
export function removeRow(form: Form, state: WizardState, path: Path): WizardState {
  const [list, index] = split(path);
  if (list === undefined || getAt(state.profile, path) === undefined) return state;
  const shifted = renumber(state, list, (at) => (at === index ? undefined : at > index ? at - 1 : at));
  const gone = changed(shifted, removeAt(state.profile, path));
  const left = rowsAt(gone.profile, list).length;
  return focusOn(form, { ...gone, focus: "" }, left === 0 ? "add" : formatPath([...list, Math.min(index, left - 1)]));
}

/** Moves a row up (-1) or down (1); the focus goes with it. */
export function moveRow(form: Form, state: WizardState, path: Path, by: number): WizardState {
  const [list, index] = split(path);
  if (list === undefined) return state;
  const to = index + by;
  const profile = moveAt(state.profile, list, index, to);
  if (profile === state.profile) return state;
  const shifted = renumber(state, list, (at) => (at === index ? to : at === to ? index : at));
  return focusOn(form, changed(shifted, profile), formatPath([...list, to]));
}

function split(path: Path): [Path | undefined, number] {
  const index = path.at(-1);
  return typeof index === "number" ? [path.slice(0, -1), index] : [undefined, 0];
}

/** What was seen and unfolded goes with its row when rows change their numbers. */
function renumber(state: WizardState, list: Path, place: (index: number) => number | undefined): WizardState {
  const prefix = `${formatPath(list)}[`;
  const rename = (name: string): string[] => {
    const at = name.indexOf(prefix);
    if (at < 0) return [name];
    const start = at + prefix.length;
    const end = name.indexOf("]", start);
    const to = place(Number(name.slice(start, end)));
    return to === undefined ? [] : [`${name.slice(0, start)}${to}${name.slice(end)}`];
  };
  const renamed = (names: ReadonlySet<string>) => new Set([...names].flatMap(rename));
  return { ...state, visited: renamed(state.visited), open: renamed(state.open) };
}
