import { existsSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { webService, writeProfile } from "../support/example-profiles.ts";
import { run, start, temporaryFolder } from "../support/program.ts";

const home = temporaryFolder();
afterAll(() => home[Symbol.dispose]());
const wizard = (...args: string[]) => run(args, { home: home.path });

const good = writeProfile(home.path);
const file = (name: string, text: string) => writeProfile(home.path, text, name);
const misspelt = file("misspelt.yaml", webService.replace("network:", "netwrok:"));
const broken = file("broken.yaml", "version: 1\nname: [shop\n");
const aList = file("list.yaml", "- 1\n- 2\n");
const empty = file("empty.yaml", "");
const circle = join(home.path, "circle.yaml");
symlinkSync("circle.yaml", circle);

const deploys = [
  ["a misspelt key", [misspelt], 2, ["netwrok", 'nearest known key is "network"']],
  [
    "a cpu and memory that do not go together",
    [good, "--set", "taskSize.memory=4096"],
    2,
    ["taskSize.memory", "4096 MiB", "512, 1024, 2048"],
  ],
  ["a missing file", ["no-such.yaml"], 2, ["there is no file no-such.yaml"]],
  ["a folder", [join(home.path, "/")], 2, ["cannot read", "it is a folder"]],
  ["a link to itself", [circle], 2, ["circle.yaml", "its links lead in a circle"]],
  ["an unknown profile", ["no-such"], 2, ["there is no profile no-such", "./no-such.yaml"]],
  ["broken YAML", [broken], 2, ["Line 3, column 1", "not valid YAML"]],
  ["a file of something else", [aList], 2, ["list"]],
  ["an empty file", [empty], 2, ["empty has"]],
  ["no subnets", [good, "--set", "network.subnets="], 2, ["network.subnets", "Choose at least one"]],
  [
    "an unknown cluster",
    [good, "--set", "target.cluster=prodution"],
    2,
    ["target.cluster", "prodution in eu-west-1", "nearest is production"],
  ],
  ["a path that is none", [good, "--set", "netwrok.subnets=x"], 2, ["netwrok", "nearest known path is network"]],
  ["text where a number belongs", [good, "--set", "deployment.desiredCount=two"], 2, ["deployment.desiredCount", "two"]],
  ["an image for a container that is not there", [good, "--image", "wbe=1.4.1"], 2, ["wbe", "web"]],
  [
    "a variable without a value",
    [file("unbound.yaml", webService.replace(":1.4.2", ":#{Tag}")), "--yes"],
    2,
    ["containers[0].image", "#{Tag}", "--var"],
  ],
  ["an unknown scenario", [good, "--sandbox=heaven"], 2, ["heaven", "crash-loop"]],
  ["a time-out that is none", [good, "--timeout", "soon"], 2, ["--timeout soon", "minutes"]],
  ["a variables file that is not there", [good, "--vars", "vars.yaml"], 2, ["--vars vars.yaml", "there is no such file"]],
] as const;

describe("a deployment with bad input says where and what to do, and begins nothing", () => {
  test.each(deploys)("%s", async (_what, args, code, texts) => {
    const sandbox = args.some((arg) => arg.startsWith("--sandbox")) ? [] : ["--sandbox"];
    const ended = await wizard("deploy", ...args, "--yes", ...sandbox);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: "" });
    for (const text of texts) expect(ended.stderr).toContain(text);
    expect(ended.stderr).not.toMatch(/\n {4}at |bug in ecs-wizard/);
    const records = join(home.path, "data", "deployments");
    expect(existsSync(records) ? readdirSync(records) : []).toEqual([]);
  });
});

