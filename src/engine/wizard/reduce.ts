import type { Issue, Json, JsonObject, Path } from "../schema.ts";
import type { TextCommand } from "../text-editing.ts";
import type { Form } from "./form.ts";
import { changed, redo, undo } from "./history.ts";
import { back, focusOn, goTo, jump, moveBy, next } from "./position.ts";
import { addRow, duplicateRow, moveRow, removeRow } from "./rows.ts";
import { focused, type WizardState } from "./state.ts";
import { addItem, moveItem, removeItem, setTo, typeText } from "./typing.ts";

/** Everything that can happen to the wizard. */
export type WizardAction =
  | { readonly type: "move"; readonly by: number }
  | { readonly type: "focus"; readonly id: string }
  | { readonly type: "open"; readonly level: Path }
  | { readonly type: "jump"; readonly path: Path }
  | { readonly type: "next" | "back" | "undo" | "redo" | "reveal" }
  | { readonly type: "found"; readonly issues: readonly Issue[] }
  | { readonly type: "fold"; readonly id: string; readonly open?: boolean }
  | { readonly type: "type"; readonly command: TextCommand }
  | { readonly type: "set"; readonly path: Path; readonly value: Json | undefined }
  | { readonly type: "addRow"; readonly list: Path; readonly row?: Json }
  | { readonly type: "duplicateRow" | "removeRow"; readonly path: Path }
  | { readonly type: "moveRow"; readonly path: Path; readonly by: number }
  | { readonly type: "addItem"; readonly owner: Path; readonly kind: "texts" | "map"; readonly at?: number }
  | { readonly type: "removeItem" }
  | { readonly type: "moveItem"; readonly by: number }
  | { readonly type: "replace"; readonly profile: JsonObject };

/** The wizard after an action. Pure; never loses an answer by moving. */
export function reduceWizard(form: Form, state: WizardState, action: WizardAction): WizardState {
  switch (action.type) {
    case "move":
      return moveBy(form, state, action.by);
    case "focus":
      return focusOn(form, state, action.id);
    case "open":
      return goTo(form, state, action.level);
    case "jump":
      return jump(form, state, action.path);
    case "next":
      return next(form, state);
    case "back":
      return back(form, state);
    case "undo":
      return undo(state);
    case "redo":
      return redo(state);
    case "reveal":
      return state.revealed ? state : { ...state, revealed: true };
    case "found":
      return { ...state, found: { issues: action.issues, profile: state.profile } };
    case "fold":
      return fold(state, action.id, action.open ?? !state.open.has(action.id));
    case "type":
      return typeText(form, state, action.command);
    case "set":
      return setTo(state, action.path, action.value);
    case "addRow":
      return addRow(form, state, action.list, action.row);
    case "duplicateRow":
      return duplicateRow(form, state, action.path);
    case "removeRow":
      return removeRow(form, state, action.path);
    case "moveRow":
      return moveRow(form, state, action.path, action.by);
    case "addItem":
      return addItem(state, action.owner, action.kind, action.at);
    case "removeItem": {
      const entry = focused(form, state);
      return entry?.type === "item" ? removeItem(state, entry) : state;
    }
    case "moveItem": {
      const entry = focused(form, state);
      return entry?.type === "item" ? moveItem(state, entry, action.by) : state;
    }
    case "replace":
      return changed(state, action.profile);
  }
}

function fold(state: WizardState, id: string, open: boolean): WizardState {
  const folds = new Set(state.open);
  if (open) folds.add(id);
  else folds.delete(id);
  return { ...state, open: folds };
}
