import { afterEach, expect, test } from "vitest";
import type { JsonObject } from "../../src/engine/schema.ts";
import { memoryPorts } from "../support/screen-ports.ts";
import { openApp, type RunningApp } from "../support/screens.ts";
import { key } from "../support/terminal.ts";

let app: RunningApp;
afterEach(() => app.end());

const draft = () => [...app.ports.kept.values()].at(-1)?.profile as JsonObject;
const drafted = (condition: (profile: JsonObject) => boolean) =>
  expect.poll(() => draft() !== undefined && condition(draft()), { timeout: 5_000 }).toBe(true);

test("a service is filled in with the keys of one burst a section", async () => {
  app = openApp();
  const { terminal } = app;
  await terminal.until("Deployment target");
  terminal.type(`${key.enter}eu-w${key.enter}`);
  await terminal.until(/Region \* +eu-west-1/);
  terminal.type(`${key.enter}prod${key.enter}`);
  await terminal.until(/Cluster \* +production/);
  terminal.type(`${key.ctrl("n")}shop-web`);
  await terminal.until(/Name \* +shop-web/);
  terminal.type(`${key.ctrl("g")}${key.down}${key.down}${key.down}${key.enter}${key.enter} ${key.down} `);
  await terminal.until("2 chosen  private-a, private-b");
  terminal.type(`${key.enter}${key.enter}web${key.enter}${key.enter}`);
  await terminal.until(/Security groups \* +1 chosen {2}web/);
  await drafted(
    (profile) =>
      JSON.stringify(profile["network"]) === '{"subnets":["subnet-0aaaaaaaa","subnet-0bbbbbbbb"],"securityGroups":["sg-0aaaaaaaa"]}',
  );
});

test("containers with ports and environment: rows open in place, fold away with a summary, and come back with undo", async () => {
  app = openApp({ start: { screen: "new", profile: { target: { region: "eu-west-1" } } } });
  const { terminal } = app;
  terminal.type(`${key.ctrl("g")}${key.down.repeat(6)}${key.enter}`);
  await terminal.until("+ add a container");
  terminal.type("aweb");
  await terminal.until("Containers › web");
  terminal.type(`${key.enter}${key.enter}`);
  await terminal.until("shop/web");
  terminal.type(key.enter);
  await terminal.until("no version: chosen at each deployment");
  terminal.type(`1.4.2${key.enter}`);
  await terminal.until("shop/web:1.4.2");
  terminal.type(`${key.down}a8080`);
  await terminal.until(/Containers › web › .*8080\/tcp/);
  terminal.type(key.esc);
  await terminal.until("+ add a port mapping");
  terminal.type(key.esc);
  await terminal.until(/Ports +8080\/tcp/);
  terminal.type(key.esc);
  await terminal.until(/▸ web +shop\/web:1\.4\.2 +essential +8080\/tcp/);
  terminal.type("d");
  await terminal.until(/▸ web-2/);
  terminal.type("x");
  await terminal.until((screen) => !screen.includes("web-2") && screen.includes("u brings it back"));
  terminal.type("u");
  await terminal.until("web-2");
  terminal.type(key.altUp);
  await terminal.until(/▸ web-2.*\n.* web /);
  await drafted((profile) => (profile["containers"] as JsonObject[]).map(({ name }) => name).join() === "web-2,web");
});

test("a field complains after it was left, at once when it was already wrong, and never in between", async () => {
  app = openApp();
  const { terminal } = app;
  terminal.type(`${key.ctrl("n")}bad name!`);
  await terminal.until(/Name \* +bad name!/);
  expect(terminal.text()).not.toMatch(/bad name!\S* +! /);
  terminal.type(key.down);
  await terminal.until(/bad name!\S? +! /);
  terminal.type(`${key.up}${key.backspace}`);
  await terminal.until(/bad name\S? +! /);
  terminal.type(`${key.ctrl("u")}good`);
  await terminal.until((screen) => /Name \* +good/.test(screen) && !/good.* ! /.test(screen));
});