describe("without a terminal nothing prompts: what is missing names its flag", () => {
  test.each([
    [[], "ecs-wizard deploy PROFILE --yes"],
    [["new"], "ecs-wizard schema"],
    [["edit", good], "--set PATH=VALUE"],
    [["deploy", good, "--sandbox"], "--yes"],
    [["delete", good, "--sandbox"], "--yes"],
    [["deploy", file("no-tag.yaml", webService.replace(":1.4.2", "")), "--sandbox", "--yes"], "--image web=TAG"],
  ] as const)("%j", async (args, flag) => {
    const { code, stdout, stderr } = await wizard(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(flag);
  });
});

describe("AWS out of reach is exit code 3, with what to do", () => {
  test.each([
    ["an endpoint where nobody answers", ["--endpoint-url", "http://127.0.0.1:1"], "Check --endpoint-url"],
    ["no credentials", [], "--sandbox"],
    ["an AWS profile that does not exist", ["--aws-profile", "acme"], "acme"],
    ["credentials without any permission", ["--sandbox=denied"], "permission"],
  ] as const)("%s", async (_what, args, remedy) => {
    for (const command of [["deploy", "--yes"], ["preview"]]) {
      const { code, stderr } = await wizard(...(command as [string, ...string[]]), good, ...args);
      expect(stderr).toContain(remedy);
      expect(stderr).not.toMatch(/\n {4}at /);
      expect(code).toBe(3);
    }
  });

  test("an AWS profile that does not exist is one cause, told alike by every part of the output and by errors", async () => {
    const { stderr } = await wizard("deploy", good, "--yes", "--aws-profile", "acme");
    expect(stderr).toMatch(/credentials lost: There is no AWS profile named acme/);
    expect(stderr).toMatch(/why it failed: There is no AWS profile named acme/);
    expect(stderr).toMatch(/^\d\d:\d\d failed: There is no AWS profile named acme/m);
    expect((await wizard("errors")).stdout).toMatch(/CAUSE: There is no AWS profile named acme \[aws-profile-unknown\]/);
  });

  test("an address that is none is a matter of usage", async () => {
    const { code, stderr } = await wizard("deploy", good, "--yes", "--endpoint-url", "localhost:4566");
    expect(stderr).toContain("--endpoint-url localhost:4566 is no address");
    expect(code).toBe(2);
  });
});

test("a deployment whose --json never gets anywhere still ends with its outcome", async () => {
  const { code, stdout } = await wizard("deploy", good, "--yes", "--json", "--endpoint-url", "http://127.0.0.1:1");
  const last = JSON.parse(stdout.trim().split("\n").at(-1) as string);
  expect(last).toMatchObject({ type: "outcome", status: "failed", reason: "access" });
  expect(code).toBe(3);
});

test.each([
  ["deploy", [misspelt, "--yes"], "usage", 2],
  ["deploy", ["no-such.yaml", "--yes"], "usage", 2],
  ["deploy", [good, "--yes", "--set", "target.cluster=prodution"], "usage", 2],
  ["deploy", [good], "usage", 2],
  ["delete", ["no-such", "--yes"], "usage", 2],
  ["watch", ["no-such.yaml"], "usage", 2],
] as const)("%s --json with %j ends with an outcome line", async (command, args, reason, code) => {
  const ended = await wizard(command, ...args, "--json", "--sandbox");
  const lines = ended.stdout.trimEnd().split("\n");
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] as string)).toMatchObject({
    type: "outcome",
    status: "failed",
    reason,
    message: expect.any(String),
    v: 1,
    seq: 1,
  });
  expect(ended.stderr).not.toBe("");
  expect(ended.code).toBe(code);
});

test("other commands with --json that fail print their error as one document; an unreadable profile is an issue of it", async () => {
  const shown = await wizard("preview", "no-such.yaml", "--json", "--sandbox");
  expect(JSON.parse(shown.stdout)).toEqual({
    error: { message: expect.stringContaining("no-such.yaml"), hint: expect.any(String), exitCode: 2 },
  });
  expect(shown.code).toBe(2);
  const checked = await wizard("validate", "no-such.yaml", "--json");
  expect(JSON.parse(checked.stdout)).toMatchObject({ valid: false, issues: [{ path: "", severity: "error" }] });
  expect(checked).toMatchObject({ code: 2, stderr: expect.stringContaining("no-such.yaml") });
});

