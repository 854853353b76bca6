import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { causeOf } from "../../../src/engine/diagnosis/index.ts";
import type { Account, Permission } from "../../../src/engine/preflight/account.ts";
import { checks } from "../../../src/engine/preflight/index.ts";
import { checksPage } from "../../../src/engine/preflight/page.ts";
import { issuesOf, passed } from "../../../src/engine/preflight/report.ts";
import { runChecks } from "../../../src/engine/preflight/run.ts";
import { subjectOf } from "../../../src/engine/preflight/subject.ts";
import { ProblemError } from "../../../src/engine/problem.ts";
import { formatPath } from "../../../src/engine/schema.ts";
import { account, groups, rule, stepWith, subnets } from "./healthy-account.ts";

const never = new AbortController().signal;

async function check(different: Partial<Account> = {}, set: Readonly<Record<string, string>> = {}) {
  const { step, issues } = stepWith(set);
  return await runChecks(subjectOf(step, issues), account(different), never);
}

async function found(different: Partial<Account>, set: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const { results } = await check(different, set);
  return issuesOf(results).map(({ path, severity, rule, message }) => `${severity} ${rule} ${formatPath(path)}: ${message}`);
}

const group = (index: number, rest: Partial<(typeof groups)[number]>): Partial<Account> => ({
  securityGroups: async (ids) => groups.map((one, at) => (at === index ? { ...one, ...rest } : one)).filter(({ id }) => ids.includes(id)),
});
const routes = (...kinds: ("public" | "nat" | "none")[]): Partial<Account> => ({
  routes: async (asked) => new Map(asked.map(({ id }, at) => [id, { kind: kinds[at] ?? "nat" }])),
});
const targetGroup = (rest: object): Partial<Account> => ({
  targetGroup: async (arn) => ({ arn, name: "shop-tg", type: "ip", protocol: "HTTP", vpcId: "vpc-1", loadBalancers: ["lb"], ...rest }),
});
const may = (one: (action: string, resource: string) => Permission): Pick<Account, "may"> => ({
  may: async (_, actions, resource) => actions.map((action) => one(action, resource)),
});
const manualLog = { "containers[0].logging.type": "manual", "containers[0].logging.logDriver": "awslogs" };
const manualGroup = {
  ...manualLog,
  "containers[0].logging.options.awslogs-group": "/shop",
  "containers[0].logging.options.awslogs-region": "eu-west-1",
  "containers[0].logging.options.awslogs-stream-prefix": "web",
};
const bare = { "containers[0].image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web" };

describe("the table of checks", () => {
  it("has stable names, each once, actions, and predicts causes of the catalogue", () => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    for (const { id, actions, claim, predicts } of checks) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(actions.length, id).toBeGreaterThan(0);
      expect(claim, id).toMatch(/^(?:the|every|a|ECS|Auto)/);
      for (const cause of predicts) expect(causeOf(cause), `${id}: ${cause}`).toBeDefined();
    }
  });

  it("is docs/checks.md", () => {
    expect(readFileSync(new URL("../../../docs/checks.md", import.meta.url), "utf8")).toBe(checksPage());
  });

  it("finds nothing where all is well, and says which images it cannot see", async () => {
    const { results, problem } = await check();
    expect(issuesOf(results)).toEqual([]);
    expect(problem).toBeUndefined();
    expect(results.flatMap(({ untold }) => untold.map(({ reason }) => reason))).toEqual(["acme/shop-migrate:1.4.2 is not in Amazon ECR"]);
    expect(passed(results)).toBeGreaterThan(25);
  });
});

type Case = readonly [what: string, different: Partial<Account>, set: Readonly<Record<string, string>>, findings: readonly RegExp[]];

