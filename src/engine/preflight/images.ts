/** The images of a step as registries know them. */
import { type ImageName, parseImageName } from "../diagnosis/image-name.ts";
import type { RepositoryFacts } from "./account.ts";
import type { Placed } from "./check.ts";
import { type Subject, textAt } from "./subject.ts";

/** An image of one container. */
export interface ContainerImage {
  readonly container: string;
  readonly image: string;
  readonly name: ImageName;
  /** Where it is in ECR; absent: in a registry of somebody else. */
  readonly ecr?: RepositoryFacts;
}

/** The images of all containers, each at its place. */
export function imagesOf(subject: Subject): readonly Placed<ContainerImage>[] {
  return subject.step.containers.flatMap(({ name: container, image }, at) =>
    textAt(subject, ["containers", at, "image"], image).flatMap(({ path, value }): Placed<ContainerImage>[] => {
      const name = parseImageName(value);
      return name ? [{ path, value: { container, image: value, name, ...ecrOf(name) } }] : [];
    }),
  );
}

function ecrOf({ account, region, repository }: ImageName): { readonly ecr?: RepositoryFacts } {
  return account === undefined || region === undefined ? {} : { ecr: { account, region, repository } };
}

/** The images that are in ECR. */
export function ecrImagesOf(subject: Subject): readonly Placed<ContainerImage & { readonly ecr: RepositoryFacts }>[] {
  return imagesOf(subject).flatMap(({ path, value: { ecr, ...rest } }) => (ecr ? [{ path, value: { ...rest, ecr } }] : []));
}

/** The version an image names; undefined where it is chosen at each deployment. */
export function versionOf({ tag, digest }: ImageName): { readonly tag: string } | { readonly digest: string } | undefined {
  if (digest !== undefined) return { digest };
  return tag === undefined ? undefined : { tag };
}
