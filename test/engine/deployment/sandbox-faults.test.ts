import { afterEach, describe, expect, test } from "vitest";
import { deploy } from "../../../src/engine/deployment/deploy.ts";
import type { DeployEvent, RecordedEvent } from "../../../src/engine/deployment/events.ts";
import { outcomeExitCode } from "../../../src/engine/deployment/outcome.ts";
import type { DeploymentPlan } from "../../../src/engine/deployment/plan.ts";
import { preview } from "../../../src/engine/deployment/preview.ts";
import { remove } from "../../../src/engine/deployment/remove.ts";
import { isFailedTask } from "../../../src/engine/deployment/task-failure.ts";
import type { Cloud } from "../../../src/engine/ports.ts";
import type { Fault } from "../../../src/sandbox/index.ts";
import { type Ground, openGround, planOf, quick } from "./on-sandbox.ts";

let ground: Ground;
afterEach(() => ground.close());

const of = <T extends DeployEvent["type"]>(events: readonly RecordedEvent[], type: T) =>
  events.filter((event): event is Extract<RecordedEvent, { type: T }> => event.type === type);

/** The stack's whole history as AWS has it, to hold against what was told. */
async function history(stack: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of ground.cloud.stackEvents(stack)) ids.push(...page.map((event) => event.id));
  return ids.reverse();
}

/** Deploys; once the service rolls out, AWS suffers from `faults` for `seconds` of its time. */
async function deployedThrough(faults: readonly Fault[], seconds: number, plan: DeploymentPlan = planOf()) {
  const run = ground.start((ports, signal) => deploy(ports, plan, signal));
  let begun = false;
  run.subscribe((event) => {
    if (begun || event.type !== "task") return;
    begun = true;
    ground.sandbox.setFaults(faults);
    void ground.clock.sleep(seconds * 1000).then(() => ground.sandbox.setFaults([]));
  });
  const outcome = await run.done;
  return { outcome, events: run.events, run };
}

describe("AWS goes away in the middle", { timeout: 60_000 }, () => {
  test("credentials expire: it says so, the deployment goes on, and after a login nothing has been missed", async () => {
    ground = await openGround();
    const { outcome, events } = await deployedThrough([{ kind: "expired", action: "*" }], 60);
    expect(of(events, "credentials")).toMatchObject([
      { state: "lost", problem: { kind: "credentials", message: expect.stringContaining("expired") } },
      { state: "ok" },
    ]);
    expect(outcome.status).toBe("succeeded");
    expect(of(events, "stackEvent").map(({ event }) => event.id)).toEqual(await history(outcome.stackId ?? ""));
  });

  test("the network is down until after the end: it catches up without losing an event", async () => {
    ground = await openGround();
    const { outcome, events } = await deployedThrough([{ kind: "dropped", action: "*" }], 200);
    const [lost, ok] = of(events, "connection");
    expect(lost).toMatchObject({ state: "lost", problem: { kind: "unreachable" } });
    expect(ok).toMatchObject({ state: "ok", since: lost?.since });
    expect(Date.parse(ok?.at ?? "") - Date.parse(ok?.since ?? "")).toBeGreaterThan(150_000);
    expect(outcome.status).toBe("succeeded");
    expect(of(events, "stackEvent").map(({ event }) => event.id)).toEqual(await history(outcome.stackId ?? ""));
  });

  test("services fail by themselves", async () => {
    ground = await openGround();
    const { outcome, events } = await deployedThrough([{ kind: "serverError", action: "*" }], 60);
    expect(of(events, "connection")[0]).toMatchObject({ problem: { kind: "service" } });
    expect(outcome.status).toBe("succeeded");
  });

  test("nobody is there to log in: given up after a while, without claiming success", async () => {
    ground = await openGround();
    const { outcome } = await deployedThrough([{ kind: "expired", action: "*" }], 100_000, planOf({}, { patience: 60_000 }));
    expect(outcome).toMatchObject({ status: "notWaited", reason: "access", problem: { kind: "credentials" } });
    expect(outcomeExitCode(outcome)).toBe(3);
  });
});

