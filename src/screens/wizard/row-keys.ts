import type { MapField, Path } from "../../engine/schema.ts";
import type { TextCommand } from "../../engine/text-editing.ts";
import { type Entry, textsAt } from "../../engine/wizard/entries.ts";
import { placeAt } from "../../engine/wizard/form.ts";
import { rowsAt } from "../../engine/wizard/tree.ts";
import { entryText } from "../../engine/wizard/typing.ts";
import type { Program } from "../app/program.ts";
import { noProfile, type Session } from "../app/state.ts";
import type { Binding, Layer } from "../ui/bindings.ts";
import { textKeys } from "../ui/text-keys.ts";
import { canPasteEnvironment, openEnvironmentEditor, openEnvironmentPaste } from "./environment-text.ts";
import { helpKey } from "./field-choices.ts";
import { openPicker } from "./open-picker.ts";
import { offerSplit } from "./split.ts";

/** The keys of a row of a list. */
export function rowLayer(program: Program, entry: Extract<Entry, { type: "row" }>): Layer {
  const { path } = entry;
  const owner = path.slice(0, -1);
  const rows = rowsAt(program.state().session?.wizard.profile, owner).length;
  const bindings: Binding[] = [
    { keys: ["return", "right", "space"], label: "open", run: () => program.wizard({ type: "open", level: path }) },
    { keys: ["a"], label: "add", run: () => program.wizard({ type: "addRow", list: owner }) },
    { keys: ["d"], label: "duplicate", run: () => program.wizard({ type: "duplicateRow", path }) },
    { keys: ["x", "delete"], label: "delete", run: () => removeRow(program, entry) },
    moveKey(["alt+up", "["], -1, entry.index === 0, () => program.wizard({ type: "moveRow", path, by: -1 })),
    moveKey(["alt+down", "]"], 1, entry.index === rows - 1, () => program.wizard({ type: "moveRow", path, by: 1 })),
    undoKey(program),
    ...environmentKeys(program, owner),
  ];
  return {
    name: "row",
    bindings,
    ...(canPasteEnvironment(program, owner) ? { paste: (text: string) => openEnvironmentPaste(program, owner, text) } : {}),
  };
}

const undoKey = (program: Program): Binding => ({
  keys: ["u"],
  label: "undo",
  run: () => program.wizard({ type: "undo" }),
  disabled: () => (program.state().session?.wizard.past.length ? undefined : "There is nothing to undo."),
});

/** A key that moves something one place; at the end of its list it says so. */
const moveKey = (keys: readonly string[], by: -1 | 1, atEnd: boolean, run: () => void): Binding => ({
  keys,
  run,
  ...(by < 0 ? { label: "reorder", alone: "move up", sign: ["⌥↑↓", "Alt-Up/Down"] } : { label: "move down", quiet: true }),
  disabled: () => (atEnd ? `It stands ${by < 0 ? "first" : "last"} already.` : undefined),
});

function removeRow(program: Program, entry: Extract<Entry, { type: "row" }>): void {
  program.wizard({ type: "removeRow", path: entry.path });
  program.say(`The ${entry.list.item} is gone. u brings it back.`);
}

/** The keys of the line that adds a row or item. */
export function addLayer(program: Program, entry: Extract<Entry, { type: "add" }>): Layer {
  const owner = entry.path;
  const place = placeAt(program.ports.form, owner);
  const kind = place?.type === "field" && (place.field.kind === "texts" || place.field.kind === "map") ? place.field.kind : undefined;
  const add = () => program.wizard(kind ? { type: "addItem", owner, kind } : { type: "addRow", list: owner });
  const bindings: Binding[] = [
    { keys: ["return", "space", "a"], label: "add", run: add },
    undoKey(program),
    ...environmentKeys(program, owner),
  ];
  if (place?.type === "field" && place.field.kind === "map") bindings.push(...pairKeys(program, owner, place.field));
  if (kind === "texts") return { name: "field", bindings, paste: (text) => offerSplit(program, owner, text) };
  if (canPasteEnvironment(program, owner)) return { name: "field", bindings, paste: (text) => openEnvironmentPaste(program, owner, text) };
  return { name: "field", bindings };
}

/** The keys of an item of a list of texts or of a map. */
export function itemLayer(program: Program, session: Session, entry: Extract<Entry, { type: "item" }>): Layer {
  const owner = entry.path.slice(0, -1);
  const kind = entry.of.kind;
  const type = (command: TextCommand) => program.wizard({ type: "type", command });
  const text = entryText(session.wizard.profile, entry);
  const empty = text === "";
  const items = textsAt(session.wizard.profile, owner).length;
  const insert = (text: string) => type({ type: "insert", text });
  const after = () =>
    empty
      ? program.wizard({ type: "back" })
      : program.wizard({ type: "addItem", owner, kind, ...(kind === "texts" ? { at: entry.index + 1 } : {}) });
  const bindings: Binding[] = [
    { keys: ["return"], label: empty ? "done" : "add another", run: after },
    ...(empty ? [{ keys: ["backspace", "delete"], label: "delete", run: () => program.wizard({ type: "removeItem" }) }] : []),
    { keys: ["ctrl+x"], label: "delete", run: () => program.wizard({ type: "removeItem" }) },
    ...(entry.of.kind === "map" ? pairKeys(program, owner, entry.of, text) : []),
    ...(kind === "texts"
      ? [
          moveKey(["alt+up", "ctrl+up"], -1, entry.index === 0, () => program.wizard({ type: "moveItem", by: -1 })),
          moveKey(["alt+down", "ctrl+down"], 1, entry.index === items - 1, () => program.wizard({ type: "moveItem", by: 1 })),
        ]
      : []),
    ...(session.wizard.edit === undefined ? [helpKey(program)] : []),
    ...textKeys(type),
  ];
  const paste = (text: string) =>
    kind === "texts" ? offerSplit(program, owner, text, { index: entry.index, empty, insert }) : insert(text);
  return { name: "item", bindings, text: insert, paste };
}

/** The keys that open pickers for values of a map: from their pair, an empty one – which gives way to it – or the line that adds one. */
function pairKeys(program: Program, owner: Path, { picks = {} }: MapField, pair?: string): Binding[] {
  const names = Object.keys(picks).filter((name) => !pair || pair.startsWith(`${name}=`));
  return names.map((name) => ({
    keys: ["alt+down"],
    label: `choose ${name}`,
    run: () => {
      if (pair === "") program.wizard({ type: "removeItem" });
      openPicker(program, program.state().session?.wizard.profile ?? noProfile, [...owner, name], false);
    },
  }));
}

/** The keys that fill a list of names and values from a `.env` text. */
export function environmentKeys(program: Program, list: Path): Binding[] {
  if (!canPasteEnvironment(program, list)) return [];
  return [
    { keys: ["p"], label: "paste .env", run: () => openEnvironmentPaste(program, list, "") },
    {
      keys: ["e"],
      label: "$EDITOR",
      run: () => openEnvironmentEditor(program, list),
      disabled: () => (program.ports.editText ? undefined : "There is no editor: set EDITOR."),
    },
  ];
}
