/** `ecs-wizard check`, as a pipeline and a person meet it. */
import { afterAll, describe, expect, test } from "vitest";
import { example, webService, writeProfile } from "../support/example-profiles.ts";
import { run, temporaryFolder } from "../support/program.ts";

const home = temporaryFolder();
afterAll(() => home[Symbol.dispose]());
const check = (profile: string, ...args: string[]) => run(["check", profile, ...args], { home: home.path });
const repository = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web";
const good = writeProfile(home.path);

interface Document {
  readonly valid: boolean;
  readonly issues: readonly Readonly<Record<string, string>>[];
}

describe("check --json is {valid, issues}", () => {
  test("of what will deploy well, without a word on stderr", async () => {
    expect(await check(good, "--sandbox", "--json")).toEqual({
      code: 0,
      stdout: `${JSON.stringify({ valid: true, issues: [] }, null, 2)}\n`,
      stderr: "",
    });
  });

  test("of what will fail: its place, its rule and what to do, and nothing else in it", async () => {
    const { code, stdout, stderr } = await check(good, "--sandbox=image-not-found", "--json");
    const { valid, issues } = JSON.parse(stdout) as Document;
    expect({ code, stderr, valid }).toEqual({ code: 2, stderr: "", valid: false });
    expect(issues).toEqual([
      {
        path: "containers[0].image",
        severity: "error",
        rule: "image-exists",
        message: expect.stringContaining("no tag 1.4.2; its newest tags are"),
        hint: expect.stringContaining("--image web=TAG"),
      },
    ]);
  });

  test("of an invalid profile: what its rules say, and what its sound values would meet", async () => {
    const { code, stdout } = await check(
      good,
      "--sandbox=no-route",
      "--json",
      "--set",
      "taskSize.cpu=300",
      "--set",
      "network.subnets[1]=b",
    );
    const { valid, issues } = JSON.parse(stdout) as Document;
    expect({ code, valid }).toEqual({ code: 2, valid: false });
    const found = issues.map(({ path, rule }) => `${path} ${rule}`);
    expect(found).toEqual(expect.arrayContaining(["network.subnets[0] subnet-way-out", "taskSize.cpu not-an-option"]));
    expect(found.filter((one) => one.startsWith("network.subnets[1] "))).toHaveLength(1);
  });

  test("without permissions: a warning each, by name", async () => {
    const { code, stdout } = await check(good, "--sandbox=denied", "--json");
    const { valid, issues } = JSON.parse(stdout) as Document;
    expect({ code, valid }).toEqual({ code: 0, valid: true });
    expect(issues.length).toBeGreaterThan(10);
    for (const { severity, message } of issues) {
      expect(severity).toBe("warning");
      expect(message).toMatch(/^Not checked: permission \w+:\w+ missing\./);
    }
  });

  test("of a file that is no profile", async () => {
    const { code, stdout } = await check(writeProfile(home.path, "- 1\n", "list.yaml"), "--sandbox", "--json");
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ valid: false, issues: [{ severity: "error" }] });
  });
});

test.each([
  ["expired credentials", ["--sandbox=expired-credentials"], /expired/],
  ["nobody there", ["--endpoint-url", "http://127.0.0.1:1"], /connect|reach|refuse/i],
])("%s: exit code 3 and one problem, not a list", async (_, args, words) => {
  const [json, plain] = await Promise.all([check(good, ...args, "--json"), check(good, ...args)]);
  expect([json.code, plain.code]).toEqual([3, 3]);
  expect(JSON.parse(json.stdout)).toMatchObject({ error: { message: expect.stringMatching(words), exitCode: 3 } });
  expect(plain.stdout).toBe("");
  expect(plain.stderr.match(/^ecs-wizard: /gm)).toHaveLength(1);
});

test("--image, --var and --set are applied first", async () => {
  const open = writeProfile(home.path, webService.replace(":1.4.2", ""), "open.yaml");
  const bound = writeProfile(home.path, webService.replace(":1.4.2", ":#{Tag}"), "bound.yaml");
  const rules = async (...args: [string, ...string[]]) => {
    const { stdout } = await check(...args, "--sandbox", "--json");
    return (JSON.parse(stdout) as Document).issues.map(({ path, rule }) => `${path} ${rule}`);
  };
  const found = await Promise.all([
    rules(open),
    rules(open, "--image", "web=9.9.9"),
    rules(open, "--image", `web=${repository}:1.4.1`),
    rules(bound),
    rules(bound, "--var", "Tag=9.9.9"),
    rules(good, "--set", "target.cluster=nowhere"),
    rules(good, "--set", "target.region=#{Region}"),
  ]);
  expect(found).toEqual([
    [],
    ["containers[0].image image-exists"],
    [],
    ["containers[0].image variable-missing"],
    ["containers[0].image image-exists"],
    ["target.cluster cluster-active"],
    ["target.region variable-missing"],
  ]);
});

test("for a person: errors, warnings, what was not checked, and how much passed, on stdout", async () => {
  const [sidecar, failing, denied] = await Promise.all([
    check(example("web-with-sidecar"), "--sandbox"),
    check(example("web-service"), "--sandbox=wrong-architecture,failed-create"),
    check(example("web-service"), "--sandbox=denied:ec2:DescribeSubnets"),
  ]);
  expect(sidecar).toMatchObject({ code: 0, stderr: "" });
  expect(sidecar.stdout).toMatch(/^- not checked: public\.ecr\.aws\S+ is not in Amazon ECR \(image-exists\)\n\n\d+ checks passed\n$/);
  expect(failing.code).toBe(2);
  expect(failing.stdout).toMatch(
    /^1 error:\n {2}✗ containers\[0\]\.image: .*arm64 only.*\n {6}→ .*\n\n1 warning:\n {2}! configuration\.name: .*ROLLBACK_COMPLETE.*\n {6}→ .*\n\n\d+ checks passed\n$/,
  );
  expect(denied.code).toBe(0);
  expect(denied.stdout.match(/^- not checked: permission ec2:DescribeSubnets missing \(/gm)).toHaveLength(1);
});
