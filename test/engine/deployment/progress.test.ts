import { describe, expect, test } from "vitest";
import { type DeployEvent, type RecordedEvent, stampEvent } from "../../../src/engine/deployment/events.ts";
import type { StackEvent } from "../../../src/engine/deployment/facts.ts";
import { foldAll } from "../../../src/engine/deployment/progress.ts";
import { service, stackEvent, task } from "./scripted.ts";

const start = Date.UTC(2026, 10, 23);
const stamped = (events: readonly DeployEvent[]): RecordedEvent[] =>
  events.map((event, at) => stampEvent(event, at + 1, start + at * 1000));
const told = (event: StackEvent, nested = false): DeployEvent => ({ type: "stackEvent", event, attribution: "own", nested });
const begun: DeployEvent = {
  type: "started",
  activity: "deploy",
  stackName: "shop",
  region: "eu-west-1",
  wait: { kind: "untilCompleted" },
};

describe("resources", () => {
  const resources: DeployEvent = {
    type: "resources",
    resources: [
      { logicalId: "Task", type: "AWS::ECS::TaskDefinition", usual: 2000 },
      { logicalId: "Service", type: "AWS::ECS::Service" },
    ],
  };
  const of = (logicalId: string, status: string, more: Partial<StackEvent> = {}) => told(stackEvent({ logicalId, status, ...more }));

  test("wait, work and are done, with AWS's times", () => {
    const events = [
      of("Task", "CREATE_IN_PROGRESS", { at: "2026-11-23T00:00:00.000Z" }),
      of("Task", "CREATE_IN_PROGRESS", { at: "2026-11-23T00:00:02.000Z", physicalId: "task:1" }),
      of("Task", "CREATE_COMPLETE", { at: "2026-11-23T00:00:05.000Z", physicalId: "task:1" }),
      of("Extra", "CREATE_FAILED", { reason: "no" }),
    ];
    expect(foldAll(stamped([begun, resources, ...events])).resources).toMatchObject([
      {
        logicalId: "Task",
        phase: "done",
        startedAt: "2026-11-23T00:00:00.000Z",
        endedAt: "2026-11-23T00:00:05.000Z",
        physicalId: "task:1",
        usual: 2000,
      },
      { logicalId: "Service", phase: "waiting" },
      { logicalId: "Extra", phase: "failed", reason: "no" },
    ]);
  });

  test("the deletion of what was replaced is not the deletion of the resource", () => {
    const events = [
      of("Task", "UPDATE_IN_PROGRESS", { physicalId: "task:1" }),
      of("Task", "UPDATE_COMPLETE", { physicalId: "task:2" }),
      of("Task", "DELETE_IN_PROGRESS", { physicalId: "task:1" }),
      of("Task", "DELETE_COMPLETE", { physicalId: "task:1" }),
    ];
    expect(foldAll(stamped([begun, resources, ...events])).resources[0]).toMatchObject({
      phase: "done",
      status: "UPDATE_COMPLETE",
      physicalId: "task:2",
    });
  });

  test("a rolled back creation ends as deleted", () => {
    const events = [of("Task", "CREATE_COMPLETE", { physicalId: "task:1" }), of("Task", "DELETE_COMPLETE", { physicalId: "task:1" })];
    expect(foldAll(stamped([begun, resources, ...events])).resources[0]).toMatchObject({ phase: "deleted" });
  });

  test("equal names in nested stacks are different resources", () => {
    const events = [
      of("Task", "CREATE_COMPLETE"),
      told(stackEvent({ logicalId: "Task", status: "CREATE_FAILED", stackName: "inner" }), true),
    ];
    expect(foldAll(stamped([begun, resources, ...events])).resources).toMatchObject([
      { logicalId: "Task", phase: "done" },
      { logicalId: "Service" },
      { logicalId: "Task", nestedIn: "inner", phase: "failed" },
    ]);
  });
});

test("what belongs to an earlier attempt is kept apart from the state", () => {
  const event: DeployEvent = {
    type: "stackEvent",
    event: stackEvent({ status: "UPDATE_FAILED", logicalId: "Old" }),
    attribution: "earlier",
    nested: false,
  };
  const progress = foldAll(stamped([begun, event]));
  expect(progress.resources).toEqual([]);
  expect(progress.events).toHaveLength(1);
});

test("a lost connection stands until it is back", () => {
  const lost: DeployEvent = { type: "connection", state: "lost", since: "2026-11-23T00:00:00.000Z" };
  expect(foldAll(stamped([begun, lost])).lost).toEqual({ kind: "connection", since: "2026-11-23T00:00:00.000Z" });
  expect(foldAll(stamped([begun, lost, { type: "connection", state: "ok", since: "" }])).lost).toBeUndefined();
});

test("tasks, targets and service deployments are known in their last form, messages all", () => {
  const running = task({ id: "t1" });
  const deployment = { arn: "d", status: "IN_PROGRESS" };
  const { events, ...shop } = service();
  const progress = foldAll(
    stamped([
      begun,
      { type: "service", service: shop, own: ["ecs-svc/1"] },
      { type: "task", task: running, attribution: "own" },
      { type: "task", task: { ...running, lastStatus: "STOPPED" }, attribution: "own" },
      { type: "serviceDeployment", deployment, attribution: "own" },
      { type: "serviceDeployment", deployment: { ...deployment, status: "SUCCESSFUL" }, attribution: "own" },
      { type: "serviceEvent", event: { id: "1", at: "", message: "a" }, attribution: "own" },
      { type: "serviceEvent", event: { id: "2", at: "", message: "b" }, attribution: "own" },
    ]),
  );
  expect(events).toEqual([]);
  expect(progress.tasks.map((one) => one.task.lastStatus)).toEqual(["STOPPED"]);
  expect(progress.serviceDeployments.map((one) => one.deployment.status)).toEqual(["SUCCESSFUL"]);
  expect(progress.serviceEvents.map((one) => one.event.message)).toEqual(["a", "b"]);
  expect(progress.own).toEqual(["ecs-svc/1"]);
});

test("ten thousand events are all kept, one row a resource", () => {
  const many = Array.from({ length: 10_000 }, (_, at) => told(stackEvent({ logicalId: `R${at % 300}`, status: "CREATE_IN_PROGRESS" })));
  const { events, resources } = foldAll(stamped([begun, ...many]));
  expect(events).toHaveLength(10_000);
  expect(resources).toHaveLength(300);
});
