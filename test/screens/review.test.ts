import { afterEach, expect, test } from "vitest";
import { form } from "../../src/cli/interactive/form.ts";
import type { Preview } from "../../src/engine/deployment/preview.ts";
import { ProblemError } from "../../src/engine/problem.ts";
import type { DeployChoices, DeploymentPort } from "../../src/screens/deployment-port.ts";
import { toldDeployment } from "../support/fake-deployment.ts";
import { memoryPorts } from "../support/screen-ports.ts";
import { openApp, type RunningApp } from "../support/screens.ts";
import { key } from "../support/terminal.ts";

let app: RunningApp;
afterEach(() => app.end());

const image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web";
const profile = {
  name: "shop",
  target: { region: "eu-west-1", cluster: "production" },
  configuration: { name: "shop" },
  network: { subnets: ["subnet-0aaaaaaaa"], securityGroups: ["sg-0aaaaaaaa"] },
  containers: [{ name: "web", image: `${image}:1.4.2` }],
};
const shown: Preview = {
  kind: "update",
  stackName: "cf-ecs-shop",
  changes: [
    {
      action: "modify",
      logicalId: "Serviceshop",
      type: "AWS::ECS::Service",
      replacement: "always",
      meaning: "The service is replaced.",
      properties: [],
    },
  ] as unknown as Preview["changes"],
  findings: [],
  warnings: [],
  changeSet: { id: "arn:change-set", type: "UPDATE", stackId: "arn:stack" },
};

function reviewing(propose: NonNullable<DeploymentPort["propose"]>, of = profile, change: Parameters<typeof memoryPorts>[0] = {}) {
  const base = memoryPorts(change);
  const started: DeployChoices[] = [];
  const discarded: Preview[] = [];
  const start: DeploymentPort["start"] = async (_, choices) => {
    started.push(choices);
    return toldDeployment("shop", profile);
  };
  const discard = async (_: unknown, __: unknown, one: Preview) => void discarded.push(one);
  app = openApp({
    ports: { ...base, deployments: { ...base.deployments, start, propose, discard } },
    start: { screen: "new", profile: of },
  });
  app.terminal.type(key.ctrl("r"));
  return { terminal: app.terminal, started, discarded };
}

test("what is not given but a default says so in words", async () => {
  const { terminal } = reviewing(async () => shown);
  const screen = await terminal.until(/CPU +0\.25 vCPU {2}\(default\)/);
  expect(screen).toMatch(/Cluster +production$/m);
});

test("a long line of what changes is shown whole, on several lines", async () => {
  const properties = [{ path: "TaskDefinition", before: `${"old".repeat(20)} end-of-old`, after: `${"new".repeat(20)} end-of-new` }];
  const changes = [{ ...shown.changes[0], properties }] as unknown as Preview["changes"];
  const { terminal } = reviewing(async () => ({ ...shown, changes }));
  await terminal.until("ready to deploy");
  terminal.type("d");
  const screen = await terminal.until("What this deployment changes");
  for (const part of ["end-of-old", "end-of-new"]) expect(screen).toContain(part);
});

test("a page of long lines can be scrolled to its very end, and explains its keys", async () => {
  const properties = Array.from({ length: 40 }, (_, at) => ({ path: `Property${at}`, before: "old ".repeat(60), after: `end-${at}` }));
  const changes = [{ ...shown.changes[0], properties }] as unknown as Preview["changes"];
  const { terminal } = reviewing(async () => ({ ...shown, changes }));
  await terminal.until("ready to deploy");
  terminal.type("d");
  await terminal.until("What this deployment changes");
  terminal.type(key.end);
  await terminal.until("end-39");
  terminal.type("?");
  await terminal.until(/Help\n[\s\S]*PgDn space +a page down/);
  terminal.type(key.esc);
  await terminal.until("end-39");
});

test("the list of sections, search and questions explain their keys, too", async () => {
  const { terminal } = reviewing(async () => shown);
  await terminal.until("ready to deploy");
  terminal.type(`${key.ctrl("g")}?`);
  await terminal.until(/Help\n[\s\S]*go there/);
  terminal.type(key.esc);
  await terminal.until((screen) => !screen.includes("Help") && screen.includes("⏎ go there"));
  terminal.type(key.esc);
  await terminal.until("ready to deploy");
  terminal.type(`${key.ctrl("p")}?${key.ctrl("o")}`);
  await terminal.until(/Help\n[\s\S]*go there/);
  terminal.type(key.esc);
  await terminal.until(/ \?\S?\n/);
});

test("before a deployment from the review its changes are shown, and exactly those are carried out", async () => {
  const { terminal, started, discarded } = reviewing(async () => shown);
  await terminal.until("ready to deploy");
  terminal.type("d");
  await terminal.until((screen) => screen.includes("What this deployment changes") && /! replace +Serviceshop/.test(screen));
  terminal.type("d");
  await expect.poll(() => started).toEqual([{ images: {}, variables: {}, changeSet: shown.changeSet }]);
  expect(discarded).toEqual([]);
});

test("changes that are declined are thrown away", async () => {
  const { terminal, started, discarded } = reviewing(async () => shown);
  await terminal.until("ready to deploy");
  terminal.type("d");
  await terminal.until("What this deployment changes");
  terminal.type(key.esc);
  await terminal.until("ready to deploy");
  await expect.poll(() => discarded).toEqual([shown]);
  expect(started).toEqual([]);
});

