import { afterEach, expect, test } from "vitest";
import { byName } from "../../src/aws-discovery/source.ts";
import { sources } from "../../src/aws-discovery/sources/index.ts";
import type { PickerItem, SourceState } from "../../src/engine/discovery.ts";
import { ProblemError } from "../../src/engine/problem.ts";
import type { JsonObject } from "../../src/engine/schema.ts";
import { type Answers, account, fixedDiscovery, memoryPorts } from "../support/screen-ports.ts";
import { openApp, type RunningApp } from "../support/screens.ts";
import { key } from "../support/terminal.ts";

let app: RunningApp;
afterEach(() => app.end());

const target = { region: "eu-west-1", cluster: "production" };
const toNetwork = `${key.ctrl("g")}${key.down.repeat(4)}${key.enter}`;

function open(answers: Answers, profile: JsonObject = { target }, columns = 140) {
  const discovery = fixedDiscovery({ ...account, ...answers });
  app = openApp({ ports: memoryPorts({ discovery }), start: { screen: "new", profile }, columns, rows: 30 });
  return { terminal: app.terminal, discovery };
}

test("a denied listing names the permission, and the value can be typed", async () => {
  const problem = { kind: "denied", action: "ec2:DescribeSubnets", message: "Not allowed.", hint: "Ask for it." } as const;
  const { terminal } = open({ subnets: { status: "failed", problem, items: [] } });
  terminal.type(`${toNetwork}${key.enter}`);
  await terminal.until("Permission ec2:DescribeSubnets is missing");
  terminal.type(`subnet-0123${key.enter}`);
  await terminal.until(/Subnets \* +1 chosen {2}subnet-0123|◉ subnet-0123/);
  terminal.type(key.enter);
  await terminal.until(/▸ Security groups/);
});

test("a listing that is denied in part shows what came, and that some may be missing", async () => {
  const problem = { kind: "denied", action: "ec2:DescribeSubnets", message: "Not allowed.", hint: "Ask for it." } as const;
  const { terminal } = open({ subnets: { status: "failed", problem, items: account["subnets"] as PickerItem[] } });
  terminal.type(`${toNetwork}${key.enter}`);
  await terminal.until(/private-a.*Permission ec2:DescribeSubnets is missing, so the list may be old or lack some/s);
});

test("what a picker waits for is said; a slow answer and an empty one have their own words", async () => {
  const { terminal } = open({ securityGroups: { status: "loading", items: [], slow: true }, subnets: [] }, {});
  terminal.type(`${toNetwork}${key.enter}`);
  await terminal.until("Choose a region first");
  terminal.type(key.esc);
  await terminal.until((screen) => !screen.includes("Choose a region first"));
  terminal.type(`${key.ctrl("g")}${key.up.repeat(4)}${key.enter}${key.enter}eu${key.enter}${toNetwork}${key.enter}`);
  await terminal.until("There are no subnets in vpc-0a1b. Look in another VPC or region, or type the id.");
  terminal.type(key.esc);
  await terminal.until((screen) => !screen.includes("There are no subnets"));
  terminal.type(`${key.down}${key.enter}`);
  await terminal.until("AWS is slow to answer");
});

test("an old list is shown at once with its age, and refreshed on request", async () => {
  const { terminal, discovery } = open({
    subnets: { status: "loading", items: account["subnets"] as PickerItem[], stale: true, at: 1_000_000 - 7_200_000 },
  });
  terminal.type(`${toNetwork}${key.enter}`);
  await terminal.until((screen) => screen.includes("private-a") && screen.includes("as of 2 h ago, refreshing"));
  terminal.type(key.ctrl("r"));
  await expect.poll(() => discovery.refreshed.map(({ source }) => source)).toEqual(["subnets"]);
});

test("subnets and security groups are those of the cluster's VPC, and say so", async () => {
  const { terminal, discovery } = open({});
  terminal.type(`${toNetwork}${key.enter}`);
  await terminal.until("the cluster's services run there");
  expect(discovery.asked.filter(({ source }) => source === "subnets").at(-1)?.inputs).toEqual({ vpcId: "vpc-0a1b" });
  expect(discovery.asked.filter(({ source }) => source === "vpcs").at(-1)?.inputs).toEqual({ cluster: "production" });
});

test("five thousand security groups: every letter narrows the list at once, and the counts say by how much", async () => {
  const many = Array.from(
    { length: 5_000 },
    (_, at): PickerItem => ({
      value: `sg-${String(at).padStart(8, "0")}`,
      columns: [`team-${at % 50}-service-${at}`, `sg-${String(at).padStart(8, "0")}`, "tcp 443"],
    }),
  );
  const { terminal } = open({ securityGroups: many });
  terminal.type(`${toNetwork}${key.down}${key.enter}`);
  await terminal.until("5000 of 5000");
  terminal.type("service-4321");
  await terminal.until(/\/service-4321.* 1 of 5000/);
  terminal.type(`${key.enter}${key.enter}`);
  await terminal.until(/Security groups \* +1 chosen {2}team-21-service-4321/);
});

