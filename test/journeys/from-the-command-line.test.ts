import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { webService, writeProfile } from "../support/example-profiles.ts";
import { key, open, run, temporaryFolder } from "../support/program.ts";

test("deploy at a terminal shows the changes, asks, shows the deployment, and leaves the outputs behind", { timeout: 30_000 }, async () => {
  using home = temporaryFolder();
  const outputs = join(home.path, "outputs.env");
  using wizard = open(["deploy", writeProfile(home.path), "--sandbox", "--outputs", outputs], { home: home.path });
  await wizard.see(/\+ add +ServiceshopWeb/);
  await wizard.see("Deploy? [y/N]");
  wizard.press("y", key.enter);
  await wizard.see(/Deployed shop-web/);
  expect(wizard.screen()).toContain("eu-west-1");
  expect(wizard.screen()).not.toContain("no region");
  expect(readFileSync(outputs, "utf8"), "written before anybody leaves").toMatch(/^TaskDefinitionRevision=1$/m);
  wizard.press("q");
  const { code, screen } = await wizard.ended();
  expect(code).toBe(0);
  expect(screen).toMatch(/TaskDefinitionRevision\W+1/);
  const folder = join(home.path, "data", "deployments");
  const [record = ""] = readdirSync(folder);
  expect(readFileSync(join(folder, record), "utf8"), "the change set that was shown is executed").toContain('"operation":"execute"');
});

test("deploy --timeout shows the deployment until the time is up, and says so with exit code 4", async () => {
  using home = temporaryFolder();
  const args = ["deploy", writeProfile(home.path), "--sandbox", "--yes", "--timeout", "0.02"];
  using wizard = open(args, { home: home.path, env: { ECS_WIZARD_SANDBOX_SPEED: "5" } });
  await wizard.see("Still running: shop-web");
  expect(wizard.screen()).toContain("goes on in AWS");
  wizard.press("q");
  const { code, screen } = await wizard.ended();
  expect(screen).toContain("The time was up");
  expect(code).toBe(4);
});

test("what would fail is told before the question; declined, nothing is created", { timeout: 30_000 }, async () => {
  using home = temporaryFolder();
  const account = ["--sandbox=no-route", "--sandbox-state", `${home.path}/account.json`];
  const profile = writeProfile(home.path);
  using wizard = open(["deploy", profile, ...account], { home: home.path });
  await wizard.see("1 check predicts a failure. Deploy? [y/N]");
  expect(wizard.screen()).toContain("✗ network.subnets: private-a");
  wizard.press(key.enter);
  expect((await wizard.ended()).code).toBe(130);
  const preview = await run(["preview", profile, ...account, "--json"], { home: home.path });
  expect(JSON.parse(preview.stdout)).toMatchObject({ kind: "create" });
  expect(JSON.parse(preview.stdout), "nor is the change set left behind").not.toHaveProperty("stackStatus");
});

test("what a profile lacks is asked for: the version of an image, and a secret that is not shown", { timeout: 30_000 }, async () => {
  using home = temporaryFolder();
  const text = webService
    .replace(":1.4.2", "")
    .replace("portMappings", 'environment: [{name: TOKEN, value: "#{Token}"}]\n    portMappings');
  const profile = writeProfile(home.path, `${text}variables: {Token: {sensitive: true}}\n`);
  using wizard = open(["deploy", profile, "--sandbox", "--yes", "--no-wait"], { home: home.path });
  await wizard.see("Value of Token");
  wizard.press("hidden-token", key.enter);
  await wizard.see("Version of web");
  expect(wizard.screen()).not.toContain("hidden-token");
  wizard.press("1.4.2", key.enter);
  const { code, screen } = await wizard.ended();
  expect(screen).toContain("notWaited");
  expect(code).toBe(0);
});
