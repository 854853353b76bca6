import type { Problem } from "../../engine/problem.ts";
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
  return `${message} ${hint}${command ? ` The command is: ${command}` : ""}`;
}

/** While AWS does not know us: a key that logs in where a command can, or asks again. Everything typed stays. */
export function credentialKeys(program: Program, state: AppState): Binding[] {
  const problem = identityProblem(state);
  if (!problem) return [];
  const { command } = problem;
  const { runCommand } = program.ports;
  if (!command || !runCommand) return [{ keys: ["ctrl+l"], label: "ask AWS again", run: () => askAgain(program) }];
  const login = async () => {
    await program.terminal.suspend(() => runCommand(command)).catch((error: unknown) => sayFailure(program, error));
    askAgain(program);
  };
  return [{ keys: ["ctrl+l"], label: `run ${command}`, short: "log in", run: () => void login() }];
}

function askAgain(program: Program): void {
  const before = program.state();
  program.update((state) => ({ ...state, identity: { status: "asking" }, asking: state.asking + 1 }));
  for (const query of wantedQueries(program, before))
    if (before.found.get(queryKey(query))?.status === "failed") program.ports.discovery.refresh(query);
}

/** Leaves for the simulated account, where no credentials are needed. */
export function sandboxKeys(program: Program, state: AppState): Binding[] {
  if (program.about.sandbox !== undefined || !identityProblem(state)) return [];
  const outcome = ["The sandbox is a simulated account: ecs-wizard --sandbox"];
  return [{ keys: ["b"], label: "try the sandbox", run: () => program.terminal.exit({ exitCode: 0, outcome, next: "sandbox" }) }];
}
