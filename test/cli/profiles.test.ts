import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { webService, writeProfile } from "../support/example-profiles.ts";
import { run, temporaryFolder } from "../support/program.ts";

const names = (stdout: string) => JSON.parse(stdout).profiles.map(({ name }: { name: string }) => name);

test("profiles are imported, listed, copied, renamed, shown, exported and removed", async () => {
  using home = temporaryFolder();
  const wizard = (...args: string[]) => run(args, { home: home.path });
  expect(await wizard("profiles", "list")).toMatchObject({ code: 0, stdout: "", stderr: expect.stringContaining("no saved profiles") });

  const file = writeProfile(home.path);
  expect((await wizard("profiles", "import", file)).code).toBe(0);
  expect(await wizard("profiles", "import", file)).toMatchObject({ code: 2, stderr: expect.stringContaining("--force") });
  expect((await wizard("profiles", "import", file, "--force")).code).toBe(0);
  expect((await wizard("profiles", "copy", "shop-web", "second")).code).toBe(0);
  expect(await wizard("profiles", "copy", "shop-web", "second")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("second already"),
  });
  expect((await wizard("profiles", "rename", "second", "another place/../x")).code).toBe(0);
  expect(await wizard("profiles", "rename", "second", "third")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("there is no profile second"),
  });
  expect(names((await wizard("profiles", "list", "--json")).stdout)).toEqual(["another place/../x", "shop-web"]);
  expect((await wizard("profiles", "list")).stdout).toMatch(/^shop-web\s+eu-west-1\s+production/m);

  const shown = await wizard("profiles", "show", "shop-web", "--json");
  expect(JSON.parse(shown.stdout)).toMatchObject({ name: "shop-web", target: { cluster: "production" } });
  const exported = join(home.path, "exported.yaml");
  await wizard("profiles", "export", "another place/../x", "--out", exported);
  expect(readFileSync(exported, "utf8")).toMatch(/^# yaml-language-server: \$schema=/);
  expect((await wizard("validate", exported)).code).toBe(0);

  expect(JSON.parse((await wizard("profiles", "copy", "shop-web", "third", "--json")).stdout)).toEqual({
    name: "third",
    path: join(home.path, "config", "profiles", "third.yaml"),
  });
  expect(JSON.parse((await wizard("profiles", "remove", "third", "--yes", "--json")).stdout)).toMatchObject({ name: "third" });
  expect(await wizard("profiles", "remove", "shop-web")).toMatchObject({ code: 2, stderr: expect.stringContaining("--yes") });
  expect((await wizard("profiles", "remove", "shop-web", "--yes")).code).toBe(0);
  expect(await wizard("profiles", "remove", "shop-web", "--yes")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("there is no profile shop-web"),
  });
  const folder = join(home.path, "config", "profiles");
  const kept = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  expect(kept).toHaveLength(1);
  expect(statSync(join(folder, kept[0] as string)).mode & 0o777).toBe(0o600);
});

test("a broken profile file is listed as broken, says what is wrong, is never overwritten, and can be removed", async () => {
  using home = temporaryFolder();
  const wizard = (...args: string[]) => run(args, { home: home.path });
  await wizard("profiles", "import", writeProfile(home.path));
  const damaged = join(home.path, "config", "profiles", "shop-web.yaml");
  writeFileSync(damaged, "version: 1\nname: [oops\n");
  expect((await wizard("profiles", "list")).stdout).toMatch(/^shop-web\s+broken: .*line 3/im);
  expect(await wizard("profiles", "import", writeProfile(home.path), "--force")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("left as it is"),
  });
  for (const command of [
    ["profiles", "show", "shop-web"],
    ["profiles", "export", "shop-web"],
    ["profiles", "copy", "shop-web", "x"],
    ["deploy", "shop-web", "--yes", "--sandbox"],
  ]) {
    const { code, stdout, stderr } = await wizard(...command);
    expect({ code, stdout }, command.join(" ")).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/line 3/i);
  }
  expect((await wizard("profiles", "import", writeProfile(home.path))).code).toBe(2);
  expect(readFileSync(damaged, "utf8")).toBe("version: 1\nname: [oops\n");
  expect((await wizard("profiles", "remove", "shop-web", "--yes")).code).toBe(0);
});

test("a hand-written profile with an unknown key stays as it is until the key is corrected", async () => {
  using home = temporaryFolder();
  const wizard = (...args: string[]) => run(args, { home: home.path });
  const file = writeProfile(home.path, webService.replace("deployment:", "deploymnt:"));
  const { code, stderr } = await wizard("validate", file);
  expect(stderr).toContain('nearest known key is "deployment"');
  expect(code).toBe(2);
});
