/** What the pickers say when AWS refuses, limits, breaks or has a lot to say. */
import { beforeAll, describe, expect, test } from "vitest";
import type { KnownList } from "../../src/aws-discovery/answer.ts";
import { sources } from "../../src/aws-discovery/sources/index.ts";
import { ProblemError } from "../../src/engine/problem.ts";
import type { SourceId } from "../../src/engine/schema.ts";
import { isSettled, openAccount, useMadeUpCredentials } from "./support/account.ts";

beforeAll(useMadeUpCredentials);

const asking = (Object.keys(sources) as SourceId[]).filter((id) => sources[id].actions.length > 0);
const inputs = { repository: "shop/web", fileSystemId: "fs-0123456789abcdef0", cluster: "production" };

test("denied: every source names the permission it lacks", async () => {
  await using account = await openAccount("denied");
  for (const id of asking) {
    const { last } = await account.until(account.query(id, inputs), isSettled);
    expect(last, id).toMatchObject({ status: "failed", problem: { kind: "denied", action: sources[id].actions[0] } });
  }
});

test("denied: the regions are still offered, marked as not checked", async () => {
  await using account = await openAccount("denied:ec2:DescribeRegions");
  const { last } = await account.until(account.query("regions"), isSettled);
  expect(last).toMatchObject({ status: "failed", problem: { kind: "denied" } });
  expect(last.status === "failed" && last.items.find(({ value }) => value === "eu-west-1")?.columns[2]).toBe("not checked");
});

test.each([
  ["ec2:DescribeRouteTables", "subnets", "unknown"],
  ["ec2:DescribeVpcEndpoints", "subnets", "nat"],
] as const)("denied %s: %s come all the same", async (action, source, wayOut) => {
  await using account = await openAccount(`denied:${action}`);
  const items = await account.items(source);
  expect(items.find(({ columns }) => columns[0] === "private-a")?.facts?.["wayOut"]).toBe(wayOut);
  expect(items.find(({ columns }) => columns[0] === "private-c")?.warning).toBeUndefined();
});

test.each([
  ["ecr:BatchGetImage", "imageTags"],
  ["elasticloadbalancing:DescribeTargetHealth", "targetGroups"],
  ["elasticfilesystem:DescribeMountTargets", "fileSystems"],
] as const)("denied %s: %s come without that column", async (action, source) => {
  await using account = await openAccount(`denied:${action}`);
  const items = await account.items(source, source === "imageTags" ? { repository: "shop/web" } : {});
  expect(items.length).toBeGreaterThan(1);
  expect(items.every(({ columns }) => columns.at(-1) === "")).toBe(true);
});

test("denied description: clusters are known by name", async () => {
  await using account = await openAccount("denied:ecs:DescribeClusters");
  const clusters = await account.items("clusters");
  expect(clusters.map(({ columns }) => columns)).toContainEqual(["production", "", "", "", ""]);
});

test("denied services: the VPCs come, none marked", async () => {
  await using account = await openAccount("denied:ecs:ListServices");
  const vpcs = await account.items("vpcs", { cluster: "production" });
  expect(vpcs.length).toBeGreaterThan(1);
  expect(vpcs.some(({ facts }) => facts?.["cluster"] === true)).toBe(false);
});

test("denied parameters leave the secrets", async () => {
  await using account = await openAccount("denied:ssm:DescribeParameters");
  const { last } = await account.until(account.query("secrets"), isSettled);
  expect(last).toMatchObject({ status: "failed", problem: { kind: "denied", action: "ssm:DescribeParameters" } });
  expect(last.status === "failed" && last.items.some(({ facts }) => facts?.["kind"] === "secret")).toBe(true);
});

test("a registry's credentials are secrets only: denied parameters do not matter", async () => {
  await using account = await openAccount("denied:ssm:DescribeParameters");
  const items = await account.items("registrySecrets");
  expect(items.length).toBeGreaterThan(0);
  expect(items.every(({ value, columns }) => /^arn:aws:secretsmanager:/.test(value) && columns.length === 2)).toBe(true);
});

test("denied alias: we still know who we are", async () => {
  await using account = await openAccount("denied:iam:ListAccountAliases");
  const identity = await account.discovery.identity(account.target);
  expect(identity.accountId).toBe("123456789012");
  expect(identity).not.toHaveProperty("alias");
});