test("without a preview one key deploys all the same; one that comes late is thrown away", async () => {
  const late = Promise.withResolvers<Preview>();
  const { terminal, started, discarded } = reviewing(() => late.promise);
  await terminal.until("ready to deploy");
  terminal.type("d");
  await terminal.until("Asking CloudFormation what this deployment would change");
  terminal.type("s");
  await expect.poll(() => started).toEqual([{ images: {}, variables: {} }]);
  late.resolve(shown);
  await expect.poll(() => discarded).toEqual([shown]);
});

test("a preview that is refused says why and leaves the way on open", async () => {
  const { terminal, started } = reviewing(async () => {
    throw new ProblemError({ kind: "denied", message: "cloudformation:DescribeStacks is not allowed.", hint: "Ask for it." });
  });
  await terminal.until("ready to deploy");
  terminal.type("d");
  await terminal.until((screen) => screen.includes("There is no preview") && screen.includes("DescribeStacks is not allowed"));
  terminal.type("s");
  await expect.poll(() => started.length).toBe(1);
});

test("the question for a version shows the one deployed last and the tags there are", async () => {
  const { terminal } = reviewing(
    async () => shown,
    { ...profile, containers: [{ name: "web", image }] },
    {
      history: { list: () => [], lastDeployed: () => ({ containers: [{ name: "web", image: `${image}:1.4.1` }] }) },
    },
  );
  await terminal.until("Asked at each deployment");
  terminal.type("d");
  await terminal.until((screen) => screen.includes("Deployed last: 1.4.1.") && /1\.4\.2 +2 h ago/.test(screen));
});

test("a profile whose last deployment failed, in a pipeline say, is compared with that attempt as well", async () => {
  const base = memoryPorts();
  const saved = { name: "shop", path: "/p/shop.yaml", revision: "1", savedAt: 0, profile };
  const history = {
    list: () => [],
    lastFailed: (name: string) => (name === "shop" ? { ...profile, configuration: { name: "before" } } : undefined),
  };
  app = openApp({ ports: { ...base, history }, start: { screen: "edit", saved } });
  const { terminal } = app;
  await terminal.until("Deployment target");
  terminal.type(key.ctrl("r"));
  await terminal.until(
    (screen) => screen.includes("Changed since the failed attempt") && screen.includes("configuration.name: before → shop"),
  );
});

test("after a failure the review says what was changed since", async () => {
  const base = memoryPorts();
  const told = toldDeployment("shop", profile);
  app = openApp({
    ports: { ...base, deployments: { ...base.deployments, attach: async () => told } },
    start: { screen: "watch", id: "d-1" },
  });
  told.tell({ type: "outcome", status: "failed", message: "It failed.", stackName: "cf-ecs-shop", reason: "stack" });
  const { terminal } = app;
  await terminal.until("It failed.");
  terminal.type("i");
  await terminal.until((screen) => screen.includes("Changed since the failed attempt") && screen.includes("nothing yet"));
  terminal.type(`${key.ctrl("g")}${key.home}${key.up.repeat(20)}${key.down}${key.enter}-2${key.ctrl("r")}`);
  await terminal.until("configuration.name: shop → shop-2");
});

test("the end of the review is one key away, and one key up leaves it; the command can be pasted", async () => {
  const odd = { ...profile, name: "it's a shop", containers: [{ name: "web", image }] };
  const { terminal } = reviewing(async () => shown, odd);
  await terminal.until("Asked at each deployment");
  terminal.type(key.end + key.down.repeat(30));
  await terminal.until(
    (screen) => /Review & deploy +100 %/.test(screen) && screen.includes(`ecs-wizard deploy 'it'\\''s a shop' --image web=TAG --yes`),
  );
  terminal.type(key.up);
  await terminal.until((screen) => /Review & deploy +98 %/.test(screen));
});

test("a saved profile's review says what is not saved yet", async () => {
  const base = memoryPorts();
  base.profiles.save("shop", profile);
  app = openApp({ ports: base, start: { screen: "edit", saved: base.saved.get("shop") as never } });
  const { terminal } = app;
  terminal.type(`${key.ctrl("g")}${key.home}${key.up.repeat(20)}${key.down}${key.enter}-2${key.ctrl("r")}`);
  await terminal.until((screen) => screen.includes("Not saved to shop yet") && screen.includes("configuration.name: shop → shop-2"));
});

test("long values stand whole, also in 60 columns; the values of sensitive variables are never shown", async () => {
  const base = memoryPorts();
  process.env["ECS_WIZARD_VAR_Key"] = "hunter2-secret";
  const secret = {
    ...profile,
    variables: { Key: { sensitive: true } },
    containers: [{ name: "web", image: `${image}:1.4.2`, environment: [{ name: "URL", value: "key=#{Key}" }] }],
  };
  try {
    app = openApp({ ports: { ...base, form }, columns: 60, rows: 60, start: { screen: "new", profile: secret } });
    const { terminal } = app;
    terminal.type(key.ctrl("r"));
    const screen = await terminal.until("URL=key=•••");
    expect(screen).toMatch(/Nothing is missing and nothing contradicts: ready to\s+deploy\./);
    expect(screen.replace(/\s+/g, "")).toContain(`${image}:1.4.2`);
    expect(screen).not.toContain("hunter2");
  } finally {
    delete process.env["ECS_WIZARD_VAR_Key"];
  }
});
