import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  DescribePullThroughCacheRulesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  GetDownloadUrlForLayerCommand,
  paginateListImages,
} from "@aws-sdk/client-ecr";
import {
  DescribeAccessPointsCommand,
  DescribeFileSystemsCommand,
  DescribeMountTargetSecurityGroupsCommand,
  DescribeMountTargetsCommand,
  EFSClient,
  paginateDescribeAccessPoints,
} from "@aws-sdk/client-efs";
import {
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  ListSecretsCommand,
  paginateListSecrets,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { GetServiceQuotaCommand, ListServiceQuotasCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { DescribeParametersCommand, GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { begin, clientOptions, start } from "../support/sandbox.ts";

const options = async (scenario = "default") => ({ ...clientOptions(await start({ scenario })), maxAttempts: 1 });

describe("the registry", () => {
  it("tells tags, digests and times of pushes", async () => {
    const ecr = new ECRClient(await options());
    const { imageDetails = [] } = await ecr.send(
      new DescribeImagesCommand({ repositoryName: "shop/web", filter: { tagStatus: "TAGGED" } }),
    );
    expect(imageDetails[0]).toMatchObject({ imageTags: ["1.4.2", "latest"], imagePushedAt: new Date(begin - 7_200_000) });
    expect(imageDetails.every((each) => /^sha256:[0-9a-f]{64}$/.test(each.imageDigest ?? ""))).toBe(true);
    const tags: (string | undefined)[] = [];
    for await (const page of paginateListImages({ client: ecr, pageSize: 3 }, { repositoryName: "shop/web" }))
      tags.push(...(page.imageIds ?? []).map((each) => each.imageTag));
    expect(tags).toEqual(["1.4.2", "latest", "1.4.2-arm64", "1.4.1", "1.4.0", "1.3.9", undefined]);
  });

  it("says what an image runs on: in an index, or in the configuration behind a manifest", async () => {
    const ecr = new ECRClient(await options());
    const index = (await ecr.send(new BatchGetImageCommand({ repositoryName: "shop/api", imageIds: [{ imageTag: "2.8.0" }] }))).images?.[0];
    const { manifests } = JSON.parse(index?.imageManifest ?? "") as { manifests: { digest: string; platform: { architecture: string } }[] };
    expect(manifests.map((each) => each.platform.architecture)).toEqual(["amd64", "arm64"]);
    const member = await ecr.send(
      new BatchGetImageCommand({ repositoryName: "shop/api", imageIds: [{ imageDigest: manifests[1]?.digest }] }),
    );
    const { config } = JSON.parse(member.images?.[0]?.imageManifest ?? "") as { config: { digest: string } };
    const { downloadUrl } = await ecr.send(new GetDownloadUrlForLayerCommand({ repositoryName: "shop/api", layerDigest: config.digest }));
    expect(await (await fetch(downloadUrl ?? "")).json()).toMatchObject({ architecture: "arm64", os: "linux" });
  });

  it("names what it does not have", async () => {
    const ecr = new ECRClient(await options("image-not-found"));
    await expect(
      ecr.send(new DescribeImagesCommand({ repositoryName: "shop/web", imageIds: [{ imageTag: "1.4.2" }] })),
    ).rejects.toMatchObject({
      name: "ImageNotFoundException",
      message:
        "The image with imageId {imageDigest:'null', imageTag:'1.4.2'} does not exist within the repository with name 'shop/web' in the registry with id '123456789012'",
    });
    await expect(ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ["no/such"] }))).rejects.toMatchObject({
      name: "RepositoryNotFoundException",
      message: "The repository with name 'no/such' does not exist in the registry with id '123456789012'",
    });
    const { failures } = await ecr.send(new BatchGetImageCommand({ repositoryName: "shop/web", imageIds: [{ imageTag: "1.4.2" }] }));
    expect(failures).toEqual([
      { imageId: { imageTag: "1.4.2" }, failureCode: "ImageNotFound", failureReason: "Requested image not found" },
    ]);
    const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
    expect(Buffer.from(authorizationData?.[0]?.authorizationToken ?? "", "base64").toString()).toMatch(/^AWS:/);
  });

  it("holds an image for the wrong processor in wrong-architecture", async () => {
    const ecr = new ECRClient(await options("wrong-architecture"));
    const { images } = await ecr.send(new BatchGetImageCommand({ repositoryName: "shop/web", imageIds: [{ imageTag: "1.4.2" }] }));
    const { config } = JSON.parse(images?.[0]?.imageManifest ?? "") as { config: { digest: string } };
    const { downloadUrl } = await ecr.send(new GetDownloadUrlForLayerCommand({ repositoryName: "shop/web", layerDigest: config.digest }));
    expect(await (await fetch(downloadUrl ?? "")).json()).toMatchObject({ architecture: "arm64" });
  });
});

