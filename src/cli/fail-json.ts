/** The end of a `--json` that fails: whatever happens, the reader gets a whole document, or a last line. */
import { CommanderError } from "commander";
import { type RecordedEvent, stampEvent } from "../engine/deployment/events.ts";
import type { OutcomeReason } from "../engine/deployment/outcome.ts";
import { exitCode, type Problem, ProblemError, UserError } from "../engine/problem.ts";
import { jsonLine } from "../reporters/json-lines.ts";
import type { CommandSpec } from "./command.ts";
import type { Io } from "./io.ts";

/** A command that was asked for JSON, and where it writes. */
export interface JsonDebtor {
  readonly spec: Pick<CommandSpec, "jsonLines">;
  readonly io: Pick<Io, "data" | "json" | "last">;
}

/**
 * Ends a command with `--json` that failed: with an outcome line where it has lines, else with one document
 * `{"error": {"message", "hint", "exitCode"}}`, unless it had its end before.
 */
export function writeFailure({ spec, io }: JsonDebtor, error: unknown): void {
  const { message, hint, code, problem } = failureOf(error);
  const last = io.last();
  if (!spec.jsonLines) {
    if (last === undefined) io.json({ error: { message, hint, exitCode: code } });
    return;
  }
  const before = last === undefined ? undefined : (JSON.parse(last) as RecordedEvent);
  if (before?.type === "outcome") return;
  const outcome = {
    type: "outcome",
    status: "failed",
    reason: reasons[code] ?? "usage",
    message,
    stackName: "",
    ...(problem && { problem }),
  } as const;
  io.data(jsonLine(stampEvent(outcome, (before?.seq ?? 0) + 1, Date.now())));
}

const reasons: Readonly<Record<number, OutcomeReason>> = { [exitCode.access]: "access", [exitCode.bug]: "bug" };

interface Failure {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly code: number;
  readonly problem?: Problem;
}

function failureOf(error: unknown): Failure {
  if (error instanceof UserError) return { message: error.message, hint: error.hint, code: error.exitCode };
  if (error instanceof CommanderError) return refusalOf(error);
  if (error instanceof ProblemError) {
    const { problem } = error;
    return { message: problem.message, hint: problem.hint, code: exitCode.access, problem };
  }
  const said = error instanceof Error ? error.message : String(error);
  return { message: `this is a bug in ecs-wizard: ${said}`, hint: "Please report it with what stands on stderr.", code: exitCode.bug };
}

/** What the parser of the command line says: in the first line what is wrong, in the second what may be meant. */
function refusalOf({ code, message }: CommanderError): Failure {
  if (code === "commander.help") return { message: "the command has subcommands, and none was named", hint, code: exitCode.usage };
  const [wrong = "", meant] = message.replace(/^error: /, "").split("\n");
  return { message: wrong, hint: [meant?.replace(/^\((.*)\)$/, "$1"), hint].filter(Boolean).join(" "), code: exitCode.usage };
}

const hint = "ecs-wizard --help lists the commands, and ecs-wizard COMMAND --help the options of each.";

/** The command that a command line means, also one that cannot be read to its end; the default one when it names none. */
export function meantCommand(words: readonly string[], commands: readonly CommandSpec[]): CommandSpec | undefined {
  const byName = new Map(commands.map((spec) => [spec.name, spec]));
  const at = words.findIndex((word) => byName.has(word));
  const found = byName.get(words[at] ?? "") ?? commands.find(({ isDefault }) => isDefault);
  return found?.commands ? (meantCommand(words.slice(at + 1), found.commands) ?? found) : found;
}