describe("AWS is difficult from the beginning", { timeout: 60_000 }, () => {
  test("three calls in ten are throttled", async () => {
    ground = await openGround("throttled", quick);
    const { outcome, events } = await ground.deploy(planOf());
    expect(outcome.status).toBe("succeeded");
    ground.sandbox.setFaults([]);
    expect(of(events, "stackEvent").map(({ event }) => event.id)).toEqual(await history(outcome.stackId ?? ""));
  });

  test("connections break, answers come late, services fail now and then", async () => {
    ground = await openGround();
    ground.sandbox.setFaults([
      { kind: "dropped", action: "*", rate: 0.12 },
      { kind: "serverError", action: "*", rate: 0.05 },
    ]);
    const { outcome, events } = await ground.deploy(planOf());
    expect(outcome.status).toBe("succeeded");
    ground.sandbox.setFaults([]);
    expect(of(events, "stackEvent").map(({ event }) => event.id)).toEqual(await history(outcome.stackId ?? ""));
  });

  test.each(["expired-credentials", "denied"])("%s: an error at once, nothing half-done", async (scenario) => {
    ground = await openGround(scenario);
    const { outcome } = await ground.deploy(planOf());
    expect(outcome).toMatchObject({ status: "failed", reason: "access" });
    expect(outcomeExitCode(outcome)).toBe(3);
    ground.sandbox.setFaults([]);
    expect(await ground.cloud.describeStack(planOf().stackName)).toBeUndefined();
  });
});

test("many tasks fail alike: the last lines of each failed container are read, a few at a time", { timeout: 60_000 }, async () => {
  ground = await openGround("crash-loop", 60);
  let atOnce = 0;
  let most = 0;
  const { logTail } = ground.cloud;
  const { clock } = ground.sandbox;
  const cloud: Cloud = {
    ...ground.cloud,
    async logTail(...asked) {
      most = Math.max(most, ++atOnce);
      clock.setSpeed(0); // else a slow machine reads after the rollback has deleted the log group
      return await logTail(...asked).finally(() => {
        if (--atOnce === 0) clock.setSpeed(60);
      });
    },
  };
  const run = ground.start((ports, signal) => deploy({ ...ports, cloud }, planOf({ desired: 6 }), signal));
  expect((await run.done).status).toBe("failed");
  const tasks = of(run.events, "task").filter(({ attribution, task }) => attribution === "own" && isFailedTask(task));
  const failed = new Set(tasks.map(({ task }) => task.id));
  const read = new Set(of(run.events, "logs").map(({ task }) => task));
  expect(failed.size).toBeGreaterThanOrEqual(6);
  expect(read.size).toBe(failed.size);
  expect(most).toBeLessThanOrEqual(5);
});

describe("permissions are missing", { timeout: 60_000 }, () => {
  test("to describe stack events: it can't be waited for, and success is not claimed", async () => {
    ground = await openGround("denied:DescribeStackEvents");
    const { outcome } = await ground.deploy(planOf());
    expect(outcome).toMatchObject({ status: "notWaited", reason: "access", problem: { action: "cloudformation:DescribeStackEvents" } });
    expect(outcomeExitCode(outcome)).toBe(3);
  });

  test("to describe stacks: none is assumed for a deployment, one for a deletion, with a warning", async () => {
    ground = await openGround("denied:cloudformation:DescribeStacks", quick);
    const created = await ground.deploy(planOf());
    expect(of(created.events, "warning")[0]).toMatchObject({ action: "cloudformation:DescribeStacks" });
    expect(created.outcome).toMatchObject({
      status: "succeeded",
      stackStatus: "CREATE_COMPLETE",
      unchecked: ["the stack's outputs"],
      outputs: { ServiceName: "shop-web", TaskDefinitionRevision: "1", "AwsOutputs[StackId]": expect.stringMatching(/^arn:/) },
    });
    const updated = await ground.deploy(planOf({ cpu: "512", memory: "1024" }));
    expect(updated.outcome).toMatchObject({ status: "succeeded", stackStatus: "UPDATE_COMPLETE" });
    const plan = planOf();
    const removing = ground.start((ports, signal) => remove(ports, plan, signal));
    expect(await removing.done).toMatchObject({ status: "succeeded" });
    ground.sandbox.setFaults([]);
    expect(await ground.cloud.describeStack(plan.stackName)).toBeUndefined();
  });

  test.each([
    ["ecs:ListTasks", undefined],
    ["ecs:ListServiceDeployments", undefined],
    ["cloudformation:ListStackResources", undefined],
    ["elasticloadbalancing:DescribeTargetHealth", ["the health of the targets"]],
  ])("%s: a warning that names it, and it goes on", async (action, unchecked) => {
    ground = await openGround(`denied:${action}`, quick);
    const { outcome, events } = await ground.deploy(planOf());
    expect(of(events, "warning").map((event) => event.action)).toEqual([action]);
    expect(outcome).toMatchObject({ status: "succeeded", ...(unchecked && { unchecked }) });
  });

  test("to read logs: the failure is told without them", async () => {
    ground = await openGround("crash-loop,denied:logs:GetLogEvents");
    const { outcome, events } = await ground.deploy(planOf());
    expect(outcome.status).toBe("failed");
    expect(of(events, "warning").map((event) => event.action)).toContain("logs:GetLogEvents");
    expect(of(events, "logs")).toEqual([]);
  });

  test("to make change sets: the preview compares the templates", async () => {
    ground = await openGround("denied:cloudformation:CreateChangeSet");
    const shown = await preview(ground.cloud, ground.clock, planOf());
    expect(shown).toMatchObject({ kind: "create", warnings: [expect.stringContaining("cloudformation:CreateChangeSet")] });
    expect(shown.changes.map((change) => change.action)).toEqual(["add", "add", "add"]);
  });
});

