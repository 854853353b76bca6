import { UserError } from "../engine/problem.ts";
import type { ImageChoice } from "../engine/template/index.ts";
import { nameAndValue } from "./variables.ts";

/** Why a text can be no version of an image: nothing, or a digest cut short. */
function versionFault(version: string): string | undefined {
  if (version.trim() === "") return "there is no tag";
  return /^@?sha256:/.test(version) && !/^@?sha256:[0-9a-f]{64}$/.test(version)
    ? "a digest is sha256: and 64 hexadecimal digits"
    : undefined;
}

/** The choices of `--image CONTAINER=TAG|IMAGE`. */
export function imageChoices(texts: readonly string[] = []): ImageChoice[] {
  return texts.map((text) => {
    const [name, version] = nameAndValue("--image", text, "CONTAINER=TAG");
    const fault = versionFault(version);
    if (fault) throw new UserError(`--image ${text}: ${fault}`, { hint: `Write --image ${name}=TAG, or give a digest or a whole image.` });
    return { name, version };
  });
}
