import type { ImageChoice } from "../engine/template/index.ts";
import { nameAndValue } from "./variables.ts";

/** The choices of `--image CONTAINER=TAG|IMAGE`. */
export function imageChoices(texts: readonly string[] = []): ImageChoice[] {
  return texts.map((text) => {
    const [name, version] = nameAndValue("--image", text);
    return { name, version };
  });
}
