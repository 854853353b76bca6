/** Images whose version is chosen at each deployment. */

import { UserError } from "../problem.ts";
import { isExpression, listed } from "../rules/text.ts";
import type { Json, JsonObject } from "../schema.ts";
import type { Step } from "../sections/index.ts";
import { type Evaluator, isObject } from "../values/reading.ts";

/** A container whose image has neither tag nor digest. */
export interface ImageToChoose {
  /** The container's name, as `--image` takes it. */
  readonly container: string;
  /** Its place in the list of containers. */
  readonly index: number;
  /** The repository, e.g. `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web`. */
  readonly image: string;
}

/** Whether an image names a version: a tag or a digest. */
export function hasVersion(image: string): boolean {
  return /[:@]/.test(image.slice(image.lastIndexOf("/") + 1));
}

/** The containers whose image version is still to be chosen. Images that hold expressions are left to their variables. */
export function imagesToChoose({ containers }: Pick<Step, "containers">): readonly ImageToChoose[] {
  return containers.flatMap(({ name, image }, index) =>
    image === "" || isExpression(image) || hasVersion(image) ? [] : [{ container: name, index, image }],
  );
}

/** The variable that a deployment by Octopus fills with an image and its version. */
const imageVariable = (image: string): string => `#{Octopus.Action.Package[${image}].Image}`;

/** The image as the template says it: one without version stands as the variable that a deployment fills. */
export function imageInTemplate(image: string): string {
  return image === "" || isExpression(image) || hasVersion(image) ? image : imageVariable(image);
}

/** The image with version that variables give for one without; undefined when they give none. */
export function imageOfVariable(image: string, variables: Evaluator): string | undefined {
  const { text, missing, error } = variables.evaluate(imageVariable(image));
  return error || missing.length > 0 || !text ? undefined : text;
}

/** The step with the images that variables give for those without version. */
export function withVariableImages(step: Step, variables: Evaluator): Step {
  const found = new Map(imagesToChoose(step).map(({ index, image }) => [index, imageOfVariable(image, variables)]));
  return { ...step, containers: step.containers.map((container, at) => ({ ...container, image: found.get(at) ?? container.image })) };
}

/** A choice of `--image NAME=TAG|IMAGE`. */
export interface ImageChoice {
  /** The container's name, or its repository, in full or its last part. */
  readonly name: string;
  /** A tag, a digest `sha256:…`, or a whole image reference. */
  readonly version: string;
}

/** The profile with the chosen images; `names` are the containers' names where the profile binds them. Throws a UserError for a name that fits no container. */
export function withImages(profile: JsonObject, choices: readonly ImageChoice[], names: readonly string[] = []): JsonObject {
  return choices.reduce((chosen, choice) => withImage(chosen, choice, names), profile);
}

function withImage(profile: JsonObject, { name, version }: ImageChoice, names: readonly string[]): JsonObject {
  const rows = Array.isArray(profile["containers"]) ? profile["containers"] : [];
  const places = (fits: (row: JsonObject, at: number) => boolean) =>
    rows.flatMap((row, at) => (isObject(row) && fits(row, at) ? [at] : []));
  const byName = places((row, at) => row["name"] === name || names[at] === name);
  const chosen = byName.length > 0 ? byName : places((row) => isRepository(row["image"] ?? null, name));
  if (chosen.length === 0) {
    const known = rows.flatMap((row, at) => names[at] ?? (isObject(row) && typeof row["name"] === "string" ? [row["name"]] : []));
    throw new UserError(`there is no container ${name}`, {
      hint: known.length > 0 ? `--image takes the name of a container: ${listed(known, "or")}.` : "The profile has no containers.",
    });
  }
  return chosen.reduce((changed, at) => withImageAt(changed, at, version), profile);
}

/** The profile with another version of the image of the container at a place: a tag, a digest, or a whole image. */
export function withImageAt(profile: JsonObject, index: number, version: string): JsonObject {
  const rows = Array.isArray(profile["containers"]) ? profile["containers"] : [];
  return {
    ...profile,
    containers: rows.map((row, at) => (at === index && isObject(row) ? { ...row, image: versioned(row["image"] ?? null, version) } : row)),
  };
}

/** The repository of an image, without tag and digest. */
export function repositoryOf(image: string): string {
  const withoutDigest = image.split("@")[0] ?? "";
  const slash = withoutDigest.lastIndexOf("/");
  const colon = withoutDigest.indexOf(":", slash + 1);
  return colon < 0 ? withoutDigest : withoutDigest.slice(0, colon);
}

function isRepository(image: Json, name: string): boolean {
  if (typeof image !== "string") return false;
  const repository = repositoryOf(image);
  return repository === name || repository.endsWith(`/${name}`);
}

/** A bare tag or digest replaces the version of the image; anything else is an image of its own. */
function versioned(image: Json, version: string): string {
  const repository = typeof image === "string" ? repositoryOf(image) : "";
  if (/^@?sha256:[0-9a-f]{64}$/.test(version)) return `${repository}@${version.replace(/^@/, "")}`;
  if (/^[\w][\w.-]{0,127}$/.test(version) && repository !== "") return `${repository}:${version}`;
  return version.replace(/^:/, `${repository}:`);
}
