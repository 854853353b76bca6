import fc from "fast-check";
import { expect, test } from "vitest";
import type { StackEvent } from "../../../src/engine/deployment/facts.ts";
import { openSession } from "../../../src/engine/deployment/session.ts";
import { operationEvents, pollStack, watchStack } from "../../../src/engine/deployment/stack-watch.ts";
import type { Cloud } from "../../../src/engine/ports.ts";
import { drain, jumpingClock, pagesOf, problem, scriptedCloud, stackEvent, stackId } from "./scripted.ts";

function session(stackEvents: Cloud["stackEvents"]) {
  const ports = { cloud: scriptedCloud({ stackEvents }), clock: jumpingClock(), decide: async () => ({ kind: "delete" }) as const };
  return openSession(ports, new AbortController().signal);
}

const told = (events: readonly { type: string; event?: unknown }[]) =>
  events.filter((one) => one.type === "stackEvent").map((one) => (one.event as StackEvent).id);

test("every event is told once and oldest first, however it arrives and is paged", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 12 }),
      async (arrivals, size) => {
        const history: StackEvent[] = [];
        const watch = watchStack(stackId, ["mine"]);
        const running = session(() => pagesOf(history, size));
        const seen: string[] = [];
        for (const count of arrivals) {
          for (let i = 0; i < count; i++) history.push(stackEvent({ status: "CREATE_IN_PROGRESS", logicalId: "A", token: "mine" }));
          seen.push(...told((await drain(pollStack(running, watch))).events));
        }
        expect(seen).toEqual(history.map((event) => event.id));
      },
    ),
  );
});

test("in the steady case one page is read", async () => {
  const history = Array.from({ length: 350 }, () => stackEvent({ status: "CREATE_IN_PROGRESS", logicalId: "A", token: "mine" }));
  let pages = 0;
  const running = session(async function* () {
    for await (const page of pagesOf(history, 100)) {
      pages++;
      yield page;
    }
  });
  const watch = watchStack(stackId, ["mine"]);
  await drain(pollStack(running, watch));
  expect(pages).toBe(4);
  await drain(pollStack(running, watch));
  expect(pages).toBe(5);
});

test("a failure between two pages loses nothing", async () => {
  const history = Array.from({ length: 25 }, () => stackEvent({ status: "CREATE_IN_PROGRESS", logicalId: "A", token: "mine" }));
  let broken = true;
  const running = session(async function* () {
    let page = 0;
    for await (const events of pagesOf(history, 10)) {
      if (++page === 2 && broken) throw problem("unreachable");
      yield events;
    }
  });
  const watch = watchStack(stackId, ["mine"]);
  const first = await drain(pollStack(running, watch));
  expect(first.result.ok).toBe(false);
  expect(first.events.map((event) => event.type)).toEqual(["connection"]);
  broken = false;
  const second = await drain(pollStack(running, watch));
  expect(told(second.events)).toEqual(history.map((event) => event.id));
  expect(second.events[0]).toMatchObject({ type: "connection", state: "ok" });
});

test("events belong to an operation by token and operation id, never by their time", async () => {
  const history = [
    stackEvent({ status: "UPDATE_IN_PROGRESS", token: "theirs", operationId: "op-1" }),
    stackEvent({ status: "UPDATE_FAILED", logicalId: "A", operationId: "op-1" }),
    stackEvent({ status: "UPDATE_IN_PROGRESS", token: "mine", operationId: "op-2", at: "2020-01-01T00:00:00.000Z" }),
    stackEvent({ status: "UPDATE_IN_PROGRESS", logicalId: "A", operationId: "op-2", at: "2019-01-01T00:00:00.000Z" }),
    stackEvent({ status: "UPDATE_IN_PROGRESS", logicalId: "B" }),
  ];
  const { events } = await drain(
    pollStack(
      session(() => pagesOf(history)),
      watchStack(stackId, ["mine"]),
    ),
  );
  expect(events.map((event) => (event.type === "stackEvent" ? event.attribution : event.type))).toEqual([
    "earlier",
    "earlier",
    "own",
    "own",
    "unknown",
  ]);
});

test("the history before the operation is not read beyond the page it begins on", async () => {
  const history = Array.from({ length: 95 }, () => stackEvent({ status: "UPDATE_COMPLETE", logicalId: "A", token: "theirs" }));
  history.push(...Array.from({ length: 12 }, () => stackEvent({ status: "UPDATE_IN_PROGRESS", logicalId: "A", token: "mine" })));
  const { events } = await drain(
    pollStack(
      session(() => pagesOf(history, 10)),
      watchStack(stackId, ["mine"]),
    ),
  );
  expect(events).toHaveLength(20);
});

test("nested stacks are followed while they are worked on", async () => {
  const inner = "arn:aws:cloudformation:eu-west-1:123456789012:stack/inner/2";
  const nested = { stackId: inner, stackName: "inner" };
  const histories: Record<string, StackEvent[]> = {
    [stackId]: [
      stackEvent({ status: "CREATE_IN_PROGRESS", token: "mine" }),
      stackEvent({
        status: "CREATE_IN_PROGRESS",
        logicalId: "Inner",
        resourceType: "AWS::CloudFormation::Stack",
        physicalId: inner,
        token: "mine",
      }),
    ],
    [inner]: [
      stackEvent({
        ...nested,
        status: "CREATE_IN_PROGRESS",
        logicalId: "inner",
        resourceType: "AWS::CloudFormation::Stack",
        physicalId: inner,
        token: "other",
      }),
      stackEvent({ ...nested, status: "CREATE_FAILED", logicalId: "Queue", token: "other" }),
      stackEvent({
        ...nested,
        status: "CREATE_FAILED",
        logicalId: "inner",
        resourceType: "AWS::CloudFormation::Stack",
        physicalId: inner,
        token: "other",
      }),
    ],
  };
  const asked: string[] = [];
  const running = session((id) => {
    asked.push(id);
    return pagesOf(histories[id] ?? []);
  });
  const watch = watchStack(stackId, ["mine"]);
  const { events } = await drain(pollStack(running, watch));
  const queue = events.find((event) => event.type === "stackEvent" && event.event.logicalId === "Queue");
  expect(queue).toMatchObject({ nested: true, attribution: "own" });
  expect(watch.own?.status).toBe("CREATE_IN_PROGRESS");
  await drain(pollStack(running, watch));
  expect(asked).toEqual([stackId, inner, stackId]);
});

test("the newest operation is found in a history, and where it begins", async () => {
  const history = [
    stackEvent({ status: "CREATE_IN_PROGRESS", token: "a-create" }),
    stackEvent({ status: "CREATE_COMPLETE", token: "a-create" }),
    stackEvent({ status: "UPDATE_IN_PROGRESS", token: "b-update", operationId: "op-b" }),
    stackEvent({ status: "UPDATE_IN_PROGRESS", logicalId: "A", operationId: "op-b" }),
    stackEvent({ status: "UPDATE_ROLLBACK_IN_PROGRESS", token: "b-cancel", operationId: "op-b" }),
  ];
  const events = await operationEvents(pagesOf(history, 2));
  expect(events.map((event) => event.id)).toEqual(history.slice(2).map((event) => event.id));
});
