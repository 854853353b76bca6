import { afterEach, expect, test } from "vitest";
import { ProblemError } from "../../src/engine/problem.ts";
import type { JsonObject } from "../../src/engine/schema.ts";
import type { StackAtWork } from "../../src/screens/deployment-port.ts";
import type { PastDeployment } from "../../src/screens/ports.ts";
import { beginning, toldDeployment } from "../support/fake-deployment.ts";
import { type MemoryPorts, memoryPorts } from "../support/screen-ports.ts";
import { openApp, type RunningApp } from "../support/screens.ts";
import { key } from "../support/terminal.ts";

let app: RunningApp;
afterEach(() => app.end());

const profile: JsonObject = {
  version: 1,
  name: "shop",
  target: { region: "eu-west-1", cluster: "production" },
  configuration: { name: "shop" },
  network: { subnets: ["subnet-0aaaaaaaa"], securityGroups: ["sg-0aaaaaaaa"] },
  containers: [{ name: "web", image: "shop/web:1.4.1" }],
};
const past = (id: number, change: Partial<PastDeployment> = {}): PastDeployment => ({
  id: `d-${id}`,
  profile: "shop",
  stackName: "cf-ecs-shop",
  region: "eu-west-1",
  status: "succeeded",
  startedAt: 900_000 - id * 60_000,
  finishedAt: 920_000 - id * 60_000,
  ...change,
});
const elsewhere: StackAtWork = {
  stackName: "cf-ecs-theirs",
  status: "UPDATE_IN_PROGRESS",
  since: 880_000,
  target: { region: "eu-west-1" },
};

function atHome(history: PastDeployment[], change: (base: MemoryPorts) => Partial<MemoryPorts> = () => ({}), size = {}) {
  const base = memoryPorts();
  base.past.push(...history);
  const ports = { ...base, ...change(base) };
  app = openApp({ ports, start: { screen: "home" }, about: { target: { region: "eu-west-1" } }, ...size });
  return app.terminal;
}

test("deployments that run elsewhere are shown, and watched with the full pane", async () => {
  const told = toldDeployment("cf-ecs-theirs");
  for (const event of beginning) told.tell(event);
  const attached: StackAtWork[] = [];
  const terminal = atHome([], ({ deployments }) => ({
    deployments: {
      ...deployments,
      atWork: async () => [elsewhere],
      attachStack: async (stack) => {
        attached.push(stack);
        return told;
      },
    },
  }));
  await terminal.until(/Running\s+cf-ecs-theirs +being updated elsewhere, 2 min · eu-west-1/);
  terminal.type(`${key.down}${key.enter}`);
  await terminal.until((screen) => screen.includes("Deploying cf-ecs-theirs") && screen.includes("Serviceshop"));
  expect(attached).toEqual([elsewhere]);
});

test("a deployment left before its end does not run any more once AWS works on it no longer", async () => {
  const left = past(0, { status: "running", startedAt: 600_000 });
  const { finishedAt: _, ...running } = left;
  const answer = Promise.withResolvers<StackAtWork[]>();
  const terminal = atHome([running], ({ deployments }) => ({ deployments: { ...deployments, atWork: () => answer.promise } }));
  await terminal.until(/Running\s+shop +running for 6 min/);
  answer.resolve([]);
  await terminal.until(/Past deployments\s+shop +not seen to its end 6 min ago/);
});

test("where listing is denied the home screen says which permission is missing", async () => {
  const terminal = atHome([], ({ deployments }) => ({
    deployments: {
      ...deployments,
      atWork: async () => {
        throw new ProblemError({ kind: "denied", message: "cloudformation:ListStacks is not allowed.", hint: "" });
      },
    },
  }));
  await terminal.until("Deployments begun elsewhere are not listed: cloudformation:ListStacks is not allowed.");
});

const toTheFirstSection = `${key.ctrl("g")}${key.up.repeat(20)}${key.enter}`;

const kept = (base: MemoryPorts) => ({
  history: { list: () => base.past, record: () => ({ profile, template: 'AWSTemplateFormatVersion: "2010-09-09"' }) },
});

