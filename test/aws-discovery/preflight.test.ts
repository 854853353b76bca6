/** The checks over the real SDK clients, against the simulated account. */
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { type AwsClients, createClients } from "../../src/aws-discovery/clients.ts";
import { createAccount } from "../../src/aws-discovery/preflight/account.ts";
import { policyFor } from "../../src/engine/permissions/policy.ts";
import { scopeOf } from "../../src/engine/permissions/scope.ts";
import type { CheckReport } from "../../src/engine/preflight/check.ts";
import { checks } from "../../src/engine/preflight/index.ts";
import { issuesOf } from "../../src/engine/preflight/report.ts";
import { runChecks } from "../../src/engine/preflight/run.ts";
import { subjectOf } from "../../src/engine/preflight/subject.ts";
import { formatPath } from "../../src/engine/schema.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/index.ts";
import { stepWith } from "../engine/preflight/healthy-account.ts";
import { useMadeUpCredentials } from "./support/account.ts";

beforeAll(useMadeUpCredentials);

async function report(sandbox: Sandbox, set: Readonly<Record<string, string>> = {}): Promise<CheckReport> {
  const clients: AwsClients = createClients({ region: "eu-west-1", endpointUrl: sandbox.endpoint }, { maxAttempts: 8 });
  const { step, issues } = stepWith(set);
  try {
    const signal = AbortSignal.timeout(30_000);
    return await runChecks(subjectOf(step, issues), createAccount(clients, signal), signal);
  } finally {
    clients.destroy();
  }
}

const lines = ({ results }: CheckReport): string[] =>
  issuesOf(results).map(({ path, severity, rule, message }) => `${severity} ${rule} ${formatPath(path)}: ${message}`);

describe("a scenario is predicted", () => {
  test.each([
    ["default", []],
    ["large", []],
    ["crash-loop", []],
    ["throttled", []],
    ["flaky-network", []],
    [
      "image-not-found",
      [/^error image-exists containers\[0\]\.image: .*shop\/web in eu-west-1 has no tag 1\.4\.2; its newest tags are .*1\.4\.1/],
    ],
    ["wrong-architecture", [/^error image-architecture containers\[0\]\.image: shop\/web:1\.4\.2 is built for arm64 only/]],
    ["no-route", [/^error subnet-way-out network\.subnets: private-a .* and private-b .* leads to nat-\w+, which is gone/]],
    [
      "secret-denied",
      [
        /^error execution-role-permissions taskExecutionRole\.roleArn: .*ecsTaskExecutionRole lacks secretsmanager:GetSecretValue on .* and /,
        /^error execution-role-permissions taskExecutionRole\.roleArn: .*ecsTaskExecutionRole lacks ssm:GetParameters on /,
      ],
    ],
  ] as const)("%s", async (scenario, expected) => {
    const sandbox = await startSandbox({ scenario, speed: 100 });
    try {
      const found = lines(await report(sandbox));
      expect(found.length, found.join("\n")).toBe(expected.length);
      for (const [at, one] of expected.entries()) expect(found[at]).toMatch(one);
    } finally {
      await sandbox.close();
    }
  });

  it("empty: all that the profile names is missing, each thing once", async () => {
    const sandbox = await startSandbox({ scenario: "empty", speed: 100 });
    try {
      const found = lines(await report(sandbox));
      const paths = found.filter((line) => line.startsWith("error")).map((line) => line.split(" ")[2]);
      expect(new Set(paths).size).toBe(paths.length);
      expect(found).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^error cluster-active target\.cluster: There is no cluster production/),
          expect.stringMatching(/^warning service-linked-role /),
          expect.stringMatching(/^error subnets-exist network\.subnets\[0\]:/),
          expect.stringMatching(/^error image-exists containers\[0\]\.image: There is no repository shop\/web/),
          expect.stringMatching(/^error secrets-exist /),
          expect.stringMatching(/^error file-system-available volumes\[1\]/),
        ]),
      );
    } finally {
      await sandbox.close();
    }
  });

  it("denied: every check that applies says which permission is missing, and nothing is an error", async () => {
    const sandbox = await startSandbox({ scenario: "denied", speed: 100 });
    try {
      const { results, problem } = await report(sandbox);
      expect(problem).toBeUndefined();
      const actions = new Map(checks.map((one) => [one.id, one.actions]));
      for (const { severity, rule, message } of issuesOf(results)) {
        expect(severity).toBe("warning");
        const action = /^Not checked: permission (\S+) missing\./.exec(message)?.[1];
        expect(actions.get(rule), `${rule}: ${message}`).toContain(action);
      }
      expect(new Set(issuesOf(results).map(({ rule }) => rule))).toEqual(new Set(results.map(({ id }) => id)));
    } finally {
      await sandbox.close();
    }
  });

  it("expired-credentials: one problem", async () => {
    const sandbox = await startSandbox({ scenario: "expired-credentials", speed: 100 });
    try {
      expect((await report(sandbox)).problem).toMatchObject({ kind: "credentials" });
    } finally {
      await sandbox.close();
    }
  });
});

