import { AwsError, notSimulated } from "../errors.ts";
import { hexOf } from "../ids.ts";
import { structures, text, texts, whole } from "../input.ts";
import { paginate } from "../paging.ts";
import type { Context, Handler, Input, Output, Service } from "../service.ts";
import { imageOf, invalid, registryOf, repositoryOf } from "./find.ts";
import { isIndex, manifestOf } from "./manifests.ts";
import type { Image, Repository } from "./state.ts";

const part = <T>(all: readonly T[], input: Input) => {
  const limit = whole(input["maxResults"]) ?? 100;
  if (!(limit >= 1 && limit <= 1000))
    throw invalid("Invalid parameter at 'maxResults' failed to satisfy constraint: 'must be between 1 and 1000'");
  const { items, next } = paginate(all, text(input["nextToken"]), limit, () =>
    invalid("Invalid parameter at 'NextToken' failed to satisfy constraint: 'Token is invalid.'"),
  );
  return { items, nextToken: next };
};

const wireRepository =
  (ctx: Context) =>
  (repository: Repository): Output => ({
    repositoryArn: repository.arn,
    registryId: ctx.accountId,
    repositoryName: repository.name,
    repositoryUri: repository.uri,
    createdAt: new Date(repository.createdAt),
    imageTagMutability: repository.tagMutability,
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: { encryptionType: repository.encryption },
  });

const wireImage =
  (repository: Repository, ctx: Context) =>
  (image: Image): Output => ({
    registryId: ctx.accountId,
    repositoryName: repository.name,
    imageDigest: image.digest,
    ...(image.tags.length > 0 ? { imageTags: image.tags } : {}),
    imageSizeInBytes: image.sizeBytes,
    imagePushedAt: new Date(image.pushedAt),
    imageManifestMediaType: image.mediaType,
    ...(isIndex(image.mediaType) ? {} : { artifactMediaType: "application/vnd.docker.container.image.v1+json" }),
    ...(image.lastPulledAt ? { lastRecordedPullTime: new Date(image.lastPulledAt) } : {}),
  });

const ofStatus = (input: Input) => {
  const status = text(input["filter"]?.["tagStatus"]) ?? "ANY";
  return (tagged: boolean): boolean => status === "ANY" || (status === "TAGGED") === tagged;
};

const describeRepositories: Handler = (input, ctx) => {
  registryOf(input, ctx);
  const names = texts(input["repositoryNames"]);
  const all = names.length > 0 ? names.map((name) => repositoryOf(input, ctx, name)) : Object.values(ctx.state.ecr.repositories);
  const { items, nextToken } = part(all, input);
  return { repositories: items.map(wireRepository(ctx)), nextToken };
};

const describePullThroughCacheRules: Handler = (input, ctx) => {
  registryOf(input, ctx);
  const rules = ctx.state.ecr.pullThroughCacheRules ?? {};
  const wanted = texts(input["ecrRepositoryPrefixes"]);
  const missing = wanted.find((prefix) => !Object.hasOwn(rules, prefix));
  if (missing !== undefined) {
    throw new AwsError(
      "PullThroughCacheRuleNotFoundException",
      `The pull through cache rule with prefix '${missing}' does not exist in the registry with id '${ctx.accountId}'`,
    );
  }
  const all = Object.entries(rules).filter(([prefix]) => wanted.length === 0 || wanted.includes(prefix));
  const { items, nextToken } = part(all, input);
  const wire = ([ecrRepositoryPrefix, upstreamRegistryUrl]: readonly [string, string]): Output => ({
    ecrRepositoryPrefix,
    upstreamRegistryUrl,
    registryId: ctx.accountId,
  });
  return { pullThroughCacheRules: items.map(wire), nextToken };
};

const shown = (value: unknown): string => (value === undefined ? "null" : String(value));

const describeImages: Handler = (input, ctx) => {
  const repository = repositoryOf(input, ctx);
  const ids = structures(input["imageIds"]);
  const chosen = ids.map((id) => {
    const image = imageOf(repository, id);
    if (image) return image;
    const named = `{imageDigest:'${shown(id["imageDigest"])}', imageTag:'${shown(id["imageTag"])}'}`;
    const where = `the repository with name '${repository.name}' in the registry with id '${ctx.accountId}'`;
    throw new AwsError("ImageNotFoundException", `The image with imageId ${named} does not exist within ${where}`);
  });
  const isShown = ofStatus(input);
  const all = ids.length > 0 ? [...new Set(chosen)] : Object.values(repository.images).filter((image) => isShown(image.tags.length > 0));
  const { items, nextToken } = part(all, input);
  return { imageDetails: items.map(wireImage(repository, ctx)), nextToken };
};

