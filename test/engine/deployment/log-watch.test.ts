import { expect, test } from "vitest";
import type { Task, TaskContainer } from "../../../src/engine/deployment/facts.ts";
import { gatherLogs, tellUnread } from "../../../src/engine/deployment/log-watch.ts";
import { watchService } from "../../../src/engine/deployment/service-state.ts";
import { openSession } from "../../../src/engine/deployment/session.ts";
import { groupFailures } from "../../../src/engine/deployment/task-failure.ts";
import { drain, jumpingClock, problem, scriptedCloud } from "./scripted.ts";

const log = { group: "/ecs/web", prefix: "ecs" };
const spec = (name: string) => ({ name, essential: true, log });
const taskDefinition = { arn: "td:1", family: "td", revision: 1, containers: [spec("web"), spec("worker"), spec("proxy")] };

const failed = (id: string, containers: readonly Partial<TaskContainer>[], stoppedReason = "Essential container in task exited"): Task => ({
  arn: `arn/${id}`,
  id,
  taskDefinition: "td:1",
  lastStatus: "STOPPED",
  desiredStatus: "STOPPED",
  stopCode: "EssentialContainerExited",
  stoppedReason,
  containers: containers.map((one) => ({ name: "web", status: "STOPPED", exitCode: 1, ...one })),
});

function open(read: (stream: string) => Promise<readonly { readonly text: string }[]>) {
  const cloud = scriptedCloud({
    taskDefinition: async () => taskDefinition,
    logTail: async (_group: string, stream: string) => await read(stream),
  });
  const session = openSession({ cloud, clock: jumpingClock(), decide: async () => ({ kind: "delete" }) }, new AbortController().signal);
  const watch = watchService("production");
  const look = async (tasks: readonly Task[]) => (await drain(gatherLogs(session, watch, groupFailures(tasks)))).events;
  return Object.assign(look, { atEnd: (tasks: readonly Task[]) => [...tellUnread(session, watch, groupFailures(tasks))] });
}

test("every container of a task that failed has its log read, those that ended well do not", async () => {
  const look = open(async (stream) => [{ text: `of ${stream}` }]);
  const events = await look([
    failed("1", [{ name: "web" }, { name: "worker", exitCode: 137, reason: "OutOfMemoryError" }, { name: "proxy", exitCode: 0 }]),
  ]);
  expect(events).toMatchObject([
    { type: "logs", task: "1", container: "web", lines: [{ text: "of ecs/web/1" }] },
    { type: "logs", task: "1", container: "worker", lines: [{ text: "of ecs/worker/1" }] },
  ]);
});

test("of 200 tasks all logs are read; of further ones those of new causes, and that is said once", async () => {
  const read: string[] = [];
  const look = open(async (stream) => {
    read.push(stream);
    return [{ text: "boom" }];
  });
  const many = Array.from({ length: 230 }, (_, at) => failed(String(at), [{}]));
  const first = await look(many);
  expect(new Set(read).size).toBe(200);
  expect(first.filter(({ type }) => type === "warning")).toMatchObject([
    { unseen: true, message: expect.stringMatching(/^More than 200 tasks have failed: the logs of further ones are not read/) },
  ]);
  const other = Array.from({ length: 9 }, (_, at) => failed(`other${at}`, [{ exitCode: 3 }]));
  const second = await look([...many, ...other]);
  expect(second.map((event) => (event.type === "logs" ? event.task : event.type))).toEqual(["other0", "other1", "other2"]);
});

test("what may not be read is told as not seen, once, with the permission that is missing", async () => {
  const look = open(async () => {
    throw problem("denied");
  });
  const tasks = [failed("1", [{}]), failed("2", [{}])];
  expect(await look(tasks)).toMatchObject([
    { type: "warning", unseen: true, message: expect.stringContaining("the log of the container web") },
  ]);
  expect(await look(tasks)).toEqual([]);
});

test("a failure of which no log line could be read is told at the end; one that another task's log tells of is not", async () => {
  const look = open(async (stream) => (stream === "ecs/web/2" ? [{ text: "boom" }] : []));
  const silent = failed("3", [{ name: "worker", exitCode: 9 }]);
  const tasks = [failed("1", [{}]), failed("2", [{}]), silent, failed("4", [{ name: "unlogged", exitCode: 5 }])];
  for (let time = 0; time < 4; time++) await look(tasks);
  expect(look.atEnd(tasks)).toEqual([
    { type: "warning", unseen: true, message: "No line of the log of worker was read: it is empty, or was gone before it could be read." },
  ]);
});
