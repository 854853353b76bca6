import { exitCode } from "../../engine/problem.ts";
import { buildTemplate, imagesToChoose, printTemplate, withVariableImages } from "../../engine/template/index.ts";
import { effective } from "../../engine/values.ts";
import type { CommandCall } from "../command.ts";
import { formatOf, writeText } from "../files.ts";
import { chosenImages } from "../images.ts";
import { sayIssues } from "../issues.ts";
import type { ProfileOptions } from "../options.ts";
import { sourceProfile } from "../profile-source.ts";
import { mustBeValid, readStep } from "../step.ts";
import { printableVariables } from "../variables.ts";

interface ExportOptions extends ProfileOptions {
  readonly format?: string;
  readonly out?: string;
  readonly resolve?: boolean;
  readonly allowInvalid?: boolean;
}

/** What is left of expressions after substitution; only an image whose version is chosen at deployment keeps one for another reason. */
const sensitiveExpression = /#\{(?!Octopus\.Action\.Package\[)[^{}\n]*\}/g;

/** Prints the CloudFormation template of a profile: expressions stay unless `--resolve`. */
export function run({ args, options, io }: CommandCall<ExportOptions>): number {
  const source = sourceProfile(String(args[0]), options);
  const chosen = source.profile ? { ...source, profile: chosenImages(source.profile, options) } : source;
  const read = readStep(chosen, options, { forDeployment: options.resolve === true, toPrint: options.resolve === true });
  if (options.allowInvalid) sayIssues(io, read.issues);
  const usable =
    options.allowInvalid && read.profile && read.effective
      ? { profile: read.profile, effective: read.effective }
      : mustBeValid(read, source.name, io);
  const step = options.resolve
    ? withVariableImages(usable.effective.step, printableVariables(usable.profile, options))
    : effective(usable.profile).step;
  if (options.resolve) {
    for (const { container } of imagesToChoose(step))
      io.say(`the version of ${container} is chosen at deployment; --image ${container}=TAG fills it in`);
  }
  const text = printTemplate(buildTemplate(step), formatOf(options));
  for (const kept of options.resolve ? new Set(text.match(sensitiveExpression)) : [])
    io.say(`${kept} stays in the template: what it gives is sensitive, and never written`);
  writeText(text, options.out, io);
  return exitCode.done;
}
