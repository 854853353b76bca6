import { afterEach, expect, test } from "vitest";
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
