import { editText, type TextCommand } from "../../engine/text-editing.ts";
import { placeAt } from "../../engine/wizard/form.ts";
import { sectionStates } from "../../engine/wizard/selectors.ts";
import type { Program } from "../app/program.ts";
import type { AppState, ChoiceOverlay, Overlay } from "../app/state.ts";
import type { Binding, Layer } from "../ui/bindings.ts";
import { textKeys } from "../ui/text-keys.ts";
import { suggestionsFor } from "../wizard/field-choices.ts";
import { homeKey } from "../wizard/screen-keys.ts";
import { askForVpcs } from "../wizard/vpcs.ts";
import { moveKeys } from "./move-keys.ts";
import { foundFields } from "./search.ts";

const escapeKey = (program: Program): Binding => ({ keys: ["escape"], label: "back", run: () => program.close() });

/** The keys of the options of a choice. */
export function choiceLayer(program: Program, state: AppState, overlay: ChoiceOverlay): Layer {
  const place = placeAt(program.ports.form, overlay.path);
  const options = state.session && place?.type === "field" ? suggestionsFor(program, state.session, place.field, overlay.path) : [];
  const take = () => {
    const option = options[overlay.cursor];
    program.close();
    if (!option) return;
    program.wizard({ type: "set", path: overlay.path, value: option.value });
    program.wizard({ type: "move", by: 1 });
  };
  const bindings = [
    { keys: ["return", "space"], label: "choose", run: take },
    escapeKey(program),
    ...moveKeys(options.length, overlay.cursor, (cursor) => program.change(overlay, { cursor })),
  ];
  return { name: "choice", bindings, closed: true };
}

/** The keys of the search over all fields. */
export function searchLayer(program: Program, state: AppState, overlay: Extract<Overlay, { type: "search" }>): Layer {
  const found = foundFields(program, state, overlay.filter.text);
  const edit = (command: TextCommand) => program.change(overlay, { filter: editText(overlay.filter, command), cursor: 0 });
  const go = () => {
    const field = found[Math.min(overlay.cursor, found.length - 1)];
    if (!field) return program.say("No field has that name.");
    program.close();
    program.wizard({ type: "jump", path: field.path });
  };
  const bindings = [
    { keys: ["return"], label: "go there", run: go },
    escapeKey(program),
    ...moveKeys(found.length, overlay.cursor, (cursor) => program.change(overlay, { cursor })).filter(
      ({ keys }) => !keys.includes("home") && !keys.includes("end"),
    ),
    ...textKeys(edit),
  ];
  const insert = (text: string) => edit({ type: "insert", text });
  return { name: "search", bindings, text: insert, paste: insert, closed: true };
}

/** The keys of the list of sections. */
export function sectionsLayer(program: Program, state: AppState, overlay: Extract<Overlay, { type: "sections" }>): Layer {
  const wizard = state.session?.wizard;
  const sections = wizard ? sectionStates(program.ports.form, wizard) : [];
  const go = () => {
    program.close();
    const section = sections[overlay.cursor];
    program.wizard({ type: "open", level: section ? [section.key] : [] });
  };
  const bindings = [
    { keys: ["return", "right", "space"], label: "go there", run: go },
    { keys: ["escape", "left", "ctrl+g"], label: "back", run: () => program.close() },
    homeKey(program),
    ...moveKeys(sections.length + 1, overlay.cursor, (cursor) => program.change(overlay, { cursor })),
  ];
  return { name: "sections", bindings, closed: true };
}

/** The keys of the list of VPCs. */
export function vpcLayer(program: Program, state: AppState, overlay: Extract<Overlay, { type: "vpc" }>): Layer {
  const items = askForVpcs(program, state);
  const take = () => {
    program.close();
    const item = items[overlay.cursor];
    if (item) program.update((present) => ({ ...present, vpcId: item.value }));
  };
  const bindings = [
    { keys: ["return", "space"], label: "look there", run: take },
    escapeKey(program),
    ...moveKeys(items.length, overlay.cursor, (cursor) => program.change(overlay, { cursor })),
  ];
  return { name: "vpcs", bindings, closed: true };
}
