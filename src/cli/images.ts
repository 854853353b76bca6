import { UserError } from "../engine/problem.ts";
import type { JsonObject } from "../engine/schema.ts";
import { type ImageChoice, withImages } from "../engine/template/index.ts";
import { effective } from "../engine/values.ts";
import type { ProfileOptions } from "./options.ts";
import { nameAndValue, variablesOf } from "./variables.ts";

/** Why a text can be no version of an image: nothing, or a digest cut short. */
function versionFault(version: string): string | undefined {
  if (version.trim() === "") return "there is no tag";
  return /^@?sha256:/.test(version) && !/^@?sha256:[0-9a-f]{64}$/.test(version)
    ? "a digest is sha256: and 64 hexadecimal digits"
    : undefined;
}

/** The profile with the images of `--image`; containers go by the names they have, also where variables give them. */
export function chosenImages(profile: JsonObject, options: ProfileOptions): JsonObject {
  const choices = imageChoices(options.image);
  if (choices.length === 0) return profile;
  const { step } = effective(profile, { variables: variablesOf(profile, options) });
  return withImages(
    profile,
    choices,
    step.containers.map(({ name }) => name),
  );
}

/** The choices of `--image CONTAINER=TAG|IMAGE`. */
function imageChoices(texts: readonly string[] = []): ImageChoice[] {
  return texts.map((text) => {
    const [name, version] = nameAndValue("--image", text, "CONTAINER=TAG");
    const fault = versionFault(version);
    if (fault) throw new UserError(`--image ${text}: ${fault}`, { hint: `Write --image ${name}=TAG, or give a digest or a whole image.` });
    return { name, version };
  });
}
