import { describe, expect, test } from "vitest";
import { architecturesOfIndex } from "../../../src/aws-discovery/image-architectures.ts";
import { toItem as profileItem, waysIn } from "../../../src/aws-discovery/sources/aws-profiles.ts";
import { toItem as clusterItem } from "../../../src/aws-discovery/sources/clusters.ts";
import { trustsEcsTasks } from "../../../src/aws-discovery/sources/ecs-roles.ts";
import { toItem as fileSystemItem } from "../../../src/aws-discovery/sources/file-systems.ts";
import { repositoryPlace, toItems } from "../../../src/aws-discovery/sources/image-tags.ts";
import { toItem as subnetItem } from "../../../src/aws-discovery/sources/subnets.ts";
import { healthSummary, toItem as targetGroupItem, unfit } from "../../../src/aws-discovery/sources/target-groups.ts";

describe("roles", () => {
  const policy = (statement: object) => encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement: statement }));
  const allow = (Principal: unknown) => ({ Effect: "Allow", Principal, Action: "sts:AssumeRole" });
  test.each([
    [policy([allow({ Service: "ecs-tasks.amazonaws.com" })]), true],
    [policy(allow({ Service: ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"] })), true],
    [policy([allow({ AWS: "*" }), allow({ Service: "ecs-tasks.amazonaws.com" })]), true],
    [policy([allow({ Service: "ecs.amazonaws.com" })]), false],
    [policy([{ ...allow({ Service: "ecs-tasks.amazonaws.com" }), Effect: "Deny" }]), false],
    [policy([allow("*")]), false],
    ["%7Bbroken", false],
    [undefined, false],
  ])("%s: %s", (document, trusted) => {
    expect(trustsEcsTasks(document)).toBe(trusted);
  });
});

describe("target groups", () => {
  const group = {
    TargetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop-tg/73e2d6bc24d8a067",
    TargetGroupName: "shop-tg",
    Protocol: "HTTP" as const,
    Port: 80,
    TargetType: "ip" as const,
    VpcId: "vpc-1",
    LoadBalancerArns: ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop-alb/50dc6c495c0c9188"],
  };
  test("one that fits", () => {
    const item = targetGroupItem(group, "vpc-1", "2 healthy");
    expect(item.columns).toEqual(["shop-tg", "shop-alb", "HTTP 80", "ip", "vpc-1", "2 healthy"]);
    expect(item).not.toHaveProperty("warning");
  });
  test.each([
    [{ ...group, TargetType: "instance" as const }, "target type instance: Fargate needs ip"],
    [{ ...group, VpcId: "vpc-2" }, "in another VPC (vpc-2) than the tasks"],
    [{ ...group, LoadBalancerArns: [] }, "not attached to a load balancer: ECS refuses it until a listener forwards to it"],
  ])("one that does not", (wrong, reason) => {
    expect(unfit(wrong, "vpc-1")).toBe(reason);
  });
  test("health is counted by state", () => {
    const state = (State: "healthy" | "initial") => ({ TargetHealth: { State } });
    expect(healthSummary([state("healthy"), state("initial"), state("healthy")])).toBe("2 healthy · 1 initial");
    expect(healthSummary([])).toBe("no targets");
  });
});

describe("images", () => {
  test.each([
    [
      "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web",
      { registryId: "123456789012", region: "eu-west-1", repositoryName: "shop/web" },
    ],
    [
      "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/shop/web:1.4",
      { registryId: "123456789012", region: "cn-north-1", repositoryName: "shop/web" },
    ],
    ["123456789012.dkr-ecr.eu-west-1.on.aws/web@sha256:abc", { registryId: "123456789012", region: "eu-west-1", repositoryName: "web" }],
    ["shop/web:1.4.2", { repositoryName: "shop/web" }],
    ["web", { repositoryName: "web" }],
    ["docker.io/library/nginx", undefined],
    ["localhost:5000/web", undefined],
    ["", undefined],
  ])("%s", (text, place) => {
    expect(repositoryPlace(text)).toEqual(place);
  });
  test("a row for every tag, the digest for an image without", () => {
    const image = { imageDigest: "sha256:ab", imagePushedAt: new Date("2026-11-20T14:03:09Z"), imageSizeInBytes: 12_897_485 };
    expect(toItems({ ...image, imageTags: ["1.4.2", "latest"] }, ["amd64"]).map(({ columns }) => columns)).toEqual([
      ["1.4.2", "2026-11-20 14:03", "12.3 MiB", "amd64"],
      ["latest", "2026-11-20 14:03", "12.3 MiB", "amd64"],
    ]);
    expect(toItems(image)[0]?.value).toBe("sha256:ab");
  });
  test("an index names its architectures, attestations apart", () => {
    const on = (architecture: string) => ({ platform: { os: "linux", architecture } });
    expect(architecturesOfIndex({ manifests: [on("amd64"), on("arm64"), on("unknown"), on("amd64")] })).toEqual(["amd64", "arm64"]);
  });
});

describe("other rows", () => {
  test("a cluster that may not be described keeps its name", () => {
    const item = clusterItem({ clusterArn: "arn:aws:ecs:eu-west-1:123456789012:cluster/production" });
    expect(item).toMatchObject({ value: "production", columns: ["production", "", "", "", ""] });
    expect(item).not.toHaveProperty("warning");
  });
  test("a cluster that is going warns", () => {
    expect(clusterItem({ clusterName: "old", status: "DEPROVISIONING" }).warning).toContain("DEPROVISIONING");
  });
  test("a full subnet warns", () => {
    expect(subnetItem({ SubnetId: "subnet-1", AvailableIpAddressCount: 0 }, undefined, false).warning).toContain("no free addresses");
  });
  test("a file system without mount targets warns, one not looked at does not", () => {
    const system = { FileSystemId: "fs-1", LifeCycleState: "available" as const } as Parameters<typeof fileSystemItem>[0];
    expect(fileSystemItem(system, []).warning).toContain("no mount targets");
    expect(fileSystemItem(system)).not.toHaveProperty("warning");
  });
  test.each([
    [{ sso_session: "acme", sso_role_name: "Admin" }, "SSO Admin"],
    [
      { role_arn: "arn:aws:iam::210987654321:role/ops/deployer", source_profile: "base", mfa_serial: "arn" },
      "role deployer via base with MFA",
    ],
    [{ aws_access_key_id: "AKIA", aws_secret_access_key: "s" }, "keys"],
    [{ credential_process: "/opt/get" }, "command"],
    [{ region: "eu-west-1" }, "no credentials"],
  ])("a profile tells how it gets its credentials: %o", (settings, way) => {
    expect(waysIn(settings)).toBe(way);
  });
  test("a profile's row knows region and account, and none of its secrets", () => {
    const item = profileItem("ops", {
      role_arn: "arn:aws:iam::210987654321:role/deployer",
      region: "eu-west-1",
      aws_secret_access_key: "hush",
    });
    expect(item.columns).toEqual(["ops", "role deployer", "eu-west-1", "210987654321"]);
    expect(JSON.stringify(item)).not.toContain("hush");
  });
});
