import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv } from "ajv";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { commandTable } from "../../src/cli/command-table.ts";
import { commands } from "../../src/cli/commands.ts";
import { example } from "../support/example-profiles.ts";
import { run, temporaryFolder } from "../support/program.ts";

const home = temporaryFolder();
afterAll(() => home[Symbol.dispose]());
const wizard = (...args: string[]) => run(args, { home: home.path });

const version = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../package.json"), "utf8")).version as string;

describe("asked what it is", () => {
  test.each(["--version", "-V"])("%s says the version and nothing else", async (flag) => {
    expect(await wizard(flag)).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("--help names every command, and what every command takes", async () => {
    const { code, stdout, stderr } = await wizard("--help");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const { name, help } of commands) expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b.* ${help.slice(0, 12)}`, "m"));
    for (const flag of ["--sandbox", "--region", "--aws-profile", "--endpoint-url", "--json", "--plain", "--no-color"])
      expect(stdout).toContain(flag);
  });

  test("help of a command is the same by either way of asking", async () => {
    const [one, other] = await Promise.all([wizard("help", "deploy"), wizard("deploy", "--help")]);
    expect(one).toEqual(other);
    expect(one.stdout).toContain("ecs-wizard deploy [options] <profile>");
    expect(one.stdout).toContain("--replace-failed-stack");
  });
});

describe("given what it does not know, it exits with 2, says the nearest thing and where help is", () => {
  test.each([
    [["frobnicate"], "there is no command frobnicate"],
    [["help", "frobnicate"], "there is no command frobnicate"],
    [["hist"], "Did you mean ecs-wizard history?"],
    [["validat", "x.yaml"], "Did you mean ecs-wizard validate?"],
    [["deploy", "x.yaml", "--imgae", "web=1"], "--image"],
    [["profiles", "lst"], "list"],
    [["validate"], "missing required argument 'profile'"],
    [["validate", "a.yaml", "b.yaml"], "too many arguments"],
    [["export", example("web-service"), "--format", "xml"], "Choose yaml or json"],
    [["completion", "tcsh"], "Choose bash, zsh or fish"],
    [["deploy", "x.yaml", "--yes", "--no-wait", "--timeout", "3"], "exclude each other"],
    [["sandbox", "--port", "many"], "--port many is no number"],
    [["sandbox", "heaven"], "crash-loop"],
  ] as const)("%j", async (args, remedy) => {
    const { code, stdout, stderr } = await wizard(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(remedy);
    expect(stderr).not.toMatch(/\n {4}at /);
  });
});

test("what is far from every command is not taken for one", async () => {
  expect((await wizard("version")).stderr).not.toContain("Did you mean");
});

test("the README lists the commands as they are (npm run docs)", () => {
  const readme = readFileSync(resolve(import.meta.dirname, "../../README.md"), "utf8");
  expect(readme).toContain(`<!-- commands -->\n${commandTable(commands)}\n<!-- end of commands -->`);
  expect(readme).toMatch(/^# ecs-wizard\n\n {4}npm run demo .*\n {4}npm test /);
  for (const [, target] of readme.matchAll(/\]\(([^)#]+)/g))
    expect(existsSync(resolve(import.meta.dirname, "../..", target as string)), target).toBe(true);
});

describe("for shells and editors", () => {
  test.each(["bash", "zsh", "fish"])("%s can read its completion script", async (shell) => {
    const { code, stdout } = await wizard("completion", shell);
    expect(code).toBe(0);
    for (const { name } of commands) expect(stdout).toContain(name);
    const syntax = spawnSync(shell, ["-n"], { input: stdout, encoding: "utf8" });
    if (!syntax.error) expect({ status: syntax.status, stderr: syntax.stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("bash completes commands, subcommands, options and saved profiles", async () => {
    await wizard("profiles", "import", example("web-service"));
    const { stdout: script } = await wizard("completion", "bash");
    const complete = (...words: string[]) => {
      const ask = `${script}
COMP_WORDS=(ecs-wizard ${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length}
ecs-wizard() { echo shop-web; }; _ecs_wizard; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return spawnSync("bash", ["-c", ask], { encoding: "utf8" }).stdout.trim().split("\n");
    };
    expect(complete("val")).toEqual(["validate"]);
    expect(complete("profiles", "re")).toEqual(["rename", "remove"]);
    expect(complete("deploy", "--im")).toEqual(["--image"]);
    expect(complete("deploy", "shop")).toEqual(["shop-web"]);
  });

  test("the schema takes every example and refuses a misspelt key", async () => {
    const { stdout } = await wizard("schema");
    const valid = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(stdout));
    for (const name of ["web-service", "web-with-sidecar", "everything", "all-bound"]) {
      const profile = parse(readFileSync(example(name), "utf8"));
      expect(valid(profile), JSON.stringify(valid.errors)).toBe(true);
      expect(valid({ ...profile, tskSize: {} })).toBe(false);
    }
  });
});