test("text is edited as in a shell: words, ends, forward delete, wide characters whole, a large paste", async () => {
  app = openApp();
  const { terminal } = app;
  terminal.type(`${key.ctrl("n")}one two three${key.ctrl("w")}👩‍👩‍👧é${key.left}${key.left}${key.del}${key.home}X${key.end}Y`);
  await terminal.until(/Name \* +Xone two éY/);
  terminal.type(key.ctrl("u"));
  const long = `${"z".repeat(200_000)} ${"日 é".repeat(100_000)}`;
  terminal.paste(`line one\r\nline two ${long}`);
  await drafted((profile) => (profile["configuration"] as JsonObject)["name"] === `line one line two ${long}`);
  terminal.type(`${key.down}${key.up}${key.ctrl("u")}short`);
  await terminal.until(/Name \* +short/);
});

test("a variable bound to a field shows its expression, and its value when it is known", async () => {
  app = openApp();
  const { terminal } = app;
  terminal.type(`${key.ctrl("n")}${key.ctrl("b")}`);
  await terminal.until("Bind “Name” to a variable");
  terminal.type(`${key.ctrl("u")}ServiceName${key.enter}`);
  await terminal.until("Value of ServiceName");
  terminal.type(`shop${key.enter}`);
  await terminal.until("#{ServiceName}");
  await drafted((profile) => (profile["variables"] as JsonObject)["ServiceName"] === "shop");
});

