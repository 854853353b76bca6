import { expect, test } from "vitest";
import { writeProfile } from "../support/example-profiles.ts";
import { searchesFor } from "../support/person.ts";
import { key, open, run, temporaryFolder } from "../support/program.ts";

test("two programs save one profile: the second is told what differs, and saves under another name", { timeout: 30_000 }, async () => {
  using home = temporaryFolder();
  await run(["profiles", "import", writeProfile(home.path)], { home: home.path });
  using mine = open(["edit", "shop-web", "--sandbox"], { home: home.path });
  using theirs = open(["edit", "shop-web", "--sandbox"], { home: home.path });
  for (const [wizard, count] of [
    [mine, "3"],
    [theirs, "5"],
  ] as const) {
    await wizard.see("Deployment target");
    await searchesFor(wizard, "desired count", "Desired count");
    wizard.press(key.ctrl("u"), count);
    await wizard.see(new RegExp(`Desired count.* ${count}`));
  }
  theirs.press(key.ctrl("s"));
  await theirs.see("Saved as shop-web");
  mine.press(key.ctrl("s"));
  await mine.see("There is another shop-web");
  expect(mine.screen()).toMatch(/desired ?count/i);
  expect(mine.screen()).toMatch(/overwrite it/);
  mine.press("n");
  await mine.see("shop-web-2");
  mine.press(key.enter);
  await mine.see("Saved as shop-web-2");
  const saved = async (name: string) => (await run(["profiles", "show", name], { home: home.path })).stdout;
  expect(await saved("shop-web")).toMatch(/desiredCount: 5/);
  expect(await saved("shop-web-2")).toMatch(/desiredCount: 3/);
});

test("fields are left with something wrong, the program killed: the draft has them, and the review lists them", {
  timeout: 40_000,
}, async () => {
  using home = temporaryFolder();
  using first = open(["new", "--sandbox"], { home: home.path, columns: 120, rows: 40 });
  await first.see(/▸ Cluster/);
  const fill = async (words: string, found: string, typed: string) => {
    await searchesFor(first, words, found);
    first.press(key.ctrl("u"), typed);
    await first.see(typed);
  };
  await fill("name configuration", "Name", "Bad name!");
  await fill("desired count", "Desired count", "-3");
  await fill("grace period", "Health check grace period", "9999999999");
  await first.see("·draft");
  first.kill("SIGKILL");
  await first.ended();

  using second = open(["--sandbox"], { home: home.path, columns: 120, rows: 40 });
  await second.see(/Bad name!/);
  second.press(key.down, key.enter);
  await second.see(/\d+ of 11/);
  second.press(key.ctrl("r"));
  await second.see(/\d+ errors/);
  const review = second.screen();
  for (const place of ["configuration.name", "deployment.desiredCount", "target.cluster", "network.subnets", "containers"])
    expect(review).toContain(`! ${place}`);
  second.press("p", key.ctrl("t"));
  await second.see(/Problem 2 of \d+/);
});
