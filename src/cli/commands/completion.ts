import { exitCode, UserError } from "../../engine/problem.ts";
import type { CommandCall } from "../command.ts";
import { completionScript } from "../completion.ts";
import { globalOptions } from "../options.ts";

/** Prints the completion script of a shell. */
export function run({ args, io, commands }: CommandCall<object>): number {
  const shell = String(args[0]);
  const script = completionScript(shell, commands, globalOptions);
  if (script === undefined) {
    throw new UserError(`there is no completion for ${shell}`, {
      hint: "Choose bash, zsh or fish, e.g. source <(ecs-wizard completion bash)",
    });
  }
  io.data(script);
  return exitCode.done;
}