describe("in Acme's account", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ speed: 100 });
  });
  afterAll(() => sandbox.close());
  const valueFrom = "containers[0].environment[2].valueFrom";
  const targetGroup = (name: string) => ({
    "loadBalancerMappings[0].targetGroupArn": `arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/${name}`,
  });

  test.each([
    ["a mistyped cluster", { "target.cluster": "prodution" }, [/^error cluster-active target\.cluster: .*no cluster prodution/]],
    [
      "a repository that is not there",
      { "containers[1].image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/workers:1" },
      [/^error image-exists containers\[1\]\.image: There is no repository shop\/workers/],
    ],
    [
      "another architecture than that of the images",
      { "taskSize.cpuArchitecture": "ARM64" },
      [/^error image-architecture containers\[0\].*amd64 only/, /^error image-architecture containers\[1\]/],
    ],
    [
      "a subnet without a way out, and without a mount target",
      { "network.subnets[1]": "subnet-0aab86fb02a9d03ec" },
      [/^error subnet-way-out network\.subnets\[1\]: private-c .* private-a .* has\./, /^error mount-targets volumes\[1\]\..*private-c/],
    ],
    [
      "public subnets without public addresses",
      { "network.subnets[0]": "subnet-0fe407c639424a097", "network.subnets[1]": "subnet-0e36d9577e0ae5fc4" },
      [/^error public-ip network\.assignPublicIp: public-a .* and public-b .* are public subnets/],
    ],
    [
      "a security group that lets nothing in or out",
      { "network.securityGroups[0]": "sg-05c175e54e4e01056" },
      [
        /^error security-groups-out network\.securityGroups: .*quarantine/,
        /^error load-balancer-reaches network\.securityGroups: /,
        /^error mount-target-access network\.securityGroups: .*TCP 2049 out/,
        /^error mount-target-access volumes\[1\]\.fileSystemId: .*no rule of media-efs .*2049 from quarantine/,
      ],
    ],
    [
      "a security group that does not let the load balancer in",
      { "network.securityGroups[0]": "sg-0d23cbcbeec471b1b" },
      [/^error load-balancer-reaches .*shop-alb .*no rule of worker-tasks .* lets TCP 80 in from alb-public/, /^error mount-target-access/],
    ],
    ["a target group of instances", targetGroup("legacy-instances-tg/802d4020d58c19b6"), [/^error target-group-type .*instance/]],
    ["a target group without a listener", targetGroup("shop-next-tg/6ab628699766edd6"), [/^error target-group-attached .*shop-next-tg/]],
    ["a target group that is gone", targetGroup("nothing/0123456789abcdef"), [/^error target-group-exists/]],
    [
      "a role that ECS tasks may not use",
      { "taskExecutionRole.roleArn": "arn:aws:iam::123456789012:role/deploy-pipeline" },
      [/^error roles-trust taskExecutionRole\.roleArn: /],
    ],
    [
      "a role that reads one of the secrets only",
      { "taskExecutionRole.roleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRoleShop" },
      [
        /^error execution-role-permissions taskExecutionRole\.roleArn: .* lacks secretsmanager:GetSecretValue on \S+docker-hub\S+: /,
        /^error execution-role-permissions .*ssm:GetParameters/,
        /^warning execution-role-permissions .* may lack s3:GetObject/,
      ],
    ],
    [
      "a secret that is to be deleted",
      { [valueFrom]: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/old-payment-key-MrViNK" },
      [/^error secrets-exist containers\[0\]\.environment\[2\]\.valueFrom: .*shop\/old-payment-key is marked for deletion/],
    ],
    [
      "a parameter that is not there",
      { [valueFrom]: "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/none" },
      [/^error secrets-exist containers\[0\]\.environment\[2\]\.valueFrom: There is no parameter \/shop\/none/],
    ],
    [
      "a log group that is somebody else's",
      { "configuration.name": "legacy-reports" },
      [/^error log-group-free configuration\.name: .*\/ecs\/legacy-reports exists already/],
    ],
    [
      "more tasks than addresses and quotas allow",
      { "deployment.desiredCount": "500" },
      [
        /^warning subnet-addresses .*fewer than the 500 tasks/,
        /^error fargate-quota .*140 of Fargate On-Demand/,
        /^error fargate-quota .*Spot/,
      ],
    ],
    [
      "a file system without mount targets",
      { "volumes[2].fileSystemId": "fs-0b71b2599ab3f2716" },
      [/^error mount-targets volumes\[2\]\.fileSystemId: .*no mount targets/],
    ],
    ["an access point of nobody", { "volumes[1].accessPointId": "fsap-0123456789abcdef0" }, [/^error access-points volumes\[1\]/]],
    [
      "a VPC with endpoints only, and everything else in another",
      {
        "network.subnets[0]": "subnet-0db8137ef1b06f5b2",
        "network.subnets[1]": "subnet-08f6bf385fff27f6d",
        "network.securityGroups[0]": "sg-04f857ceb2ce6293d",
      },
      [
        /^error subnet-way-out network\.subnets: .*cannot pull acme\/shop-migrate:1\.4\.2\.$/,
        /^error load-balancer-reaches /,
        /^error target-group-vpc loadBalancerMappings\[0\]\.targetGroupArn: /,
        /^error mount-targets volumes\[1\]\.fileSystemId: /,
      ],
    ],
  ] as const)("%s is found", async (_, set, expected) => {
    const found = lines(await report(sandbox, set as Readonly<Record<string, string>>));
    expect(found.length, found.join("\n")).toBe(expected.length);
    for (const [at, one] of expected.entries()) expect(found[at]).toMatch(one);
  });

  it("the permissions that the checks name are all they need", async () => {
    const policyOf = (set?: Readonly<Record<string, string>>) => JSON.stringify(policyFor(scopeOf(stepWith(set).step), ["check"]));
    const strict = await startSandbox({ callerPolicy: policyOf(), speed: 100 });
    try {
      expect(lines(await report(strict))).toEqual([]);
      // What is missing is looked for further.
      const missing = {
        "target.cluster": "production-2",
        "containers[0].image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/wep:1",
        "containers[1].image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/worker:9",
      };
      strict.world.callerPolicy = policyOf(missing);
      const [cluster, repository, tag] = await report(strict, missing).then(({ results }) =>
        issuesOf(results).map(({ hint, message }) => `${message} ${hint}`),
      );
      expect(cluster).toContain("nearest is production");
      expect(repository).toContain("nearest is shop/web");
      expect(tag).toContain("1.4.1");
    } finally {
      await strict.close();
    }
  });

  it("an image that a rule of ECR fetches when it is first pulled is not missed", async () => {
    const cached = { "containers[1].image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/hub/library/redis:7" };
    expect(lines(await report(sandbox, cached))).toEqual([expect.stringMatching(/^error image-exists containers\[1\]\.image/)]);
    const { ecr } = sandbox.world.regions["eu-west-1"] ?? {};
    if (ecr) ecr.pullThroughCacheRules = { hub: "registry-1.docker.io" };
    expect(lines(await report(sandbox, cached))).toEqual([]);
  });

  it("no value of a secret or parameter is asked for", async () => {
    const strict = await startSandbox({ scenario: "denied:ssm:GetParameter*,denied:secretsmanager:GetSecretValue", speed: 100 });
    try {
      expect(lines(await report(strict))).toEqual([]);
    } finally {
      await strict.close();
    }
  });
});
