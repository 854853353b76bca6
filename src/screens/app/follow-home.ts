import type { Target } from "../../engine/discovery.ts";
import { ProblemError, UserError } from "../../engine/problem.ts";
import type { JsonObject } from "../../engine/schema.ts";
import { targetOf } from "../wizard/queries.ts";
import type { AtWork } from "./at-work.ts";
import type { Program } from "./program.ts";
import { noProfile } from "./state.ts";

/** Ages and records move on so often while they are looked at. */
const tickMs = 2_000;
/** The screen comes first. */
const afterMs = 100;
/** AWS is asked so often what runs. */
const askMs = 15_000;
/** More accounts and regions than this are not asked for a look at the home screen. */
const mostTargets = 6;

/** While the home screen or the history is shown, keeps them current: ages, records, and the deployments that run elsewhere. */
export function followHome(program: Program): () => void {
  const stop = new AbortController();
  let timer: ReturnType<typeof setInterval> | undefined;
  let first: ReturnType<typeof setTimeout> | undefined;
  let asked = Number.NEGATIVE_INFINITY;
  const tick = () => {
    program.update((state) => ({ ...state, now: program.ports.now() }));
    const now = performance.now();
    if (now - asked < askMs) return;
    asked = now;
    for (const target of targetsOf(program)) look(program, target, stop.signal);
  };
  const sync = () => {
    const { screen } = program.state();
    const shown = screen === "home" || screen === "history";
    if (shown && timer === undefined) {
      timer = setInterval(tick, tickMs);
      asked = Number.NEGATIVE_INFINITY;
      first = setTimeout(tick, afterMs);
    } else if (!shown && timer !== undefined) {
      clearInterval(timer);
      clearTimeout(first);
      timer = undefined;
    }
  };
  const unsubscribe = program.store.subscribe(sync);
  sync();
  return () => {
    unsubscribe();
    clearInterval(timer);
    clearTimeout(first);
    stop.abort(new Error("The program is left"));
  };
}

function look(program: Program, target: Target, signal: AbortSignal): void {
  const { atWork } = program.ports.deployments;
  if (!atWork) return;
  const key = JSON.stringify(target);
  const known = (answer: AtWork) => program.update((state) => ({ ...state, atWork: new Map(state.atWork).set(key, answer) }));
  atWork(target, signal).then(
    (stacks) => known({ target, stacks }),
    (error: unknown) => {
      if (signal.aborted || error instanceof UserError) return;
      if (error instanceof ProblemError) known({ target, problem: error.problem });
      else program.terminal.fail(error);
    },
  );
}

/** Where deployments may run: where the command line leads, and where the saved profiles do. */
function targetsOf({ ports, about }: Program): readonly Target[] {
  const plain = ports.form.evaluate(noProfile);
  // Working out a whole profile takes its time; most targets hold no expression.
  const reach = (profile: JsonObject) => {
    const bound = JSON.stringify(profile["target"] ?? null).includes("#{");
    return targetOf(bound ? ports.form.evaluate(profile) : { ...plain, step: profile }, about.target);
  };
  const all = [reach(noProfile), ...ports.profiles.list().flatMap(({ profile }) => (profile ? [reach(profile)] : []))];
  const distinct = new Map(all.filter(({ region }) => region !== undefined).map((target) => [JSON.stringify(target), target]));
  return [...distinct.values()].slice(0, mostTargets);
}
