import { UserError } from "../engine/problem.ts";
import { imageOfVariable, imagesToChoose, withImageAt } from "../engine/template/index.ts";
import { ask } from "./confirm.ts";
import type { ReadyProfile } from "./deployment/deployer.ts";
import { chosenImages } from "./images.ts";
import type { Io } from "./io.ts";
import type { ProfileOptions } from "./options.ts";
import { sourceProfile } from "./profile-source.ts";
import { mustBeValid, readStep } from "./step.ts";
import { secretTexts, sensitiveNames, variableEntries, variablesOf } from "./variables.ts";

/**
 * Reads a profile to be deployed: images chosen, every variable with a value, everything valid. Asks for what is missing at a
 * terminal; elsewhere throws a UserError that names the flag.
 */
export async function readyProfile(
  argument: string,
  options: ProfileOptions,
  io: Io,
): Promise<ReadyProfile & Required<Pick<ReadyProfile, "given">>> {
  const source = sourceProfile(argument, options);
  if (!source.profile) mustBeValid({ issues: source.issues }, source.name, io);
  const given = chosenImages(source.profile ?? {}, options);
  const answered = { ...options, var: [...(await missingVariables(given, options, io)), ...(options.var ?? [])] };
  const read = () => readStep({ profile, issues: source.issues }, answered, { forDeployment: true });
  let profile = given;
  const toChoose = imagesToChoose(mustBeValid(read(), source.name, io).effective.step);
  for (const { container, index, image } of toChoose) {
    const tag =
      imageOfVariable(image, variablesOf(given, answered)) ??
      (await ask(
        io,
        `Version of ${container} (${image}), a tag: `,
        `the image of ${container} has no version: give it with --image ${container}=TAG`,
      ));
    if (tag === "") throw new UserError(`the image of ${container} has no version`, { hint: `Give it with --image ${container}=TAG.` });
    profile = withImageAt(profile, index, tag);
  }
  const { effective } = mustBeValid(read(), source.name, { ...io, say: () => {} });
  const entries = variableEntries(profile, answered);
  return {
    name: source.name,
    profile,
    step: effective.step,
    variables: variablesOf(profile, answered),
    given: Object.fromEntries(entries),
    sensitive: secretTexts(profile, entries),
  };
}

/** At a terminal, asks for the variables without a value: `NAME=VALUE` each. */
async function missingVariables(
  profile: Parameters<typeof sensitiveNames>[0] & object,
  options: ProfileOptions,
  io: Io,
): Promise<string[]> {
  if (!io.interactive) return [];
  const { effective } = readStep({ profile: profile as never, issues: [] }, options, { forDeployment: true });
  const sensitive = new Set(sensitiveNames(profile).map((name) => name.toLowerCase()));
  const answers: string[] = [];
  for (const { variable: name } of effective?.missing ?? [])
    answers.push(`${name}=${await ask(io, `Value of ${name}: `, "", { masked: sensitive.has(name.toLowerCase()) })}`);
  return answers;
}
