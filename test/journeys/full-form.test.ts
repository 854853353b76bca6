import { expect, test } from "vitest";
import { writeProfile } from "../support/example-profiles.ts";
import { searchesFor } from "../support/person.ts";
import { key, open, run, type Session, temporaryFolder } from "../support/program.ts";

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

/** Every section in its order, with a field, a value it cannot have, and how the field shows it. */
const wrongAnswers: readonly (readonly [section: string, write: (wizard: Session) => Promise<unknown>, shown: RegExp])[] = [
  ["Deployment target", (wizard) => typesInto(wizard, "session length", "Session length", "5"), /Session length +5\b/],
  ["Configuration", (wizard) => typesInto(wizard, "name configuration", "Name", "Bad name!"), /Name \* +Bad name!/],
  ["Task execution role", (wizard) => typesIntoPicker(wizard, "role execution", "Role", "nobody!"), /Role +nobody!/],
  ["Task size", (wizard) => typesInto(wizard, "memory task size", "Memory", "513"), /Memory \*? +513 MiB/],
  ["Network configuration", (wizard) => typesIntoPicker(wizard, "subnets", "Subnets", "subnet-wrong"), /1 chosen {2}(! )?subnet-wrong/],
  ["Tags", (wizard) => addsRow(wizard, "additional tags", "Additional tags", "aws:mine"), /Additional tags +aws:mine/],
  ["Containers", (wizard) => addsRow(wizard, "containers", "Containers", "bad name"), /▸ +bad name/],
  ["Deployment", (wizard) => typesInto(wizard, "desired count", "Desired count", "-3"), /Desired count +-3/],
  ["Deployment options", limitsTheWait, /Time limit \*? +0 minutes/],
  ["Load balancer mappings", (wizard) => addsRow(wizard, "load balancer mappings", "Load balancer mappings", "ghost"), /▸ +ghost/],
  ["Volumes", (wizard) => addsRow(wizard, "volumes", "Volumes", "bad volume"), /▸ +bad volume/],
];

async function typesInto(wizard: Session, words: string, found: string, text: string): Promise<void> {
  await searchesFor(wizard, words, found);
  wizard.press(key.ctrl("u"), text);
  await wizard.see(new RegExp(`▸ .*${found}.* ${text}`));
}

async function typesIntoPicker(wizard: Session, words: string, found: string, text: string): Promise<void> {
  await searchesFor(wizard, words, found);
  wizard.press(key.enter);
  await wizard.see(/┌ .*─/);
  wizard.press(text);
  await wizard.see(new RegExp(`▸ .*${text}`));
  wizard.press(key.enter, key.escape, key.escape);
}

async function addsRow(wizard: Session, words: string, found: string, text: string): Promise<void> {
  await searchesFor(wizard, words, found);
  wizard.press("a");
  await wizard.see(" › ");
  wizard.press(text);
  await wizard.see(new RegExp(`▸ .* ${text}`));
}

async function limitsTheWait(wizard: Session): Promise<void> {
  await searchesFor(wizard, "wait options", "Wait");
  wizard.press(key.right);
  await wizard.see("with a time limit");
  wizard.press(key.down, "0");
  await wizard.see(/Time limit \*? +0/);
}

/** Goes to a section by the list of sections, as it is first seen there. */
async function jumpsTo(wizard: Session, at: number): Promise<void> {
  wizard.press(key.ctrl("g"));
  await wizard.see(/go there/);
  wizard.press(key.home, key.down.repeat(at), key.enter);
  await wizard.see(new RegExp(`${at + 1} of 11`));
}

test("every section is left with something wrong, by jumps, and the program killed: all of it is still there", {
  timeout: 60_000,
}, async () => {
  using home = temporaryFolder();
  using first = open(["new", "--sandbox"], { home: home.path, columns: 120, rows: 40 });
  await first.see(/▸ Cluster/);
  for (const [section, write] of wrongAnswers.toReversed()) {
    await write(first);
    await first.see(section);
  }
  await first.see("·draft saved");
  first.kill("SIGKILL");
  await first.ended();

  using second = open(["--sandbox"], { home: home.path, columns: 120, rows: 40 });
  await second.see(/Bad name!/);
  second.press(key.down, key.enter);
  await second.see(/\d+ of 11/);
  for (const [at, [section, , shown]] of wrongAnswers.entries()) {
    await jumpsTo(second, at);
    if (section === "Deployment target") await searchesFor(second, "session length", "Session length");
    await second.see(shown);
  }
  second.press(key.ctrl("r"));
  await second.see(/\d+ errors/);
  let review = second.screen();
  for (const place of ["target", "configuration", "taskExecutionRole", "taskSize", "network", "tags", "containers"])
    expect(review).toMatch(new RegExp(`! ${place}\\b`));
  second.press(key.pageDown);
  review = await second.see("! volumes");
  for (const place of ["deployment", "deploymentOptions", "loadBalancerMappings"]) expect(review).toMatch(new RegExp(`! ${place}\\b`));
  second.press("p", key.ctrl("t"));
  await second.see(/Problem 2 of \d+/);
});
