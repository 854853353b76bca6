import type { Target } from "../../engine/discovery.ts";
import { type Problem, ProblemError } from "../../engine/problem.ts";
import { targetOf } from "../wizard/queries.ts";
import { openMfaPrompt, refreshFailed } from "./credentials.ts";
import type { Program } from "./program.ts";
import { noProfile } from "./state.ts";

/** A moment after the last key: nobody is asked for half a name. */
const afterMs = 150;
/** While AWS does not know us, somebody may be signing in elsewhere: looked at again so often. */
const againMs = 10_000;

/** Asks who we are whenever the target changes, and again while we are refused; an MFA code is asked for as soon as no key is taken away by it. */
export function followIdentity(program: Program): () => void {
  let asked: string | undefined;
  let asWhom: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const offered = new Set<string>();

  /** Once for each device and attempt: who closed the prompt opens it again by its key. */
  const offerPrompt = (problem: Problem) => {
    const occasion = `${problem.mfa} ${program.state().asking}`;
    if (problem.mfa === undefined || offered.has(occasion) || !isQuiet(program)) return;
    offered.add(occasion);
    openMfaPrompt(program, problem);
  };

  const ask = (key: string, target: Target) => {
    program.ports.discovery.identity(target).then(
      (identity) => {
        if (asked !== key) return;
        program.update((state) => ({ ...state, identity: { status: "known", identity } }));
        refreshFailed(program, ({ kind }) => kind === "credentials");
      },
      (error: unknown) => {
        if (!(error instanceof ProblemError)) return program.terminal.fail(error);
        if (asked !== key) return;
        const { problem } = error;
        if (!isSaid(program, problem)) {
          program.update((state) => ({ ...state, identity: { status: "failed", problem } }));
          offerPrompt(problem);
        }
        if (problem.kind === "credentials" && problem.mfa === undefined) timer = setTimeout(() => ask(key, target), againMs);
      },
    );
  };

  const look = () => {
    const { session, screen, asking } = program.state();
    const evaluation = program.ports.form.evaluate(session?.wizard.profile ?? noProfile);
    const target = targetOf(screen === "home" ? { ...evaluation, step: {} } : evaluation, program.about.target);
    const key = JSON.stringify([target, asking]);
    if (key === asked) return;
    asked = key;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // What was known stays for another region: nothing jumps.
      const whom = JSON.stringify([target.awsProfile, target.assumeRole, asking]);
      if (whom !== asWhom) program.update((state) => ({ ...state, identity: { status: "asking" } }));
      asWhom = whom;
      ask(key, target);
    }, afterMs);
  };

  const unsubscribe = program.store.subscribe(look);
  look();
  return () => {
    asked = undefined;
    unsubscribe();
    clearTimeout(timer);
  };
}

/** Whether the screen says so already. */
function isSaid(program: Program, problem: Problem): boolean {
  const { identity } = program.state();
  return identity.status === "failed" && identity.problem.message === problem.message && identity.problem.hint === problem.hint;
}

/** Whether no key would be taken away from what somebody is doing. */
function isQuiet(program: Program): boolean {
  const { overlays, session, screen } = program.state();
  return overlays.length === 0 && (screen !== "wizard" || session?.wizard.edit === undefined);
}
