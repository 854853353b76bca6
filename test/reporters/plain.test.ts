import { expect, test } from "vitest";
import { type DeployEvent, stampEvent } from "../../src/engine/deployment/events.ts";
import type { Outcome } from "../../src/engine/deployment/outcome.ts";
import { fold, noProgress } from "../../src/engine/deployment/progress.ts";
import { recordVersion } from "../../src/engine/deployment/record.ts";
import { startRun } from "../../src/engine/deployment/run.ts";
import { jsonLine, reportJsonLines } from "../../src/reporters/json-lines.ts";
import { reportPlain } from "../../src/reporters/plain.ts";
import { plainLines } from "../../src/reporters/plain-lines.ts";
import { jumpingClock, scriptedCloud, service, stackEvent, standingClock, task } from "../engine/deployment/scripted.ts";

const header = {
  record: recordVersion,
  id: "d",
  activity: "deploy",
  stackName: "shop",
  region: "eu-west-1",
  cluster: "prod",
  startedAt: "",
} as const;
const outcome: Outcome = { status: "succeeded", message: "shop is deployed.", stackName: "shop" };
const begun: DeployEvent = {
  type: "started",
  activity: "deploy",
  stackName: "shop",
  region: "eu-west-1",
  cluster: "prod",
  wait: { kind: "untilCompleted" },
};
const busy = (logicalId: string): DeployEvent => ({
  type: "stackEvent",
  event: stackEvent({ status: "CREATE_IN_PROGRESS", logicalId, reason: "Resource creation\ninitiated \u001b[31mred\u001b[0m" }),
  attribution: "own",
  nested: false,
});

test("one line a fact with the time since the start, and a sign of life when nothing happens for 30 s", async () => {
  const clock = standingClock();
  const run = startRun({
    ports: { cloud: scriptedCloud({}), clock },
    header,
    work: async function* () {
      yield begun;
      await clock.sleep(12_000);
      yield busy("Service");
      await clock.sleep(65_000);
      return outcome;
    },
  });
  let text = "";
  const reported = reportPlain(run, {
    write: (more) => {
      text += more;
    },
    clock,
  });
  await clock.advance(80_000);
  await reported;
  const lines = text.trimEnd().split("\n");
  expect(lines[0]).toBe("00:00 deploy shop in eu-west-1, cluster prod");
  expect(lines).toContain("00:12 Service AWS::ECS::Service CREATE_IN_PROGRESS — Resource creation initiated red");
  expect(lines.slice(2)).toEqual([
    "00:42 still starting; working on Service",
    "01:12 still starting; working on Service",
    "01:17 succeeded: shop is deployed.",
  ]);
  expect(text).not.toContain("\u001b");
});

test("what the checks predict is told with its place, and with what to do below", () => {
  const event = {
    type: "prediction",
    path: "network.subnets",
    severity: "error",
    rule: "subnet-way-out",
    message: "No way out.",
    hint: "Add one.",
  } as const;
  const lines = plainLines(stampEvent(event, 1, 0), noProgress);
  expect(lines.map(({ text, tone }) => `${tone}: ${text}`)).toEqual(["bad: check: network.subnets: No way out.", "dim:   → Add one."]);
  expect(plainLines(stampEvent({ ...event, path: "", hint: "", severity: "warning" }, 1, 0), noProgress)).toEqual([
    { text: "check: No way out.", tone: "warn" },
  ]);
});

test("colours only when asked", async () => {
  const clock = jumpingClock();
  const run = startRun({
    ports: { cloud: scriptedCloud({}), clock },
    header,
    // biome-ignore lint/correctness/useYield: the outcome is enough
    work: async function* (): AsyncGenerator<DeployEvent, Outcome> {
      return outcome;
    },
  });
  let text = "";
  await reportPlain(run, {
    write: (more) => {
      text += more;
    },
    clock,
    colours: true,
  });
  expect(text).toContain("\u001b[32msucceeded: shop is deployed.\u001b[0m\n");
});

