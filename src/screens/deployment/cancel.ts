import { type CallingOff, callingOff } from "../../engine/deployment/undertaking.ts";
import type { Program } from "../app/program.ts";
import type { ConfirmOverlay } from "../app/state.ts";
import type { Binding } from "../ui/bindings.ts";
import type { DeploymentView } from "./state.ts";

const labels = { create: "cancel the creation", update: "cancel the update", start: "cancel" } as const;

/** The key that calls the deployment off, once it was asked how. */
export function cancelKey(program: Program, view: DeploymentView): Binding {
  const can = callingOff(view.progress);
  return {
    keys: ["c"],
    label: "kind" in can ? labels[can.kind] : "cancel",
    short: "cancel",
    run: () => askCancel(program, view),
    disabled: () => ("why" in can ? can.why : undefined),
  };
}

/** Asks whether and how to call the deployment off; where it can't be, says why. */
export function askCancel(program: Program, view: DeploymentView): void {
  const can = callingOff(view.progress);
  if ("why" in can) {
    program.say(can.why, "warn");
    return;
  }
  const cancel = (keep: boolean) => () => {
    program.close();
    view.watched.cancel({ keep });
    program.say(can.kind === "start" ? "Nothing will be started." : "Asked AWS to cancel\u2026", "warn");
  };
  const back = { keys: ["escape", "n"], label: "back", run: () => program.close() };
  const { answers, ...words } = wording(can.kind, cancel);
  program.open({ type: "confirm", ...words, answers: [...answers, back] });
}

function wording(
  kind: Extract<CallingOff, { kind: string }>["kind"],
  cancel: (keep: boolean) => () => void,
): Pick<ConfirmOverlay, "title" | "lines" | "answers"> {
  const yes = (label: string) => ({ keys: ["y"], label, run: cancel(false) });
  switch (kind) {
    case "create":
      return {
        title: "Cancel the creation?",
        lines: ["The stack that is being created is deleted with everything in it, or kept as it is for inspection."],
        answers: [yes("cancel and delete"), { keys: ["k"], label: "cancel and keep", run: cancel(true) }],
      };
    case "update":
      return {
        title: "Cancel the update?",
        lines: ["CloudFormation rolls the stack back to what it was before. Tasks of the old version go on running meanwhile."],
        answers: [yes("cancel the update")],
      };
    case "start":
      return {
        title: "Cancel before anything begins?",
        lines: ["Nothing was changed yet, and nothing will be. What somebody else is doing to the stack goes on."],
        answers: [yes("cancel")],
      };
  }
}