test("esc first clears the filter, then closes; arrows stop at the ends", async () => {
  const { terminal } = open({});
  terminal.type(`${toNetwork}${key.enter}zzz`);
  await terminal.until("use “zzz” as typed");
  terminal.type(key.esc);
  await terminal.until((screen) => screen.includes("3 of 3") && !screen.includes("zzz"));
  terminal.type(`${key.down.repeat(20)} `);
  await terminal.until(/▸ ◉ private-c/);
  terminal.type(key.esc);
  await terminal.until((screen) => !screen.includes("3 of 3") && screen.includes("1 chosen  private-c"));
});

test("answers that no longer fit after another cluster was chosen stay, and are marked", async () => {
  const { terminal } = open(
    {},
    { target, network: { subnets: ["subnet-0aaaaaaaa", "subnet-0eeeeeeee"], securityGroups: ["sg-0aaaaaaaa"] } },
  );
  terminal.type(toNetwork);
  const screen = await terminal.until("! subnet-0eeeeeeee not found in vpc-0a1b");
  expect(screen).toMatch(/Subnets \* +2 chosen/);
  expect(screen).toMatch(/Security groups \* +1 chosen {2}web *\n/);
});

test("another region: what is not found there is said at once, stands on the review, and stays as it is", async () => {
  const fixed = fixedDiscovery();
  const watch: typeof fixed.watch = (query, onChange) => {
    if (query.target.region !== "us-east-1" || query.source === "regions") return fixed.watch(query, onChange);
    onChange({ status: "ready", items: [], at: 1_000 });
    return () => {};
  };
  const profile = { target, network: { subnets: ["subnet-0aaaaaaaa", "subnet-0bbbbbbbb"], securityGroups: ["sg-0aaaaaaaa"] } };
  app = openApp({ ports: memoryPorts({ discovery: { ...fixed, watch } }), start: { screen: "new", profile }, columns: 110 });
  const { terminal } = app;
  await terminal.until("Deployment target");
  terminal.type(`${key.down}${key.enter}`);
  await terminal.until(/us-east-1 +N\. Virginia/);
  expect(terminal.text()).not.toContain("Not found in");
  terminal.type(`us-east${key.enter}`);
  await terminal.until("Not found in us-east-1: Cluster, Subnets, Security groups. Nothing was changed");
  expect(terminal.text()).toMatch(/Cluster \* +production {2}! production not found in us-east-1/);
  terminal.type(key.ctrl("r"));
  await terminal.until(
    (screen) => /Subnets: 2 of these not found in us-east-1\./.test(screen) && /Cluster: production not found/.test(screen),
  );
});

test("without valid credentials the screens say so with the command that fixes it, run it, and go on where they were", async () => {
  const problem = {
    kind: "credentials",
    message: "The SSO session of acme has expired.",
    hint: "Log in again.",
    command: "aws sso login --profile acme",
  } as const;
  const discovery = fixedDiscovery();
  let loggedIn = false;
  const identity: typeof discovery.identity = async (target) => {
    if (!loggedIn) throw new ProblemError(problem);
    return discovery.identity(target);
  };
  const runCommand = async (command: string) => {
    loggedIn = command === problem.command;
  };
  app = openApp({ ports: memoryPorts({ discovery: { ...discovery, identity }, runCommand }), start: { screen: "home" } });
  const { terminal } = app;
  await terminal.until(
    (screen) =>
      screen.includes("no valid credentials") &&
      screen.includes("The SSO session of acme has expired.") &&
      / b (try the )?sandbox/.test(screen),
  );
  terminal.type(`n${key.ctrl("n")}kept${key.ctrl("l")}`);
  await terminal.until(
    (screen) => screen.includes("acme-prod") && /Name \* +kept/.test(screen) && !screen.includes("no valid credentials"),
  );
});

