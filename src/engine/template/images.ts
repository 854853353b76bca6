/** Images whose version is chosen at each deployment. */

import { UserError } from "../problem.ts";
import { isExpression, listed } from "../rules/text.ts";
import type { Json, JsonObject } from "../schema.ts";
import type { Step } from "../sections/index.ts";
import { isObject } from "../values/reading.ts";

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

/** The image as the template says it: one without version stands as the variable that a deployment fills. */
export function imageInTemplate(image: string): string {
  return image === "" || isExpression(image) || hasVersion(image) ? image : `#{Octopus.Action.Package[${image}].Image}`;
}

/** A choice of `--image NAME=TAG|IMAGE`. */
export interface ImageChoice {
  /** The container's name, or its repository, in full or its last part. */
  readonly name: string;
  /** A tag, a digest `sha256:…`, or a whole image reference. */
  readonly version: string;
}

/** The profile with the chosen images. Throws a UserError for a name that fits no container. */
export function withImages(profile: JsonObject, choices: readonly ImageChoice[]): JsonObject {
  return choices.reduce(withImage, profile);
}

function withImage(profile: JsonObject, { name, version }: ImageChoice): JsonObject {
  const rows = Array.isArray(profile["containers"]) ? profile["containers"] : [];
  const byName = rows.filter((row) => isObject(row) && row["name"] === name);
  const chosen = byName.length > 0 ? byName : rows.filter((row) => isObject(row) && isRepository(row["image"] ?? null, name));
  if (chosen.length === 0) {
    const known = rows.flatMap((row) => (isObject(row) && typeof row["name"] === "string" ? [row["name"]] : []));
    throw new UserError(`there is no container ${name}`, {
      hint: known.length > 0 ? `--image takes the name of a container: ${listed(known, "or")}.` : "The profile has no containers.",
    });
  }
  return {
    ...profile,
    containers: rows.map((row) =>
      chosen.includes(row) && isObject(row) ? { ...row, image: versioned(row["image"] ?? null, version) } : row,
    ),
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
