import { profileSchema } from "../../engine/json-schema.ts";
import { exitCode } from "../../engine/problem.ts";
import type { CommandCall } from "../command.ts";

/** Prints the JSON Schema of a profile file. */
export function run({ io }: CommandCall<object>): number {
  io.json(profileSchema());
  return exitCode.done;
}