test("rows stay under a person's keys when the cluster's VPC becomes known, until its own list comes", async () => {
  const group = (name: string, vpcId: string): PickerItem => ({ value: `sg-${name}`, columns: [name, `sg-${name}`], facts: { vpcId } });
  const all = [group("api", "vpc-0a1b"), group("elsewhere", "vpc-0ffff"), group("web", "vpc-0a1b"), group("worker", "vpc-0a1b")];
  const fixed = fixedDiscovery({ ...account, securityGroups: all });
  const told = new Map<string, (state: SourceState) => void>();
  const watch: typeof fixed.watch = (query, onChange) => {
    const later = query.source === "vpcs" || query.inputs["vpcId"] !== undefined;
    if (!later) return fixed.watch(query, onChange);
    told.set(`${query.source} ${query.inputs["vpcId"] ?? ""}`, onChange);
    onChange({ status: "loading", items: [] });
    return () => {};
  };
  const tell = (question: string, items: readonly PickerItem[]) => told.get(question)?.({ status: "ready", items, at: 1_000 });
  app = openApp({ ports: memoryPorts({ discovery: { ...fixed, watch } }), start: { screen: "new", profile: { target } }, columns: 110 });
  const { terminal } = app;
  terminal.type(`${toNetwork}${key.down}${key.enter}`);
  await terminal.until(/─ 4 of 4/);
  terminal.type(key.down.repeat(2));
  await terminal.until(/▸ ○ web/);
  tell("vpcs ", account["vpcs"] as PickerItem[]);
  await terminal.until((screen) => screen.includes("the cluster's services run there") && /─ 3 of 3/.test(screen));
  expect(terminal.text()).not.toContain("elsewhere");
  expect(terminal.text()).toMatch(/○ api.*▸ ○ web.*○ worker/s);
  tell("securityGroups vpc-0a1b", [...all.filter(({ facts }) => facts?.["vpcId"] === "vpc-0a1b"), group("alpha", "vpc-0a1b")].sort(byName));
  await terminal.until((screen) => /─ 4 of 4/.test(screen) && screen.includes("▸ ○ web"));
});

const wideSubnet = (name: string, id: string, zone: string): PickerItem => ({
  value: id,
  columns: [name, id, zone, "10.0.101.0/24", "NAT through the instance i-0123", "247 free"],
});
const wideSubnets = [
  wideSubnet("private-a", "subnet-0f3784b2149dd6648", "eu-west-1a"),
  wideSubnet("public-b", "subnet-0a3784b2149dd6649", "eu-west-1b"),
];

test.each([60, 80, 100, 140, 200])(
  "in %d columns what matters of a subnet stands whole under its title, its id where there is room",
  async (columns) => {
    const discovery = { ...fixedDiscovery({ ...account, subnets: wideSubnets }), columns: () => sources.subnets.columns };
    app = openApp({
      ports: memoryPorts({ discovery }),
      start: { screen: "new", profile: { target } },
      columns,
      rows: columns < 80 ? 16 : 24,
    });
    app.terminal.type(`${toNetwork}${key.enter}`);
    const screen = await app.terminal.until(/private-a .*NAT through/);
    const lines = screen.split("\n");
    const titles = lines.find((line) => line.includes("Name ")) ?? "";
    const row = lines.find((line) => line.includes("private-a")) ?? "";
    expect(titles.indexOf("Name")).toBe(row.indexOf("private-a"));
    expect(titles.indexOf("Way out")).toBe(row.indexOf("NAT through"));
    expect(titles.indexOf("Zone")).toBe(row.indexOf("eu-west-1a"));
    // Where the id has no room among the columns, it is said of the highlighted row.
    if (titles.includes("Subnet")) expect(titles.indexOf("Subnet")).toBe(row.indexOf("subnet-0f3784b2149dd6648 "));
    else expect(screen).toContain("│ subnet-0f3784b2149dd6648 · ");
    expect(titles.includes("Subnet")).toBe(columns >= 140);
  },
);

test("a warning that has no room among the columns is a sign there, and words below the list", async () => {
  const [subnet, other] = wideSubnets as [PickerItem, PickerItem];
  const discovery = {
    ...fixedDiscovery({ ...account, subnets: [{ ...subnet, warning: "no way out: the image cannot be pulled" }, other] }),
    columns: () => sources.subnets.columns,
  };
  app = openApp({ ports: memoryPorts({ discovery }), start: { screen: "new", profile: { target } }, columns: 80, rows: 24 });
  app.terminal.type(`${toNetwork}${key.enter}`);
  const screen = await app.terminal.until(/! no way out: the image cannot be pulled/);
  expect(screen).toMatch(/private-a .*NAT through.* ! +│/);
});