describe("a preview of a first deployment", { timeout: 60_000 }, () => {
  test("that CloudFormation's validation refuses names the property, and leaves no stack", async () => {
    ground = await openGround();
    const plan = planOf({}, {}, (resources) => {
      const service = resources["ServiceshopWeb"];
      if (service) service.Properties["DesiredCount"] = "many";
    });
    const shown = await preview(ground.cloud, ground.clock, plan);
    expect(shown).toMatchObject({
      kind: "invalid",
      findings: [{ logicalId: "ServiceshopWeb", path: "/Resources/ServiceshopWeb/Properties/DesiredCount", severity: "error" }],
      warnings: [],
    });
    await ground.clock.sleep(60_000);
    expect(await ground.cloud.describeStack(plan.stackName)).toBeUndefined();
  });

  test("that is left while it is being made leaves nothing behind", async () => {
    ground = await openGround();
    const stop = new AbortController();
    const cloud: Cloud = {
      ...ground.cloud,
      createChangeSet: async (...given) => {
        const made = await ground.cloud.createChangeSet(...given);
        stop.abort(new Error("left"));
        return made;
      },
    };
    await expect(preview(cloud, ground.clock, planOf(), stop.signal)).rejects.toThrow("left");
    await expect.poll(() => ground.cloud.describeStack(planOf().stackName)).toBeUndefined();
  });

  test("that is agreed to is executed; one that is forgotten does not stand in the way of a deployment", async () => {
    ground = await openGround("default", quick);
    const forgotten = await preview(ground.cloud, ground.clock, planOf());
    expect(forgotten).toMatchObject({ kind: "create", changeSet: { type: "CREATE" } });
    const { outcome, events } = await ground.deploy(planOf());
    expect(outcome).toMatchObject({ status: "succeeded", stackStatus: "CREATE_COMPLETE" });
    expect(of(events, "note")[0]?.message).toContain("preview");
    const worker = planOf({ name: "shop-worker", targetGroup: "" });
    const shown = await preview(ground.cloud, ground.clock, worker);
    const executed = await ground.deploy({ ...worker, ...(shown.changeSet && { changeSet: shown.changeSet }) });
    expect(of(executed.events, "operation").map((event) => event.operation)).toEqual(["execute"]);
    expect(executed.outcome).toMatchObject({ status: "succeeded", stackStatus: "CREATE_COMPLETE" });
  });
});

describe("waiting", { timeout: 60_000 }, () => {
  test("a time-out leaves the deployment alone", async () => {
    ground = await openGround();
    const { outcome } = await ground.deploy(planOf({}, { wait: { kind: "timeout", minutes: 1 } }));
    expect(outcome).toMatchObject({ status: "timedOut", stackStatus: "CREATE_IN_PROGRESS" });
    expect(outcomeExitCode(outcome)).toBe(4);
    expect(await ground.cloud.describeStack(planOf().stackName)).toMatchObject({ status: "CREATE_IN_PROGRESS" });
  });

  test("not to be waited for: it is started, and what was not checked is said", async () => {
    ground = await openGround("crash-loop");
    const { outcome } = await ground.deploy(planOf({}, { wait: { kind: "none" } }));
    expect(outcome).toMatchObject({ status: "notWaited", reason: "option", unchecked: expect.arrayContaining(["its tasks"]) });
    expect(outcomeExitCode(outcome)).toBe(0);
  });
});
