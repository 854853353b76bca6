import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeProfile } from "../support/example-profiles.ts";
import { choosesTarget, namesIt } from "../support/person.ts";
import { key, open, run, type Session, start, temporaryFolder } from "../support/program.ts";

const ends: [string, (wizard: Session) => void][] = [
  ["Ctrl+C", (wizard) => wizard.press(key.ctrl("c"))],
  ["kill -9", (wizard) => wizard.kill("SIGKILL")],
  ["a closed terminal", (wizard) => wizard.kill("SIGHUP")],
];

test.each(ends)("%s in the middle of the form: the next start offers the draft as it was", async (_how, end) => {
  using home = temporaryFolder();
  using first = open(["new", "--sandbox"], { home: home.path });
  await choosesTarget(first);
  await namesIt(first, "half-done");
  await first.see("·draft");
  await new Promise((past) => setTimeout(past, 500)); // what may be lost at most
  end(first);
  await first.ended();

  using second = open(["--sandbox"], { home: home.path });
  await second.see("half-done");
  second.press(key.down, key.enter);
  await second.see(/▸ Name \* +half-done/);
  second.press(key.ctrl("r"));
  await second.see(/Region +eu-west-1/);
  expect(second.screen()).toContain("production");
  expect(second.screen()).toContain("half-done");
});

const failing = {
  NODE_OPTIONS: "--import data:text/javascript,process.on('SIGUSR2',()=>{Promise.reject(new(Error)('nobody%20caught%20this'))})",
};

test("a failure nobody caught ends the program as a bug, the terminal restored, and nothing entered is lost", async () => {
  using home = temporaryFolder();
  using wizard = open(["new", "--sandbox"], { home: home.path, env: failing });
  await choosesTarget(wizard);
  await namesIt(wizard, "half-done");
  wizard.kill("SIGUSR2");
  const { code, screen } = await wizard.ended();
  expect(code).toBe(70);
  expect(screen).toContain("ecs-wizard: this is a bug in ecs-wizard.");
  expect(screen).toContain("Error: nobody caught this");
  expect(screen).not.toContain("Sections");
  using second = open(["--sandbox"], { home: home.path });
  await second.see("half-done");

  const serving = start(["sandbox"], { home: home.path, env: failing });
  await serving.says(/http:/);
  serving.kill("SIGUSR2");
  expect(await serving.done).toMatchObject({ code: 70, stderr: expect.stringContaining("nobody caught this") });
});

test("keys that come in bursts all arrive, in their order", async () => {
  using home = temporaryFolder();
  using wizard = open(["new", "--sandbox"], { home: home.path });
  await wizard.see("Deployment target");
  const name = Array.from({ length: 40 }, (_, index) => `w${index}`).join("-");
  wizard.press(key.ctrl("n"), name, key.home, "x", key.end, "y", key.backspace, key.ctrl("r"), key.escape);
  await wizard.see(/Configuration/);
  wizard.press(key.ctrl("r"));
  await wizard.see(new RegExp(`x${name.slice(0, 20)}`));
});

test("a storm of resizes leaves a whole screen, at every size down to the smallest", async () => {
  using home = temporaryFolder();
  using wizard = open(["edit", writeProfile(home.path), "--sandbox"], { home: home.path });
  await wizard.see("Deployment target");
  for (let step = 0; step < 40; step++) wizard.resize(60 + ((step * 37) % 140), 16 + ((step * 11) % 40));
  wizard.resize(60, 16);
  await wizard.see(/Region \* +eu-west-1/);
  expect(wizard.screen().split("\n").length).toBeLessThanOrEqual(16);
  wizard.resize(120, 40);
  await wizard.see(/Sections/);
  await wizard.see(/Region \* +eu-west-1/);
  expect(wizard.screen().match(/Deployment target/g)).toHaveLength(1);
});

test("a broken profile file is shown as broken, with what is wrong, and is kept", async () => {
  using home = temporaryFolder();
  await run(["profiles", "import", writeProfile(home.path)], { home: home.path });
  writeFileSync(join(home.path, "config", "profiles", "shop-web.yaml"), "version: 1\nname: [oops\n");
  using wizard = open(["--sandbox"], { home: home.path });
  await wizard.see("shop-web");
  await wizard.see(/broken/i);
  wizard.press(key.down, key.enter);
  await wizard.see(/cannot be read: Line 3[\s\S]*not valid YAML[\s\S]*it is left as it is/);
  wizard.press(key.enter, "q");
  expect((await wizard.ended()).code).toBe(0);
  expect(readFileSync(join(home.path, "config", "profiles", "shop-web.yaml"), "utf8")).toBe("version: 1\nname: [oops\n");
});
