import { outcomeExitCode } from "../../engine/deployment/outcome.ts";
import { goesOn } from "../../engine/deployment/undertaking.ts";
import { exitCode } from "../../engine/problem.ts";
import { askCancel } from "../deployment/cancel.ts";
import { comeBack } from "../deployment/come-back.ts";
import { profileName } from "../profiles/save.ts";
import type { ExitInfo, Program } from "./program.ts";
import type { AppState } from "./state.ts";

const notTaken = "This text is not taken over yet: ^d takes it over; ^c once more leaves without it.";

/** A text of several lines, pasted or written, would be lost: the first Ctrl+C says so. */
function holdsText(program: Program): boolean {
  const overlay = program.state().overlays.at(-1);
  if (overlay?.type !== "prompt" || !overlay.multiline || overlay.text.text.trim() === "" || overlay.error === notTaken) return false;
  program.change(overlay, { error: notTaken });
  return true;
}

/** Ctrl+C: leaves at once where nothing goes on without us; asks which is meant during a deployment, and once more leaves. */
export function leave(program: Program): void {
  if (holdsText(program)) return;
  const state = program.state();
  const view = state.deployment;
  if (!view || view.progress.outcome) {
    leaveTo(program);
    return;
  }
  const top = state.overlays.at(-1);
  if (top?.type === "confirm" && top.leaving) {
    view.watched.stopWatching();
    program.terminal.exit({ ...farewell(state), exitCode: exitCode.interrupted });
    return;
  }
  const going = goesOn(view.progress);
  program.open({
    type: "confirm",
    leaving: true,
    title: going ? "The deployment is under way" : "Nothing has begun yet",
    lines: going
      ? ["It goes on in AWS when you leave, and can be watched again at any time.", "", `  ecs-wizard watch ${view.watched.profile}`]
      : ["Nothing was changed in AWS, and nothing will be when you leave."],
    answers: [
      {
        keys: ["s", "return"],
        label: going ? "leave; it goes on" : "leave",
        run: () => {
          view.watched.stopWatching();
          leaveTo(program);
        },
      },
      ...(going
        ? [
            {
              keys: ["c"],
              label: "cancel it",
              run: () => {
                program.close();
                askCancel(program, program.state().deployment ?? view);
              },
            },
          ]
        : []),
      { keys: ["escape"], label: "back", run: () => program.close() },
    ],
  });
}

/** Leaves the program and says on the normal screen how it stands. */
export function leaveTo(program: Program): void {
  program.terminal.exit(farewell(program.state()));
}

/** The words for the normal screen, and the exit code. */
export function farewell(state: AppState): ExitInfo {
  const kept = keptWords(state);
  const view = state.deployment;
  if (view && !view.watched.past) {
    const { outcome } = view.progress;
    if (!outcome) return { exitCode: exitCode.done, outcome: [comeBack(view), ...kept] };
    const outputs = Object.entries(outcome.outputs ?? {}).map(([name, value]) => `  ${name} = ${value}`);
    const more = outcome.status === "failed" ? [`Explained: ecs-wizard errors ${view.watched.profile}`] : [];
    const causes = view.findings.filter(({ consequence }) => !consequence).map(({ title }) => `  ${title}`);
    return { exitCode: outcomeExitCode(outcome), outcome: [outcome.message, ...causes, ...outputs, ...more, ...kept] };
  }
  return { exitCode: exitCode.done, outcome: kept };
}

/** Where what was typed is found again; nothing when nothing was. */
function keptWords({ session }: AppState): string[] {
  if (!session || session.wizard.past.length === 0) return [];
  if (session.saved?.profile === session.wizard.profile) return [`Saved as ${session.saved.name}.`];
  return [`The draft of ${profileName(session.wizard.profile) || "the new deployment"} is kept; ecs-wizard offers it at the next start.`];
}