const listImages: Handler = (input, ctx) => {
  const isShown = ofStatus(input);
  const ids = Object.values(repositoryOf(input, ctx).images).flatMap((image): Output[] =>
    image.tags.length > 0 ? image.tags.map((imageTag) => ({ imageDigest: image.digest, imageTag })) : [{ imageDigest: image.digest }],
  );
  const { items, nextToken } = part(
    ids.filter((id) => isShown(id["imageTag"] !== undefined)),
    input,
  );
  return { imageIds: items, nextToken };
};

const batchGetImage: Handler = (input, ctx) => {
  const repository = repositoryOf(input, ctx);
  const answers = structures(input["imageIds"]).map((id) => ({ id, image: imageOf(repository, id) }));
  return {
    images: answers.flatMap(({ id, image }) =>
      image
        ? [
            {
              registryId: ctx.accountId,
              repositoryName: repository.name,
              imageId: { imageDigest: image.digest, imageTag: id["imageTag"] },
              imageManifest: manifestOf(image),
              imageManifestMediaType: image.mediaType,
            },
          ]
        : [],
    ),
    failures: answers.flatMap(({ id, image }) =>
      image ? [] : [{ imageId: id, failureCode: "ImageNotFound", failureReason: "Requested image not found" }],
    ),
  };
};

const getDownloadUrl: Handler = (input, ctx) => {
  const repository = repositoryOf(input, ctx);
  const digest = text(input["layerDigest"]) ?? "";
  const isConfig = Object.values(repository.images).some((image) => image.configDigest === digest);
  if (!isConfig) {
    const isLayer = Object.values(repository.images).some((image) => manifestOf(image).includes(digest));
    if (isLayer && digest) throw notSimulated("the layers of images, only their configurations");
    throw new AwsError(
      "LayersNotFoundException",
      `The layer with digest '${digest}' does not exist within the repository with name '${repository.name}' in the registry with id '${ctx.accountId}'`,
    );
  }
  return { downloadUrl: `${ctx.endpoint}/_sandbox/blobs/${ctx.region}/${repository.name}/${digest}`, layerDigest: digest };
};

const getAuthorizationToken: Handler = (_, ctx) => ({
  authorizationData: [
    {
      authorizationToken: Buffer.from(`AWS:${hexOf(`${ctx.accountId} ${ctx.region}`, 64)}`).toString("base64"),
      expiresAt: new Date(ctx.now() + 12 * 3_600_000),
      proxyEndpoint: `https://${ctx.accountId}.dkr.ecr.${ctx.region}.amazonaws.com`,
    },
  ],
});

/** The Elastic Container Registry, to read. */
export const ecr: Service = {
  scope: "ecr",
  protocol: "json",
  apiVersion: "2015-09-21",
  targetPrefix: "AmazonEC2ContainerRegistry_V20150921",
  actions: {
    DescribeRepositories: describeRepositories,
    DescribeImages: describeImages,
    DescribePullThroughCacheRules: describePullThroughCacheRules,
    ListImages: listImages,
    BatchGetImage: batchGetImage,
    GetDownloadUrlForLayer: getDownloadUrl,
    GetAuthorizationToken: getAuthorizationToken,
  },
  resourceOf: (action, input, ctx) =>
    action === "GetAuthorizationToken" || action === "DescribePullThroughCacheRules"
      ? "*"
      : `arn:aws:ecr:${ctx.region}:${ctx.accountId}:repository/${text(input["repositoryName"]) ?? texts(input["repositoryNames"])[0] ?? "*"}`,
  notes: {
    DescribeRepositories: { parameters: "registryId, repositoryNames, maxResults, nextToken" },
    DescribeImages: {
      parameters: "registryId, repositoryName, imageIds, filter.tagStatus, maxResults, nextToken",
      differs: "no scan results",
    },
    DescribePullThroughCacheRules: {
      parameters: "registryId, ecrRepositoryPrefixes, maxResults, nextToken",
      differs: "nothing is pulled through them",
    },
    ListImages: { parameters: "registryId, repositoryName, filter.tagStatus, maxResults, nextToken" },
    BatchGetImage: { parameters: "registryId, repositoryName, imageIds", differs: "acceptedMediaTypes is not looked at" },
    GetDownloadUrlForLayer: {
      parameters: "registryId, repositoryName, layerDigest",
      differs: "configurations of images only, not their layers",
    },
    GetAuthorizationToken: { parameters: "registryIds", differs: "no registry answers to the token" },
  },
};
