import { formatPath, type Issue, type JsonObject, type Path } from "../schema.ts";
import type { TextState } from "../text-editing.ts";
import { canFocus, type Entry, entriesOf } from "./entries.ts";
import type { Form } from "./form.ts";
import { getAt } from "./tree.ts";

/** What undo goes back to. */
export interface Snapshot {
  readonly profile: JsonObject;
  readonly level: Path;
  readonly focus: string;
}

/** What was found of a profile beyond its own rules, e.g. in the account. */
export interface Found {
  readonly issues: readonly Issue[];
  /** The profile it was found of. */
  readonly profile: JsonObject;
}

/** The wizard: what was typed, where we are, and what has been seen. Plain data. */
export interface WizardState {
  /** The profile as typed; keys as in the file. */
  readonly profile: JsonObject;
  /** The section, opened row or list on the screen; empty for the review. */
  readonly level: Path;
  /** The id of the focused entry. */
  readonly focus: string;
  /** The text under the cursor while the focused field is being typed into. */
  readonly edit?: TextState;
  /** Ids of groups and folds that stand open. */
  readonly open: ReadonlySet<string>;
  /** Formatted paths of fields that have been left once: they may complain. */
  readonly visited: ReadonlySet<string>;
  /** Everything may complain: the profile was saved once, or the review has been seen. */
  readonly revealed: boolean;
  readonly found?: Found;
  readonly past: readonly Snapshot[];
  readonly future: readonly Snapshot[];
  /** Edits with the same key make one step of undo. */
  readonly lastEdit?: string;
  /** The row just added, until it is left: it complains only of what was visited in it. */
  readonly fresh?: string;
  /** The level from which the review was opened, to come back to. */
  readonly before?: Path;
  /** The last focus of each level, to come back to. */
  readonly trail: Readonly<Record<string, string>>;
}

/** A wizard at the first field; `known` for a profile that was saved before and may be complained about at once. */
export function startWizard(form: Form, profile: JsonObject, known = false): WizardState {
  const state: WizardState = {
    profile,
    level: [form.sections[0]?.key ?? ""],
    focus: "",
    open: new Set(),
    visited: new Set(),
    revealed: known,
    past: [],
    future: [],
    trail: {},
  };
  return { ...state, focus: firstFocus(form, state) };
}

/** The entries of the present level. */
export function currentEntries(form: Form, state: WizardState): Entry[] {
  return entriesOf(form, state.profile, state.level, state.open);
}

/** The focused entry; when it is no longer there, the first that can be. */
export function focused(form: Form, state: WizardState): Entry | undefined {
  const entries = currentEntries(form, state).filter(canFocus);
  return entries.find((entry) => entry.id === state.focus) ?? entries[0];
}

/** The id of the entry last visited in a level; in a section that was never seen of the first required answer still missing, else of the first entry. */
export function firstFocus(form: Form, state: Pick<WizardState, "profile" | "level" | "open" | "trail">): string {
  const entries = entriesOf(form, state.profile, state.level, state.open).filter(canFocus);
  const last = state.trail[formatPath(state.level)];
  const missing = state.level.length === 1 ? entries.find((entry) => isMissing(form, state.profile, entry)) : undefined;
  return (entries.find((entry) => entry.id === last) ?? missing ?? entries[0])?.id ?? "";
}

/** Whether an entry is a required field with neither an answer nor a default. */
function isMissing(form: Form, profile: JsonObject, entry: Entry): boolean {
  if (entry.type !== "field" || !("required" in entry.field) || !entry.field.required) return false;
  const value = getAt(profile, entry.path) ?? getAt(form.evaluate(profile).step, entry.path);
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}
