import { AwsError } from "../errors.ts";
import { own, text } from "../input.ts";
import type { Context, Input } from "../service.ts";
import type { Image, Platform, Repository } from "./state.ts";

/** ECR's answer to members that break their constraints. */
export const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);

/** The registry a call names, the account's own unless said otherwise; ECR hides whether others exist. */
export const registryOf = (input: Input, ctx: Context): string => {
  const registry = text(input["registryId"]) ?? ctx.accountId;
  if (!/^\d{12}$/.test(registry)) {
    throw invalid("Invalid parameter at 'registryId' failed to satisfy constraint: 'must satisfy regular expression '[0-9]{12}''");
  }
  return registry;
};

/** The repository a call names. */
export const repositoryOf = (input: Input, ctx: Context, name = text(input["repositoryName"]) ?? ""): Repository => {
  const registry = registryOf(input, ctx);
  const repository = registry === ctx.accountId ? own(ctx.state.ecr.repositories, name) : undefined;
  if (!repository) {
    throw new AwsError(
      "RepositoryNotFoundException",
      `The repository with name '${name}' does not exist in the registry with id '${registry}'`,
    );
  }
  return repository;
};

/** The image of a tag or digest. */
export const imageOf = (repository: Repository, id: { imageTag?: unknown; imageDigest?: unknown }): Image | undefined => {
  const tag = text(id.imageTag);
  const byDigest = own(repository.images, text(id.imageDigest));
  if (text(id.imageDigest)) return byDigest && (!tag || byDigest.tags.includes(tag)) ? byDigest : undefined;
  return Object.values(repository.images).find((image) => tag !== undefined && image.tags.includes(tag));
};

/** What an image runs on: one platform, or those of an index. */
export const platformsOf = (image: Image): readonly Platform[] =>
  image.members?.map(({ platform }) => platform) ?? (image.platform ? [image.platform] : []);