test("in ASCII, with wide letters and with names that reverse text, a picker stays within its frame", async () => {
  const strange: readonly PickerItem[] = [
    wideSubnet("日本語のサブネット-第一-とても長い名前のサブネット", "subnet-0f3784b2149dd6648", "eu-west-1a"),
    wideSubnet("evil\u202egpj.exe", "subnet-0a3784b2149dd6649", "eu-west-1b"),
  ];
  const discovery = { ...fixedDiscovery({ ...account, subnets: strange }), columns: () => sources.subnets.columns };
  for (const unicode of [true, false]) {
    app = openApp({
      ports: memoryPorts({ discovery }),
      start: { screen: "new", profile: { target } },
      columns: 80,
      rows: 24,
      theme: { color: false, unicode },
    });
    app.terminal.type(`${toNetwork}${key.enter}`);
    const screen = await app.terminal.until(/evilgpj\.exe/);
    const framed = screen.split("\n").filter((line) => /^ {3}[|│]/.test(line));
    expect(framed.length).toBeGreaterThan(3);
    const columnsOf = (line: string) => [...line].reduce((sum, letter) => sum + (letter > "\u2fff" ? 2 : 1), 0);
    for (const line of framed) expect(columnsOf(line)).toBe(79);
    expect(framed[1]).toMatch(/NAT through.*[^.…] [|│]$/);
    await app.end();
  }
});

test("a blank belongs to the filter while it is typed, and selects after the highlight was moved", async () => {
  const named = (name: string, id: string): PickerItem => ({ value: id, columns: [name, id, "eu-west-1a"] });
  const { terminal } = open({ subnets: [named("blue private", "subnet-1"), named("blue public", "subnet-2"), named("red", "subnet-3")] });
  terminal.type(`${toNetwork}${key.enter}blue pu`);
  await terminal.until("/blue pu");
  terminal.type(`${key.down}${key.up} `);
  await terminal.until(/◉ blue public/);
  expect(terminal.text()).toContain("/blue pu");
});

const shopWeb = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web";
const toImage = `${key.ctrl("p")}image`;

test("an image is chosen with its version: the picker begins at the present one, and leaving it keeps that", async () => {
  const { terminal } = open({}, { target, containers: [{ name: "web", image: `${shopWeb}:1.4.1` }] });
  terminal.type(toImage);
  await terminal.until(/▸ Image/);
  terminal.type(key.enter);
  await terminal.until(/▸ Image \* .*shop\/web:1\.4\.1/);
  terminal.type(key.enter);
  const repositories = await terminal.until(/▸ +shop\/web/);
  expect(repositories).not.toContain("not in the list");
  terminal.type(key.enter);
  await terminal.until((screen) => /▸ ◉ 1\.4\.1/.test(screen) && screen.includes("· shop/web ─"));
  terminal.type(`${key.up}${key.up}`);
  await terminal.until(/▸ +no version: chosen at each deployment/);
  terminal.type(key.esc);
  await terminal.until(/▸ +shop\/web/);
  expect(terminal.text()).toMatch(/Image \* .*shop\/web:1\.4\.1/);
  terminal.type(`${key.enter}${key.up}${key.enter}`);
  await terminal.until(/Image \* .*shop\/web:1\.4\.2/);
});

test("the pickers of the next section are asked ahead, also those of rows that are not there yet", async () => {
  const { terminal, discovery } = open({});
  terminal.type(`${key.ctrl("g")}${key.down.repeat(5)}${key.enter}`);
  await terminal.until("6 of 11");
  await expect.poll(() => discovery.asked.map(({ source }) => source)).toContain("repositories");
  terminal.type(`${key.ctrl("g")}${key.down.repeat(3)}${key.enter}`);
  await terminal.until("9 of 11");
  await expect.poll(() => discovery.asked.map(({ source }) => source)).toContain("targetGroups");
});

test("the log group of the awslogs driver is chosen from the account's log groups", async () => {
  const group = (name: string): PickerItem => ({ value: name, columns: [name, "kept 30 days"] });
  const containers = [{ name: "web", logging: { type: "manual", logDriver: "awslogs", options: { "awslogs-region": "eu-west-1" } } }];
  const { terminal, discovery } = open({ logGroups: [group("/ecs/checkout"), group("/ecs/web")] }, { target, containers });
  terminal.type(`${key.ctrl("p")}options logging`);
  await terminal.until(/▸ Options/);
  terminal.type(`${key.enter}${key.enter}`);
  const inRegion = await terminal.until((screen) => screen.includes("awslogs-region=eu-west-1") && screen.includes("add another"));
  expect(inRegion).not.toContain("choose awslogs-group");
  terminal.type(key.enter);
  await terminal.until(/choose awslogs-group/);
  expect(discovery.asked.map(({ source }) => source)).toContain("logGroups");
  terminal.type(key.altDown);
  await terminal.until(/2 of 2/);
  terminal.type(`web${key.enter}`);
  await terminal.until("awslogs-group=/ecs/web");
  expect(terminal.text()).toContain("awslogs-region=eu-west-1");
});