describe("where the command line itself cannot be read, --json has its end all the same", () => {
  test.each([
    [["deploy", good, "--imgae", "web=1"], "unknown option '--imgae'", "Did you mean --image?"],
    [["delete"], "missing required argument 'profile'", "--help"],
    [["watch", "a", "b", "--region", "deploy"], "too many arguments", "--help"],
  ] as const)("a command with lines: %j", async (args, message, hint) => {
    const { code, stdout, stderr } = await wizard(...args, "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      type: "outcome",
      status: "failed",
      reason: "usage",
      message: expect.stringContaining(message),
      seq: 1,
    });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(code).toBe(2);
  });

  test.each([
    [["preview", good, "--imgae", "web=1"], "unknown option '--imgae'", "Did you mean --image?"],
    [["validate"], "missing required argument 'profile'", "--help"],
    [["frobnicate"], "there is no command frobnicate", "--help"],
    [["profiles"], "subcommands", "--help"],
    [["profiles", "lst"], "unknown command 'lst'", "Did you mean list?"],
    [["profiles", "show"], "missing required argument 'profile'", "--help"],
    [[], "the wizard needs a terminal", "ecs-wizard deploy PROFILE --yes"],
  ] as const)("a command with one document: %j", async (args, message, hint) => {
    const { code, stdout, stderr } = await wizard(...args, "--json");
    expect(JSON.parse(stdout)).toEqual({
      error: { message: expect.stringContaining(message), hint: expect.stringContaining(hint), exitCode: 2 },
    });
    expect(stderr).not.toBe("");
    expect(code).toBe(2);
  });

  test("behind -- it is no option", async () => {
    expect(await wizard("validate", "--imgae", "--", "--json")).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("a bug with --json ends in JSON, too", () => {
  const nobody = "Promise.reject(new(Error)('nobody%20caught%20this'))";
  const failing = (script: string) => ({ NODE_OPTIONS: `--import data:text/javascript,${script}` });

  test("lines get their outcome, numbered on", async () => {
    const env = { ...failing(`process.on('SIGUSR2',()=>{${nobody}})`), ECS_WIZARD_SANDBOX_SPEED: "1" };
    const deploying = start(["deploy", good, "--yes", "--json", "--sandbox"], { home: home.path, env });
    await deploying.says('"type":"accepted"');
    deploying.kill("SIGUSR2");
    const { code, stdout, stderr } = await deploying.done;
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({
      type: "outcome",
      status: "failed",
      reason: "bug",
      message: expect.stringContaining("nobody caught this"),
    });
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, at) => at + 1));
    expect(stderr).toContain("this is a bug in ecs-wizard");
    expect(code).toBe(70);
  });

  test("a command with one document tells it there", async () => {
    // In a clock that stands still a preview never ends; while it waits it listens for an interrupt.
    const atWork = `globalThis.t=setInterval(()=>{if(process.listenerCount('SIGINT')){clearInterval(globalThis.t);${nobody}}},20)`;
    const env = { ...failing(atWork), ECS_WIZARD_SANDBOX_SPEED: "0" };
    const { code, stdout, stderr } = await run(["preview", good, "--json", "--sandbox"], { home: home.path, env });
    expect(JSON.parse(stdout)).toEqual({
      error: { message: "this is a bug in ecs-wizard: nobody caught this", hint: expect.stringContaining("report"), exitCode: 70 },
    });
    expect(stderr).toContain("nobody caught this");
    expect(code).toBe(70);
  });
});

test("a home that is a file is said to be none, in plain words", async () => {
  const { code, stdout, stderr } = await run(["history", "--json"], { home: home.path, env: { ECS_WIZARD_HOME: good } });
  expect(stderr).toContain("part of the path is no folder");
  expect(stderr).not.toContain("ENOTDIR");
  expect(JSON.parse(stdout)).toMatchObject({ error: { exitCode: 2 } });
  expect(code).toBe(2);
});

test("a broken saved sandbox account names the file and the way out", async () => {
  const state = join(home.path, "account.json");
  writeFileSync(state, "{");
  const folder = await wizard("preview", good, "--sandbox", "--sandbox-state", home.path);
  expect(folder).toMatchObject({ code: 2, stderr: expect.stringContaining("it is a folder") });
  const { code, stderr } = await wizard("preview", good, "--sandbox", "--sandbox-state", state);
  expect(stderr).toContain(state);
  expect(stderr).toContain("--fresh");
  expect(code).toBe(2);
  expect((await wizard("preview", good, "--sandbox", "--sandbox-state", state, "--fresh")).code).toBe(0);
});
