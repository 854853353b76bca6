import { editText, type TextCommand, textState } from "../../engine/text-editing.ts";
import { askAgain, credentialKeys, identityProblem } from "../app/credentials.ts";
import type { Program } from "../app/program.ts";
import type { AppState, PickerOverlay } from "../app/state.ts";
import type { Binding, Layer } from "../ui/bindings.ts";
import { textKeys } from "../ui/text-keys.ts";
import { askFor } from "../wizard/queries.ts";
import { fullValue, hasTags, nameOf, type PickerModel, type PickerRow, pickerModel, repositoryOf } from "./picker-model.ts";

/** The keys of an open picker. */
export function pickerLayer(program: Program, state: AppState, overlay: PickerOverlay): Layer {
  const model = pickerModel(program, state, overlay);
  const row = model.rowAt(model.cursor);
  const move = (by: number) => {
    const cursor = Math.max(0, Math.min(model.count - 1, model.cursor + by));
    program.change(overlay, { moved: true, cursor, on: nameOf(model.rowAt(cursor)) });
  };
  const edit = (command: TextCommand) => {
    const filter = editText(overlay.filter, command);
    program.change(overlay, { filter, moved: false, ...(filter.text === overlay.filter.text ? {} : { cursor: 0, on: undefined }) });
  };
  const insert = (text: string) =>
    edit({ type: "insert", text: overlay.filter.text === "" && text.startsWith("/") ? text.slice(1) : text });
  const problem = model.source?.status === "failed" && model.source.problem.kind === "credentials" ? model.source.problem : undefined;
  const bindings: Binding[] = [
    ...(overlay.many && (overlay.moved || overlay.filter.text === "")
      ? [{ keys: ["space"], label: "select", run: () => row && toggle(program, overlay, model, row) }]
      : []),
    { keys: ["return"], label: enterLabel(overlay, model, row), run: () => enter(program, overlay, model, row) },
    { keys: ["escape"], label: overlay.filter.text === "" ? "back" : "clear filter", run: () => leave(program, overlay) },
    { keys: ["up", "ctrl+p"], label: "up", quiet: true, run: () => move(-1) },
    { keys: ["down", "ctrl+n"], label: "down", quiet: true, run: () => move(1) },
    { keys: ["pageup"], label: "a page up", quiet: true, run: () => move(-10) },
    { keys: ["pagedown"], label: "a page down", quiet: true, run: () => move(10) },
    { keys: ["tab"], label: "down", quiet: true, run: () => move(1) },
    { keys: ["shift+tab"], label: "up", quiet: true, run: () => move(-1) },
    { keys: ["ctrl+r"], label: "refresh", run: () => refresh(program, state, overlay) },
    ...vpcKey(program, overlay),
    ...credentialKeys(program, problem),
    { keys: [...(overlay.filter.text === "" ? ["?"] : []), "ctrl+o"], label: "help", run: () => program.open({ type: "help", offset: 0 }) },
    ...textKeys(edit, ["ctrl+p", "ctrl+n"]),
  ];
  return { name: "picker", bindings, text: insert, paste: (text) => insert(text.trim()), closed: true };
}

function enterLabel(overlay: PickerOverlay, model: PickerModel, row: PickerRow | undefined): string {
  if (!overlay.many) return row?.type === "typed" ? "use as typed" : "choose";
  return adds(overlay, model, row) ? "add" : "done";
}

/** Whether Enter takes the highlighted row besides what is chosen, rather than ending the choice. */
function adds(overlay: PickerOverlay, model: PickerModel, row: PickerRow | undefined): boolean {
  if (!row || row.chosen) return false;
  return overlay.filter.text.trim() !== "" || model.chosen.length === 0;
}

const rowValue = (overlay: PickerOverlay, row: PickerRow): string => {
  if (row.type === "item") return fullValue(overlay, row.item.value);
  return row.type === "open" ? (overlay.repository ?? "") : row.type === "typed" ? typedValue(overlay, row.value) : row.value;
};

const typedValue = (overlay: PickerOverlay, text: string): string => (overlay.repository === undefined ? text : fullValue(overlay, text));

function toggle(program: Program, overlay: PickerOverlay, model: PickerModel, row: PickerRow): void {
  const value = rowValue(overlay, row);
  const chosen = model.chosen.includes(value) ? model.chosen.filter((one) => one !== value) : [...model.chosen, value];
  program.wizard({ type: "set", path: overlay.path, value: chosen.length > 0 ? chosen : undefined });
  if (row.type === "typed") program.change(overlay, { filter: textState("") });
}

function enter(program: Program, overlay: PickerOverlay, model: PickerModel, row: PickerRow | undefined): void {
  if (overlay.many) {
    if (row && adds(overlay, model, row)) {
      const last = overlay.filter.text.trim() === "";
      toggle(program, overlay, model, row);
      if (!last) {
        program.change(topPicker(program) ?? overlay, { filter: textState(""), cursor: 0, on: undefined });
        return;
      }
    }
    program.close();
    program.wizard({ type: "move", by: 1 });
    return;
  }
  if (!row) {
    program.say("There is nothing to choose. Type the value, or press esc.");
    return;
  }
  const value = rowValue(overlay, row);
  if (row.type === "item" && overlay.repository === undefined && hasTags(program, overlay.path)) {
    // Only with its version the image is chosen: until then the present one stays.
    const [present = ""] = model.chosen;
    const on = repositoryOf(present) === value ? present.slice(value.length + 1) : undefined;
    program.change(overlay, { repository: value, filter: textState(""), cursor: 1, on: on || undefined });
    return;
  }
  program.wizard({ type: "set", path: overlay.path, value });
  program.close();
  program.wizard({ type: "move", by: 1 });
}

function topPicker(program: Program): PickerOverlay | undefined {
  const top = program.state().overlays.at(-1);
  return top?.type === "picker" ? top : undefined;
}

function leave(program: Program, overlay: PickerOverlay): void {
  if (overlay.filter.text !== "") program.change(overlay, { filter: textState(""), cursor: 0, on: undefined });
  else if (overlay.repository !== undefined) {
    const { repository, ...rest } = overlay;
    program.close();
    program.open({ ...rest, cursor: 0, on: repository });
  } else program.close();
}

function refresh(program: Program, state: AppState, overlay: PickerOverlay): void {
  const asked = askFor(program, state, overlay.path, overlay.repository);
  if (identityProblem(state)) askAgain(program);
  else if ("query" in asked) program.ports.discovery.refresh(asked.query);
  else program.say(asked.blocked, "warn");
}

function vpcKey(program: Program, overlay: PickerOverlay): Binding[] {
  const asked = askFor(program, program.state(), overlay.path, overlay.repository);
  if (!("query" in asked) || !["subnets", "securityGroups", "targetGroups"].includes(asked.query.source)) return [];
  return [{ keys: ["ctrl+v"], label: "other VPC", run: () => program.open({ type: "vpc", cursor: 0 }) }];
}
