import { formatPath, type Path } from "../schema.ts";
import { canFocus, entriesOf, foldId, reviewLevel } from "./entries.ts";
import { type Form, placeAt } from "./form.ts";
import { currentEntries, firstFocus, focused, type WizardState } from "./state.ts";
import { getAt, isObject, removeAt } from "./tree.ts";

/** Leaves the focused field for the entry `id` of the same level. */
export function focusOn(form: Form, state: WizardState, id: string): WizardState {
  if (id === state.focus) return state;
  const { edit: _, lastEdit: __, ...left } = visit(state, [focused(form, state)?.path ?? state.level]);
  return { ...left, focus: id };
}

/** The focus `by` entries further, stopping at the ends. */
export function moveBy(form: Form, state: WizardState, by: number): WizardState {
  const entries = currentEntries(form, state).filter(canFocus);
  const at = entries.findIndex((entry) => entry.id === focused(form, state)?.id);
  const target = entries[Math.max(0, Math.min(entries.length - 1, at + by))];
  return target ? focusOn(form, state, target.id) : state;
}

/** Opens a section, row or list as the level on the screen; what is left may complain from now on. */
export function goTo(form: Form, state: WizardState, level: Path, focus?: string): WizardState {
  if (formatPath(level) === formatPath(state.level)) return focus === undefined ? state : focusOn(form, state, focus);
  const seen = [state.level, ...currentEntries(form, state).map((entry) => entry.path)];
  const tidy = withoutFresh(form, visit(state, seen), level);
  const { edit: _, lastEdit: __, ...left } = tidy;
  const moved: WizardState = {
    ...left,
    level,
    ...(level.length === 0 ? { before: state.level } : {}),
    revealed: left.revealed || level.length === 0,
    trail: { ...left.trail, [formatPath(state.level)]: state.focus },
  };
  return { ...moved, focus: focus ?? firstFocus(form, moved) };
}

/** Climbs one level; from a section to the section before; from the first section nowhere; from the review to where it was opened. */
export function back(form: Form, state: WizardState): WizardState {
  if (state.level.length === 0 && state.before && isThere(state, state.before)) return goTo(form, state, state.before);
  if (state.level.length > 1) {
    const up = parentLevel(form, state.level);
    return goTo(form, state, up, formatPath(state.level));
  }
  const at = sectionIndex(form, state);
  const before = form.sections[at - 1];
  return before ? goTo(form, state, [before.key]) : state;
}

/** Goes to the section behind the present one, after the last to the review. */
export function next(form: Form, state: WizardState): WizardState {
  if (state.level.length === 0) return state;
  const after = form.sections[sectionIndex(form, state) + 1];
  return goTo(form, state, after ? [after.key] : reviewLevel);
}

/** The number of the section on the screen; behind the last one for the review. */
export function sectionIndex(form: Form, state: Pick<WizardState, "level">): number {
  const at = form.sections.findIndex(({ key }) => key === state.level[0]);
  return at < 0 ? form.sections.length : at;
}

/** Goes to the place a path names, opening what hides it; as near as the form has it: to the review where it has no section for it. */
export function jump(form: Form, state: WizardState, path: Path): WizardState {
  if (form.sections.every(({ key }) => key !== path[0])) return goTo(form, state, reviewLevel);
  const { level, open } = whereIs(form, path);
  const opened = { ...state, open: new Set([...state.open, ...open]) };
  const ids = entriesOf(form, state.profile, level, opened.open).map((entry) => entry.id);
  for (let length = path.length; length > level.length; length--) {
    const id = formatPath(path.slice(0, length));
    if (ids.includes(id)) return goTo(form, opened, level, id);
  }
  return goTo(form, opened, level);
}

/** The kinds of fields whose items stand in a level of their own. */
const hasLevel: ReadonlySet<string> = new Set(["list", "texts", "map"]);

/** The level that shows `path`, and the folds that hide it there. */
export function whereIs(form: Form, path: Path): { level: Path; open: string[] } {
  let level: Path = path.slice(0, 1);
  const open: string[] = [];
  for (let length = 2; length <= path.length; length++) {
    const here = path.slice(0, length);
    const place = placeAt(form, here);
    if (!place) break;
    if (place.type === "row") {
      if (length < path.length) level = here;
      else level = path.slice(0, length - 1);
    } else if (place.type === "field") {
      const owner = path.slice(0, length - 1);
      if (place.field.fargate) open.push(foldId("fargate", owner));
      else if (place.field.advanced) open.push(foldId("advanced", owner));
      if (length === path.length) break;
      if (place.field.kind === "group") open.push(formatPath(here));
      else if (hasLevel.has(place.field.kind)) level = here;
      else break; // what is chosen from a list stands in its field
    }
  }
  return { level, open };
}

/** Whether the rows that a level stands in are still there. */
function isThere({ profile }: WizardState, level: Path): boolean {
  return level.every((key, at) => typeof key !== "number" || getAt(profile, level.slice(0, at + 1)) !== undefined);
}

function parentLevel(form: Form, level: Path): Path {
  for (let length = level.length - 1; length > 1; length--) {
    const place = placeAt(form, level.slice(0, length));
    if (place?.type === "row" || (place?.type === "field" && place.field.kind === "list")) return level.slice(0, length);
  }
  return level.slice(0, 1);
}

function visit(state: WizardState, paths: readonly Path[]): WizardState {
  const names = paths.map(formatPath).filter((name) => !state.visited.has(name));
  return names.length === 0 ? state : { ...state, visited: new Set([...state.visited, ...names]) };
}

/** A row that was added and left empty is taken away again when its level is left upwards. */
function withoutFresh(form: Form, state: WizardState, to: Path): WizardState {
  const { fresh, ...rest } = state;
  if (fresh === undefined) return state;
  if (formatPath(to).startsWith(fresh)) return state;
  if (formatPath(state.level) !== fresh) return rest;
  const place = placeAt(form, state.level);
  const row = getAt(state.profile, state.level);
  const untouched = place?.type === "row" && isObject(row) && Object.values(row).every((value) => value === "");
  if (!untouched) return rest;
  return { ...rest, profile: removeAt(state.profile, state.level), past: state.past.slice(0, -1) };
}
