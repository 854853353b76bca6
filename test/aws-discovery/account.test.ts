/** The pickers over the real SDK clients on the sandbox's account. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { vpcOfCluster } from "../../src/aws-discovery/vpc-of-cluster.ts";
import type { PickerItem } from "../../src/engine/discovery.ts";
import { type Account, openAccount, useMadeUpCredentials } from "./support/account.ts";

let account: Account;

beforeAll(async () => {
  useMadeUpCredentials();
  account = await openAccount("default");
});
afterAll(async () => {
  await account[Symbol.asyncDispose]();
});

const byName = (items: readonly PickerItem[]) => new Map(items.map((item) => [item.columns[0], item]));

test("who we are", async () => {
  expect(await account.discovery.identity(account.target)).toEqual({
    accountId: "123456789012",
    alias: "acme-prod",
    arn: expect.stringMatching(/^arn:aws:sts::123456789012:assumed-role\//),
    region: "eu-west-1",
  });
});

test("no answer is copied for a log that nobody keeps", async () => {
  const { middlewareStack } = await account.pool.clientsFor(account.target).ec2();
  expect(middlewareStack.identify().filter((name) => /logger/i.test(name))).toEqual([]);
});

test("who we are needs no region", async () => {
  const { endpointUrl } = account.target;
  expect(await account.discovery.identity({ endpointUrl })).toMatchObject({ accountId: "123456789012", region: "" });
});

test("equal targets ask once who we are", () => {
  const first = account.discovery.identity(account.target);
  expect(account.discovery.identity({ ...account.target, awsProfile: undefined })).toBe(first);
});

test("regions have their names", async () => {
  const regions = await account.items("regions");
  expect(byName(regions).get("eu-west-1")?.columns).toEqual(["eu-west-1", "Europe (Ireland)", ""]);
  expect(regions.length).toBeGreaterThan(10);
});

describe("clusters", () => {
  test("what runs on them", async () => {
    const clusters = byName(await account.items("clusters"));
    expect(clusters.get("production")?.columns).toEqual([
      "production",
      "ACTIVE",
      expect.stringMatching(/^[1-9]\d* services?$/),
      expect.stringMatching(/^[1-9]\d* tasks? running$/),
      "FARGATE, FARGATE_SPOT",
    ]);
  });

  test("the VPC of a cluster is that of its services, by name and by ARN", async () => {
    const clusters = byName(await account.items("clusters"));
    const main = (await account.items("vpcs")).find(({ columns }) => columns[0] === "main")?.value;
    const clients = account.pool.clientsFor(account.target);
    expect(await vpcOfCluster(clients, "production")).toBe(main);
    expect(await vpcOfCluster(clients, String(clusters.get("production")?.facts?.["arn"]))).toBe(main);
    expect(await vpcOfCluster(clients, "analytics")).toBeUndefined();
  });

  test("the cluster's VPC stands first among the VPCs and is marked", async () => {
    const vpcs = await account.items("vpcs", { cluster: "production" });
    expect(vpcs.map(({ columns, facts }) => [columns[0], facts?.["cluster"]])).toEqual([
      ["main", true],
      ["services", false],
    ]);
    expect(vpcs[0]?.columns[3]).toContain("the cluster's services run here");
  });

  test("a cluster nobody knows leaves the VPCs unmarked", async () => {
    const vpcs = await account.items("vpcs", { cluster: "nowhere" });
    expect(vpcs.some(({ facts }) => facts?.["cluster"] === true)).toBe(false);
  });
});

describe("the network", () => {
  const vpcId = async () => (await account.items("vpcs")).find(({ columns }) => columns[0] === "main")?.value ?? "";

  test("subnets of a VPC with their way out", async () => {
    const subnets = byName(await account.items("subnets", { vpcId: await vpcId() }));
    expect(subnets.get("public-a")?.facts?.["wayOut"]).toBe("public");
    expect(subnets.get("private-a")?.columns).toEqual([
      "private-a",
      expect.stringMatching(/^subnet-/),
      "eu-west-1a",
      "10.0.1.0/24",
      "NAT",
      expect.stringMatching(/^\d+ free$/),
    ]);
    expect(subnets.get("private-c")).toMatchObject({ facts: { wayOut: "none" }, warning: expect.stringContaining("no way out") });
  });

  test("subnets of all VPCs name theirs", async () => {
    const subnets = await account.items("subnets");
    expect(new Set(subnets.map(({ columns }) => columns[6])).size).toBeGreaterThan(1);
    expect(subnets.find(({ columns }) => columns[0] === "endpoints-a")?.facts?.["wayOut"]).toBe("endpoints");
  });

  test("security groups tell their rules", async () => {
    const groups = byName(await account.items("securityGroups", { vpcId: await vpcId() }));
    expect(groups.get("alb-public")?.columns[3]).toBe("in 80, 443 from anywhere · out all");
    expect(groups.get("quarantine")?.warning).toContain("lets nothing out");
  });

  test("target groups: those that fit first, the others say why not", async () => {
    const groups = await account.items("targetGroups", { vpcId: await vpcId() });
    const warnings = groups.map(({ warning }) => warning !== undefined);
    expect(warnings).toEqual([...warnings].sort());
    expect(byName(groups).get("shop-tg")).toMatchObject({
      columns: ["shop-tg", "shop-alb", "HTTP 80", "ip", await vpcId(), expect.stringMatching(/healthy|targets|unused/)],
    });
    expect(byName(groups).get("shop-tg")).not.toHaveProperty("warning");
    expect(byName(groups).get("legacy-instances-tg")?.warning).toBe("target type instance: Fargate needs ip");
    expect(byName(groups).get("internal-tg")?.warning).toContain("another VPC");
  });
});

describe("images, roles, storage, logs", () => {
  test("tags of a repository picked by its address, newest first, with architectures", async () => {
    const repository = byName(await account.items("repositories")).get("shop/web");
    const tags = await account.items("imageTags", { repository: repository?.value ?? "" });
    const pushed = tags.map(({ facts }) => Number(facts?.["pushedAt"]));
    expect(pushed).toEqual([...pushed].sort((a, b) => b - a));
    expect(tags.find(({ value }) => value === "1.4.2")?.columns).toEqual([
      "1.4.2",
      expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/),
      expect.stringMatching(/MiB$/),
      "amd64",
    ]);
  });

  test("a repository's plain name and an image with its tag do as well", async () => {
    expect((await account.items("imageTags", { repository: "shop/web:1.4.2" })).length).toBeGreaterThan(1);
  });

  test("tags of other registries cannot be listed, which is said", async () => {
    const { last } = await account.until(
      account.query("imageTags", { repository: "docker.io/library/nginx" }),
      ({ status }) => status === "failed",
    );
    expect(last).toMatchObject({ problem: { kind: "invalid", hint: "Type the tag." } });
  });

  test("roles that ECS tasks may assume, and no others", async () => {
    const roles = (await account.items("ecsRoles")).map(({ facts }) => facts?.["name"]);
    expect(roles).toContain("ecsTaskExecutionRole");
    expect(roles).not.toContain("Developer");
  });

  test("secrets and parameters by ARN", async () => {
    const secrets = await account.items("secrets");
    expect(new Set(secrets.map(({ facts }) => facts?.["kind"]))).toEqual(new Set(["secret", "parameter"]));
    for (const { value } of secrets) expect(value).toMatch(/^arn:aws:(secretsmanager|ssm):eu-west-1:123456789012:/);
  });

  test("file systems with the zones of their mount targets, and their access points", async () => {
    const systems = byName(await account.items("fileSystems"));
    expect(systems.get("shop-media")?.columns[5]).toMatch(/eu-west-1a/);
    expect(systems.get("reports-cache")?.warning).toContain("no mount targets");
    const points = await account.items("accessPoints", { fileSystemId: systems.get("shop-media")?.value ?? "" });
    expect(byName(points).get("uploads")?.columns.slice(2)).toEqual(["/uploads", "as 1000:1000"]);
  });

  test("access points wait for their file system", () => {
    const seen: unknown[] = [];
    account.discovery.watch(account.query("accessPoints"), (state) => seen.push(state))();
    expect(seen).toEqual([{ status: "blocked", by: expect.stringContaining("file system") }]);
  });

  test("log groups with their retention", async () => {
    expect((await account.items("logGroups")).map(({ columns }) => columns[1])).toContain("kept for ever");
  });
});

test("a security group's rules call other groups by their names, the highlighted row also by their ids", async () => {
  const groups = byName(await account.items("securityGroups"));
  const balancer = groups.get("alb-public");
  expect(groups.get("web-tasks")?.columns).toContain("in 80, 8080 from alb-public · out all");
  expect(groups.get("web-tasks")?.detail).toContain(`from alb-public (${balancer?.value})`);
});
