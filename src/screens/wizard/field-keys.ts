import type { Choice, Path } from "../../engine/schema.ts";
import type { TextCommand } from "../../engine/text-editing.ts";
import type { Entry } from "../../engine/wizard/entries.ts";
import { focused } from "../../engine/wizard/state.ts";
import { isBound, textOf } from "../../engine/wizard/summary.ts";
import { getAt, rowsAt } from "../../engine/wizard/tree.ts";
import { takesText } from "../../engine/wizard/typing.ts";
import type { Program } from "../app/program.ts";
import type { Session } from "../app/state.ts";
import type { Binding, Layer } from "../ui/bindings.ts";
import { textKeys } from "../ui/text-keys.ts";
import { openBinding } from "./bind.ts";
import { canPasteEnvironment, openEnvironmentPaste } from "./environment-text.ts";
import { helpKey, suggestionsFor } from "./field-choices.ts";
import { openPicker } from "./open-picker.ts";
import { addLayer, environmentKeys, itemLayer, rowLayer } from "./row-keys.ts";
import { offerSplit } from "./split.ts";

type FieldEntry = Extract<Entry, { type: "field" }>;

/** The keys of the focused entry of the form. */
export function fieldLayer(program: Program, session: Session): Layer {
  const entry = focused(program.ports.form, session.wizard);
  if (!entry) return { name: "field", bindings: [] };
  switch (entry.type) {
    case "field":
      return takesText(entry) ? textLayer(program, session, entry) : plainLayer(program, session, entry);
    case "item":
      return itemLayer(program, session, entry);
    case "group":
    case "fold":
      return { name: "field", bindings: [foldKey(program, entry.id, entry.open)] };
    case "row":
      return rowLayer(program, entry);
    case "add":
      return addLayer(program, entry);
    case "next":
      return { name: "field", bindings: [{ keys: ["return", "space"], label: "continue", run: () => program.wizard({ type: "next" }) }] };
  }
}

const onward = (program: Program): Binding => ({
  keys: ["return"],
  label: "next field",
  run: () => program.wizard({ type: "move", by: 1 }),
});

function clearKey(program: Program, entry: FieldEntry, value: unknown, keys: readonly string[]): Binding[] {
  if (value === undefined || entry.field.readOnly) return [];
  return [{ keys, label: "clear", quiet: true, run: () => program.wizard({ type: "set", path: entry.path, value: undefined }) }];
}

function bindKey(program: Program, session: Session, entry: FieldEntry): Binding[] {
  if (entry.field.readOnly || ["list", "texts", "map", "note", "picks"].includes(entry.field.kind)) return [];
  return [
    {
      keys: ["ctrl+b"],
      label: "bind to variable",
      short: "bind",
      run: () => openBinding(program, session.wizard.profile, entry.path, entry.field),
    },
  ];
}

function textLayer(program: Program, session: Session, entry: FieldEntry): Layer {
  const { field, path } = entry;
  const type = (command: TextCommand) => program.wizard({ type: "type", command });
  const suggestions = suggestionsFor(program, session, field, path);
  const empty = textOf(getAt(session.wizard.profile, path)) === "";
  const multiline = field.kind === "text" && field.multiline === true;
  // An answer that is still wanted is chosen, like one from a list of the account.
  const wanted =
    suggestions.length > 0 &&
    empty &&
    "required" in field &&
    field.required === true &&
    !("default" in field && field.default !== undefined);
  const bindings: Binding[] = [
    ...(wanted ? [] : [onward(program)]),
    ...(multiline ? [{ keys: ["alt+return"], label: "new line", run: () => type({ type: "insert", text: "\n" }) }] : []),
    ...(suggestions.length > 0
      ? [
          {
            keys: [...(wanted ? ["return"] : []), ...(field.kind === "number" || empty ? ["space"] : []), "alt+down"],
            label: wanted ? "choose" : "suggestions",
            run: () => program.open({ type: "choice", path, cursor: chosenIndex(suggestions, session, path) }),
          },
        ]
      : []),
    ...(session.wizard.edit === undefined ? [helpKey(program)] : []),
    ...bindKey(program, session, entry),
    ...clearKey(program, entry, getAt(session.wizard.profile, path), ["ctrl+x"]),
    ...textKeys(type, ["ctrl+b"]),
  ];
  const insert = (text: string) => type({ type: "insert", text });
  return { name: "field", bindings, text: insert, paste: insert };
}

function chosenIndex(options: readonly Choice[], session: Session, path: Path): number {
  return Math.max(
    0,
    options.findIndex((option) => String(option.value) === textOf(getAt(session.wizard.profile, path))),
  );
}

