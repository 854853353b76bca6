import { expect, test } from "vitest";
import { writeProfile } from "../support/example-profiles.ts";
import { key, open, openAccount, run, temporaryFolder } from "../support/program.ts";

test("a new version is deployed, the one before it is found on the home screen, looked at, restored, and deployed again", {
  timeout: 60_000,
}, async () => {
  using home = temporaryFolder();
  await using account = await openAccount(home.path);
  const endpoint = ["--endpoint-url", account.endpoint];
  const at = (...args: string[]) => run([...args, ...endpoint], { home: home.path });
  await at("profiles", "import", writeProfile(home.path));
  expect((await at("deploy", "shop-web", "--image", "web=1.4.1", "--yes")).code).toBe(0);
  expect((await at("deploy", "shop-web", "--yes")).code).toBe(0);

  using wizard = open([...endpoint, "--region", "eu-west-1"], { home: home.path, columns: 80, rows: 24 });
  await wizard.see(/Past deployments\s+shop-web +succeeded .*\s+shop-web +succeeded/);
  wizard.press(key.end, key.up, key.enter);
  await wizard.see("Deployed shop-web");
  wizard.press("t");
  await wizard.see("CloudFormation template");
  wizard.press(key.escape);
  await wizard.see("Deployed shop-web");
  wizard.press("i");
  await wizard.see("Nothing is saved until you save it");
  await wizard.see(/containers\[0\]\.image:\s+\S+1\.4\.2 →\s+\S+1\.4\.1/);
  wizard.press("d");
  await wizard.see("What this deployment changes");
  wizard.press("d");
  await wizard.see(/Deployed shop-web · update/);
  wizard.press("q");
  expect((await wizard.ended()).code).toBe(0);
  const last = JSON.parse((await at("history", "--json")).stdout).deployments[0];
  expect((await at("history", last.id, "--template")).stdout).toContain("shop/web:1.4.1");
});