test("a past deployment is deployed again, restored into the form, and its template read", async () => {
  const terminal = atHome([past(0), past(1)], kept);
  await terminal.until("Past deployments");
  terminal.type(`${key.down}t`);
  await terminal.until((screen) => screen.includes("CloudFormation template") && screen.includes("AWSTemplateFormatVersion"));
  terminal.type(`${key.esc}i`);
  await terminal.until((screen) => screen.includes("Review & deploy") && screen.includes("Nothing is saved until you save it"));
  expect(app.ports.saved.size).toBe(0);
  terminal.type(key.end);
  await terminal.until("shop/web:1.4.1");
  terminal.type(`${toTheFirstSection}${key.esc}`);
  await terminal.until("Past deployments");
  terminal.type(`${key.down}d`);
  await expect.poll(() => app.ports.started.map((one) => one.profile)).toEqual([profile]);
});

test("any record opens without AWS: its end, its events, and watching where it was left", async () => {
  const told = { ...toldDeployment("shop", profile), past: true as const };
  for (const event of beginning) told.tell(event);
  told.tell({ type: "outcome", status: "notWaited", message: "It was left.", stackName: "cf-ecs-shop" });
  const attached: string[] = [];
  const terminal = atHome([past(0, { status: "interrupted" })], (base) => ({
    ...kept(base),
    deployments: {
      ...base.deployments,
      open: async () => told,
      attach: (id) => {
        attached.push(id);
        return new Promise(() => {});
      },
    },
  }));
  await terminal.until("not seen to its end");
  terminal.type(`${key.down}${key.enter}`);
  await terminal.until("It was left.");
  terminal.type("a");
  await expect.poll(() => attached).toEqual(["d-1"]);
});

test("hundreds of drafts, profiles and deployments fold to a few of each; all of them are one key away", async () => {
  const terminal = atHome(
    Array.from({ length: 300 }, (_, at) => past(at, { profile: `service-${at}` })),
    (base) => {
      for (let at = 0; at < 200; at++)
        base.kept.set(`draft-${at}`, { id: `draft-${at}`, savedAt: 900_000 - at, profile: { name: `draft-${at}` } });
      return kept(base);
    },
    { columns: 60, rows: 16 },
  );
  const first = await terminal.until("Older drafts…");
  expect(first).toMatch(/draft-2 .*\n.*Older drafts… +197 more/);
  terminal.type(`${key.end}`);
  await terminal.until(/▸ All deployments… +300 recorded/);
  terminal.type(`${key.enter}service-299`);
  await terminal.until((screen) => screen.includes("Deployments  1") && screen.includes("▸ service-299"));
  terminal.type(key.ctrl("t"));
  await terminal.until("CloudFormation template");
  terminal.type(key.esc);
  await terminal.until("Deployments  1");
  terminal.type(key.esc);
  await terminal.until("Deployments  300");
  terminal.type(key.esc);
  await terminal.until("All deployments…");
  terminal.type(`${key.home}${key.down.repeat(4)}${key.enter}`);
  await terminal.until("draft-4");
});

test("what was typed a moment before another form is opened stays as a draft", async () => {
  const terminal = atHome([past(0)], kept);
  await terminal.until("Past deployments");
  terminal.type("n");
  await terminal.until("1 of 11");
  terminal.type(`${key.ctrl("n")}typed${key.ctrl("r")}`);
  await terminal.until("Review & deploy");
  terminal.type(`${toTheFirstSection}${key.esc}${key.down}i`);
  await terminal.until("Nothing is saved until you save it");
  await expect.poll(() => JSON.stringify([...app.ports.kept.values()])).toContain("typed");
});

test("from the list of all deployments a record opens and goes back there; leaving it claims nothing of it", async () => {
  const told = { ...toldDeployment("shop", profile), past: true as const };
  for (const event of beginning) told.tell(event);
  told.tell({ type: "outcome", status: "failed", message: "It failed then.", stackName: "cf-ecs-shop", reason: "stack" });
  const terminal = atHome([past(0, { status: "failed", message: "It failed then.", cause: "The tag does not exist" })], (base) => ({
    ...kept(base),
    deployments: { ...base.deployments, open: async () => told },
  }));
  await terminal.until(/Failed last\s+shop +failed 1 min ago · The tag does not exist/);
  terminal.type("a");
  await terminal.until("Deployments  1");
  terminal.type(key.enter);
  await terminal.until("It failed then.");
  terminal.type(key.esc);
  await terminal.until("Deployments  1");
  terminal.type(key.enter);
  await terminal.until("It failed then.");
  expect(await app.close()).toMatchObject({ exitCode: 0, outcome: [] });
});

