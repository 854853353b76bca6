import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { example } from "../support/example-profiles.ts";
import { environment, temporaryFolder } from "../support/program.ts";

const root = resolve(import.meta.dirname, "../..");
const launcher = join(root, "bin", "ecs-wizard.cjs");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

test("the packed package installs without dependencies or network, and runs", { timeout: 60_000 }, () => {
  using folder = temporaryFolder();
  const env = {
    ...environment(folder.path),
    npm_config_offline: "true",
    npm_config_cache: join(folder.path, "cache"),
    npm_config_update_notifier: "false",
  };
  const npm = (...args: string[]) =>
    execFileSync("npm", [...args, "--ignore-scripts"], { cwd: root, env, encoding: "utf8", timeout: 45_000 });
  const [packed] = JSON.parse(npm("pack", "--json", "--pack-destination", folder.path));
  const files = packed.files.map(({ path }: { path: string }) => path);
  expect(files).toEqual(
    expect.arrayContaining(["bin/ecs-wizard.cjs", "dist/cli.js", "dist/THIRD-PARTY-NOTICES.txt", "LICENSE", "README.md"]),
  );
  expect(files.filter((path: string) => !/^(bin|dist|examples)\/|^(README|CHANGELOG)\.md$|^LICENSE$|^package\.json$/.test(path))).toEqual(
    [],
  );
  npm("install", "--global", "--prefix", folder.path, "--no-audit", "--no-fund", join(folder.path, packed.filename));
  expect(existsSync(join(folder.path, "lib", "node_modules", "ecs-wizard", "node_modules"))).toBe(false);
  const wizard = (...args: string[]) =>
    spawnSync(join(folder.path, "bin", "ecs-wizard"), args, { cwd: folder.path, env, encoding: "utf8" });
  expect(wizard("--version")).toMatchObject({ status: 0, stdout: `${manifest.version}\n` });
  expect(wizard("validate", example("everything"), "--json")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('"valid": true'),
  });
  expect(wizard("deploy", example("web-service"), "--sandbox", "--yes")).toMatchObject({ status: 0 });
});

test.each(["18.20.4", "20.11.0", "22.11.0"])("on Node %s it says in one line what it needs, and exits with 2", (old) => {
  using folder = temporaryFolder();
  const preload = join(folder.path, "old-node.cjs");
  writeFileSync(
    preload,
    `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${old}" } });
Object.defineProperty(process, "version", { value: "v${old}" });`,
  );
  for (const args of [["--version"], [], ["validate", example("web-service")]]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["-r", preload, launcher, ...args], { encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(
      new RegExp(`^ecs-wizard needs Node\\.js ${manifest.engines.node.replace(">=", "")} or newer; this is v${old} - [^\\n]+\\n$`),
    );
  }
});
