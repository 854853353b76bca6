import { afterEach, expect, test } from "vitest";
import { UserError } from "../../src/engine/problem.ts";
import type { JsonObject } from "../../src/engine/schema.ts";
import type { PastDeployment, SavedProfile } from "../../src/screens/ports.ts";
import { memoryPorts } from "../support/screen-ports.ts";
import { openApp, type RunningApp } from "../support/screens.ts";
import { key } from "../support/terminal.ts";

let app: RunningApp;
afterEach(() => app.end());

const complete: JsonObject = {
  version: 1,
  name: "shop-web",
  target: { region: "eu-west-1", cluster: "production" },
  configuration: { name: "shop-web" },
  network: { subnets: ["subnet-0aaaaaaaa"], securityGroups: ["sg-0aaaaaaaa"] },
  containers: [{ name: "web", image: "shop/web" }],
};
const saved = (name: string, profile?: JsonObject): SavedProfile => ({
  name,
  path: `/profiles/${name}.yaml`,
  revision: "1",
  savedAt: 900_000,
  ...(profile ? { profile: { ...profile, name } } : { broken: "line 3: bad indentation" }),
});
const past = (change: Partial<PastDeployment>): PastDeployment => ({
  id: "1",
  profile: "shop-web",
  stackName: "s",
  status: "succeeded",
  startedAt: 0,
  finishedAt: 880_000,
  ...change,
});

function open(profiles: SavedProfile[], history: PastDeployment[] = [], screen: "home" | "profiles" = "home") {
  const ports = memoryPorts();
  for (const one of profiles) ports.saved.set(one.name, one);
  ports.past.push(...history);
  app = openApp({ ports, start: { screen: "home" } });
  if (screen === "profiles") app.terminal.type("p");
  return app.terminal;
}

test("home shows what runs, what failed last, profiles with their last deployment, and a broken file as broken", async () => {
  const terminal = open(
    [saved("shop-web", complete), saved("old")],
    [
      past({ id: "3", profile: "worker", status: "running", startedAt: 940_000 }),
      past({ id: "2", status: "failed", message: "The image has no tag 9.9" }),
    ],
  );
  const screen = await terminal.until("shop-web");
  expect(screen).toMatch(/Running\s+worker +running for 1 min/);
  expect(screen).toMatch(/Failed last\s+shop-web +failed 2 min ago · The image has no tag 9\.9/);
  expect(screen).toMatch(/shop-web +production in eu-west-1 · failed 2 min ago/);
  expect(screen).toMatch(/old +broken: line 3: bad indentation/);
});

test("a broken profile says why it does not open, and is left as it is", async () => {
  const terminal = open([saved("old")], [], "profiles");
  await terminal.until("Saved profiles");
  terminal.type(key.enter);
  await terminal.until("/profiles/old.yaml cannot be read: line 3: bad indentation");
  expect(app.ports.saved.get("old")?.broken).toBeDefined();
});

test("profiles are searched, duplicated, renamed, and deleted with a way back", async () => {
  const terminal = open([saved("shop-web", complete), saved("worker", complete)], [], "profiles");
  await terminal.until("Saved profiles");
  terminal.type("work");
  await terminal.until(
    (screen) => screen.includes("Saved profiles  1") && !screen.includes("shop-web ") && screen.includes("esc clear filter"),
  );
  terminal.type(`${key.ctrl("y")}${key.enter}`);
  await terminal.until(/▸ worker-copy/);
  terminal.type(key.up);
  expect(app.ports.saved.get("worker-copy")?.profile?.["name"]).toBe("worker-copy");
  terminal.type(`${key.ctrl("r")}${key.ctrl("u")}shop-web${key.enter}`);
  await terminal.until("There is a profile shop-web already");
  terminal.type(`${key.ctrl("u")}worker-2${key.enter}`);
  await terminal.until(/▸ worker-2/);
  expect([...app.ports.saved.keys()].sort()).toEqual(["shop-web", "worker-2", "worker-copy"]);
  terminal.type(key.ctrl("x"));
  await terminal.until("is deleted");
  expect(app.ports.saved.size).toBe(2);
  terminal.type("u");
  await expect.poll(() => app.ports.saved.size).toBe(3);
  terminal.type(`${key.ctrl("x")}${key.enter}`);
  await terminal.until((screen) => screen.includes("Saved profiles  1"));
  terminal.type(key.ctrl("z"));
  await terminal.until("is back.");
  expect(app.ports.saved.size).toBe(3);
  terminal.type(key.ctrl("z"));
  await terminal.until((screen) => !screen.includes("is back."));
});

test("a profile is deployed with two keys; what it leaves open is asked", async () => {
  const terminal = open([saved("shop-web", complete)]);
  await terminal.until("shop-web");
  terminal.type(`${key.down}d`);
  await terminal.until((screen) => screen.includes("Version of shop/web") && screen.includes("1.4.1   3 days ago"));
  terminal.type(`${key.tab}${key.enter}`);
  await expect.poll(() => app.ports.started.map(({ images }) => images)).toEqual([{ web: "1.4.2" }]);
});