describe("secrets", () => {
  it("are listed without those about to be deleted, and found by name and by ARN", async () => {
    const client = new SecretsManagerClient(await options());
    const names: (string | undefined)[] = [];
    for await (const page of paginateListSecrets({ client, pageSize: 2 }, {}))
      names.push(...(page.SecretList ?? []).map((each) => each.Name));
    expect(names).toEqual(["shop/db", "shop/stripe-api-key", "shop/session-key", "analytics/warehouse", "registry/docker-hub"]);
    const all = await client.send(new ListSecretsCommand({ IncludePlannedDeletion: true, Filters: [{ Key: "name", Values: ["shop"] }] }));
    expect(all.SecretList?.map((each) => [each.Name, each.DeletedDate !== undefined])).toContainEqual(["shop/old-payment-key", true]);
    const byName = await client.send(new DescribeSecretCommand({ SecretId: "shop/db" }));
    expect(byName.ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop\/db-\w{6}$/);
    for (const SecretId of [byName.ARN, byName.ARN?.slice(0, -7)])
      expect((await client.send(new DescribeSecretCommand({ SecretId }))).Name).toBe("shop/db");
  });

  it("have no policies of their own, which is told without one", async () => {
    const client = new SecretsManagerClient(await options());
    const { ARN, Name, ResourcePolicy } = await client.send(new GetResourcePolicyCommand({ SecretId: "shop/db" }));
    expect([Name, ResourcePolicy, ARN?.includes(":secret:shop/db-")]).toEqual(["shop/db", undefined, true]);
    await expect(client.send(new GetResourcePolicyCommand({ SecretId: "shop/none" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});

it("rules that fetch images when they are first pulled are told by their prefixes", async () => {
  const sandbox = await start({});
  const ecr = new ECRClient({ ...clientOptions(sandbox), maxAttempts: 1 });
  const { pullThroughCacheRules } = await ecr.send(new DescribePullThroughCacheRulesCommand({}));
  expect(pullThroughCacheRules).toEqual([]);
  const state = sandbox.world.regions["eu-west-1"]?.ecr;
  if (state) state.pullThroughCacheRules = { hub: "registry-1.docker.io", quay: "quay.io" };
  const asked = (...ecrRepositoryPrefixes: string[]) => ecr.send(new DescribePullThroughCacheRulesCommand({ ecrRepositoryPrefixes }));
  expect((await asked("quay")).pullThroughCacheRules).toMatchObject([{ ecrRepositoryPrefix: "quay", upstreamRegistryUrl: "quay.io" }]);
  await expect(asked("none")).rejects.toMatchObject({ name: "PullThroughCacheRuleNotFoundException" });
});

describe("parameters", () => {
  it("are described by filters and fetched by name, with the unknown names apart", async () => {
    const ssm = new SSMClient(await options());
    const under = async (Option: string) =>
      (await ssm.send(new DescribeParametersCommand({ ParameterFilters: [{ Key: "Path", Option, Values: ["/shop"] }] }))).Parameters?.map(
        (each) => each.Name,
      );
    expect(await under("OneLevel")).toEqual([]);
    expect(await under("Recursive")).toHaveLength(5);
    const secure = await ssm.send(new DescribeParametersCommand({ ParameterFilters: [{ Key: "Type", Values: ["SecureString"] }] }));
    expect(secure.Parameters?.map((each) => each.Name)).toEqual(["/shop/production/api-token"]);
    const { Parameters, InvalidParameters } = await ssm.send(new GetParametersCommand({ Names: ["/shop/production/log-level", "/none"] }));
    expect([Parameters?.map((each) => each.Value), InvalidParameters]).toEqual([["info"], ["/none"]]);
    await expect(ssm.send(new DescribeParametersCommand({ ParameterFilters: [{ Key: "Colour" }] }))).rejects.toMatchObject({
      name: "InvalidFilterKey",
    });
  });

  it("never give a secret away, because none is kept", async () => {
    const ssm = new SSMClient(await options());
    await expect(ssm.send(new GetParametersCommand({ Names: ["/shop/production/api-token"], WithDecryption: true }))).rejects.toMatchObject(
      { name: "NotSimulated" },
    );
  });
});

describe("file systems", () => {
  it("have mount targets in some zones, security groups on them, and access points", async () => {
    const efs = new EFSClient(await options());
    const { FileSystems = [] } = await efs.send(new DescribeFileSystemsCommand({}));
    expect(FileSystems.map((each) => [each.Name, each.NumberOfMountTargets])).toEqual([
      ["shop-media", 2],
      ["reports-cache", 0],
    ]);
    const FileSystemId = FileSystems[0]?.FileSystemId;
    const { MountTargets = [] } = await efs.send(new DescribeMountTargetsCommand({ FileSystemId }));
    expect(MountTargets.map((each) => each.AvailabilityZoneName)).toEqual(["eu-west-1a", "eu-west-1b"]);
    const groups = await efs.send(new DescribeMountTargetSecurityGroupsCommand({ MountTargetId: MountTargets[0]?.MountTargetId }));
    expect(groups.SecurityGroups?.[0]).toMatch(/^sg-/);
    const names: (string | undefined)[] = [];
    for await (const page of paginateDescribeAccessPoints({ client: efs, pageSize: 1 }, { FileSystemId }))
      names.push(...(page.AccessPoints ?? []).map((each) => each.Name));
    expect(names).toEqual(["uploads", "thumbnails"]);
  });

  it("are refused when they do not exist or nothing was asked for", async () => {
    const efs = new EFSClient(await options());
    await expect(efs.send(new DescribeFileSystemsCommand({ FileSystemId: "fs-1" }))).rejects.toMatchObject({ name: "FileSystemNotFound" });
    await expect(efs.send(new DescribeMountTargetsCommand({}))).rejects.toMatchObject({ name: "BadRequest" });
    await expect(efs.send(new DescribeAccessPointsCommand({ AccessPointId: "fsap-1" }))).rejects.toMatchObject({
      name: "AccessPointNotFound",
    });
  });
});

describe("quotas", () => {
  it("tell how many vCPUs Fargate may use", async () => {
    const client = new ServiceQuotasClient(await options("empty"));
    const { Quota } = await client.send(new GetServiceQuotaCommand({ ServiceCode: "fargate", QuotaCode: "L-3032A538" }));
    expect(Quota).toMatchObject({
      QuotaName: "Fargate On-Demand vCPU resource count",
      Value: 6,
      UsageMetric: { MetricNamespace: "AWS/Usage" },
    });
    expect((await client.send(new ListServiceQuotasCommand({ ServiceCode: "fargate" }))).Quotas).toHaveLength(2);
    await expect(client.send(new GetServiceQuotaCommand({ ServiceCode: "fargate", QuotaCode: "L-0" }))).rejects.toMatchObject({
      name: "NoSuchResourceException",
    });
  });
});