test("what happened in the sandbox stands among the past, marked, and for no real deployment", async () => {
  const saved = { name: "shop", path: "shop.yaml", revision: "1", savedAt: 1, profile };
  const terminal = atHome(
    [
      past(1, { elsewhere: "sandbox", status: "running", stackName: "tried" }),
      past(2, { elsewhere: "sandbox", status: "failed", cause: "It crashed" }),
      past(3),
    ],
    ({ profiles }) => ({ profiles: { ...profiles, list: () => [saved] } }),
  );
  await terminal.until("sandbox: failed");
  expect(terminal.text()).not.toMatch(/^ *(Running|Failed last)/m);
  expect(terminal.text()).toMatch(/sandbox: running for/);
  expect(terminal.text()).toMatch(/production in eu-west-1 · succeeded/);
});

test("with credentials, too, the sandbox is one key away on a first run", async () => {
  app = openApp({ start: { screen: "home" } });
  const { terminal } = app;
  await terminal.until((screen) => screen.includes("acme-prod") && screen.includes("Press b to try everything in the sandbox"));
  terminal.type("b");
  expect(await app.finished).toMatchObject({ exitCode: 0, next: "sandbox" });
});

test("a deployment that was left is still one's own while AWS works on it, and watched live with its profile", async () => {
  const attached: string[] = [];
  const terminal = atHome([past(1, { status: "notWaited" }), past(2)], ({ deployments }) => ({
    deployments: {
      ...deployments,
      atWork: async () => [{ ...elsewhere, stackName: "cf-ecs-shop" }],
      attach: (id) => {
        attached.push(id);
        return new Promise(() => {});
      },
    },
  }));
  const screen = await terminal.until(/Running\n +shop +being updated, 2 min · eu-west-1/);
  expect(screen).not.toMatch(/elsewhere|not waited for/);
  terminal.type(`${key.down}${key.enter}`);
  await expect.poll(() => attached).toEqual(["d-1"]);
});

test("one key leads home from any depth of the form, and Esc back to the very line", async () => {
  app = openApp({ start: { screen: "new", profile } });
  const { terminal, ports } = app;
  terminal.type(`${key.ctrl("p")}ports${key.enter}a8080`);
  await terminal.until(/Containers › web › .*8080\/tcp/);
  terminal.type(key.ctrl("q"));
  await terminal.until((screen) => screen.includes("New deployment") && screen.includes("esc back to the form"));
  await expect.poll(() => JSON.stringify([...ports.kept.values()].at(-1)?.profile)).toContain('"containerPort":8080');
  terminal.type(key.esc);
  await terminal.until(/▸ Container port \* +8080/);
  for (const place of [key.ctrl("r"), key.ctrl("g")]) {
    terminal.type(place);
    await terminal.until(/Review & deploy +12|\^q home(?![\s\S]*next field)/);
    terminal.type(key.ctrl("q"));
    await terminal.until("esc back to the form");
    terminal.type(key.esc);
    await terminal.until((screen) => !screen.includes("back to the form"));
  }
});

test("Esc climbs one level at a time: row, list, container, section, the section before, home; from the review to where it was opened", async () => {
  app = openApp({ start: { screen: "new", profile } });
  const { terminal } = app;
  terminal.type(`${key.ctrl("p")}ports${key.enter}a8080`);
  await terminal.until(/Containers › web › .*8080\/tcp/);
  terminal.type(key.ctrl("r"));
  await terminal.until("Review & deploy");
  const steps = [
    /▸ Container port \* +8080/,
    /Containers › web › Ports[\s\S]*▸ 8080\/tcp/,
    /Containers › web[\s\S]*▸ Ports/,
    /Containers +7 of 11[\s\S]*▸ web/,
    / 6 of 11/,
    / 5 of 11/,
    / 4 of 11/,
    / 3 of 11/,
    / 2 of 11/,
    / 1 of 11/,
    "New deployment",
  ];
  for (const step of steps) {
    terminal.type(key.esc);
    await terminal.until(step);
  }
});