test("a variable that is known already offers its value, which can be kept or changed", async () => {
  app = openApp({ start: { screen: "new", profile: { configuration: { name: "x" }, variables: { ServiceName: "shop" } } } });
  const { terminal } = app;
  await terminal.until("Deployment target");
  terminal.type(`${key.ctrl("n")}${key.ctrl("b")}`);
  await terminal.until((screen) => screen.includes("Known: ServiceName") && screen.includes("▸ Name"));
  terminal.type(`${key.tab}${key.enter}`);
  await terminal.until(/Value of ServiceName\n[\s\S]*▸ shop/);
  terminal.type(`-two${key.enter}`);
  await terminal.until(/Name \* +#\{ServiceName\}/);
  await drafted((profile) => (profile["variables"] as JsonObject)["ServiceName"] === "shop-two");
});

test("a sensitive variable is bound without asking for a value that would be kept in the profile", async () => {
  const variables = { Key: { sensitive: true } };
  app = openApp({ start: { screen: "new", profile: { configuration: { name: "x" }, variables } } });
  const { terminal } = app;
  await terminal.until("Deployment target");
  terminal.type(`${key.ctrl("n")}${key.ctrl("b")}`);
  await terminal.until("Known: Key");
  terminal.type(`${key.tab}${key.enter}`);
  await terminal.until((screen) => /Name \* +#\{Key\}/.test(screen) && screen.includes("Key is sensitive: its value is asked for"));
  expect(terminal.text()).not.toContain("Value of Key");
});

test("a pasted text where nothing is typed is refused with the reason, and changes nothing", async () => {
  app = openApp({ start: { screen: "home" } });
  const { terminal } = app;
  await terminal.until("New deployment");
  terminal.paste("nq");
  await terminal.until("Nothing here takes a pasted text");
  expect(terminal.text()).toContain("New deployment");
});

test("two labels of one name: the second says that it is not kept until it differs", async () => {
  app = openApp({ start: { screen: "new", profile: { containers: [{ name: "web", image: "nginx:1", dockerLabels: { team: "shop" } }] } } });
  const { terminal } = app;
  await terminal.until("Deployment target");
  terminal.type(`${key.ctrl("p")}docker labels${key.enter}`);
  await terminal.until(/▸ +Docker labels/);
  terminal.type(`${key.enter}${key.down}${key.enter}team=other`);
  await terminal.until("this name is taken: not kept until it differs");
  terminal.type(`${key.home}my-`);
  await terminal.until((screen) => /my-\S?team=other/.test(screen) && !screen.includes("this name is taken"));
  await drafted(
    (profile) => JSON.stringify((profile["containers"] as JsonObject[])[0]?.["dockerLabels"]) === '{"team":"shop","my-team":"other"}',
  );
});

test("search goes to a field in any section, unfolding what hides it", async () => {
  app = openApp();
  const { terminal } = app;
  terminal.type(`${key.ctrl("p")}ephemeral`);
  await terminal.until("Task size");
  terminal.type(key.enter);
  await terminal.until((screen) => /Task size +4 of 11/.test(screen) && /▸ Ephemeral/.test(screen));
  terminal.type(`${key.ctrl("p")}external id${key.enter}`);
  await terminal.until((screen) => /▾ Assume a role/.test(screen) && /▸ +External id/.test(screen));
});

test("the form fits from 60×16 to 250×80 and keeps its focus while the window changes", async () => {
  app = openApp({ columns: 60, rows: 16 });
  const { terminal } = app;
  await terminal.until("1 of 11");
  for (const [columns, rows] of [
    [250, 80],
    [80, 24],
    [61, 17],
    [140, 45],
    [60, 16],
    [100, 30],
  ] as const) {
    terminal.resize(columns, rows);
    await terminal.until(
      (screen) => screen.includes("Deployment target") && screen.includes("AWS profile") && screen.trimEnd().split("\n").length <= rows,
    );
  }
  terminal.type(key.down);
  await terminal.until(/▸ Region/);
});

test("a window that becomes smaller keeps its first line", async () => {
  app = openApp({ columns: 120, rows: 40, start: { screen: "new", profile: { configuration: { name: "shop" } } } });
  const { terminal } = app;
  await terminal.until(/^ ecs-wizard shop /);
  for (const [columns, rows] of [
    [80, 24],
    [120, 40],
    [60, 16],
  ] as const) {
    terminal.resize(columns, rows);
    await terminal.until(
      (screen) => /^ (ecs-wizard )?shop .*\n.*Deployment target/.test(screen) && screen.trimEnd().split("\n").length === rows,
    );
  }
});

test("Esc arrives also when another key follows in the same chunk", async () => {
  app = openApp({ start: { screen: "new", profile: { containers: [{ name: "web", portMappings: [{ containerPort: 80 }] }] } } });
  const { terminal } = app;
  await terminal.until("Deployment target");
  terminal.type(`${key.ctrl("p")}port web${key.enter}`);
  await terminal.until("80/tcp");
  terminal.type(`${key.ctrl("g")}${key.esc}${key.ctrl("g")}${key.esc}${key.ctrl("p")}container port${key.enter}`);
  await terminal.until(/Containers › web › Ports › 80\/tcp/);
  terminal.type(`${key.esc}${key.esc}`);
  await terminal.until(/Containers › web +7 of 11/);
  terminal.type(`${key.esc}${key.down}`);
  await terminal.until(/▸ \+ add a container/);
});

test("what was typed survives Ctrl+C, and the next start offers it where it was left", async () => {
  app = openApp({ start: { screen: "home" } });
  const { ports } = app;
  await app.terminal.until("New deployment");
  app.terminal.type(`n${key.ctrl("n")}half-done`);
  await app.terminal.until("half-done");
  const { outcome, exitCode } = await app.close();
  expect(exitCode).toBe(0);
  expect(outcome.join("\n")).toContain("The draft of half-done is kept");
  app = openApp({ ports, start: { screen: "home" } });
  await app.terminal.until("half-done");
  app.terminal.type(`${key.down}${key.enter}`);
  await app.terminal.until((screen) => /Configuration.*2 of 11/.test(screen) && /Name \* +half-done/.test(screen));
});

test("a termination signal writes the draft and leaves with 130", async () => {
  app = openApp();
  app.terminal.type(`${key.ctrl("n")}kept`);
  await app.terminal.until("kept");
  expect((await app.end()).exitCode).toBe(130);
  expect((draft()["configuration"] as JsonObject)["name"]).toBe("kept");
});

test("a pasted command line is split after a look; a .env text fills the variables", async () => {
  app = openApp({ start: { screen: "new", profile: { containers: [{ name: "web", image: "nginx:1" }] } } });
  const { terminal } = app;
  await terminal.until("Deployment target");
  terminal.type(`${key.ctrl("p")}command${key.enter}`);
  await terminal.until(/▸ Command/);
  terminal.paste("node server.js --name 'a b'");
  await terminal.until("Split into 4 items?");
  terminal.type(key.enter);
  await terminal.until((screen) => /1 {2}node/.test(screen) && /4 {2}a b/.test(screen));
  terminal.type(`${key.ctrl("p")}environment variables${key.enter}`);
  await terminal.until(/▸ Environment variables/);
  terminal.paste("# comment\nA=1\nexport B='two words'\n");
  await terminal.until("Environment variables from a .env text");
  terminal.type(key.ctrl("c"));
  await terminal.until("This text is not taken over yet");
  terminal.type(key.ctrl("d"));
  await terminal.until("2 added, 0 changed");
  await drafted(
    (profile) =>
      JSON.stringify((profile["containers"] as JsonObject[])[0]?.["environment"]) ===
      '[{"name":"A","value":"1"},{"name":"B","value":"two words"}]',
  );
});

test("a line of a pasted .env text that is no variable is told, not dropped", async () => {
  app = openApp({ start: { screen: "new", profile: { containers: [{ name: "web", image: "nginx:1" }] } } });
  const { terminal } = app;
  await terminal.until("Deployment target");
  terminal.type(`${key.ctrl("p")}environment variables${key.enter}`);
  await terminal.until(/▸ Environment variables/);
  terminal.paste('export A=1\n# note\nB="two\nlines"\nno variable\n');
  await terminal.until("Environment variables from a .env text");
  terminal.type(key.ctrl("d"));
  await terminal.until("There is no NAME=value in “no variable”");
  terminal.type(`${key.backspace}${key.ctrl("u")}${key.ctrl("d")}`);
  await terminal.until("2 added, 0 changed");
  await drafted(
    (profile) =>
      JSON.stringify((profile["containers"] as JsonObject[])[0]?.["environment"]) ===
      '[{"name":"A","value":"1"},{"name":"B","value":"two\\nlines"}]',
  );
});

test("where the rail has no room for all rows it says how many more there are, and keeps those at fault", async () => {
  const containers = Array.from({ length: 20 }, (_, at) => ({ name: `c${at}`, ...(at !== 18 && { image: "nginx:1" }) }));
  app = openApp({ columns: 120, rows: 26, start: { screen: "new", profile: { containers, volumes: [{ name: "data" }] } } });
  const { terminal } = app;
  await terminal.until("Deployment target");
  terminal.type(key.ctrl("r"));
  await terminal.until(
    (screen) =>
      /^│ {7}c0 +│/m.test(screen) && /^│ {7}c18 +! │/m.test(screen) && /^│ {7}1\d more +│/m.test(screen) && /^│ {7}data/m.test(screen),
  );
  expect(terminal.text()).toMatch(/^│ .*Review & deploy +│/m);
});

test("an empty value that is fine as it is promises nothing", async () => {
  app = openApp({ start: { screen: "new", profile: { tags: { additional: [{ key: "team", value: "" }] } } } });
  const { terminal } = app;
  await terminal.until("Deployment target");
  terminal.type(`${key.ctrl("g")}${key.down.repeat(5)}${key.enter}${key.down.repeat(2)}${key.enter}${key.enter}`);
  await terminal.until(/Key \* +team/);
  terminal.type(`${key.down}${key.ctrl("x")}`);
  await terminal.until(/▸ Value/);
  expect(terminal.text()).not.toContain("unless changed");
});

test("whoever types on a list begins an item; the rail names the rows, and the one at fault", async () => {
  app = openApp({ columns: 120, start: { screen: "new", profile: { containers: [{ name: "web", image: "nginx:1" }, { name: "side" }] } } });
  const { terminal } = app;
  await terminal.until("Deployment target");
  terminal.type(`${key.ctrl("p")}command${key.enter}`);
  await terminal.until(/▸ Command/);
  terminal.type("run ?me /now");
  await terminal.until(/› Command .*\n.*1 {2}run \?me \/now/);
  terminal.type(`${key.ctrl("r")}${key.ctrl("p")}volumes${key.enter}a`);
  await terminal.until("Volumes › new volume");
  await terminal.until((screen) => /^│ {7}web {14}│/m.test(screen) && /^│ {7}side +! │/m.test(screen) && /^│ {7}new volume/m.test(screen));
});

test("folded fields say how many are set, and which; groups what they come to", async () => {
  const container = { name: "web", image: "nginx:1", user: "app", stopTimeout: 60 };
  app = openApp({ columns: 140, start: { screen: "new", profile: { containers: [container] } } });
  const { terminal } = app;
  await terminal.until("Deployment target");
  terminal.type(`${key.ctrl("p")}image web${key.enter}`);
  await terminal.until((screen) => /Advanced +2 of \d+ set: .*user app/.test(screen) && /stop timeout 60 s/.test(screen));
  expect(terminal.text()).toMatch(/Health check +not set/);
  expect(terminal.text()).toMatch(/Logging +auto \(CloudWatch\)/);
  expect(terminal.text()).toMatch(/Not available on Fargate +\S+/);
});

test("without colours and Unicode the form says the same in ASCII", async () => {
  app = openApp({ theme: { color: false, unicode: false }, ports: memoryPorts() });
  const screen = await app.terminal.until("Deployment target");
  expect(screen).toMatch(/> Region/);
  expect(screen).toMatch(/^[\x00-\x7f]*$/);
});

test("a bug ends the program with the terminal restored and the draft written", async () => {
  const ports = memoryPorts();
  const broken = memoryPorts({
    outlook: {
      ...ports.outlook,
      template: () => {
        throw new TypeError("a bug");
      },
    },
  });
  app = openApp({ ports: broken });
  app.terminal.type(`${key.ctrl("n")}kept${key.ctrl("r")}`);
  await app.terminal.until("Review & deploy");
  const ended = expect(app.finished).rejects.toThrow("a bug");
  app.terminal.type("t");
  await ended;
  expect(app.terminal.written()).toContain("\u001b[?1049l");
  expect(draft()["configuration"]).toEqual({ name: "kept" });
  app = openApp();
});

test("a new deployment begins with what the command line says of the target, the cursor on what is still missing", async () => {
  app = openApp({ start: { screen: "home" }, about: { target: { region: "us-east-1", awsProfile: "acme-dev" } } });
  const { terminal } = app;
  await terminal.until(/us-east-1 *\n/);
  terminal.type("n");
  await terminal.until(
    (screen) => /AWS profile +acme-dev/.test(screen) && /Region \* +us-east-1/.test(screen) && /▸ Cluster \*/.test(screen),
  );
  expect(terminal.text()).not.toContain("draft saved");
  terminal.type(`${key.enter}prod${key.enter}`);
  await drafted(({ target }) => JSON.stringify(target) === '{"awsProfile":"acme-dev","region":"us-east-1","cluster":"production"}');
});

test("a section seen before is left and entered where the cursor was; without a region the cursor begins there", async () => {
  app = openApp();
  const { terminal } = app;
  await terminal.until(/▸ Region \*/);
  terminal.type(`${key.up}${key.ctrl("n")}`);
  await terminal.until("2 of 11");
  terminal.type(key.esc);
  await terminal.until(/▸ AWS profile/);
});

test("a line pasted where a command is already: behind it, in its place, into the item, or as one; a long one is read to its end", async () => {
  const command = () => (draft()["containers"] as JsonObject[])[0]?.["command"];
  app = openApp({ start: { screen: "new", profile: { containers: [{ name: "web", image: "nginx:1", command: ["nginx", "-t"] }] } } });
  const { terminal } = app;
  terminal.type(`${key.ctrl("p")}command${key.enter}`);
  await terminal.until(/▸ Command/);
  terminal.paste("  \n ");
  await terminal.until("There is nothing to paste.");
  terminal.paste("node server.js");
  await terminal.until("r replace all");
  terminal.type("r");
  await drafted(() => JSON.stringify(command()) === '["node","server.js"]');
  terminal.type(key.up);
  terminal.paste("--port 80");
  await terminal.until("Split into 2 items?");
  terminal.type(key.enter);
  await drafted(() => JSON.stringify(command()) === '["node","--port","80","server.js"]');
  terminal.paste(" or not");
  await terminal.until("i insert as it is");
  terminal.type("i");
  await drafted(() => JSON.stringify(command()).includes("or not"));
  terminal.type(key.ctrl("z"));
  terminal.paste('"a quoted word"');
  await terminal.until(/As a shell reads it\?[\s\S]*1 {2}a quoted word/);
  terminal.type(key.esc);
  await terminal.until((screen) => !screen.includes("As a shell reads it?"));
  terminal.paste(Array.from({ length: 60 }, (_, at) => `word-${at}`).join(" "));
  await terminal.until((screen) => screen.includes("Split into 60 items?") && screen.includes("lines 1 to 26 of 60"));
  terminal.type(key.end);
  await terminal.until((screen) => screen.includes("60  word-59") && screen.includes("lines 35 to 60 of 60"));
});

test("what is wrong is marked on the line that hides it, and only spoken of there; a long value leaves room for it", async () => {
  const image = `registry.example.com/${"a-long-way/".repeat(8)}web:latest`;
  const profile = {
    target: { region: "eu-west-1", tenant: "x".repeat(300) },
    containers: [{ name: "web", image, cpu: "much", memory: 64 }],
  };
  app = openApp({ start: { screen: "new", profile } });
  const { terminal } = app;
  await terminal.until("Deployment target");
  terminal.type(`${key.ctrl("r")}${key.esc}${key.end}${key.up}`);
  const folded = await terminal.until(/▸ ▸ Advanced/);
  expect(folded).toMatch(/Cluster \* +– {2}! Cluster is missing/);
  expect(folded.split("─────").at(-1)).not.toContain("Cluster is missing");
  terminal.type(`${key.ctrl("p")}essential${key.enter}`);
  const closed = await terminal.until(/▸ Essential/);
  expect(closed).toMatch(/▸ Advanced +2 of 18 set.* ! /);
  expect(closed).toMatch(/Image \* +…long-way\/web:latest {2}! /);
  terminal.type(`${key.end}${key.up}${key.enter}`);
  const open = await terminal.until(/▾ Advanced/);
  expect(open).not.toMatch(/▾ Advanced.* ! /);
  expect(open).toMatch(/CPU +much units {2}! /);
});

test("the help of a field is whole on a narrow screen, its link included", async () => {
  app = openApp({ start: { screen: "new", profile: { target: { region: "eu-west-1" } } }, columns: 60, rows: 16 });
  await app.terminal.until(/▸ Cluster/);
  app.terminal.type("?");
  await app.terminal.until((screen) => /documentation {2}https:\/\/docs\.aws/.test(screen) && screen.includes("clusters.html"));
});
