import { editText, type TextCommand, textState } from "../../engine/text-editing.ts";
import { sayFailure } from "../app/attempt.ts";
import type { Program } from "../app/program.ts";
import type { ConfirmOverlay, Overlay, PromptOverlay, ToKeep, ViewerOverlay } from "../app/state.ts";
import type { Binding, Layer } from "../ui/bindings.ts";
import { copySequence } from "../ui/sequences.ts";
import { textKeys } from "../ui/text-keys.ts";

/** The keys of a question: its answers, esc for none of them, and those to read it where its `count` lines are more than there is room for. */
export function confirmLayer(program: Program, overlay: ConfirmOverlay, count: number): Layer {
  const answers = overlay.answers.map(({ keys, label, run }): Binding => ({ keys, label, run }));
  const back: Binding[] = answers.some(({ keys }) => keys.includes("escape"))
    ? []
    : [{ keys: ["escape"], label: "back", run: () => program.close() }];
  const reading = scrollKeys(program, count, overlay.offset ?? 0, (offset) => program.change(overlay, { offset }));
  return { name: "question", bindings: [...answers, ...(count > pageOf(program) ? reading : []), ...back], closed: true };
}

/** The rows that a page to read has. */
const pageOf = (program: Program) => Math.max(1, program.state().size.rows - 4);

function scrollKeys(program: Program, count: number, offset: number, to: (offset: number) => void): Binding[] {
  const page = pageOf(program);
  const last = Math.max(0, count - page);
  const go = (target: number) => to(Math.max(0, Math.min(last, target)));
  return [
    { keys: ["down", "j"], label: "scroll", alone: "down", sign: ["↑↓", "Up/Down"], run: () => go(offset + 1) },
    { keys: ["up", "k"], label: "up", quiet: true, run: () => go(offset - 1) },
    { keys: ["pagedown", "space"], label: "a page down", quiet: true, run: () => go(offset + page - 1) },
    { keys: ["pageup"], label: "a page up", quiet: true, run: () => go(offset - page + 1) },
    { keys: ["home", "g"], label: "top", quiet: true, run: () => go(0) },
    { keys: ["end"], label: "end", quiet: true, run: () => go(last) },
  ];
}

/** The keys of a question with a text. */
export function promptLayer(program: Program, overlay: PromptOverlay): Layer {
  const edit = (command: TextCommand) => {
    const { error: _, ...calm } = overlay;
    program.update((state) => ({
      ...state,
      overlays: state.overlays.map((one) =>
        one === overlay ? { ...calm, text: editText(overlay.text, command, overlay.multiline) } : one,
      ),
    }));
  };
  const submit = () => {
    program.close();
    const error = overlay.submit(overlay.text.text);
    if (error !== undefined) program.open({ ...overlay, error });
  };
  const insert = (text: string) => edit({ type: "insert", text });
  const complete = () => {
    const all = overlay.suggestions ?? [];
    const next = all[(all.indexOf(overlay.text.text) + 1) % all.length];
    if (next !== undefined) program.change(overlay, { text: textState(next) });
  };
  const bindings: Binding[] = [
    ...(overlay.multiline
      ? [
          { keys: ["ctrl+d", "ctrl+s"], label: "take over", run: submit },
          { keys: ["return"], label: "new line", run: () => insert("\n") },
          { keys: ["up"], label: "line above", quiet: true, run: () => edit({ type: "lineUp" }) },
          { keys: ["down"], label: "line below", quiet: true, run: () => edit({ type: "lineDown" }) },
        ]
      : [{ keys: ["return"], label: "ok", run: submit }]),
    { keys: ["escape"], label: "cancel", run: () => program.close() },
    ...(overlay.suggestions?.length ? [{ keys: ["tab"], label: "next name", run: complete }] : []),
    ...textKeys(edit, overlay.multiline ? ["ctrl+d"] : []),
  ];
  return { name: "question", bindings, text: insert, paste: insert, closed: true };
}

/** The keys of something to read. */
export function viewerLayer(program: Program, overlay: ViewerOverlay | Extract<Overlay, { type: "help" }>, count: number): Layer {
  const copy = overlay.type === "viewer" ? overlay.copy : undefined;
  const answers = (overlay.type === "viewer" && overlay.answers) || [];
  const bindings: Binding[] = [
    ...answers,
    ...scrollKeys(program, count, overlay.offset, (offset) => program.change(overlay as ViewerOverlay, { offset })),
    ...(copy ? [copyKey(program, copy.text), writeKey(program, copy)] : []),
    ...(answers.length > 0 ? [] : [{ keys: ["escape", "return", "q"], label: "back", run: () => program.close() }]),
  ];
  return { name: overlay.type, bindings, closed: true };
}

function copyKey(program: Program, text: string): Binding {
  const run = () => {
    program.terminal.write(copySequence(text));
    program.say("Copied, if the terminal allows it (OSC 52).", "good");
  };
  return { keys: ["y"], label: "copy", run };
}

function writeKey(program: Program, { text, file, json }: ToKeep): Binding {
  const submit = (path: string) => {
    if (path.trim() === "") return "Write the name of a file, or press esc.";
    program.ports.writeFile(path.trim(), json !== undefined && /\.json$/i.test(path.trim()) ? json : text).then(
      (full) => program.say(`Written to ${full}`, "good"),
      (error: unknown) => sayFailure(program, error),
    );
    return undefined;
  };
  return {
    keys: ["w"],
    label: "write to a file",
    run: () =>
      program.open({
        type: "prompt",
        title: "Write to a file",
        help: `Relative to the folder the program was started in.${json === undefined ? "" : " A name that ends in .json gets it as JSON."}`,
        text: textState(file),
        submit,
      }),
  };
}