test("a task that failed says why; the end of its log follows line by line", () => {
  const containers = [{ name: "web", status: "STOPPED", exitCode: 1 }];
  const stopped = task({
    id: "7c1e0000000000000000000000000000",
    lastStatus: "STOPPED",
    stopCode: "EssentialContainerExited",
    stoppedReason: "Essential container in task exited",
    containers,
  });
  const lines = (event: DeployEvent) => plainLines(stampEvent(event, 1, 0), noProgress).map((line) => line.text);
  expect(lines({ type: "task", task: stopped, attribution: "own" })).toEqual([
    "task 7c1e0000 STOPPED: web exit 1 — Essential container in task exited",
  ]);
  expect(lines({ type: "task", task: stopped, attribution: "earlier" })).toEqual([]);
  expect(lines({ type: "logs", task: stopped.id, container: "web", group: "/ecs/shop", lines: [{ text: "a" }, { text: "b" }] })).toEqual([
    "log of web in task 7c1e0000:",
    "| a",
    "| b",
  ]);
});

/** The lines of facts that come one after the other. */
function told(...facts: DeployEvent[]): string[] {
  let before = noProgress;
  return facts.flatMap((fact, at) => {
    const event = stampEvent(fact, at + 1, at * 1000);
    const lines = plainLines(event, before).map(({ text }) => text);
    before = fold(before, event);
    return lines;
  });
}

test("what is said again is said in fewer words: a cause once, the same log once, the same long message once", () => {
  const failing = (id: string, lastStatus: string): DeployEvent => ({
    type: "task",
    attribution: "own",
    task: task({
      arn: `arn:${id}`,
      id,
      lastStatus,
      stopCode: "TaskFailedToStart",
      stoppedReason: `CannotPullContainerError: ${"x".repeat(120)}`,
      containers: [{ name: "web", status: "STOPPED", reason: `CannotPullContainerError: ${"x".repeat(120)}` }],
    }),
  });
  const log = (id: string): DeployEvent => ({ type: "logs", task: id, container: "web", group: "g", lines: [{ text: "  at main (x)" }] });
  const message = (id: string): DeployEvent => ({
    type: "serviceEvent",
    attribution: "own",
    event: { id, at: "", message: `(service s) was unable to place a task. ${"y".repeat(120)}` },
  });
  const alike = (count: number): DeployEvent => ({ type: "repeatedFailure", cause: "c", count, tasks: [] });
  const [a, b] = ["a".repeat(32), "b".repeat(32)] as [string, string];
  const all = [failing(a, "STOPPING"), failing(a, "STOPPED"), log(a), failing(b, "STOPPED"), log(b)];
  expect(told(...all, alike(2), message("1"), message("2"), alike(3))).toEqual([
    `task aaaaaaaa STOPPING: web (CannotPullContainerError: ${"x".repeat(120)})`,
    "task aaaaaaaa STOPPED",
    "log of web in task aaaaaaaa:",
    "|   at main (x)",
    "task bbbbbbbb STOPPED: failed like aaaaaaaa",
    "log of web in task bbbbbbbb: the same as in task aaaaaaaa",
    "2 tasks failed alike: c. This will hardly succeed by itself. No circuit breaker (deployment.circuitBreaker) will end it; to stop it now: ecs-wizard watch, then c.",
    `service: was unable to place a task. ${"y".repeat(120)}`,
    `service: was unable to place a task. ${"y".repeat(32)}… (as before)`,
    "3 tasks have failed alike now",
  ]);
});

