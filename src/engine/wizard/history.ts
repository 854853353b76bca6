import type { JsonObject } from "../schema.ts";
import type { Snapshot, WizardState } from "./state.ts";

const kept = 500;

/** The state with another profile and a step of undo; edits with the same `key` in a row make one step. */
export function changed(state: WizardState, profile: JsonObject, key?: string): WizardState {
  if (profile === state.profile) return state;
  const { lastEdit: _, ...rest } = state;
  const joined = key !== undefined && key === state.lastEdit;
  return {
    ...rest,
    profile,
    past: joined ? state.past : [...state.past.slice(1 - kept), snapshot(state)],
    future: [],
    ...(key === undefined ? {} : { lastEdit: key }),
  };
}

/** Takes the last change back, and goes where it was made. */
export function undo(state: WizardState): WizardState {
  const before = state.past.at(-1);
  if (!before) return state;
  return { ...restored(state, before), past: state.past.slice(0, -1), future: [...state.future, snapshot(state)] };
}

/** Makes the change again that was taken back last. */
export function redo(state: WizardState): WizardState {
  const after = state.future.at(-1);
  if (!after) return state;
  return { ...restored(state, after), past: [...state.past, snapshot(state)], future: state.future.slice(0, -1) };
}

function snapshot({ profile, level, focus }: WizardState): Snapshot {
  return { profile, level, focus };
}

function restored(state: WizardState, to: Snapshot): WizardState {
  const { edit: _, lastEdit: __, fresh: ___, ...rest } = state;
  return { ...rest, ...to };
}
