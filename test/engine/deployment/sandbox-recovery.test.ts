import { afterEach, describe, expect, test } from "vitest";
import { deploy } from "../../../src/engine/deployment/deploy.ts";
import type { RecordedEvent } from "../../../src/engine/deployment/events.ts";
import { outcomeExitCode } from "../../../src/engine/deployment/outcome.ts";
import type { DeploymentPlan } from "../../../src/engine/deployment/plan.ts";
import { preview } from "../../../src/engine/deployment/preview.ts";
import { recover } from "../../../src/engine/deployment/recover.ts";
import { watch } from "../../../src/engine/deployment/watch.ts";
import { diagnose, evidenceFrom } from "../../../src/engine/diagnosis/index.ts";
import { type Ground, openGround, planOf, quick } from "./on-sandbox.ts";

let ground: Ground;
afterEach(() => ground.close());

const operations = (events: readonly RecordedEvent[]) =>
  events.filter((event) => event.type === "operation").map((event) => event.operation);
const image = (tag: string) => ({ image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:${tag}` });

/** A stack without a service: one log group. */
const logsPlan = (): DeploymentPlan => {
  const resources = { Log: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/logs" } } };
  return { ...planOf(), stackName: "logs", resources, template: JSON.stringify({ Resources: resources }), serviceId: "Service" };
};

describe("stacks that have to be deleted first", { timeout: 60_000 }, () => {
  test("ROLLBACK_COMPLETE: deleted and created without a question", async () => {
    ground = await openGround("failed-create", quick);
    const { outcome, events } = await ground.deploy(planOf());
    expect(operations(events)).toEqual(["delete", "create"]);
    expect(outcome).toMatchObject({ status: "succeeded", stackStatus: "CREATE_COMPLETE" });
    expect(events.some((event) => event.type === "question")).toBe(false);
  });

  test.each(["CREATE_FAILED", "ROLLBACK_FAILED", "DELETE_FAILED"] as const)("%s without a service: deleted and created", async (status) => {
    ground = await openGround("empty", quick);
    const { outcome: first } = await ground.deploy(logsPlan());
    const stack = Object.values(ground.sandbox.world.regions["eu-west-1"]?.cloudformation.stacks ?? {}).find(
      (one) => one.id === first.stackId,
    );
    if (!stack) throw new Error("no stack");
    stack.status = status;
    const { outcome, events } = await ground.deploy(logsPlan());
    expect(operations(events)).toEqual(["delete", "create"]);
    expect(outcome).toMatchObject({ status: "succeeded", stackStatus: "CREATE_COMPLETE" });
    expect(outcome.stackId).not.toBe(first.stackId);
  });

  test("UPDATE_ROLLBACK_FAILED: not without consent, naming the flag", async () => {
    ground = await openGround("stuck-rollback");
    const { outcome, events } = await ground.deploy(planOf());
    expect(outcome).toMatchObject({ status: "failed", reason: "needsConsent", message: expect.stringContaining("--replace-failed-stack") });
    expect(outcomeExitCode(outcome)).toBe(2);
    const question = events.find((event) => event.type === "question")?.question;
    expect(question).toMatchObject({
      status: "UPDATE_ROLLBACK_FAILED",
      canContinue: true,
      failedResources: ["ServiceshopWeb"],
      runningTasks: expect.any(Number),
    });
    expect(operations(events)).toEqual([]);
  });

  test("UPDATE_ROLLBACK_FAILED: its rollback is continued without the resource that failed, then it is updated", async () => {
    ground = await openGround("stuck-rollback");
    const { outcome, events } = await ground.deploy(planOf(), (question) => ({ kind: "continue", skip: question.failedResources ?? [] }));
    expect(operations(events)).toEqual(["continue", "update"]);
    const before = events.slice(
      0,
      events.findIndex((event) => event.type === "operation" && event.operation === "update"),
    );
    const messages = before.filter((event) => event.type === "serviceEvent" || event.type === "task");
    expect(
      messages.filter((event) => event.attribution !== "earlier"),
      "what the service said before is not of the rollback",
    ).toEqual([]);
    expect(outcome).toMatchObject({ status: "succeeded", stackStatus: "UPDATE_COMPLETE" });
  });

  test("UPDATE_ROLLBACK_FAILED: its rollback can be continued for itself; then there is nothing left to continue", async () => {
    ground = await openGround("stuck-rollback", quick);
    const plan = { ...planOf(), skip: ["ServiceshopWeb"] };
    const recovered = async () => await ground.start((ports, signal) => recover(ports, plan, signal)).done;
    expect(await recovered()).toMatchObject({ status: "succeeded", stackStatus: "UPDATE_ROLLBACK_COMPLETE" });
    expect(await recovered()).toMatchObject({ status: "unchanged", stackStatus: "UPDATE_ROLLBACK_COMPLETE" });
  });

  test("UPDATE_ROLLBACK_FAILED: with consent it is deleted and created anew", async () => {
    ground = await openGround("stuck-rollback", quick);
    const { outcome, events } = await ground.deploy(planOf(), () => ({ kind: "delete" }));
    expect(operations(events)).toEqual(["delete", "create"]);
    expect(outcome).toMatchObject({ status: "succeeded", stackStatus: "CREATE_COMPLETE" });
  });
});

describe("operations at the same time", { timeout: 60_000 }, () => {
  test("one that is running is waited for and shown", async () => {
    ground = await openGround("in-progress");
    const { outcome, events } = await ground.deploy(planOf({ ...image("1.4.1") }));
    expect(outcome).toMatchObject({ status: "succeeded", stackStatus: "UPDATE_COMPLETE" });
    expect(events.findIndex((event) => event.type === "busy")).toBeLessThan(events.findIndex((event) => event.type === "operation"));
    expect(events.some((event) => event.type === "stackEvent" && event.attribution === "earlier")).toBe(true);
  });

  test("with --no-wait it is not waited for: nothing is started", async () => {
    ground = await openGround("in-progress");
    const { outcome, events } = await ground.deploy(planOf({}, { wait: { kind: "none" } }));
    expect(outcome).toMatchObject({ status: "failed", reason: "busy" });
    expect(outcomeExitCode(outcome)).toBe(3);
    expect(operations(events)).toEqual([]);
  });

  test("two deployments at once: the second waits for the first and then deploys its own", async () => {
    ground = await openGround();
    const [first, second] = await Promise.all([ground.deploy(planOf(image("1.4.1"))), ground.deploy(planOf(image("1.4.2")))]);
    expect([first.outcome.status, second.outcome.status]).toEqual(["succeeded", "succeeded"]);
    const kinds = [first, second].map(({ events }) => operations(events).at(-1)).sort();
    expect(kinds).toEqual(["create", "update"]);
    const tokens = (events: readonly RecordedEvent[]) =>
      new Set(events.flatMap((event) => (event.type === "stackEvent" && event.attribution === "own" ? [event.event.token] : [])));
    expect([...tokens(first.events)].filter((token) => tokens(second.events).has(token))).toEqual([]);
  });
});

/** Slow enough that a busy machine does not miss the moment. */
const calm = 60;

describe("the operator cancels", { timeout: 60_000 }, () => {
  const cancelled = async (plan: ReturnType<typeof planOf>, keep = false) => {
    const run = ground.start((ports, signal) => deploy(ports, plan, signal));
    run.subscribe((event) => {
      if (event.type === "task" && event.attribution === "own" && event.task.lastStatus === "PENDING") run.cancel({ keep });
    });
    return { outcome: await run.done, run };
  };

  test("an update: it goes back to what it was", async () => {
    ground = await openGround("default", calm);
    await ground.deploy(planOf(image("1.4.1")));
    const { outcome } = await cancelled(planOf(image("1.4.2")));
    expect(outcome).toMatchObject({ status: "cancelled", stackStatus: "UPDATE_ROLLBACK_COMPLETE" });
    const [service] = await ground.cloud.describeServices("production", ["shop-web"]);
    expect(service?.taskDefinition).toMatch(/shop-web:1$/);
  });

  test("a creation: it is deleted", async () => {
    ground = await openGround("default", calm);
    const { outcome } = await cancelled(planOf());
    expect(outcome).toMatchObject({ status: "cancelled", stackStatus: "DELETE_COMPLETE" });
    expect(await ground.cloud.describeStack(planOf().stackName)).toBeUndefined();
  });

  test("a creation, keeping the stack for inspection", async () => {
    ground = await openGround("default", calm);
    const { outcome } = await cancelled(planOf(), true);
    expect(outcome).toMatchObject({ status: "cancelled", stackStatus: "ROLLBACK_COMPLETE" });
    expect(await ground.cloud.describeStack(planOf().stackName)).toMatchObject({ status: "ROLLBACK_COMPLETE" });
  });
});

describe("deployments that fail", { timeout: 60_000 }, () => {
  test("a crash loop: the evidence is captured before the rollback deletes it, and tells the cause", async () => {
    ground = await openGround("crash-loop", 75);
    const { outcome, events, run } = await ground.deploy(planOf());
    expect(outcome).toMatchObject({
      status: "failed",
      reason: "stack",
      stackStatus: "ROLLBACK_COMPLETE",
      message: expect.stringContaining("Circuit Breaker"),
    });
    expect(outcomeExitCode(outcome)).toBe(1);
    const { tasks, logs, repeated, serviceDeployments } = run.progress();
    expect(tasks.every((one) => one.attribution === "own")).toBe(true);
    expect(tasks.filter(({ task }) => task.containers[0]?.exitCode === 1).length).toBeGreaterThanOrEqual(2);
    expect(logs[0]?.lines.map((line) => line.text).join("\n")).toContain("ECONNREFUSED");
    expect(repeated?.count).toBeGreaterThanOrEqual(2);
    expect(serviceDeployments[0]?.deployment.circuitBreaker?.threshold).toBe(3);
    const twice = events.findIndex((event) => event.type === "repeatedFailure");
    const rollback = events.findIndex((event) => event.type === "stackEvent" && event.event.status === "ROLLBACK_IN_PROGRESS");
    expect(twice).toBeGreaterThan(0);
    expect(twice).toBeLessThan(rollback);
    expect(diagnose(evidenceFrom(events)).root).toMatchObject({ attribution: "own", kind: "task" });
  });

  test("a creation that is watched from elsewhere before its service exists: the tasks are its own, with their logs", async () => {
    ground = await openGround("crash-loop", 75);
    const plan = planOf();
    const starting = ground.start((ports, signal) => deploy(ports, { ...plan, wait: { kind: "none" } }, signal));
    expect((await starting.done).status).toBe("notWaited");
    const { stackName } = plan;
    const seen = ground.start((ports, signal) =>
      watch(ports, { stackName, region: "eu-west-1", cluster: "", wait: { kind: "untilCompleted" }, token: "w" }, signal),
    );
    expect(await seen.done).toMatchObject({ status: "failed", stackStatus: "ROLLBACK_COMPLETE" });
    const { tasks, logs } = seen.progress();
    expect(new Set(tasks.map(({ attribution }) => attribution))).toEqual(new Set(["own"]));
    expect(logs.length).toBeGreaterThan(0);
    expect(diagnose(evidenceFrom(seen.events))).toMatchObject({ root: { id: "exit-1-app-error", attribution: "own" }, unattributed: [] });
  });

  test("targets that fail their health checks: seen before they are taken away, and known as this deployment's by their address", async () => {
    ground = await openGround("unhealthy-targets", 75);
    const plan = planOf({}, {}, (resources) => {
      // Nothing ends it: it is watched until an unhealthy target was seen.
      for (const { Properties } of Object.values(resources)) delete Properties["DeploymentConfiguration"];
    });
    const run = ground.start((ports, signal) => deploy(ports, plan, signal));
    const isBad = (event: RecordedEvent) => event.type === "targets" && event.targets.some(({ state }) => state === "unhealthy");
    await new Promise<void>((resolve) => run.subscribe((event) => isBad(event) && resolve()));
    run.stopWatching();
    await run.done;
    const { findings } = diagnose(evidenceFrom(run.events));
    expect(findings.filter(({ kind }) => kind === "target")).toMatchObject([
      { id: "event-unhealthy-elb-code", attribution: "own", message: expect.stringContaining("Target.ResponseCodeMismatch") },
    ]);
  });

  test("an update that the circuit breaker rolls back is a failure; the second attempt does not show the first one's tasks as its own", async () => {
    ground = await openGround();
    await ground.deploy(planOf(image("1.4.1")));
    ground.sandbox.world.behaviour.taskFailures = ["crash-loop"];
    const first = await ground.deploy(planOf(image("1.4.2")));
    expect(first.outcome).toMatchObject({ status: "failed", stackStatus: "UPDATE_ROLLBACK_COMPLETE" });
    ground.sandbox.world.behaviour.taskFailures = [];
    const second = await ground.deploy(planOf({ ...image("1.4.2"), cpu: "512", memory: "1024" }));
    expect(second.outcome.status).toBe("succeeded");
    const failed = second.run.progress().tasks.filter(({ task }) => task.stopCode === "EssentialContainerExited");
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.every((one) => one.attribution === "earlier")).toBe(true);
    expect(second.run.progress().logs).toEqual([]);
  });

  test("scaling begins no rollout: the tasks that come are this deployment's, those that were there are not", async () => {
    ground = await openGround("default", quick);
    await ground.deploy(planOf({ targetGroup: "" }));
    const { outcome, run } = await ground.deploy(planOf({ targetGroup: "", desired: 4 }));
    expect(outcome.status).toBe("succeeded");
    const attributions = run.progress().tasks.map((one) => one.attribution);
    expect(attributions.toSorted()).toEqual(["earlier", "earlier", "own", "own"]);
  });

  test("an unknown cluster", async () => {
    ground = await openGround();
    const { outcome } = await ground.deploy(planOf({ cluster: "nowhere" }));
    expect(outcome).toMatchObject({ status: "failed", reason: "stack", message: expect.stringMatching(/Service|luster/) });
  });

  test("a template that CloudFormation refuses", async () => {
    ground = await openGround();
    const { outcome } = await ground.deploy({ ...planOf(), template: "{}" });
    expect(outcome).toMatchObject({ status: "failed", reason: "refused" });
    expect(outcome.problem?.action).toBe("cloudformation:CreateStack");
  });
});

test("toggling the managed tags is announced before anything happens; then the new service takes over", { timeout: 60_000 }, async () => {
  ground = await openGround("default", quick);
  const withTags = (enabled: boolean) =>
    planOf({}, {}, (resources) => {
      const properties = resources["ServiceshopWeb"]?.Properties ?? {};
      delete properties["ServiceName"];
      properties["EnableECSManagedTags"] = enabled;
    });
  const before = await ground.deploy(withTags(false));
  const shown = await preview(ground.cloud, ground.clock, withTags(true));
  expect(shown.warnings).toEqual([expect.stringMatching(/ServiceshopWeb is replaced because of EnableECSManagedTags/)]);
  const { outcome, events, run } = await ground.deploy(withTags(true));
  const warned = events.findIndex((event) => event.type === "warning" && event.message.includes("re-creates"));
  expect(warned).toBeGreaterThan(0);
  expect(warned).toBeLessThan(events.findIndex((event) => event.type === "operation"));
  expect(outcome.status).toBe("succeeded");
  expect(outcome.outputs?.["ServiceName"]).not.toBe(before.outcome.outputs?.["ServiceName"]);
  expect(run.progress().service).toMatchObject({ name: outcome.outputs?.["ServiceName"], managedTags: true, running: 2 });
});

test("a stack of 200 resources", { timeout: 60_000 }, async () => {
  ground = await openGround("default", quick);
  const plan = planOf({}, {}, (resources) => {
    for (let i = 0; i < 197; i++) resources[`Extra${i}`] = { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: `/extra/${i}` } };
  });
  const { outcome, run } = await ground.deploy(plan);
  expect(outcome.status).toBe("succeeded");
  const { resources, events } = run.progress();
  expect(resources).toHaveLength(200);
  expect(resources.every((one) => one.phase === "done")).toBe(true);
  expect(new Set(events.map(({ event }) => event.id)).size).toBe(events.length);
  expect(events.length).toBeGreaterThanOrEqual(600);

  const elsewhere = ground.start((ports, signal) => watch(ports, { ...plan, token: "elsewhere" }, signal));
  expect(await elsewhere.done).toMatchObject({ status: "succeeded" });
  const seen = elsewhere.progress();
  expect(seen.resources.filter((one) => one.phase === "done")).toHaveLength(200);
  expect(seen.events.filter(({ attribution }) => attribution === "own").length, "past events included").toBeGreaterThanOrEqual(600);
});