function plainLayer(program: Program, session: Session, entry: FieldEntry): Layer {
  const { field, path } = entry;
  const value = getAt(session.wizard.profile, path);
  const common = [...bindKey(program, session, entry), ...clearKey(program, entry, value, ["ctrl+x", "delete", "backspace"])];
  if (field.readOnly) return { name: "field", bindings: [onward(program)] };
  if (isBound(value)) {
    const edit = () => openBinding(program, session.wizard.profile, path, field);
    return { name: "field", bindings: [{ keys: ["return", "space"], label: "edit expression", run: edit }, ...common] };
  }
  switch (field.kind) {
    case "toggle": {
      const on = (getAt(program.ports.form.evaluate(session.wizard.profile).step, path) ?? field.default) === true;
      const set = (to: boolean) => program.wizard({ type: "set", path, value: to });
      const bindings: Binding[] = [
        { keys: ["space", "left", "right"], label: on ? "turn off" : "turn on", run: () => set(!on) },
        { keys: ["y"], label: "on", quiet: true, run: () => set(true) },
        { keys: ["n"], label: "off", quiet: true, run: () => set(false) },
      ];
      return { name: "field", bindings: [...bindings, onward(program), ...common] };
    }
    case "choice":
      return choiceLayer(program, session, entry, common);
    case "pick":
    case "picks": {
      const open = (filter = "") => openPicker(program, session.wizard.profile, path, field.kind === "picks", filter);
      const help = helpKey(program);
      const bindings: Binding[] = [
        { keys: ["return", "space"], label: field.kind === "picks" ? "choose some" : "choose", run: () => open() },
        help,
        ...common,
      ];
      return { name: "field", bindings, text: open, paste: (text) => open(text.trim()) };
    }
    case "list":
      return listLayer(program, session, path, field.item);
    case "texts":
    case "map": {
      const kind = field.kind;
      const open = () => {
        program.wizard({ type: "open", level: path });
        if (value === undefined) program.wizard({ type: "addItem", owner: path, kind });
      };
      /** Whoever begins to type means an item of the list. */
      const begin = (text: string) => {
        program.wizard({ type: "open", level: path });
        program.wizard({ type: "addItem", owner: path, kind });
        program.wizard({ type: "type", command: { type: "insert", text } });
      };
      const bindings: Binding[] = [
        { keys: ["return", "space", "right"], label: value === undefined ? "add" : "open", run: open },
        helpKey(program),
        ...common.filter(({ label }) => label === "clear"),
      ];
      const paste = kind === "texts" ? (text: string) => offerSplit(program, path, text) : begin;
      return { name: "field", bindings, text: begin, paste };
    }
    default:
      return { name: "field", bindings: [onward(program)] };
  }
}

function choiceLayer(program: Program, session: Session, entry: FieldEntry, common: readonly Binding[]): Layer {
  const { field, path } = entry;
  const options = suggestionsFor(program, session, field, path);
  const effective = getAt(program.ports.form.evaluate(session.wizard.profile).step, path);
  const at = options.findIndex((option) => String(option.value) === String(effective));
  const step = (by: number) => {
    const option = options[Math.max(0, Math.min(options.length - 1, at + by))];
    if (option) program.wizard({ type: "set", path, value: option.value });
  };
  const bindings: Binding[] = [
    { keys: ["return", "space"], label: "choose", run: () => program.open({ type: "choice", path, cursor: Math.max(0, at) }) },
    { keys: ["right"], label: "change", alone: "the option behind", sign: ["←→", "Left/Right"], run: () => step(1) },
    { keys: ["left"], label: "the option before", quiet: true, run: () => step(-1) },
  ];
  return { name: "field", bindings: [...bindings, ...common] };
}

function listLayer(program: Program, session: Session, path: Path, item: string): Layer {
  const empty = rowsAt(session.wizard.profile, path).length === 0;
  const add = () => {
    program.wizard({ type: "open", level: path });
    program.wizard({ type: "addRow", list: path });
  };
  const label = `add ${/^[aeiou]/i.test(item) ? "an" : "a"} ${item}`;
  const open: Binding = empty
    ? { keys: ["return", "right", "a", "space"], label, run: add }
    : { keys: ["return", "right", "space"], label: "open", run: () => program.wizard({ type: "open", level: path }) };
  return {
    name: "field",
    bindings: [open, ...(empty ? [] : [{ keys: ["a"], label, run: add }]), ...environmentKeys(program, path)],
    ...(canPasteEnvironment(program, path) ? { paste: (text: string) => openEnvironmentPaste(program, path, text) } : {}),
  };
}

function foldKey(program: Program, id: string, open: boolean): Binding {
  return { keys: ["return", "space", "right", "left"], label: open ? "fold" : "unfold", run: () => program.wizard({ type: "fold", id }) };
}
