import { exitCode, ProblemError, UserError } from "../engine/problem.ts";
import { sanitize } from "../engine/sanitize.ts";

/** Says on stderr what went wrong and what to do next; returns the exit code it means. A bug shows its stack and asks for a report. */
export function explainFailure(error: unknown, say: (text: string) => void): number {
  if (error instanceof UserError) {
    say(`ecs-wizard: ${sanitize(error.message)}`);
    if (error.hint) say(`  → ${sanitize(error.hint)}`);
    return error.exitCode;
  }
  if (error instanceof ProblemError) {
    const { problem } = error;
    say(`ecs-wizard: ${sanitize(problem.message)}`);
    if (problem.hint) say(`  → ${sanitize(problem.hint)}`);
    if (problem.command) say(`  $ ${sanitize(problem.command)}`);
    return exitCode.access;
  }
  say("ecs-wizard: this is a bug in ecs-wizard. Please report it with the lines below.");
  say(error instanceof Error ? (error.stack ?? String(error)) : String(error));
  return exitCode.bug;
}
