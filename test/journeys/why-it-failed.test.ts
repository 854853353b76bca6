import { expect, test } from "vitest";
import { webService, writeProfile } from "../support/example-profiles.ts";
import { choosesImage, reviewsAndDeploys } from "../support/person.ts";
import { key, open, temporaryFolder } from "../support/program.ts";

test("a tag that was never pushed: the cause comes first, a key leads to the field, and the retry runs", { timeout: 40_000 }, async () => {
  using home = temporaryFolder();
  const profile = writeProfile(home.path, webService.replace(":1.4.2", ":9.9.9"));
  using wizard = open(["edit", profile, "--sandbox"], { home: home.path });
  await wizard.see("Deployment target");
  await reviewsAndDeploys(wizard);

  await wizard.see(/▸ ✗ The image or tag does not exist in the registry/);
  expect(wizard.screen()).toContain("containers[0].image");
  wizard.press("f");
  await wizard.see(/▸ Image \* .*9\.9\.9/);
  await choosesImage(wizard, "shop/web", "1.4.1");
  await reviewsAndDeploys(wizard);
  await wizard.see(/Deployed shop-web/);
  wizard.press("q");
  const { code, screen } = await wizard.ended();
  expect(code).toBe(0);
  expect(screen).toMatch(/ServiceName/);
});

test("a failure leaves with exit code 1, and its cause and how to read more on the normal screen", { timeout: 30_000 }, async () => {
  using home = temporaryFolder();
  using wizard = open(["edit", writeProfile(home.path), "--sandbox=crash-loop"], { home: home.path });
  await wizard.see("Deployment target");
  await reviewsAndDeploys(wizard);
  await wizard.see(/▸ ✗ Exit code 1/);
  wizard.press("q");
  const { code, screen } = await wizard.ended();
  expect(code).toBe(1);
  expect(screen).toMatch(/Exit code 1: the application ended itself/);
  expect(screen).toMatch(/ecs-wizard errors/);
});

test("Ctrl+C while deploying asks what is meant; twice leaves, and says what goes on and how to come back", {
  timeout: 30_000,
}, async () => {
  using home = temporaryFolder();
  using wizard = open(["edit", writeProfile(home.path), "--sandbox", "--sandbox-speed", "10"], { home: home.path });
  await wizard.see("Deployment target");
  await reviewsAndDeploys(wizard);
  await wizard.see("CREATE_IN_PROGRESS");
  wizard.press(key.ctrl("c"));
  await wizard.see(/goes on|stop watching/i);
  wizard.press(key.ctrl("c"));
  const { screen } = await wizard.ended();
  expect(screen).toMatch(/shop-web goes on deploying.*ecs-wizard.* watch shop-web/);
});
