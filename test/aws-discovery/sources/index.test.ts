import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sources } from "../../../src/aws-discovery/sources/index.ts";

/** The names of the type SourceId, which has no value to ask. */
const sourceIds = () => {
  const text = readFileSync(new URL("../../../src/engine/schema.ts", import.meta.url), "utf8");
  const union = /export type SourceId =([^;]+);/.exec(text)?.[1] ?? "";
  return [...union.matchAll(/"(\w+)"/g)].map(([, id]) => id as string);
};

test("every source that a field may name is there, under its own name", () => {
  expect(Object.keys(sources).sort()).toEqual(sourceIds().sort());
  for (const [id, source] of Object.entries(sources)) expect(source.id).toBe(id);
});

test.each(Object.values(sources))("$id says what it shows and what it calls", ({ id, columns, actions }) => {
  expect(columns.length).toBeGreaterThan(1);
  expect(new Set(columns.map(({ title }) => title)).size).toBe(columns.length);
  expect(columns.map(({ rank }) => rank).sort()).toEqual(columns.map((_, at) => at + 1));
  expect(columns[0]?.rank).toBe(1);
  if (id !== "awsProfiles") expect(actions.length).toBeGreaterThan(0);
  for (const action of actions) expect(action).toMatch(/^[a-z0-9]+:[A-Z]\w+$/);
});
