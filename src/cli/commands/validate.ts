import { exitCode } from "../../engine/problem.ts";
import type { CommandCall } from "../command.ts";
import { countIssues, issueJson, sayIssues } from "../issues.ts";
import type { ProfileOptions } from "../options.ts";
import { readableSource } from "../readable-source.ts";
import { hasErrors, readStep } from "../step.ts";

/** Checks a profile without asking AWS; exit code 2 when it has errors. */
export function run({ args, options, io }: CommandCall<ProfileOptions>): number {
  const source = readableSource(String(args[0]), options, io);
  const { issues } = readStep(source, options, { forDeployment: false });
  const valid = !hasErrors(issues);
  if (options.json) io.json({ valid, issues: issues.map(issueJson) });
  else {
    sayIssues(io, issues);
    io.data(`${source.path}: ${issues.length === 0 ? "valid" : `${valid ? "valid, " : ""}${countIssues(issues)}`}`);
  }
  return valid ? exitCode.done : exitCode.usage;
}
