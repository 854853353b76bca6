import { editText, type TextCommand, textState } from "../../engine/text-editing.ts";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { openDeployment } from "../deployment/watch.ts";
import { endWords } from "../home/past-words.ts";
import { moveKeys } from "../overlays/move-keys.ts";
import type { PastDeployment } from "../ports.ts";
import { deployAgain, restore, showTemplate } from "../review/go-back.ts";
import type { Binding, Layer } from "../ui/bindings.ts";
import { textKeys } from "../ui/text-keys.ts";

/** The deployments whose profile, stack, region or end hold the filter, newest first. */
export function shownDeployments(program: Program, state: AppState): readonly PastDeployment[] {
  const words = state.historyFilter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return program.ports.history.list().filter((past) => {
    const text =
      `${past.profile} ${past.stackName} ${past.region ?? ""} ${past.elsewhere ?? ""} ${endWords(past)} ${past.cause ?? past.message ?? ""} ${past.id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The keys of the list of deployments; letters filter, so its actions are control keys. */
export function historyLayer(program: Program, state: AppState): Layer {
  const shown = shownDeployments(program, state);
  const cursor = Math.max(0, Math.min(state.historyCursor, shown.length - 1));
  const past = shown[cursor];
  const edit = (command: TextCommand) =>
    program.update((present) => ({ ...present, historyFilter: editText(present.historyFilter, command), historyCursor: 0 }));
  const leave = () =>
    program.update((present) =>
      present.historyFilter.text === "" ? { ...present, screen: "home" } : { ...present, historyFilter: textState("") },
    );
  const act = (keys: string[], label: string, run: (one: PastDeployment) => void, short = label): Binding => ({
    keys,
    label,
    short,
    disabled: () => (past ? undefined : "There is no deployment here."),
    run: () => past && run(past),
  });
  return {
    name: "history",
    bindings: [
      act(["return"], past?.status === "running" ? "watch" : "look", (one) => openDeployment(program, one)),
      act(["ctrl+d"], "deploy this version", (one) => deployAgain(program, one.id), "redeploy"),
      act(["ctrl+r"], "restore into the form", (one) => restore(program, one.id), "restore"),
      act(["ctrl+t"], "template", (one) => showTemplate(program, one.id, one.profile)),
      { keys: ["escape"], label: state.historyFilter.text === "" ? "back" : "clear filter", run: leave },
      ...moveKeys(shown.length, cursor, (historyCursor) => program.update((present) => ({ ...present, historyCursor }))).filter(
        ({ keys }) => !keys.includes("home") && !keys.includes("end"),
      ),
      { keys: ["ctrl+o"], label: "help", run: () => program.open({ type: "help", offset: 0 }) },
      ...textKeys(edit, ["ctrl+d"]),
    ],
    text: (text) => edit({ type: "insert", text }),
  };
}