const cases: readonly Case[] = [
  [
    "no cluster of that name",
    { cluster: async () => undefined },
    {},
    [/^error cluster-active target\.cluster: There is no cluster production/],
  ],
  [
    "a cluster that is gone",
    { cluster: async (name) => ({ name, status: "INACTIVE", capacityProviders: ["FARGATE", "FARGATE_SPOT"] }) },
    {},
    [/^error cluster-active target\.cluster: .*INACTIVE/],
  ],
  [
    "a tag that is not there",
    { image: async () => ({ found: "repository" }) },
    {},
    Array(3).fill(/^error image-exists containers\[\d\]\.image: .* has no tag .*newest tags are 1\.4\.2/),
  ],
  [
    "no repository",
    { image: async () => ({ found: "nothing" }) },
    { "containers[1].image": "acme/worker:1" },
    Array(2).fill(/^error image-exists .*There is no repository/),
  ],
  [
    "a capacity provider that the cluster lacks",
    { cluster: async (name) => ({ name, status: "ACTIVE", capacityProviders: ["FARGATE"] }) },
    {},
    [
      /^error capacity-providers deployment\.capacityProviders\[1\]\.provider: .*FARGATE_SPOT is not associated with the cluster production/,
    ],
  ],
  [
    "no repository of an image whose tag is chosen later",
    { hasRepository: async () => false },
    bare,
    [/^error image-exists containers\[0\]\.image/],
  ],
  [
    "another architecture",
    { architectures: async () => ["arm64"] },
    {},
    Array(3).fill(/^error image-architecture containers\[\d\]\.image: .*arm64 only.*X86_64/),
  ],
  [
    "a missing subnet",
    { subnets: async () => subnets.slice(0, 1) },
    {},
    [/^error subnets-exist network\.subnets\[1\]: There is no subnet subnet-09c8/],
  ],
  [
    "subnets of two VPCs",
    { subnets: async () => [...subnets.slice(0, 1), { ...subnets[1], vpcId: "vpc-2" } as never] },
    {},
    [/^error subnets-one-vpc network\.subnets\[1\]: private-b .* vpc-2/],
  ],
  [
    "no free addresses",
    { subnets: async () => subnets.map((one) => ({ ...one, freeAddresses: 0 })) },
    {},
    [/^error subnet-addresses network\.subnets: .*0 free/],
  ],
  [
    "few free addresses",
    { subnets: async () => subnets.map((one) => ({ ...one, freeAddresses: 2 })) },
    {},
    [/^warning subnet-addresses network\.subnets: .*4 free.*up to 6 tasks/],
  ],
  [
    "a full subnet",
    { subnets: async () => subnets.map((one, at) => ({ ...one, freeAddresses: at * 50 })) },
    {},
    [/^warning subnet-addresses network\.subnets\[0\]: private-a/],
  ],
  [
    "no way out of one subnet",
    routes("nat", "none"),
    {},
    [/^error subnet-way-out network\.subnets\[1\]: private-b .*no VPC endpoint for ECR .* private-a .* has\./],
  ],
  [
    "a route that leads to what is gone",
    { routes: async (asked) => new Map(asked.map(({ id }) => [id, { kind: "none", gone: "nat-1" }])) },
    {},
    [/^error subnet-way-out network\.subnets: private-a .* and private-b .*nat-1, which is gone/],
  ],
  [
    "public subnets without public addresses",
    routes("public", "nat"),
    {},
    [/^error public-ip network\.assignPublicIp: private-a .* is a public subnet/],
  ],
  [
    "public addresses in private subnets",
    {},
    { "network.assignPublicIp": "true" },
    [/^warning public-ip network\.assignPublicIp: .*no use/],
  ],
  [
    "a VPC without names",
    { vpcDns: async () => ({ support: true, hostnames: false }) },
    {},
    [/^warning vpc-dns network\.subnets: .*hostnames/],
  ],
  [
    "a missing security group",
    { securityGroups: async (ids) => groups.slice(1).filter(({ id }) => ids.includes(id)) },
    {},
    [/^error security-groups-exist network\.securityGroups\[0\]/],
  ],
  [
    "a security group of another VPC",
    group(0, { vpcId: "vpc-2" }),
    {},
    [/^error security-groups-vpc network\.securityGroups\[0\]: .*vpc-2/],
  ],
  [
    "nothing let out",
    group(0, { egress: [rule({ from: 2049, to: 2049, groups: ["sg-efs"] })] }),
    {},
    [/^error security-groups-out network\.securityGroups: .*lets no HTTPS/],
  ],
  [
    "HTTPS let out within the VPC only",
    group(0, { egress: [rule({ protocol: "-1", ranges: ["10.0.0.0/16"] })] }),
    {},
    [/^warning security-groups-out .*10\.0\.0\.0\/16 only/],
  ],
  ["no target group", { targetGroup: async () => undefined }, {}, [/^error target-group-exists loadBalancerMappings\[0\]\.targetGroupArn/]],
  [
    "a target group of instances",
    targetGroup({ type: "instance" }),
    {},
    [/^error target-group-type loadBalancerMappings\[0\]\.targetGroupArn: .*instance/],
  ],
  ["a target group of another VPC", targetGroup({ vpcId: "vpc-2" }), {}, [/^error target-group-vpc .*vpc-2, but .*vpc-1/]],
  ["a target group without a listener", targetGroup({ loadBalancers: [] }), {}, [/^error target-group-attached /]],
  [
    "a target group that sends UDP",
    targetGroup({ protocol: "UDP" }),
    {},
    [/^error target-group-protocol .*UDP, but port 80 of web is TCP/],
  ],
  ["HTTPS to port 80", targetGroup({ protocol: "HTTPS" }), {}, [/^warning target-group-protocol .*HTTPS/]],
  [
    "a health check on a port that nobody has",
    targetGroup({ healthPort: 9000 }),
    {},
    [/^error load-balancer-reaches .*TCP 9000/, /^warning target-group-health .*9000/],
  ],
  [
    "tasks that do not let the load balancer in",
    group(0, { ingress: [rule({ from: 8080, to: 8080, groups: ["sg-alb"] })] }),
    {},
    [
      /^error load-balancer-reaches network\.securityGroups: The load balancer shop-alb cannot reach web: no rule of web-tasks .* lets TCP 80 in from alb/,
    ],
  ],
  [
    "a load balancer that lets nothing out",
    group(1, { egress: [] }),
    {},
    [/^error load-balancer-reaches network\.securityGroups: .*no rule of its alb .*out to the tasks/],
  ],
  [
    "a zone that the load balancer lacks",
    { loadBalancers: async () => [{ arn: "lb", name: "shop-alb", securityGroups: ["sg-alb"], zones: ["eu-west-1a"] }] },
    {},
    [/^error load-balancer-zones network\.subnets: .*private-b .* in eu-west-1b/],
  ],
  [
    "no roles",
    { role: async (name) => (name.startsWith("AWS") ? { name, arn: "", trustsTasks: false } : undefined) },
    {},
    [/^error roles-exist configuration\.taskRole/, /^error roles-exist taskExecutionRole\.roleArn/],
  ],
  [
    "roles of another account",
    {},
    { "taskExecutionRole.roleArn": "arn:aws:iam::999999999999:role/exec" },
    [/^error roles-exist taskExecutionRole\.roleArn: .*999999999999.*123456789012/],
  ],
  [
    "a role for instances",
    { role: async (name) => ({ name, arn: `arn:aws:iam::123456789012:role/${name}`, trustsTasks: name === "shop-task" }) },
    {},
    [/^error roles-trust taskExecutionRole\.roleArn: .*ecsTaskExecutionRole does not trust/],
  ],
  [
    "secrets that may not be read",
    { ...may((action) => (action === "secretsmanager:GetSecretValue" ? "denied" : "allowed")) },
    {},
    [
      /^error execution-role-permissions taskExecutionRole\.roleArn: .* lacks secretsmanager:GetSecretValue on .*shop\/db.* and .*docker-hub/,
    ],
  ],
  [
    "secrets whose own policies may let the role in",
    { ...may((action) => (action === "secretsmanager:GetSecretValue" ? "denied" : "allowed")), secretHasPolicy: async () => true },
    {},
    [/^warning execution-role-permissions .* may lack/],
  ],
  [
    "a permission with conditions",
    { ...may((action) => (action === "ecr:GetAuthorizationToken" ? "unknown" : "allowed")) },
    {},
    [/^warning execution-role-permissions .* may lack ecr:GetAuthorizationToken on \*/],
  ],
  [
    "a log group that the role may not make",
    { ...may((action) => (action === "logs:CreateLogGroup" ? "denied" : "allowed")) },
    { ...manualGroup, "containers[0].logging.options.awslogs-create-group": "true" },
    [/^error execution-role-permissions .*logs:CreateLogGroup/],
  ],
  [
    "a missing secret",
    { secret: async () => undefined },
    {},
    [
      /^error secrets-exist containers\[0\]\.environment\[2\]\.valueFrom: .*shop\/db-ITla7S/,
      /^error secrets-exist containers\[2\]\.repositoryCredentials\.secretArn/,
    ],
  ],
  [
    "a secret about to go",
    { secret: async (arn) => ({ name: "shop/db", arn, deleted: true }) },
    {},
    Array(2).fill(/^error secrets-exist .*marked for deletion/),
  ],
  [
    "a missing parameter",
    { hasParameter: async () => false },
    {},
    [/^error secrets-exist containers\[2\]\.logging\.secretOptions\[0\]\.valueFrom: .*\/shop\/production\/api-token/],
  ],
  [
    "a missing log group",
    {},
    manualGroup,
    [/^error log-group-exists containers\[0\]\.logging\.options\.awslogs-group: There is no log group \/shop/],
  ],
  [
    "a log group of somebody else",
    { hasLogGroup: async () => true },
    {},
    [/^error log-group-free configuration\.name: .*\/ecs\/shop-everything exists already/],
  ],
  [
    "no service-linked role",
    {
      role: async (name) =>
        name.startsWith("AWS") ? undefined : { name, arn: `arn:aws:iam::123456789012:role/${name}`, trustsTasks: true },
    },
    {},
    [/^warning service-linked-role target\.cluster/],
  ],
  [
    "a small quota",
    { vCpuQuota: async () => 1 },
    {},
    [
      /^warning fargate-quota deployment\.maximumPercent: .*2 tasks/,
      /^error fargate-quota deployment\.desiredCount: 2 tasks of 1 vCPU are 2/,
    ],
  ],
  ["no file system", { fileSystem: async () => undefined }, {}, [/^error file-system-available volumes\[1\]\.fileSystemId/]],
  [
    "a file system that is being deleted",
    { fileSystem: async (id) => ({ id, state: "deleting" }) },
    {},
    [/^error file-system-available .*deleting/],
  ],
  [
    "a zone without a mount target",
    { mountTargets: async () => [{ id: "fsmt-a", zone: "eu-west-1a", vpcId: "vpc-1", state: "available" }] },
    {},
    [/^error mount-targets volumes\[1\]\.fileSystemId: .*private-b .* in eu-west-1b/],
  ],
  ["no mount targets", { mountTargets: async () => [] }, {}, [/^error mount-targets .*no mount targets/]],
  [
    "mount targets of another VPC",
    { mountTargets: async () => [{ id: "fsmt-a", zone: "eu-west-1a", vpcId: "vpc-2", state: "available" }] },
    {},
    [/^error mount-targets .*vpc-2 only/],
  ],
  [
    "mount targets that are shut",
    group(2, { ingress: [rule({ from: 2049, to: 2049, groups: ["sg-other"] })] }),
    {},
    [/^error mount-target-access volumes\[1\]\.fileSystemId: .*no rule of efs .*2049/],
  ],
  [
    "an access point of another file system",
    { accessPoint: async (id) => ({ id, fileSystemId: "fs-other", state: "available" }) },
    {},
    [/^error access-points volumes\[1\]\.accessPointId: .*fs-other/],
  ],
  ["no access point", { accessPoint: async () => undefined }, {}, [/^error access-points /]],
  [
    "a stack at work",
    { stackStatus: async () => "UPDATE_IN_PROGRESS" },
    {},
    [/^warning stack-ready configuration\.name: .*another operation/],
  ],
  [
    "a stack that failed",
    { stackStatus: async () => "ROLLBACK_COMPLETE" },
    {},
    [/^warning stack-ready configuration\.name: .*has to be deleted/],
  ],
];

