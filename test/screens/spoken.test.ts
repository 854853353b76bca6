import { afterEach, expect, test } from "vitest";
import { memoryPorts } from "../support/screen-ports.ts";
import { openApp, type RunningApp } from "../support/screens.ts";
import { key } from "../support/terminal.ts";

let app: RunningApp;
afterEach(() => app.end());

test("a screen reader hears one question at a time, its value, its problem and its help", async () => {
  app = openApp({ screenReader: true });
  const { terminal } = app;
  await terminal.until("Deployment target. Region, required? empty.");
  terminal.type(key.up);
  await terminal.until("Deployment target. AWS profile? empty.");
  terminal.type(key.down);
  await terminal.until(
    (screen) => screen.includes("Region, required? empty.") && screen.includes("Everything this step names must be in the same region"),
  );
  terminal.type(`${key.down}${key.up}`);
  await terminal.until("Problem: Region is missing");
  terminal.type(key.enter);
  await terminal.until("2 of 2 to choose from, filter empty.");
  terminal.type(`eu${key.enter}`);
  await terminal.until("Cluster, required? empty.");
  expect(terminal.text()).not.toMatch(/[│─┌▸]/);
});

test("every list is heard line by line: sections, options, search, rows, the help, the review", async () => {
  app = openApp({
    screenReader: true,
    start: {
      screen: "new",
      profile: {
        containers: [
          { name: "web", image: "nginx:1" },
          { name: "side", image: "side:1" },
        ],
      },
    },
  });
  const { terminal } = app;
  await terminal.until("Region, required?");
  terminal.type(key.ctrl("g"));
  await terminal.until("Deployment target, as it is by default. 1 of 12.");
  terminal.type(`${key.down}${key.down}${key.down}`);
  await terminal.until("Task size, as it is by default. 4 of 12.");
  terminal.type(key.enter);
  await terminal.until("Task size. CPU? 0.25 vCPU unless changed.");
  terminal.type(key.enter);
  await terminal.until(/CPU\. 0\.25 vCPU.* 1 of 7\./);
  terminal.type(`${key.down}${key.enter}${key.up}`);
  await terminal.until("Task size. CPU? 0.5 vCPU.");
  terminal.type(`${key.ctrl("p")}containers`);
  await terminal.until("Go to a field. Looking for containers.");
  await terminal.until(/Containers Section\. 1 of \d+\./);
  terminal.type(key.enter);
  await terminal.until("Containers. container 1: web, nginx:1 essential.");
  terminal.type("d");
  await terminal.until(/Containers\. container 2: web-2/);
  terminal.type(`${key.enter}${key.down}${key.down}${key.down}${key.down}`);
  await terminal.until("Containers, web-2. Health check, a group, folded? nothing set.");
  terminal.type("?");
  await terminal.until(/Help\n *Health check/);
  terminal.type(`${key.esc}`);
  await terminal.until("Health check, a group");
  terminal.type(key.ctrl("r"));
  await terminal.until(/Review and deploy\.\n *\d+ problems\./);
  expect(terminal.text()).not.toMatch(/[│─┌▸]/);
});

test("the list of all deployments is heard one at a time", async () => {
  const ports = memoryPorts();
  ports.past.push(
    { id: "2", profile: "shop", stackName: "s", status: "failed", startedAt: 0, finishedAt: 940_000, cause: "No such tag" },
    { id: "1", profile: "worker", stackName: "w", status: "succeeded", startedAt: 0, finishedAt: 880_000, activity: "delete" },
  );
  app = openApp({ screenReader: true, ports, start: { screen: "home" } });
  await app.terminal.until("New deployment");
  app.terminal.type("a");
  await app.terminal.until("shop, failed 1 min ago · No such tag. 1 of 2.");
  app.terminal.type(key.down);
  await app.terminal.until("worker, deletion succeeded 2 min ago. 2 of 2.");
});
