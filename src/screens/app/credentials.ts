import type { Problem } from "../../engine/problem.ts";
import { textState } from "../../engine/text-editing.ts";
import type { Binding } from "../ui/bindings.ts";
import { queryKey, wantedQueries } from "../wizard/queries.ts";
import { sayFailure } from "./attempt.ts";
import type { Program } from "./program.ts";
import type { AppState } from "./state.ts";

/** Why AWS does not know us, and what fixes it; undefined while it does or may. */
export function identityProblem(state: AppState): Problem | undefined {
  return state.identity.status === "failed" ? state.identity.problem : undefined;
}

/** The words for it: what is wrong, what to do, which command does it. */
export function identityWords({ message, hint, command }: Problem): string {
  const said = `${message} ${hint}`;
  return command && !said.includes(command) ? `${said} The command is: ${command}` : said;
}

/** The commands that ask the operator and mend the credentials; others only say more. */
const signsIn = /^aws (sso login|login|configure sso|configure)( --profile .*)?$/;

/**
 * While AWS does not know us: keys that take an MFA code, sign in where a command can, and ask again – `resume` does that.
 * Everything typed stays.
 */
export function credentialKeys(program: Program, problem: Problem | undefined, resume = () => askAgain(program)): Binding[] {
  if (!problem) return [];
  const { command, mfa } = problem;
  const { runCommand, canRun, giveMfaCode } = program.ports;
  if (mfa !== undefined && giveMfaCode)
    return [{ keys: ["ctrl+l"], label: "type the MFA code", short: "MFA code", run: () => openMfaPrompt(program, problem, resume) }];
  const again = (keys: readonly string[], quiet: boolean): Binding => ({
    keys,
    label: "ask AWS again",
    short: "ask again",
    quiet,
    run: resume,
  });
  if (!command || !signsIn.test(command) || !runCommand || canRun?.(command) === false) return [again(["ctrl+l"], false)];
  const signIn = () => program.terminal.suspend(() => runCommand(command)).then(resume, (error: unknown) => sayFailure(program, error));
  return [{ keys: ["ctrl+l"], label: `run ${command}`, short: "sign in", run: () => void signIn() }, again(["alt+l"], true)];
}

/** Asks for the code of an MFA device, and goes on with it. */
export function openMfaPrompt(program: Program, { mfa = "", message, hint }: Problem, resume = () => askAgain(program)): void {
  const submit = (text: string) => {
    const code = text.replaceAll(/\s/g, "");
    if (!/^\d{6}$/.test(code)) return "A code has six digits.";
    program.ports.giveMfaCode?.(mfa, code);
    resume();
    return undefined;
  };
  program.open({ type: "prompt", title: "MFA code", help: `${message} ${hint} Everything entered stays.`, text: textState(""), submit });
}

/** Asks AWS again who we are, and for the lists that failed: those for want of credentials when AWS knows us. */
export function askAgain(program: Program): void {
  program.update((state) => ({ ...state, identity: { status: "asking" }, asking: state.asking + 1 }));
  refreshFailed(program, ({ kind }) => kind !== "credentials");
}

/** Asks again for the lists of this screen that failed with such a problem. */
export function refreshFailed(program: Program, concerns: (problem: Problem) => boolean): void {
  const state = program.state();
  for (const query of wantedQueries(program, state)) {
    const answer = state.found.get(queryKey(query));
    if (answer?.status === "failed" && concerns(answer.problem)) program.ports.discovery.refresh(query);
  }
}

/** Leaves for the simulated account, where no credentials are needed: for who has none, or nothing saved yet. */
export function sandboxKeys(program: Program, state: AppState, firstRun: boolean): Binding[] {
  if (program.about.sandbox !== undefined || !(firstRun || identityProblem(state))) return [];
  const outcome = ["The sandbox is a simulated account: ecs-wizard --sandbox"];
  return [
    {
      keys: ["b"],
      label: "try the sandbox",
      short: "sandbox",
      run: () => program.terminal.exit({ exitCode: 0, outcome, next: "sandbox" }),
    },
  ];
}