test("a role that is not there cannot be assumed, which is explained", async () => {
  await using account = await openAccount("default");
  const assumeRole = { roleArn: "arn:aws:iam::123456789012:role/nobody", sessionName: "test", externalId: "ours" };
  const error = await account.discovery.identity({ ...account.target, assumeRole }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ProblemError);
  expect((error as ProblemError).problem).toMatchObject({ kind: "denied", action: "sts:AssumeRole" });
  expect((error as ProblemError).problem.message).toContain(assumeRole.roleArn);
});

test("a role is assumed once for all services", async () => {
  await using account = await openAccount("default");
  const target = { ...account.target, assumeRole: { roleArn: "arn:aws:iam::123456789012:role/deploy-pipeline", durationSeconds: 3600 } };
  expect((await account.discovery.identity(target)).accountId).toBe("123456789012");
  account.sandbox.setFaults([{ kind: "denied", action: "sts:AssumeRole" }]);
  const { last } = await account.until({ ...account.query("vpcs"), target }, isSettled);
  expect(last.status).toBe("ready");
  const other = { ...target, assumeRole: { roleArn: target.assumeRole.roleArn, sessionName: "another" } };
  await expect(account.discovery.identity(other)).rejects.toMatchObject({ problem: { kind: "denied", action: "sts:AssumeRole" } });
});

test("expired credentials: said by all; once renewed, asking again works", async () => {
  await using account = await openAccount("expired-credentials");
  const query = account.query("vpcs");
  const { last } = await account.until(query, isSettled);
  expect(last).toMatchObject({ status: "failed", problem: { kind: "credentials" } });
  const refused = await account.discovery.identity(account.target).catch((error: unknown) => error);
  expect((refused as ProblemError).problem.kind).toBe("credentials");
  account.sandbox.setFaults([]);
  account.discovery.refresh(query);
  expect((await account.until(query, ({ status }) => status === "ready")).last).toMatchObject({ status: "ready" });
  expect((await account.discovery.identity(account.target)).accountId).toBe("123456789012");
});

test("empty: no rows, which is an answer", async () => {
  await using account = await openAccount("empty");
  for (const id of ["targetGroups", "repositories", "secrets", "fileSystems", "logGroups"] as const)
    expect(await account.items(id), id).toEqual([]);
});

test("throttled: late, never failed", async () => {
  await using account = await openAccount("default");
  account.sandbox.setFaults([{ kind: "throttled", action: "ec2:DescribeSecurityGroups", times: 2 }]);
  const { last, states } = await account.until(account.query("securityGroups"), isSettled);
  expect(last.status).toBe("ready");
  expect(states.some(({ status }) => status === "failed")).toBe(false);
});

test("flaky-network: breaks are bridged", async () => {
  await using account = await openAccount("flaky-network");
  for (const id of ["vpcs", "subnets", "securityGroups"] as const) expect((await account.items(id)).length, id).toBeGreaterThan(0);
});

describe("large", () => {
  test("rows are there before all have come, and leaving stops the rest", async () => {
    await using account = await openAccount("large");
    const query = account.query("securityGroups");
    const { last } = await account.until(query, (state) => state.status === "loading" && state.items.length > 0);
    expect(last.status === "loading" && last.items.length).toBeLessThan(5_000);
    await expect.poll(() => account.discovery.peek(query), { timeout: 5_000 }).toBeUndefined();
    const items = await account.items("securityGroups");
    expect(items.length).toBeGreaterThanOrEqual(5_000);
    expect(new Set(items.map(({ value }) => value)).size).toBe(items.length);
  });

  test("an answer is known at once the next time, marked until it is fresh", async () => {
    const disk = new Map<string, KnownList>();
    const cache = {
      load: (key: string) => disk.get(key),
      save: (key: string, items: KnownList["items"], at: number) => void disk.set(key, { items, at }),
    };
    await using account = await openAccount("default", { cache, realm: "sandbox" });
    const items = await account.items("vpcs");
    await using again = await openAccount("default", { cache, realm: "sandbox" });
    const { states } = await again.until(again.query("vpcs"), isSettled);
    expect(states[0]).toMatchObject({ status: "loading", stale: true, items });
    expect(states.at(-1)).toMatchObject({ status: "ready" });
  });
});
