import { expect, test } from "vitest";
import { example } from "../support/example-profiles.ts";
import { addsContainer, choosesNetwork, choosesTarget, namesIt, reviewsAndDeploys } from "../support/person.ts";
import { key, open, run, temporaryFolder } from "../support/program.ts";

test.each([
  [80, 24],
  [100, 30],
  [120, 40],
])("a first deployment, by keys only, at %i×%i: from nothing to a running service", { timeout: 30_000 }, async (columns, rows) => {
  using home = temporaryFolder();
  using wizard = open(["--sandbox"], { home: home.path, columns, rows });

  await wizard.see("New deployment");
  expect(wizard.screen()).toContain("SANDBOX");
  wizard.press("n");
  await choosesTarget(wizard);
  await namesIt(wizard, "shop-new");
  await choosesNetwork(wizard);
  await addsContainer(wizard, "web", "shop/web", "1.4.1", "8080");
  await reviewsAndDeploys(wizard);

  await wizard.see(/Deployed shop-new/);
  await wizard.see(/1\/1 running|tasks are running/);
  wizard.press("q");
  const { code, screen } = await wizard.ended();
  expect(code).toBe(0);
  expect(screen).toMatch(/shop-new/);
  expect(screen).toMatch(/ServiceName/);
  expect(screen).toMatch(/Region\W+eu-west-1/);
});

test("a deployment that is only watched goes on when the person leaves, and can be watched to its end", { timeout: 30_000 }, async () => {
  using home = temporaryFolder();
  const account = ["--sandbox", "--sandbox-state", `${home.path}/account.json`, "--sandbox-speed", "30"];
  using wizard = open(["edit", example("web-service"), ...account], { home: home.path });
  await wizard.see("Deployment target");
  await reviewsAndDeploys(wizard);
  await wizard.see(/CREATE_IN_PROGRESS/);
  wizard.press("s");
  await wizard.see(/goes on/);
  wizard.press(key.ctrl("c"), key.ctrl("c"));
  await wizard.ended();
  const watched = await run(["watch", ...account], { home: home.path });
  expect(watched.stderr).toMatch(/succeeded: /);
  expect(watched.code).toBe(0);
});
