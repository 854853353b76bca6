import { afterEach, expect, test } from "vitest";
import type { SourceQuery, SourceState } from "../../src/engine/discovery.ts";
import type { SourceId } from "../../src/engine/schema.ts";
import { fixedDiscovery, memoryPorts } from "../support/screen-ports.ts";
import { openApp, type RunningApp } from "../support/screens.ts";
import { key } from "../support/terminal.ts";

let app: RunningApp;
afterEach(() => app.end());

const target = { region: "eu-west-1", cluster: "production" };
/** What no field of the first two sections lists. */
const later: readonly SourceId[] = ["repositories", "secrets", "fileSystems", "logGroups", "targetGroups", "subnets", "securityGroups"];

/** The form on its first section; `open` says which questions for later sections stay without a complete answer, and how they begin. */
function start(state?: SourceState) {
  const fixed = fixedDiscovery();
  const begun: SourceQuery[] = [];
  const running = new Set<SourceQuery>();
  const watch: typeof fixed.watch = (query, onChange) => {
    if (!later.includes(query.source)) return fixed.watch(query, onChange);
    begun.push(query);
    if (!state) return fixed.watch(query, onChange);
    running.add(query);
    onChange(state);
    return () => void running.delete(query);
  };
  app = openApp({ ports: memoryPorts({ discovery: { ...fixed, watch } }), start: { screen: "new", profile: { target } }, columns: 110 });
  return { begun, running, terminal: app.terminal };
}

const sources = (queries: Iterable<SourceQuery>) => [...queries].map(({ source }) => source);

test("what the pickers of sections far ahead list is looked up while the first one is open, each once, the VPC's own in the VPC", async () => {
  const { begun } = start();
  await expect.poll(() => new Set(sources(begun)), { timeout: 5_000 }).toEqual(new Set(later));
  expect(begun).toHaveLength(later.length);
  const subnets = begun.find(({ source }) => source === "subnets");
  expect(subnets).toMatchObject({ target: { region: "eu-west-1" }, inputs: { vpcId: "vpc-0a1b" } });
});

test("two at a time, and given up for another region", async () => {
  const { running, terminal } = start({ status: "loading", items: [] });
  await expect.poll(() => running.size, { timeout: 5_000 }).toBe(2);
  const before = [...running];
  terminal.type(`${key.down}${key.enter}us-east${key.enter}`);
  await terminal.until(/Region \* +us-east-1/);
  await expect.poll(() => sources(running).length, { timeout: 5_000 }).toBe(2);
  expect(before.some((query) => running.has(query))).toBe(false);
  expect(new Set([...running].map((query) => query.target.region))).toEqual(new Set(["us-east-1"]));
});

test("an account that asks us to slow down is left alone", async () => {
  const { begun, running, terminal } = start({ status: "loading", items: [], slow: true });
  await expect.poll(() => begun.length, { timeout: 5_000 }).toBeGreaterThan(0);
  expect(running.size).toBe(0);
  terminal.type(`${key.down}${key.enter}us-east${key.enter}`);
  await terminal.until(/Region \* +us-east-1/);
  await expect.poll(() => begun.at(-1)?.target.region, { timeout: 5_000 }).toBe("us-east-1");
  expect(begun.map((query) => query.target.region)).toEqual(["eu-west-1", "us-east-1"]);
});