describe("a check finds", () => {
  test.each(cases)("%s", async (_, different, set, findings) => {
    const all = await found(different, set);
    expect(all.length, all.join("\n")).toBe(findings.length);
    for (const [at, one] of findings.entries()) expect(all[at]).toMatch(one);
  });

  it("with a hint for each, all values filled in", async () => {
    for (const [, different, set] of cases) {
      for (const { message, hint } of issuesOf((await check(different, set)).results)) {
        expect(hint, message).not.toBe("");
        expect(`${message} ${hint}`).not.toMatch(/\{\w+\}|undefined|\[\[/);
      }
    }
  });
});

describe("a check is silent", () => {
  const endpoints = (services: readonly string[], securityGroups: readonly string[] = ["sg-vpce"]): Partial<Account> => ({
    ...routes("none", "none"),
    endpoints: async (asked) => new Map(asked.map(({ id }) => [id, services.map((service) => ({ id: service, service, securityGroups }))])),
  });
  const own = { "containers[2].image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/migrate:1" };
  const all = ["ecr.api", "ecr.dkr", "s3", "logs", "secretsmanager", "ssm"];

  test.each([
    ["of isolated subnets with all endpoints", endpoints(all), own],
    [
      "of a log group of the stack itself",
      { hasLogGroup: async () => true, stackStatus: async () => "UPDATE_COMPLETE", stackResources: async () => ["/ecs/shop-everything"] },
      {},
    ],
    ["of a log group that the driver makes", {}, { ...manualGroup, "containers[0].logging.options.awslogs-create-group": "true" }],
    ["of an image whose tag is chosen at deployment", {}, bare],
    [
      "of values that are not known yet",
      {},
      { "target.cluster": "#{Cluster}", "network.subnets[0]": "#{Subnet}", "containers[0].image": "#{Image}" },
    ],
    [
      "of a network load balancer without security groups, where addresses are let in",
      {
        ...group(0, { ingress: [rule({ from: 80, to: 80, ranges: ["10.0.0.0/8"] })] }),
        loadBalancers: async () => [{ arn: "lb", name: "nlb", securityGroups: [], zones: ["eu-west-1a", "eu-west-1b"] }],
      },
      {},
    ],
    ["of an image that a rule of ECR fetches", { image: async () => ({ found: "nothing" }), pullsThrough: async () => true }, {}],
    [
      "of HTTPS let out within the VPC, where endpoints do",
      { ...endpoints(all), ...routes("nat", "nat"), ...group(0, { egress: [rule({ protocol: "-1", ranges: ["10.0.0.0/16"] })] }) },
      own,
    ],
    [
      "of a policy on secrets by their whole ARNs",
      {
        secret: async (arn: string) => ({ name: "shop/db", arn: `${arn}-AbCdEf`, deleted: false }),
        ...may((action, arn) => (action.startsWith("secrets") && !arn.endsWith("-AbCdEf") ? "denied" : "allowed")),
      },
      {},
    ],
    ["of a quota that nobody tells", { vCpuQuota: async () => undefined }, {}],
  ] as const)("%s", async (_, different, set) => {
    expect(await found(different as Partial<Account>, set)).toEqual([]);
  });

  it("of nothing that only the internet leads to, where there are endpoints only", async () => {
    expect(await found(endpoints(all))).toEqual([
      expect.stringMatching(/^error subnet-way-out network\.subnets: .*cannot pull acme\/shop-migrate:1\.4\.2\.$/),
    ]);
    expect(await found(endpoints(all.filter((one) => one !== "logs")), own)).toEqual([
      expect.stringMatching(/CloudWatch Logs \(logs\): a task there cannot write its logs\.$/),
    ]);
  });

  it("but of endpoints that let nobody in", async () => {
    const shut = { ...endpoints(all), ...group(3, { ingress: [rule({ from: 443, to: 443, groups: ["sg-other"] })] }) };
    expect(await found(shut, own)).toEqual([
      expect.stringMatching(/^error endpoints-let-in network\.securityGroups: .*no rule of vpce .*443/),
    ]);
  });

  it("of values that are wrong as they stand: the rules have said so", async () => {
    const asked: string[] = [];
    const subnets: Account["subnets"] = async (ids) => {
      asked.push(...ids);
      return [];
    };
    await check({ subnets }, { "network.subnets[0]": "private-a" });
    expect(new Set(asked)).toEqual(new Set(["subnet-09c8ca443d7399043"]));
  });
});

describe("what cannot be told", () => {
  const denied = (action: string) => () => Promise.reject(new ProblemError({ kind: "denied", action, message: "denied", hint: "" }));

  it("for want of a permission is a warning that names it, at the check's rule", async () => {
    const { results } = await check({ routes: denied("ec2:DescribeRouteTables") });
    const issues = issuesOf(results);
    expect(issues.map(({ rule }) => rule)).toEqual(["subnet-way-out", "public-ip", "endpoints-let-in"]);
    for (const { severity, message, hint } of issues) {
      expect(severity).toBe("warning");
      expect(message).toMatch(/^Not checked: permission ec2:DescribeRouteTables missing\. It is not known whether /);
      expect(hint).toContain("ec2:DescribeRouteTables");
    }
  });

  it("of one thing leaves the others told", async () => {
    const image: Account["image"] = async (of) =>
      of.repository === "shop/worker" ? await denied("ecr:DescribeImages")() : { found: "repository" };
    const rules = (await found({ image })).filter((line) => line.includes("image-exists"));
    expect(rules).toHaveLength(3);
    expect(rules.filter((line) => line.startsWith("error"))).toHaveLength(2);
    expect(rules.filter((line) => /^warning image-exists containers\[1\]\.image: Not checked/.test(line))).toHaveLength(1);
  });

  it("for want of time is told when the signal aborts, whoever still waits", async () => {
    const ending = new AbortController();
    const { step, issues } = stepWith();
    const report = runChecks(subjectOf(step, issues), account({ subnets: () => new Promise(() => {}) }), ending.signal);
    ending.abort();
    const untold = (await report).results.flatMap(({ untold }) => untold.map(({ reason }) => reason));
    expect(untold).toContain("AWS did not answer in time");
  });

  it("for a fault of the check itself is no end of the others", async () => {
    const { results } = await check({
      routes: () => {
        throw new TypeError("cannot read it");
      },
    });
    const broken = issuesOf(results).filter(({ message }) => message.includes("is broken (cannot read it)"));
    expect(broken.map(({ rule, severity }) => `${severity} ${rule}`)).toContain("warning subnet-way-out");
    expect(passed(results)).toBeGreaterThan(20);
  });

  it("without credentials is one problem, not a list", async () => {
    const expired = () => Promise.reject(new ProblemError({ kind: "credentials", message: "expired", hint: "sign in" }));
    const everything = Object.fromEntries(Object.keys(account()).map((name) => [name, expired]));
    const { problem } = await check(everything as Partial<Account>);
    expect(problem).toMatchObject({ kind: "credentials", hint: "sign in" });
  });

  it("without a connection is one problem; one connection that breaks is not", async () => {
    const cut = () => Promise.reject(new ProblemError({ kind: "unreachable", message: "no answer", hint: "" }));
    const everything = Object.fromEntries(Object.keys(account()).map((name) => [name, cut]));
    expect((await check(everything as Partial<Account>)).problem).toMatchObject({ kind: "unreachable" });
    expect((await check({ id: cut })).problem, "who we are is not all there is to know").toBeUndefined();
    const { problem, results } = await check({ vCpuQuota: cut });
    expect(problem).toBeUndefined();
    expect(issuesOf(results)).toMatchObject(
      [
        { rule: "fargate-quota", severity: "warning" },
        { rule: "fargate-quota", severity: "warning" },
      ].slice(0, 1),
    );
  });

  it("and each check is heard of as it ends", async () => {
    const heard: string[] = [];
    const { step } = stepWith();
    const { results } = await runChecks(subjectOf(step), account(), never, ({ id }) => heard.push(id));
    expect([...heard].sort()).toEqual(results.map(({ id }) => id).sort());
  });
});
