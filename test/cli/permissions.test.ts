import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parsePolicy } from "../../src/sandbox/iam/policy.ts";
import { webService, writeProfile } from "../support/example-profiles.ts";
import { open, run, start, temporaryFolder } from "../support/program.ts";

const home = temporaryFolder();
afterAll(() => home[Symbol.dispose]());
const wizard = (...args: string[]) => run(args, { home: home.path });
const good = writeProfile(home.path);

describe("permissions prints a policy, and nothing else on stdout", () => {
  test("of a profile, alike with --json; in a pipeline without a word beside it", async () => {
    const [plain, json] = await Promise.all([wizard("permissions", good), wizard("permissions", good, "--json")]);
    expect(plain).toEqual(json);
    expect({ code: plain.code, stderr: plain.stderr }).toEqual({ code: 0, stderr: "" });
    parsePolicy(plain.stdout, "identity");
    expect(plain.stdout).toContain("arn:aws:cloudformation:eu-west-1:*:stack/cf-ecs-production-serviceshopWeb-default-untenanted/*");
  });

  test("with what the command line changes of the profile", async () => {
    const role = "taskExecutionRole.roleArn=arn:aws:iam::123456789012:role/run";
    const { stdout } = await wizard("permissions", good, "--set", role, "--region", "us-gov-west-1");
    expect(stdout).toContain('"arn:aws-us-gov:cloudformation:us-gov-west-1:123456789012:stack/');
    expect(stdout).not.toContain("iam:CreateRole");
  });

  test("of any deployment, for each purpose", async () => {
    const [deploy, watch, everything] = await Promise.all([
      wizard("permissions"),
      wizard("permissions", "--for", "watch"),
      wizard("permissions", "--for=all"),
    ]);
    for (const { code, stdout } of [deploy, watch, everything])
      expect([code, parsePolicy(stdout, "identity").Version]).toEqual([0, "2012-10-17"]);
    expect(watch.stdout).not.toMatch(/Create|Update|Delete|PassRole/);
    expect(deploy.stdout).not.toContain("secretsmanager:ListSecrets");
    expect(everything.stdout).toContain("secretsmanager:ListSecrets");
  });

  test("a profile with errors gets one, and is told what is open; secret values stay out of it", async () => {
    const text = `${webService.replace("cluster: production", "cluster: '#{Where}'").replace(/network:\n.*\n.*\n/, "")}variables: {Where: {sensitive: true}}\n`;
    const file = writeProfile(home.path, text, "open.yaml");
    const { code, stdout, stderr } = await wizard("permissions", file, "--var", "Where=hidden-cluster");
    expect(code).toBe(0);
    expect(stderr).toContain("network");
    expect(stderr).toContain("what it does not say is * in the policy");
    expect(stdout).not.toContain("hidden-cluster");
    expect(JSON.parse(stdout).Statement[0].Resource).toEqual(["arn:aws:cloudformation:eu-west-1:*:stack/cf-ecs-*/*"]);
  });

  test.each([
    [["no-such.yaml"], "there is no file no-such.yaml"],
    [[writeProfile(home.path, "version: 1\nname: [shop\n", "broken.yaml")], "not valid YAML"],
    [["--for", "fun"], "Choose deploy, watch, wizard, check, all"],
  ])("what it cannot do with %j", async (args, said) => {
    const { code, stdout, stderr } = await wizard("permissions", ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(said);
  });
});

test("a person at a terminal is told what to do with it", async () => {
  using wizard = open(["permissions", good, "--for", "watch"], { home: home.path, columns: 140 });
  const { code, screen } = await wizard.ended();
  expect(code).toBe(0);
  expect(screen).toContain("The account is not known: put its number where * stands for it");
  expect(screen).toContain("aws iam put-role-policy --role-name ROLE");
});

test("a policy can be tried out: the sandbox refuses its caller what it does not allow", async () => {
  const policy = join(home.path, "policy.json");
  writeFileSync(policy, (await wizard("permissions", good)).stdout);
  const served = start(["sandbox", "--caller-policy", policy, "--json"], { home: home.path });
  await served.says("endpoint");
  const { endpoint } = JSON.parse(served.stdout()) as { endpoint: string };
  const deployed = await wizard("deploy", good, "--yes", "--json", "--endpoint-url", endpoint);
  expect(deployed.code, deployed.stderr).toBe(0);
  const other = await wizard("deploy", good, "--set", "configuration.name=other", "--yes", "--endpoint-url", endpoint);
  expect(other.code).toBe(3);
  expect(other.stderr).toContain("cloudformation:");
  expect(other.stderr, "where the whole policy is found").toContain(`ecs-wizard permissions ${good}`);
  served.kill("SIGTERM");
  await served.done;
  writeFileSync(policy, "{}");
  expect(await wizard("sandbox", "--caller-policy", policy)).toMatchObject({ code: 2, stderr: expect.stringContaining("no IAM policy") });
});
