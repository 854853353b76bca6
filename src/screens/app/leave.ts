import { outcomeExitCode } from "../../engine/deployment/outcome.ts";
import { exitCode } from "../../engine/problem.ts";
import { profileName } from "../profiles/save.ts";
import type { ExitInfo, Program } from "./program.ts";
import type { AppState } from "./state.ts";

/** Ctrl+C: leaves at once where nothing goes on without us; asks which is meant during a deployment. */
export function leave(program: Program): void {
  const state = program.state();
  const view = state.deployment;
  if (!view || view.progress.outcome) {
    leaveTo(program);
    return;
  }
  if (state.overlays.at(-1)?.type === "confirm") {
    leaveTo(program);
    return;
  }
  program.open({
    type: "confirm",
    title: "The deployment is under way",
    lines: ["It goes on in AWS when you leave, and can be watched again at any time.", "", `  ecs-wizard watch ${view.watched.profile}`],
    answers: [
      {
        keys: ["s", "return"],
        label: "leave; the deployment goes on",
        run: () => {
          view.watched.stopWatching();
          leaveTo(program);
        },
      },
      {
        keys: ["c"],
        label: "cancel the deployment",
        run: () => {
          program.close();
          view.watched.cancel();
          program.say("Asked AWS to cancel…", "warn");
        },
      },
      { keys: ["escape"], label: "go on watching", run: () => program.close() },
    ],
  });
}

/** Leaves the program and says on the normal screen how it stands. */
export function leaveTo(program: Program): void {
  program.terminal.exit(farewell(program.state()));
}

/** The words for the normal screen, and the exit code. */
export function farewell(state: AppState): ExitInfo {
  const view = state.deployment;
  if (view) {
    const { outcome } = view.progress;
    if (!outcome)
      return {
        exitCode: exitCode.done,
        outcome: [`${view.watched.profile} goes on deploying. Watch it with: ecs-wizard watch ${view.watched.profile}`],
      };
    const outputs = Object.entries(outcome.outputs ?? {}).map(([name, value]) => `  ${name} = ${value}`);
    const more = outcome.status === "failed" ? [`Explained: ecs-wizard errors ${view.watched.profile}`] : [];
    const causes = view.findings.filter(({ consequence }) => !consequence).map(({ title }) => `  ${title}`);
    return { exitCode: outcomeExitCode(outcome), outcome: [outcome.message, ...causes, ...outputs, ...more] };
  }
  const { session } = state;
  if (!session || session.wizard.past.length === 0) return { exitCode: exitCode.done, outcome: [] };
  if (session.saved?.profile === session.wizard.profile) return { exitCode: exitCode.done, outcome: [`Saved as ${session.saved.name}.`] };
  return {
    exitCode: exitCode.done,
    outcome: [
      `The draft of ${profileName(session.wizard.profile) || "the new deployment"} is kept; ecs-wizard offers it at the next start.`,
    ],
  };
}