test("a loop of failures is told three times in full, then by its count at 4, 8, 16, …; what differs, and going back, is told", () => {
  const own = "own" as const;
  const failing = (id: string, reason: string, lastStatus = "STOPPED"): DeployEvent => ({
    type: "task",
    attribution: own,
    task: task({
      arn: `arn:${id}`,
      id,
      lastStatus,
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      containers: [{ name: "web", status: "STOPPED", exitCode: 1, reason }],
    }),
  });
  const counts = (failed: number, rollout: string): DeployEvent => ({
    type: "service",
    own: [],
    service: {
      ...service({}),
      deployments: [
        { id: "d", status: "PRIMARY", taskDefinition: "arn:task-definition/web:1", desired: 1, running: 0, pending: 0, failed, rollout },
      ],
    },
  });
  const started = (id: string): DeployEvent => ({
    type: "serviceEvent",
    attribution: own,
    event: { id, at: "", message: `(service web) has started 1 tasks: (task ${id.repeat(32)}).` },
  });
  const round = (count: number): DeployEvent[] => {
    const id = String(count);
    const repeated: DeployEvent = { type: "repeatedFailure", cause: "web exit 1", count, tasks: [] };
    return [
      started(id),
      { type: "task", attribution: own, task: task({ arn: `arn:${id.repeat(32)}`, id: id.repeat(32), lastStatus: "RUNNING" }) },
      failing(id.repeat(32), "the same"),
      counts(count, "IN_PROGRESS"),
      { type: "logs", task: id.repeat(32), container: "web", group: "g", lines: [{ text: "refused" }] },
      ...(count > 1 ? [repeated] : []),
    ];
  };
  const rounds = Array.from({ length: 9 }, (_, at) => round(at + 1)).flat();
  const lines = told(
    ...rounds,
    failing("f".repeat(32), "another"),
    counts(9, "FAILED"),
    { type: "stack", status: "UPDATE_ROLLBACK_IN_PROGRESS" },
    { type: "task", attribution: own, task: task({ arn: "arn:x", id: "deadbeef".repeat(4), lastStatus: "RUNNING" }) },
  );
  const begin = lines.indexOf("3 tasks have failed alike now");
  expect(begin).toBeGreaterThan(15);
  expect(lines.slice(begin + 1)).toEqual([
    "4 tasks have failed alike now",
    "8 tasks have failed alike now",
    "task ffffffff STOPPED: web exit 1 (another) — Essential container in task exited",
    "service ACTIVE: web:1 0/1 running, 9 failed, FAILED",
    "stack is UPDATE_ROLLBACK_IN_PROGRESS",
    "task deadbeef RUNNING",
  ]);
});

test("what would be lost with a stack is listed; a deployment goes on without us only once it has begun", () => {
  const lost: DeployEvent = { type: "credentials", state: "lost", since: new Date(0).toISOString() };
  const question: DeployEvent = {
    type: "question",
    question: {
      kind: "replaceStack",
      stackName: "shop",
      status: "UPDATE_ROLLBACK_FAILED",
      resources: [{ logicalId: "Service", type: "AWS::ECS::Service", physicalId: "arn:s", status: "UPDATE_FAILED" }],
      runningTasks: 2,
      failedResources: ["Service"],
      canContinue: true,
    },
  };
  expect(told(lost, { ...lost, state: "ok" }, question, { type: "operation", operation: "update", token: "t" }, lost)).toEqual([
    "credentials lost:",
    "credentials back after 1 s",
    "shop is UPDATE_ROLLBACK_FAILED: its rollback has to be continued, or the stack deleted, first; 2 of its tasks are running; what could not go back: Service",
    "  with it goes Service AWS::ECS::Service arn:s",
    "update with client request token t",
    "credentials lost, last update 4 s ago: The deployment goes on in AWS.",
  ]);
});

test("names that every line would repeat are left out", () => {
  const text = (event: DeployEvent) => plainLines(stampEvent(event, 1, 0), noProgress)[0]?.text;
  const event = stackEvent({ status: "CREATE_COMPLETE" });
  expect(text({ type: "stackEvent", event, attribution: "own", nested: false })).toBe("stack CREATE_COMPLETE");
  const message = { id: "1", at: "", message: "(service cf-ecs-long-name) has reached a steady state." };
  expect(text({ type: "serviceEvent", event: message, attribution: "own" })).toBe("service: has reached a steady state.");
  const { events: _, ...running } = service();
  expect(text({ type: "service", service: running, own: [] })).toBe("service ACTIVE: shop:1 1/1 running, COMPLETED");
});

test("JSON lines: one object a line, the outcome last, nothing a terminal would act on", async () => {
  const run = startRun({
    ports: { cloud: scriptedCloud({}), clock: jumpingClock() },
    header,
    work: async function* () {
      yield begun;
      yield { type: "note", message: "a\u009b31m\u001b[0m\nb" };
      return outcome;
    },
  });
  const lines: string[] = [];
  await reportJsonLines(run, (text) => lines.push(text));
  const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events.map((event) => event["type"])).toEqual(["started", "note", "outcome"]);
  expect(events.at(-1)).toMatchObject({ type: "outcome", status: "succeeded", v: 1, seq: 3 });
  expect(lines.join("")).not.toMatch(/[\u007f-\u009f\u001b]/);
  expect(jsonLine(stampEvent({ type: "note", message: "\u009b" }, 1, 0))).toContain("\\u009b");
});
