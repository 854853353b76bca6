import { expect, test } from "vitest";
import { judgeService } from "../../../src/engine/deployment/judge.ts";
import { watchService } from "../../../src/engine/deployment/service-state.ts";
import { groupFailures, isFailedTask, taskFailureText } from "../../../src/engine/deployment/task-failure.ts";
import { service, task } from "./scripted.ts";

const [completed] = service().deployments;
if (!completed) throw new Error("the service has a rollout");
const shop1 = completed.taskDefinition;
const shop2 = shop1.replace(/:1$/, ":2");

function judged(
  more: Parameters<typeof service>[0],
  taskDefinition: string | undefined,
  change: (watch: ReturnType<typeof watchService>) => void = () => {},
) {
  const watch = watchService("prod", "shop");
  watch.latest = service(more);
  watch.baseline = "exact";
  for (const one of watch.latest.deployments) watch.own.add(one.id);
  change(watch);
  return judgeService(watch, taskDefinition);
}

test("settled is a completed rollout of the stack's own revision with all tasks running", () => {
  expect(judged({}, shop1)).toEqual({ state: "settled" });
  expect(judged({ deployments: [{ ...completed, rollout: "IN_PROGRESS" }] }, shop1).state).toBe("settling");
  expect(judged({ running: 0, pending: 1 }, shop1)).toEqual({ state: "settling", missing: "0 of 1 tasks are running" });
  expect(judged({ desired: 0, running: 0 }, shop1)).toEqual({ state: "settled" });
});

test("a rollout that failed or went back is a failure although the stack is complete", () => {
  expect(judged({}, shop2)).toMatchObject({ state: "failed", reason: "rollout" });
  expect(judged({ deployments: [{ ...completed, rollout: "FAILED", rolloutReason: "circuit breaker" }] }, shop1)).toMatchObject({
    state: "failed",
    message: expect.stringContaining("circuit breaker"),
  });
});

test("a later revision is somebody else's deployment, not a rollback of this one", () => {
  const later = { ...completed, id: "ecs-svc/9", taskDefinition: shop2, rollout: "IN_PROGRESS" };
  expect(judged({ deployments: [later, { ...completed, status: "ACTIVE" }] }, shop1)).toEqual({ state: "overtaken", by: "shop:2" });
});

test("a service deployment of ours that was stopped or rolled back is a failure", () => {
  const verdict = judged({}, shop1, (watch) => watch.deployments.set("d", { arn: "d", status: "ROLLBACK_SUCCESSFUL", reason: "breaker" }));
  expect(verdict).toMatchObject({ state: "failed", reason: "rollout" });
});

test("targets have to be healthy, as many as tasks are wanted; draining ones do not count", () => {
  const targets = (...states: string[]) =>
    judged({}, shop1, (watch) =>
      watch.targets.set(
        "tg",
        states.map((state, at) => ({ id: String(at), state })),
      ),
    );
  expect(targets("healthy", "draining")).toEqual({ state: "settled" });
  expect(targets("initial")).toMatchObject({ state: "settling", missing: "0 of 1 targets are healthy" });
  expect(targets()).toMatchObject({ state: "settling" });
});

test("tasks that keep stopping alike are hopeless, once is bad luck", () => {
  const stopped = (id: string) =>
    task({
      id,
      lastStatus: "STOPPED",
      stopCode: "EssentialContainerExited",
      containers: [{ name: "web", status: "STOPPED", exitCode: 1 }],
    });
  const after = (...ids: string[]) =>
    judged({ running: 0 }, shop1, (watch) => {
      for (const id of ids) watch.tasks.set(id, stopped(id));
    });
  expect(after("a").state).toBe("settling");
  expect(after("a", "b")).toMatchObject({ state: "failed", reason: "tasks" });
});

test("failures are told from tasks that were meant to stop", () => {
  const stopped = (stopCode: string, stoppedReason = "") => isFailedTask(task({ id: "a", lastStatus: "STOPPED", stopCode, stoppedReason }));
  expect(stopped("TaskFailedToStart")).toBe(true);
  expect(stopped("EssentialContainerExited")).toBe(true);
  expect(stopped("ServiceSchedulerInitiated", "Task failed ELB health checks in (target-group x)")).toBe(true);
  expect(stopped("ServiceSchedulerInitiated", "Task failed container health checks")).toBe(true);
  expect(stopped("ServiceSchedulerInitiated", "Scaling activity initiated by (deployment ecs-svc/1)")).toBe(false);
  expect(stopped("UserInitiated", "Task stopped by user")).toBe(false);
  expect(isFailedTask(task({ id: "a", stopCode: "EssentialContainerExited" }))).toBe(false);
});

test("failures are alike when only ids, addresses and times differ", () => {
  const reason = (eni: string, ip: string) => `ResourceInitializationError: failed with ${eni} at ${ip}:443`;
  const failed = (id: string, stoppedReason: string) => task({ id, lastStatus: "STOPPED", stopCode: "TaskFailedToStart", stoppedReason });
  const groups = groupFailures([
    failed("a", reason("eni-0a1b2c", "10.0.3.7")),
    failed("b", "CannotPullContainerError: not found"),
    failed("c", reason("eni-0d9e8f", "10.0.4.9")),
  ]);
  expect(groups.map((group) => group.tasks.map((one) => one.id))).toEqual([["a", "c"], ["b"]]);
  expect(groups[0]?.cause).toContain("eni-0a1b2c");
});

test("the text of a failure names container, exit code and reasons", () => {
  const containers = [
    { name: "web", status: "STOPPED", exitCode: 137, reason: "OutOfMemoryError" },
    { name: "log", status: "STOPPED", exitCode: 0 },
  ];
  expect(taskFailureText(task({ id: "a", stoppedReason: "Essential container in task exited", containers }))).toBe(
    "web exit 137 (OutOfMemoryError) — Essential container in task exited",
  );
});

test("a task stopped for its health checks is told by those, not by the exit code of being stopped", () => {
  const containers = [{ name: "web", status: "STOPPED", exitCode: 143 }];
  const stoppedReason = "Task failed ELB health checks in (target-group x)";
  expect(taskFailureText(task({ id: "a", stopCode: "ServiceSchedulerInitiated", stoppedReason, containers }))).toBe(stoppedReason);
});
