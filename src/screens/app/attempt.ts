import { ProblemError, UserError } from "../../engine/problem.ts";
import type { Program } from "./program.ts";

/** Says what the operator can do about a failed call; anything else is a bug and ends the program. */
export function sayFailure(program: Program, error: unknown): void {
  if (error instanceof ProblemError) program.say(`${error.problem.message} ${error.problem.hint}`, "bad");
  else if (error instanceof UserError) program.say([sentence(error.message), error.hint].filter(Boolean).join(" "), "bad");
  else program.terminal.fail(error);
}

/** Does something that may fail for reasons of the operator's world, and says so. */
export function attempt(program: Program, work: () => void): void {
  try {
    work();
  } catch (error) {
    sayFailure(program, error);
  }
}

/** What stands behind `ecs-wizard: ` on the command line as a sentence of its own. */
const sentence = (message: string) => `${message.slice(0, 1).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? "" : "."}`;
