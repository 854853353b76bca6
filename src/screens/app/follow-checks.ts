import type { CheckResult } from "../../engine/preflight/check.ts";
import { foundIssues } from "../../engine/preflight/report.ts";
import { ProblemError, UserError } from "../../engine/problem.ts";
import { targetOf } from "../wizard/queries.ts";
import { sayFailure } from "./attempt.ts";
import type { Program } from "./program.ts";
import type { AppState, ReviewChecks } from "./state.ts";

/** By what the checks of the review are to be made: all their answers depend on; undefined where there is nothing to check, or nobody looks. */
function wanted(program: Program, state: AppState): string | undefined {
  const { session } = state;
  const onReview = state.screen === "wizard" && session?.wizard.level.length === 0;
  if (!onReview || !program.ports.deployments.check || state.identity.status !== "known") return undefined;
  const evaluation = program.ports.form.evaluate(session.wizard.profile);
  const target = targetOf(evaluation, program.about.target);
  return target.region === undefined ? undefined : JSON.stringify([evaluation.step, target, state.asking, state.checking]);
}

/** Runs the checks while the review is looked at; what they found stays while what they depend on does. Leaving the review gives up what still runs. */
export function followChecks(program: Program): () => void {
  let running: AbortController | undefined;
  let seen: readonly unknown[] = [];
  const giveUp = () => {
    if (!running) return;
    running.abort(new Error("Not wanted any more"));
    running = undefined;
    program.update(({ checks: _, ...state }) => state);
  };
  const begin = (key: string) => {
    const { session } = program.state();
    const { check } = program.ports.deployments;
    if (!session || !check) return;
    giveUp();
    const mine = new AbortController();
    running = mine;
    const tell = (checks: Omit<ReviewChecks, "key">) => {
      if (running !== mine) return;
      program.update((state) => ({ ...state, checks: { key, ...checks } }));
      program.wizard({ type: "found", issues: foundIssues(checks.results) });
      if (!checks.running) running = undefined;
    };
    const done = (report: Pick<ReviewChecks, "results" | "problem">) => tell({ running: false, ...report });
    let results: readonly CheckResult[] = [];
    tell({ running: true, results });
    check(session.wizard.profile, { images: {}, variables: {} }, mine.signal, (result) => {
      results = [...results, result];
      tell({ running: true, results });
    }).then(done, (error: unknown) => {
      if (mine.signal.aborted) return;
      if (error instanceof ProblemError) return done({ results: [], problem: error.problem });
      if (!(error instanceof UserError)) return program.terminal.fail(error);
      done({ results: [] });
      sayFailure(program, error);
    });
  };
  const look = () => {
    const state = program.state();
    const sight = [state.session?.wizard, state.screen, state.identity, state.asking, state.checking];
    if (sight.every((one, at) => one === seen[at])) return;
    seen = sight;
    const key = wanted(program, state);
    if (key === undefined) giveUp();
    else if (key !== state.checks?.key) begin(key);
  };
  const unsubscribe = program.store.subscribe(look);
  look();
  return () => {
    unsubscribe();
    running?.abort(new Error("The program is left"));
  };
}
