/** An image reference, taken apart. */
export interface ImageName {
  readonly registry?: string;
  /** e.g. `shop/web`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
  /** The region of an ECR registry. */
  readonly region?: string;
  /** The account of an ECR registry. */
  readonly account?: string;
}

/** Takes `registry/repository:tag@digest` apart; undefined when the text cannot be one or was cut off. */
export function parseImageName(text: string): ImageName | undefined {
  const match =
    /^(?:([\w.-]+\.[\w.-]+(?::\d+)?|localhost(?::\d+)?)\/)?([a-z0-9][\w./-]*?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{6,64}))?$/.exec(
      text,
    );
  if (!match?.[2] || text.endsWith("..")) return undefined;
  const [, registry, repository, tag, digest] = match;
  const ecr = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.|on\.aws)/.exec(registry ?? "");
  return {
    repository,
    ...(registry !== undefined && { registry }),
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
    ...(ecr?.[1] && ecr[2] && { account: ecr[1], region: ecr[2] }),
  };
}

/** The name by which people know an image: the last part of the repository with its tag, e.g. `web:1.4.3`. */
export function shortImageName({ repository, tag, digest }: ImageName): string {
  const name = repository.slice(repository.lastIndexOf("/") + 1);
  if (tag !== undefined) return `${name}:${tag}`;
  return digest === undefined ? name : `${name}@${digest.slice(0, 19)}`;
}
