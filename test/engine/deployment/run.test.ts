import { expect, test } from "vitest";
import type { DeployEvent } from "../../../src/engine/deployment/events.ts";
import type { Outcome } from "../../../src/engine/deployment/outcome.ts";
import {
  type RecordHeader,
  readRecord,
  recordLine,
  recordVersion,
  summarise,
  usualDurations,
} from "../../../src/engine/deployment/record.ts";
import { startRun } from "../../../src/engine/deployment/run.ts";
import type { DeployPorts } from "../../../src/engine/deployment/session.ts";
import { jumpingClock, scriptedCloud, stackEvent } from "./scripted.ts";

const header: RecordHeader = {
  record: recordVersion,
  id: "d1",
  activity: "deploy",
  profile: "shop",
  stackName: "shop",
  region: "eu-west-1",
  cluster: "prod",
  startedAt: "2026-11-23T00:00:00.000Z",
};
const succeeded: Outcome = { status: "succeeded", message: "Done.", stackName: "shop" };
const ports = () => ({ cloud: scriptedCloud({}), clock: jumpingClock() });
const begun: DeployEvent = {
  type: "started",
  activity: "deploy",
  stackName: "shop",
  region: "eu-west-1",
  wait: { kind: "untilCompleted" },
};

test("every fact is numbered, recorded, folded and told, the outcome last", async () => {
  const lines: string[] = [];
  const run = startRun({
    ports: ports(),
    header,
    recorder: { begin: async (value) => void lines.push(recordLine(value)), append: async (event) => void lines.push(recordLine(event)) },
    work: async function* () {
      yield begun;
      yield { type: "note", message: "hello" };
      return succeeded;
    },
  });
  const heard: string[] = [];
  run.subscribe((event, progress) => heard.push(`${event.seq} ${event.type} ${progress.notes.length}`));
  await expect(run.done).resolves.toEqual(succeeded);
  expect(heard).toEqual(["1 started 0", "2 note 1", "3 outcome 1"]);
  expect(run.progress().outcome).toEqual(succeeded);
  const record = readRecord(lines);
  expect(record?.header).toEqual(header);
  expect(record?.events).toEqual(run.events);
  expect(record && summarise(record)).toMatchObject({ id: "d1", status: "succeeded", profile: "shop", message: "Done." });
});

test("a call that changes something is on record before it is made", async () => {
  const recorded: string[] = [];
  const order: string[] = [];
  const run = startRun({
    ports: ports(),
    header,
    recorder: {
      begin: async () => void recorded.push("header"),
      append: async (event) => {
        await Promise.resolve();
        recorded.push(event.type);
      },
    },
    work: async function* () {
      yield { type: "operation", operation: "create", token: "d1-create" };
      order.push(...recorded);
      return succeeded;
    },
  });
  await run.done;
  expect(order).toEqual(["header", "operation"]);
});

test("without a record nothing begins", async () => {
  let begunWork = false;
  const run = startRun({
    ports: ports(),
    header,
    recorder: { begin: () => Promise.reject(new Error("disk full")), append: async () => {} },
    // biome-ignore lint/correctness/useYield: it must not come to that
    work: async function* () {
      begunWork = true;
      return succeeded;
    },
  });
  await expect(run.done).rejects.toThrow("disk full");
  expect(begunWork).toBe(false);
});

test("a record that breaks later, and a screen that throws, stop nothing; the damage is told once", async () => {
  const run = startRun({
    ports: ports(),
    header,
    recorder: { begin: async () => {}, append: () => Promise.reject(new Error("disk full")) },
    work: async function* () {
      yield begun;
      yield begun;
      return succeeded;
    },
  });
  run.subscribe(() => {
    throw new Error("screen");
  });
  await run.done;
  expect(run.progress().warnings).toEqual([{ message: "The record of this deployment is incomplete: disk full" }]);
  expect(run.events.map((event) => event.seq)).toEqual([1, 2, 3, 4]);
});

test("stopping the watching aborts, cancelling puts a command, answering answers", async () => {
  const heard: unknown[] = [];
  const run = startRun({
    ports: ports(),
    header,
    work: async function* (given: DeployPorts, signal: AbortSignal): AsyncGenerator<DeployEvent, Outcome> {
      const question = { kind: "replaceStack", stackName: "shop", status: "ROLLBACK_FAILED", resources: [], canContinue: false } as const;
      yield { type: "question", question };
      heard.push(await given.decide(question));
      await given.inbox?.arrival();
      heard.push(given.inbox?.take());
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      return { status: "notWaited", reason: "watching", message: "", stackName: "shop" };
    },
  });
  const question = new Promise<void>((resolve) => run.subscribe((event) => event.type === "question" && resolve()));
  await question;
  await Promise.resolve();
  expect(run.progress().question?.status).toBe("ROLLBACK_FAILED");
  await new Promise((resolve) => setImmediate(resolve));
  run.answer({ kind: "delete" });
  run.cancel({ keep: true });
  await new Promise((resolve) => setImmediate(resolve));
  run.stopWatching();
  await expect(run.done).resolves.toMatchObject({ status: "notWaited" });
  expect(heard).toEqual([{ kind: "delete" }, { kind: "cancel", keep: true }]);
});

test("a bug is not an outcome", async () => {
  const run = startRun({
    ports: ports(),
    header,
    // biome-ignore lint/correctness/useYield: it fails before
    work: async function* (): AsyncGenerator<DeployEvent, Outcome> {
      throw new TypeError("oops");
    },
  });
  await expect(run.done).rejects.toThrow("oops");
});

test("a damaged record is read as far as it goes", () => {
  const good = `{"type":"note","message":"a","v":1,"seq":1,"at":"2026-11-23T00:00:00.000Z"}`;
  const record = readRecord(["nonsense", recordLine(header), good, "", `{"type":"no`]);
  expect(record?.events).toHaveLength(1);
  expect(record && summarise(record).status).toBe("unfinished");
  expect(readRecord([good])).toBeUndefined();
});

test("what resources usually take is the median of the successful deployments", () => {
  const record = (seconds: number, status: "succeeded" | "failed") => {
    const at = (second: number) => new Date(Date.UTC(2026, 10, 23) + second * 1000).toISOString();
    const told = (which: string, second: number) =>
      ({
        type: "stackEvent",
        event: stackEvent({ status: which, logicalId: "Service", at: at(second) }),
        attribution: "own",
        nested: false,
      }) as const;
    const events: DeployEvent[] = [
      begun,
      told("CREATE_IN_PROGRESS", 0),
      told("CREATE_COMPLETE", seconds),
      { type: "outcome", ...succeeded, status },
    ];
    return { header, events: events.map((event, i) => ({ ...event, v: 1, seq: i + 1, at: at(i) })) };
  };
  expect(usualDurations([record(10, "succeeded"), record(90, "succeeded"), record(30, "succeeded"), record(1, "failed")])).toEqual({
    Service: 30_000,
  });
});