test("a profile with errors is not deployed: its problems are shown, and a key goes to them", async () => {
  const { network: _, ...incomplete } = complete;
  const terminal = open([saved("shop-web", incomplete)]);
  await terminal.until("shop-web");
  terminal.type(`${key.down}d`);
  await terminal.until((screen) => screen.includes("Review & deploy") && screen.includes("network.subnets"));
  terminal.type("d");
  await terminal.until("errors are in the way");
  terminal.type("p");
  await terminal.until((screen) => /Network configuration/.test(screen) && /▸ Subnets/.test(screen));
  expect(app.ports.started).toEqual([]);
});

test("saving asks for a name once; somebody else's change in between is told, and compared", async () => {
  const terminal = open([saved("shop-web", complete)]);
  await terminal.until("shop-web");
  terminal.type(`${key.down}${key.enter}`);
  await terminal.until("1 of 11");
  terminal.type(`${key.ctrl("n")}-x${key.ctrl("s")}`);
  await terminal.until("Saved as shop-web");
  app.ports.saved.set("shop-web", { ...saved("shop-web", { ...complete, configuration: { name: "theirs" } }), revision: "99" });
  terminal.type(`-y${key.ctrl("s")}`);
  await terminal.until(
    (screen) => screen.includes("There is another shop-web") && screen.includes("configuration.name: theirs → shop-web-x-y"),
  );
  terminal.type(`n${key.ctrl("u")}mine${key.enter}`);
  await terminal.until("Saved as mine");
  expect(app.ports.saved.get("shop-web")?.profile?.["configuration"]).toEqual({ name: "theirs" });
  expect(app.ports.saved.get("mine")?.profile?.["configuration"]).toEqual({ name: "shop-web-x-y" });
  app.ports.saved.set("mine", { ...saved("mine", { ...complete, configuration: { name: "again" } }), revision: "100" });
  terminal.type(`-z${key.ctrl("s")}`);
  await terminal.until("There is another mine");
  terminal.type("t");
  await terminal.until((screen) => !screen.includes("There is another mine") && screen.includes("ecs-wizard mine"));
  await expect.poll(() => JSON.stringify([...app.ports.kept.values()])).toContain("shop-web-x-y-z");
});

test("a second start of a profile shows the deployment that is running", async () => {
  const terminal = open([saved("shop-web", complete)], [past({ status: "running", startedAt: 940_000 })]);
  await terminal.until("shop-web");
  terminal.type(`${key.down}${key.down}d`);
  await terminal.until((screen) => screen.includes("A deployment of shop-web is running") && screen.includes("w watch it"));
  terminal.type("d");
  await terminal.until("Version of shop/web");
});

test("a broken profile is deleted with a way back, too; a copy without a name is refused", async () => {
  const terminal = open([saved("old"), saved("shop-web", complete)], [], "profiles");
  await terminal.until("Saved profiles");
  terminal.type(key.ctrl("x"));
  await terminal.until("old is deleted");
  terminal.type("u");
  await expect.poll(() => app.ports.saved.get("old")?.broken).toBeDefined();
  terminal.type(`shop${key.ctrl("y")}${key.ctrl("u")}${key.enter}`);
  await terminal.until("Write a name, or press esc.");
});

test("a file is imported into the form; one that is missing, or no profile, says so", async () => {
  const base = memoryPorts();
  const files: Record<string, object> = { "/shop.yaml": complete, "/package.json": { name: "x", version: "1", scripts: {} } };
  const readFile = async (path: string) => {
    const profile = files[path];
    if (!profile) throw new UserError(`cannot read ${path}: there is no such file or folder`, { hint: "Check the path." });
    return { name: "shop", path, revision: "", savedAt: 0, profile: profile as JsonObject };
  };
  app = openApp({ ports: { ...base, profiles: { ...base.profiles, readFile } }, start: { screen: "home" } });
  const { terminal } = app;
  await terminal.until("New deployment");
  terminal.type("p");
  await terminal.until("No profile is saved yet");
  const bring = (path: string) => terminal.type(`${key.ctrl("t")}${path}${key.enter}`);
  bring("/nothing.yaml");
  await terminal.until("Cannot read /nothing.yaml: there is no such file or folder. Check the path.");
  bring("/package.json");
  await terminal.until("/package.json is no profile: it has none of the sections");
  bring("/shop.yaml");
  await terminal.until("Deployment target");
});

test("a profile that was renamed keeps its last deployment, by its stack", async () => {
  const renamed = saved("shop-renamed", { ...complete });
  const terminal = open(
    [renamed, saved("other", { target: { region: "eu-west-1" } })],
    [past({ profile: "shop-old", stackName: "cf-ecs-x" })],
    "profiles",
  );
  await terminal.until(/shop-renamed +production in eu-west-1 · succeeded 2 min ago/);
});
