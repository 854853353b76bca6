import { textState } from "../../engine/text-editing.ts";
import { reviewLevel } from "../../engine/wizard/entries.ts";
import { sectionIndex } from "../../engine/wizard/position.ts";
import { credentialKeys, identityProblem } from "../app/credentials.ts";
import type { Program } from "../app/program.ts";
import type { Session } from "../app/state.ts";
import { saveProfile } from "../profiles/save.ts";
import { nextProblem } from "../review/problems.ts";
import type { Binding, Layer } from "../ui/bindings.ts";

/** The keys of the form, whichever field has the focus. */
export function formLayer(program: Program, session: Session): Layer {
  const { wizard } = session;
  const move = (by: number) => () => program.wizard({ type: "move", by });
  const inRows = wizard.level.length > 1;
  const at = sectionIndex(program.ports.form, wizard);
  const bindings: Binding[] = [
    ...credentialKeys(program, identityProblem(program.state())),
    { keys: ["up", "shift+tab"], label: "field above", quiet: true, run: move(-1) },
    { keys: ["pageup"], label: "ten fields up", quiet: true, run: move(-10) },
    { keys: ["pagedown"], label: "ten fields down", quiet: true, run: move(10) },
    { keys: ["home"], label: "first field", quiet: true, run: move(Number.NEGATIVE_INFINITY) },
    { keys: ["end"], label: "last field", quiet: true, run: move(Number.POSITIVE_INFINITY) },
    inRows || at > 0
      ? { keys: ["escape"], label: inRows ? "back" : "section before", short: "back", run: () => program.wizard({ type: "back" }) }
      : { keys: ["escape"], label: "home", run: () => goHome(program) },
    ...commonKeys(program, session),
    homeKey(program, !inRows && at === 0),
    { keys: ["ctrl+n"], label: "next section", run: () => program.wizard({ type: "next" }) },
    { keys: ["ctrl+r"], label: "review & deploy", short: "review", run: () => program.wizard({ type: "open", level: reviewLevel }) },
    { keys: ["down", "tab"], label: "move", alone: "field below", sign: ["↑↓", "Up/Down"], run: move(1) },
  ];
  return { name: "form", bindings };
}

/** The keys shared by form and review. */
export function commonKeys(program: Program, session: Session): Binding[] {
  const at = sectionIndex(program.ports.form, session.wizard);
  return [
    { keys: ["ctrl+g"], label: "sections", run: () => program.open({ type: "sections", cursor: at }) },
    { keys: ["/", "ctrl+p"], label: "search", run: () => program.open({ type: "search", filter: textState(""), cursor: 0 }) },
    { keys: ["?", "ctrl+o"], label: "help", run: () => program.open({ type: "help", offset: 0 }) },
    {
      keys: ["ctrl+z"],
      label: "undo",
      quiet: true,
      run: () => program.wizard({ type: "undo" }),
      disabled: () => (session.wizard.past.length > 0 ? undefined : "There is nothing to undo."),
    },
    {
      keys: ["ctrl+y"],
      label: "redo",
      quiet: true,
      run: () => program.wizard({ type: "redo" }),
      disabled: () => (session.wizard.future.length > 0 ? undefined : "There is nothing to redo."),
    },
    { keys: ["ctrl+s"], label: "save", quiet: true, run: () => saveProfile(program) },
    { keys: ["ctrl+t"], label: "next problem", quiet: true, run: () => nextProblem(program) },
  ];
}

/** The key that goes home from any depth; `quiet` where Esc does so already. */
export function homeKey(program: Program, quiet = false): Binding {
  return { keys: ["ctrl+q"], label: "home", alone: "home, whatever the depth; the draft is kept", quiet, run: () => goHome(program) };
}

/** Shows the home screen; the form stays as it is behind it. */
function goHome(program: Program): void {
  program.update((state) => ({ ...state, screen: "home", overlays: [], homeCursor: 0, reading: state.reading + 1 }));
}
