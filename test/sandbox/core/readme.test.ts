import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { actionTable } from "../../../src/sandbox/action-table.ts";
import { scenarioNames } from "../../../src/sandbox/index.ts";
import { services } from "../../../src/sandbox/services.ts";

const path = new URL("../../../src/sandbox/README.md", import.meta.url);
const marks = ["<!-- actions -->\n", "\n<!-- /actions -->"] as const;

describe("the sandbox's README", () => {
  it("holds the table of actions as the services are (UPDATE_README=1 writes it)", () => {
    const text = readFileSync(path, "utf8");
    const [before = "", rest = ""] = text.split(marks[0]);
    const [table = "", after = ""] = rest.split(marks[1]);
    if (process.env["UPDATE_README"]) writeFileSync(path, `${before}${marks[0]}${actionTable(services)}${marks[1]}${after}`);
    else expect(table).toBe(actionTable(services));
  });

  it("names every scenario", () => {
    const text = readFileSync(path, "utf8");
    for (const name of scenarioNames) expect(text).toContain(`| \`${name}\``);
  });

  it.each(services.map((service) => [service.scope, service] as const))(
    "has a note on every action of %s, and on no other",
    (_, service) => {
      expect(Object.keys(service.notes ?? {}).sort()).toEqual(Object.keys(service.actions).sort());
    },
  );
});
