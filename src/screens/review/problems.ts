import type { Issue } from "../../engine/schema.ts";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { misfits } from "../wizard/misfits.ts";
import { foundByChecks } from "./checks.ts";

/** The issues of the whole step, errors first. */
export function problemsOf(program: Program, state: AppState): readonly Issue[] {
  if (!state.session) return [];
  const { issues } = program.ports.form.evaluate(state.session.wizard.profile);
  const checked = foundByChecks(state);
  // What a check found there says the same, and more.
  const gone = misfits(program, state).filter(({ path }) => !checked.some((found) => path.every((step, at) => found.path[at] === step)));
  return [...issues, ...gone].toSorted((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}

/** Every place that a key jumps to: the problems, then what the checks predict. */
export const placesOf = (program: Program, state: AppState): readonly Issue[] => [...problemsOf(program, state), ...foundByChecks(state)];

/** Jumps to the first problem, and from there to the next, in turn. */
export function nextProblem(program: Program): void {
  const state = program.state();
  const problems = placesOf(program, state);
  if (problems.length === 0) {
    program.say("There are no problems.", "good");
    return;
  }
  const at = (state.reviewCursor + 1) % problems.length;
  const problem = problems[at] as Issue;
  program.wizard({ type: "reveal" });
  program.wizard({ type: "jump", path: problem.path });
  program.update((present) => ({ ...present, reviewCursor: at }));
  program.say(`Problem ${at + 1} of ${problems.length}: ${problem.message}`, problem.severity === "error" ? "bad" : "warn");
}
