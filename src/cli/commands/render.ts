import { exitCode } from "../../engine/problem.ts";
import type { CommandCall } from "../command.ts";
import type { ProfileOptions } from "../options.ts";
import { variablesOf } from "../variables.ts";

/** Evaluates a text; exit code 2 when it does not parse or a variable has no value. */
export function run({ args, options, io }: CommandCall<ProfileOptions>): number {
  const result = variablesOf({}, options).evaluate(args[0] as string);
  if (options.json) {
    io.json({ text: result.text, missing: result.missing, ...(result.error ? { error: result.error } : {}) });
  } else {
    io.data(result.text ?? "");
    for (const missing of result.missing) io.say(`ecs-wizard: ${missing} has no value`);
    if (result.error) io.say(`ecs-wizard: ${result.error.message}`);
  }
  return result.error || result.missing.length > 0 ? exitCode.usage : exitCode.done;
}
