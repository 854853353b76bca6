import { stampEvent } from "../engine/deployment/events.ts";
import { exitCode, type Problem, ProblemError, UserError } from "../engine/problem.ts";
import { jsonLine } from "../reporters/json-lines.ts";
import type { CommandSpec } from "./command.ts";
import type { Io } from "./io.ts";

/**
 * The end of a command with `--json` that failed before it wrote anything: an outcome line where it has lines, else one document
 * `{"error": {"message", "hint", "exitCode"}}`. Bugs have none.
 */
export function writeFailure({ jsonLines }: CommandSpec, error: unknown, io: Io): void {
  const failure = failureOf(error);
  if (!failure || io.wrote()) return;
  const { message, hint, code, problem } = failure;
  if (!jsonLines) {
    io.json({ error: { message, hint, exitCode: code } });
    return;
  }
  const reason = code === exitCode.access ? "access" : "usage";
  const outcome = { type: "outcome", status: "failed", reason, message, stackName: "", ...(problem && { problem }) } as const;
  io.data(jsonLine(stampEvent(outcome, 1, Date.now())));
}

function failureOf(error: unknown): { message: string; hint?: string | undefined; code: number; problem?: Problem } | undefined {
  if (error instanceof UserError) return { message: error.message, hint: error.hint, code: error.exitCode };
  if (!(error instanceof ProblemError)) return undefined;
  const { problem } = error;
  return { message: problem.message, hint: problem.hint, code: exitCode.access, problem };
}
