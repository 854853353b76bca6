import { describe, expect, test } from "vitest";
import { deploy } from "../../../src/engine/deployment/deploy.ts";
import type { DeployEvent } from "../../../src/engine/deployment/events.ts";
import { outcomeExitCode } from "../../../src/engine/deployment/outcome.ts";
import type { DeploymentPlan } from "../../../src/engine/deployment/plan.ts";
import { remove } from "../../../src/engine/deployment/remove.ts";
import { watch } from "../../../src/engine/deployment/watch.ts";
import { drain, pagesOf, problem, service, task } from "./scripted.ts";
import { courses, denied, plan, type Script, scriptedAccount } from "./scripted-account.ts";

async function deployed(
  script: Script = {},
  more: Partial<DeploymentPlan> = {},
  prepare: (account: ReturnType<typeof scriptedAccount>) => void = () => {},
) {
  const account = scriptedAccount(script);
  prepare(account);
  const { events, result } = await drain(deploy(account.ports, { ...plan, ...more }, new AbortController().signal));
  const types = events.map((event) => (event.type === "operation" ? `operation ${event.operation}` : event.type));
  return { account, events, types, outcome: result, seconds: (account.clock.now() - account.clock.start) / 1000 };
}

const found = <T extends DeployEvent["type"]>(events: readonly DeployEvent[], type: T) =>
  events.filter((event): event is Extract<DeployEvent, { readonly type: T }> => event.type === type);

describe("the workflow", () => {
  test("no stack: it is created, and success is claimed when service and tasks are seen running", async () => {
    const { outcome, types, account } = await deployed();
    expect(outcome).toMatchObject({
      status: "succeeded",
      stackStatus: "CREATE_COMPLETE",
      outputs: { ServiceName: "shop", TaskDefinitionRevision: "1" },
    });
    expect(types.indexOf("operation create")).toBeLessThan(types.indexOf("accepted"));
    expect(account.cloud.made).not.toContain("updateStack");
  });

  test("the call is told before it is made", async () => {
    const account = scriptedAccount();
    for await (const event of deploy(account.ports, plan, new AbortController().signal)) {
      if (event.type === "operation") break;
    }
    expect(account.cloud.made).not.toContain("createStack");
  });

  test("a usable stack is updated", async () => {
    const { outcome, account } = await deployed({ status: "UPDATE_ROLLBACK_COMPLETE" });
    expect(outcome).toMatchObject({ status: "succeeded", stackStatus: "UPDATE_COMPLETE" });
    expect(account.cloud.made).not.toContain("createStack");
  });

  test("nothing to update is success", async () => {
    const { outcome, events } = await deployed({ status: "CREATE_COMPLETE", cloud: () => ({ updateStack: async () => undefined }) });
    expect(outcome).toMatchObject({ status: "unchanged", outputs: { CloudFormationStackName: "shop" } });
    expect(outcomeExitCode(outcome)).toBe(0);
    expect(found(events, "accepted")).toEqual([]);
  });

  test("an operation that is running is waited for first, and shown", async () => {
    const { outcome, types, account } = await deployed({ status: "UPDATE_IN_PROGRESS" }, {}, ({ unfold }) =>
      unfold(courses.update, "theirs"),
    );
    expect(outcome.status).toBe("succeeded");
    expect(types.indexOf("busy")).toBeLessThan(types.indexOf("operation update"));
    expect(account.history.filter((event) => event.token === "theirs")).not.toEqual([]);
  });

  test("… unless it is not to be waited", async () => {
    const { outcome, account, types } = await deployed({ status: "UPDATE_IN_PROGRESS" }, { wait: { kind: "none" } });
    expect(types).not.toContain("busy");
    expect(outcome).toMatchObject({ status: "failed", reason: "busy" });
    expect(outcomeExitCode(outcome)).toBe(3);
    expect(account.cloud.made).not.toContain("updateStack");
  });

  test("somebody else is faster: wait and try again", async () => {
    let refusals = 1;
    const { outcome, types } = await deployed({
      status: "CREATE_COMPLETE",
      cloud: (calls) => ({
        updateStack: async (input) => {
          if (refusals-- > 0) throw problem("invalid", { detail: "Stack:arn is in UPDATE_IN_PROGRESS state and can not be updated." });
          return await calls.updateStack?.(input);
        },
      }),
    });
    expect(outcome.status).toBe("succeeded");
    expect(types.filter((type) => type === "operation update")).toHaveLength(2);
  });

  test("not to be waited for: it says what it did not check", async () => {
    const { outcome, seconds } = await deployed({}, { wait: { kind: "none" } });
    expect(outcome).toMatchObject({ status: "notWaited", reason: "option", unchecked: expect.arrayContaining(["its tasks"]) });
    expect(outcomeExitCode(outcome)).toBe(0);
    expect(seconds).toBe(0);
  });

  test("a time-out ends the watching, not the deployment", async () => {
    const { outcome, seconds } = await deployed({ onCreate: courses.create.slice(0, 4) }, { wait: { kind: "timeout", minutes: 2 } });
    expect(outcome).toMatchObject({ status: "timedOut", stackStatus: "CREATE_IN_PROGRESS" });
    expect(outcomeExitCode(outcome)).toBe(4);
    expect(seconds).toBeGreaterThanOrEqual(120);
    expect(seconds).toBeLessThan(123);
  });

  test("a template that CloudFormation refuses is a failure with its words", async () => {
    const { outcome } = await deployed({
      cloud: () => ({ createStack: async () => Promise.reject(problem("invalid", { message: "Template format error" })) }),
    });
    expect(outcome).toMatchObject({ status: "failed", reason: "refused", message: "Template format error" });
    expect(outcomeExitCode(outcome)).toBe(1);
  });
});

describe("stacks that have to be deleted first", () => {
  const empty = ({ state }: ReturnType<typeof scriptedAccount>) => {
    state.resources = [];
  };

  test.each(["CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"])(
    "%s with nothing running: deleted, then created",
    async (status) => {
      const { outcome, types, account, events } = await deployed({ status }, {}, empty);
      expect(outcome.status).toBe("succeeded");
      expect(types.filter((type) => type.startsWith("operation"))).toEqual(["operation delete", "operation create"]);
      expect(account.questions).toEqual([]);
      expect(found(events, "note")).toMatchObject([{ message: expect.stringContaining("nothing is left") }]);
    },
  );

  test("a service that runs in it is not deleted without consent", async () => {
    const { outcome, account } = await deployed({ status: "ROLLBACK_FAILED" });
    expect(account.questions).toMatchObject([{ kind: "replaceStack", runningTasks: 1, canContinue: false }]);
    expect(outcome).toMatchObject({ status: "failed", reason: "needsConsent", message: expect.stringContaining("--replace-failed-stack") });
    expect(outcomeExitCode(outcome)).toBe(2);
    expect(account.cloud.made).not.toContain("deleteStack");
  });

  test("UPDATE_ROLLBACK_FAILED: continuing the rollback, some resources skipped, and then the update", async () => {
    const { outcome, account, events } = await deployed(
      { status: "UPDATE_ROLLBACK_FAILED", answer: { kind: "continue", skip: ["Service"] } },
      {},
      ({ state }) => {
        state.resources = state.resources.map((one) => ({ ...one, status: "UPDATE_FAILED" }));
      },
    );
    expect(account.questions).toMatchObject([{ canContinue: true, failedResources: ["Service", "Task"] }]);
    expect(found(events, "operation")).toMatchObject([
      { operation: "continue", token: "d1-continue", skip: ["Service"] },
      { operation: "update" },
    ]);
    expect(outcome.status).toBe("succeeded");
  });

  test("UPDATE_ROLLBACK_FAILED is asked about even when its tasks can't be seen; consent deletes", async () => {
    const { outcome, account } = await deployed({
      status: "UPDATE_ROLLBACK_FAILED",
      answer: { kind: "delete" },
      cloud: (calls) => ({
        describeServices: async (...args) =>
          account404 ? await denied("ecs:DescribeServices")() : ((await calls.describeServices?.(...args)) ?? []),
      }),
    });
    expect(account.questions).toHaveLength(1);
    expect(account.questions[0]).not.toHaveProperty("runningTasks");
    expect(account.cloud.made).toContain("deleteStack");
    expect(outcome).toMatchObject({ status: "notWaited", reason: "access" });
  });
  const account404 = true;

  test("a deletion that fails ends it", async () => {
    const { outcome } = await deployed(
      {
        status: "ROLLBACK_COMPLETE",
        onDelete: [
          [0, "DELETE_IN_PROGRESS"],
          [3, "DELETE_FAILED", undefined, { reason: "role in use" }],
        ],
      },
      {},
      empty,
    );
    expect(outcome).toMatchObject({ status: "failed", stackStatus: "DELETE_FAILED", message: expect.stringContaining("role in use") });
  });
});

describe("failures", () => {
  test("a service that leaves a target group is not waited for there", async () => {
    const group = "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/old/1";
    const { outcome, seconds } = await deployed({ status: "CREATE_COMPLETE" }, {}, ({ clock, state }) => {
      state.services = [service({ loadBalancers: [{ targetGroupArn: group, containerName: "web", containerPort: 80 }] })];
      clock.at(20_000, () => {
        state.services = [service()];
      });
    });
    expect(outcome.status).toBe("succeeded");
    expect(seconds).toBeLessThan(120);
  });

  test("a service that came and went between two looks: its tasks are found by the revision the operation made", async () => {
    const revision = "arn:aws:ecs:eu-west-1:1:task-definition/shop:7";
    const stopped = task({
      id: "a1",
      taskDefinition: revision,
      startedBy: "ecs-svc/9",
      lastStatus: "STOPPED",
      stopCode: "EssentialContainerExited",
      containers: [{ name: "web", status: "STOPPED", exitCode: 1 }],
    });
    const older = task({ id: "b2", startedBy: "ecs-svc/8", lastStatus: "STOPPED" });
    const { outcome, events } = await deployed({
      onCreate: [
        [0, "CREATE_IN_PROGRESS"],
        [2, "CREATE_COMPLETE", "Task", { physicalId: revision }],
        [3, "CREATE_IN_PROGRESS", "Service", { physicalId: service().arn }],
        [3, "CREATE_FAILED", "Service", { reason: "breaker" }],
        [3, "ROLLBACK_IN_PROGRESS"],
        [3, "ROLLBACK_COMPLETE"],
      ],
      cloud: () => ({ describeServices: async () => [], familyTasks: async (_, family) => (family === "shop" ? [older, stopped] : []) }),
    });
    expect(outcome).toMatchObject({ status: "failed", stackStatus: "ROLLBACK_COMPLETE" });
    expect(found(events, "task")).toMatchObject([{ task: { id: "a1" }, attribution: "own" }]);
  });

  test("a service whose rollout had ended before it was first seen: all of a created stack is of this deployment", async () => {
    const failed = task({
      ...{ id: "0".repeat(32), startedBy: "ecs-svc/7", lastStatus: "STOPPED", stopCode: "TaskFailedToStart" },
      stoppedReason: "ResourceInitializationError: unable to pull secrets or registry auth",
    });
    const message = (id: string, text: string) => ({ id, at: "2026-11-23T00:00:20.000Z", message: `(service shop) ${text}` });
    const { events } = await deployed(
      {
        onCreate: [
          [0, "CREATE_IN_PROGRESS"],
          [1, "CREATE_IN_PROGRESS", "Service", { physicalId: service().arn }],
          [3, "CREATE_FAILED", "Service", { physicalId: service().arn, reason: "circuit breaker" }],
          [4, "ROLLBACK_IN_PROGRESS"],
          [6, "ROLLBACK_COMPLETE"],
        ],
      },
      {},
      ({ state }) => {
        state.tasks = [failed];
        state.services = [
          service({
            ...{ status: "INACTIVE", running: 0, desired: 0, deployments: [] },
            events: [
              message("2", "(deployment ecs-svc/7) deployment failed: tasks failed to start."),
              message("1", `has started 1 tasks: (task ${failed.id}).`),
            ],
          }),
        ];
      },
    );
    expect(found(events, "service")[0]?.own).toEqual([]);
    expect(found(events, "task").map((one) => one.attribution)).toEqual(["own"]);
    expect(found(events, "serviceEvent").map((one) => [one.event.id, one.attribution])).toEqual([
      ["1", "own"],
      ["2", "own"],
    ]);
  });

  test("an update whose rollout had ended before it was seen: new tasks are of it, those there before are not", async () => {
    const before = task({ id: "1".repeat(32) });
    const stoppedLongAgo = task({ id: "2".repeat(32), startedBy: "ecs-svc/0", lastStatus: "STOPPED" });
    const started = task({ id: "3".repeat(32), startedBy: "ecs-svc/7", lastStatus: "STOPPED" });
    const { events } = await deployed({ status: "CREATE_COMPLETE", onUpdate: courses.failedUpdate }, {}, ({ state, clock }) => {
      state.tasks = [before, stoppedLongAgo];
      clock.at(3_000, () => {
        state.tasks = [before, stoppedLongAgo, started];
        state.services = [
          service({ events: [{ id: "1", at: "2026-11-23T00:00:03.000Z", message: "(deployment ecs-svc/7) deployment failed" }] }),
        ];
      });
    });
    const told = new Map(found(events, "task").map((one) => [one.task.id.charAt(0), one.attribution]));
    expect(Object.fromEntries(told)).toEqual({ 1: "earlier", 2: "earlier", 3: "own" });
    expect(found(events, "serviceEvent").map((one) => one.attribution)).toEqual(["own"]);
  });

  test("a rolled back update fails with the stack's reason, after one more look", async () => {
    const { outcome, events } = await deployed({ status: "CREATE_COMPLETE", onUpdate: courses.failedUpdate });
    expect(outcome).toMatchObject({ status: "failed", reason: "stack", stackStatus: "UPDATE_ROLLBACK_COMPLETE" });
    const reasons = found(events, "stackEvent").map((event) => (event as unknown as { event: { reason?: string } }).event.reason);
    expect(reasons).toContain("breaker");
  });

  test("evidence is captured while it is there: reasons, exit codes, the last log lines, failures that repeat", async () => {
    const stopped = (id: string) =>
      task({
        id,
        startedBy: "ecs-svc/2",
        lastStatus: "STOPPED",
        stopCode: "EssentialContainerExited",
        stoppedReason: "Essential container in task exited",
        containers: [{ name: "web", status: "STOPPED", exitCode: 1 }],
      });
    const { outcome, events } = await deployed({ status: "CREATE_COMPLETE", onUpdate: courses.failedUpdate }, {}, ({ clock, state }) => {
      const [old] = service().deployments;
      if (!old) throw new Error("no rollout");
      state.tasks = [task({ id: "old", startedBy: "ecs-svc/1", lastStatus: "STOPPED", stopCode: "EssentialContainerExited" })];
      clock.at(3_000, () => {
        state.services = [
          service({
            deployments: [
              { ...old, id: "ecs-svc/2", rollout: "IN_PROGRESS", running: 0 },
              { ...old, status: "ACTIVE" },
            ],
          }),
        ];
      });
      clock.at(8_000, () => {
        state.tasks = [...state.tasks, stopped("t1")];
      });
      clock.at(11_000, () => {
        state.logs["ecs/web/t1"] = ["connect ECONNREFUSED"];
      });
      clock.at(16_000, () => {
        state.tasks = [...state.tasks, stopped("t2")];
      });
      clock.at(29_000, () => {
        state.tasks = [];
        state.services = [];
      });
    });
    expect(outcome.status).toBe("failed");
    const tasks = found(events, "task") as unknown as { task: { id: string }; attribution: string }[];
    expect(tasks.map((event) => [event.task.id, event.attribution])).toEqual([
      ["old", "earlier"],
      ["t1", "own"],
      ["t2", "own"],
    ]);
    expect(found(events, "logs")).toMatchObject([
      { task: "t1", container: "web", group: "/ecs/shop", lines: [{ text: "connect ECONNREFUSED" }] },
    ]);
    expect(found(events, "repeatedFailure")).toMatchObject([
      { count: 2, tasks: ["t1", "t2"], cause: expect.stringContaining("web exit 1") },
    ]);
  });

  test("tasks that are still stopping when their service goes are followed to their end", async () => {
    const running = task({ id: "t1", startedBy: "ecs-svc/2" });
    const [rollout] = service().deployments;
    if (!rollout) throw new Error("no rollout");
    const { events } = await deployed({ status: "CREATE_COMPLETE", onUpdate: courses.failedUpdate }, {}, ({ clock, state }) => {
      clock.at(3_000, () => {
        state.services = [service({ deployments: [{ ...rollout, id: "ecs-svc/2", rollout: "IN_PROGRESS" }] })];
        state.tasks = [running];
      });
      clock.at(20_000, () => {
        state.tasks = [];
        state.services = [service({ status: "DRAINING", deployments: [] })];
        state.stopping = [{ ...running, lastStatus: "STOPPED", stopCode: "EssentialContainerExited" }];
      });
    });
    const statuses = found(events, "task").map((event) => (event as unknown as { task: { lastStatus: string } }).task.lastStatus);
    expect(statuses).toEqual(["RUNNING", "STOPPED"]);
  });

  test("a rollout that ECS rolled back is a failure although the stack is complete", async () => {
    const { outcome } = await deployed({ status: "CREATE_COMPLETE" }, {}, ({ clock, state }) => {
      clock.at(10_000, () => {
        state.resources = state.resources.map((one) =>
          one.logicalId === "Task" ? { ...one, physicalId: "arn:aws:ecs:eu-west-1:1:task-definition/shop:2" } : one,
        );
      });
    });
    expect(outcome).toMatchObject({ status: "failed", reason: "rollout", stackStatus: "UPDATE_COMPLETE" });
    expect(outcomeExitCode(outcome)).toBe(1);
  });

  test("success waits for targets to be healthy", async () => {
    const { outcome, seconds } = await deployed({}, {}, ({ clock, state }) => {
      state.services = [service({ loadBalancers: [{ targetGroupArn: "tg" }] })];
      state.targets = [{ id: "10.0.0.1", state: "initial" }];
      clock.at(90_000, () => {
        state.targets = [{ id: "10.0.0.1", state: "healthy" }];
      });
    });
    expect(outcome.status).toBe("succeeded");
    expect(seconds).toBeGreaterThan(89);
  });
});

describe("permissions that are missing", () => {
  test("describing stacks: none is assumed, with a warning that names the action", async () => {
    const { outcome, events, account } = await deployed({ cloud: () => ({ describeStack: denied("cloudformation:DescribeStacks") }) });
    expect(found(events, "warning")).toMatchObject([
      { action: "cloudformation:DescribeStacks", message: expect.stringContaining("assuming there is none") },
    ]);
    expect(account.cloud.made).toContain("createStack");
    expect(outcome).toMatchObject({ status: "succeeded" });
  });

  test("… and when it was there after all, it is updated", async () => {
    const { outcome, account } = await deployed({
      cloud: () => ({
        describeStack: denied("cloudformation:DescribeStacks"),
        createStack: () => Promise.reject(problem("conflict", { code: "AlreadyExistsException" })),
      }),
    });
    expect(account.cloud.made).toContain("updateStack");
    expect(outcome.status).toBe("succeeded");
  });

  test("describing stack events: it can't be waited for, and no success is claimed", async () => {
    const { outcome } = await deployed({
      cloud: () => ({
        stackEvents: async function* () {
          yield* pagesOf([]);
          throw problem("denied", { action: "cloudformation:DescribeStackEvents" });
        },
      }),
    });
    expect(outcome).toMatchObject({ status: "notWaited", reason: "access", problem: { action: "cloudformation:DescribeStackEvents" } });
    expect(outcomeExitCode(outcome)).toBe(3);
  });

  test("describing the service: the stack is watched, but success is not claimed", async () => {
    const { outcome } = await deployed({ cloud: () => ({ describeServices: denied("ecs:DescribeServices") }) });
    expect(outcome).toMatchObject({ status: "notWaited", reason: "access", stackStatus: "CREATE_COMPLETE" });
  });

  test("tasks, logs and targets: a warning each, and it goes on", async () => {
    const { outcome, events } = await deployed(
      { cloud: () => ({ tasks: denied("ecs:ListTasks"), targetHealth: denied("elasticloadbalancing:DescribeTargetHealth") }) },
      {},
      ({ state }) => {
        state.services = [service({ loadBalancers: [{ targetGroupArn: "tg" }] })];
      },
    );
    expect(outcome).toMatchObject({ status: "succeeded", unchecked: ["the health of the targets"] });
    expect(found(events, "warning")).toMatchObject([{ action: "ecs:ListTasks" }, { action: "elasticloadbalancing:DescribeTargetHealth" }]);
  });
});

describe("AWS that goes away", () => {
  const gone = (kind: "credentials" | "unreachable", until: number): Script => ({
    cloud: (calls) => {
      let polls = 0;
      const fail = () => ++polls > 3 && polls < until;
      return {
        stackEvents: async function* (...args) {
          if (fail()) throw problem(kind);
          yield* calls.stackEvents?.(...args) ?? pagesOf([]);
        },
      };
    },
  });

  test("lost credentials are told, the deployment goes on, and what was missed is caught up with", async () => {
    const { outcome, events } = await deployed(gone("credentials", 9));
    expect(found(events, "credentials")).toMatchObject([{ state: "lost" }, { state: "ok" }]);
    expect(outcome.status).toBe("succeeded");
    const statuses = found(events, "stackEvent").map((event) => (event as unknown as { event: { status: string } }).event.status);
    expect(statuses).toEqual(courses.create.map(([, status]) => status));
  });

  test("nobody there to log in: after a while it is given up, without claiming success", async () => {
    const { outcome, seconds } = await deployed(gone("credentials", 1_000_000), { patience: 120_000 });
    expect(outcome).toMatchObject({ status: "notWaited", reason: "access" });
    expect(outcomeExitCode(outcome)).toBe(3);
    expect(seconds).toBeLessThan(180);
  });

  test("before anything was started, it is an error at once", async () => {
    const { outcome } = await deployed({ cloud: () => ({ describeStack: () => Promise.reject(problem("credentials")) }) });
    expect(outcome).toMatchObject({ status: "failed", reason: "access" });
    expect(outcomeExitCode(outcome)).toBe(3);
  });

  test("a call whose answer was lost is repeated with the same token", async () => {
    const tokens: string[] = [];
    const { outcome } = await deployed({
      cloud: (calls) => ({
        createStack: async (input) => {
          tokens.push(input.token);
          if (tokens.length === 1) throw problem("service");
          return (await calls.createStack?.(input)) ?? { stackId: "" };
        },
      }),
    });
    expect(tokens).toEqual(["d1-create", "d1-create"]);
    expect(outcome.status).toBe("succeeded");
  });
});

describe("the operator", () => {
  test("cancels an update: it goes back", async () => {
    const { outcome, events } = await deployed(
      { status: "CREATE_COMPLETE", onUpdate: courses.update.slice(0, 2) },
      {},
      ({ clock, inbox }) => clock.at(10_000, () => inbox.put({ kind: "cancel", keep: false })),
    );
    expect(outcome).toMatchObject({ status: "cancelled", stackStatus: "UPDATE_ROLLBACK_COMPLETE" });
    expect(found(events, "cancelling")).toMatchObject([{ how: "rollback" }]);
    expect(outcomeExitCode(outcome)).toBe(130);
  });

  test("cancels a creation: it is deleted, or its rollout is stopped and the stack kept", async () => {
    const cancel = (keep: boolean) => (account: ReturnType<typeof scriptedAccount>) =>
      account.clock.at(10_000, () => account.inbox.put({ kind: "cancel", keep }));
    const deleted = await deployed({ onCreate: courses.create.slice(0, 4) }, {}, cancel(false));
    expect(deleted.outcome).toMatchObject({ status: "cancelled", stackStatus: "DELETE_COMPLETE" });
    const stopped: string[] = [];
    const kept = await deployed(
      {
        onCreate: [...courses.create.slice(0, 4), [30, "ROLLBACK_IN_PROGRESS"], [40, "ROLLBACK_COMPLETE"]],
        cloud: () => ({
          serviceDeployments: async () => [{ arn: "sd-1", status: "IN_PROGRESS" }],
          stopServiceDeployment: async (arn, how) => void stopped.push(`${arn} ${how}`),
        }),
      },
      {},
      cancel(true),
    );
    expect(stopped).toEqual(["sd-1 ABORT"]);
    expect(kept.outcome).toMatchObject({ status: "cancelled", stackStatus: "ROLLBACK_COMPLETE" });
  });

  test("cancels too late: it says so and goes on", async () => {
    const { outcome, events } = await deployed({ status: "CREATE_COMPLETE", onUpdate: courses.failedUpdate }, {}, ({ clock, inbox }) =>
      clock.at(40_000, () => inbox.put({ kind: "cancel", keep: false })),
    );
    expect(outcome.status).toBe("failed");
    expect(found(events, "note")).toMatchObject([{ message: expect.stringContaining("can't be stopped") }]);
  });

  test("stops watching: nothing is changed in AWS", async () => {
    const account = scriptedAccount({ onCreate: courses.create.slice(0, 4) });
    const watching = new AbortController();
    account.clock.at(20_000, () => watching.abort());
    const { result } = await drain(deploy(account.ports, plan, watching.signal));
    expect(result).toMatchObject({ status: "notWaited", reason: "watching", message: expect.stringContaining("goes on") });
    expect(account.cloud.made).not.toContain("deleteStack");
  });

  test("is told before the service is re-created for its managed tags", async () => {
    const { types, events } = await deployed(
      { status: "CREATE_COMPLETE" },
      { resources: { Service: { Type: "AWS::ECS::Service", Properties: { EnableECSManagedTags: true } } } },
      ({ state }) => {
        state.services = [service({ managedTags: false })];
      },
    );
    expect(found(events, "warning")).toMatchObject([{ message: expect.stringContaining("re-creates the service") }]);
    expect(types.indexOf("warning")).toBeLessThan(types.indexOf("operation update"));
  });
});

describe("the number of tasks", () => {
  const template = (count: number) => ({ Service: { Type: "AWS::ECS::Service", Properties: { DesiredCount: count } } });
  const warned = async (before: number, running: number, wanted: number) => {
    const { events } = await deployed(
      { status: "CREATE_COMPLETE", cloud: () => ({ getTemplate: async () => JSON.stringify({ Resources: template(before) }) }) },
      { resources: template(wanted) },
      ({ state }) => {
        state.services = [service({ desired: running, running })];
      },
    );
    return found(events, "warning");
  };

  test("set by autoscaling is not reset unannounced", async () => {
    expect(await warned(2, 6, 2)).toMatchObject([{ message: expect.stringContaining("is at 6 tasks") }]);
  });

  test("changed in the profile, or left alone, is nothing to warn of", async () => {
    expect(await warned(2, 2, 3)).toEqual([]);
    expect(await warned(2, 2, 2)).toEqual([]);
  });
});

test.each([
  ["LaunchType", { LaunchType: "FARGATE" }, {}],
  ["ServiceName", { ServiceName: "a" }, { ServiceName: "b" }],
])("another %s makes another service, which is announced before the update", async (name, before, after) => {
  const template = (Properties: object) => ({ Service: { Type: "AWS::ECS::Service", Properties: { ...Properties } } });
  const { events } = await deployed(
    { status: "CREATE_COMPLETE", cloud: () => ({ getTemplate: async () => JSON.stringify({ Resources: template(before) }) }) },
    { resources: template(after) },
    ({ state }) => {
      state.services = [service()];
    },
  );
  const warned = events.findIndex((event) => event.type === "warning" && event.message.includes(`Changing ${name} re-creates the service`));
  expect(warned).toBeGreaterThan(0);
  expect(warned).toBeLessThan(events.findIndex((event) => event.type === "operation"));
});

test("in the steady case a tick costs one page of events and one look at the service", async () => {
  const { account, seconds } = await deployed({ onCreate: [...courses.create.slice(0, 4), [600, "CREATE_COMPLETE"]] });
  const count = (name: string) => account.cloud.made.filter((call) => call === name).length;
  expect(seconds).toBeGreaterThan(600);
  expect(count("stackEvents")).toBeLessThanOrEqual(seconds / 1.6 + 5);
  expect(Math.abs(count("stackEvents") - count("describeServices"))).toBeLessThanOrEqual(8);
  expect(count("tasks") + count("serviceDeployments") + count("targetHealth")).toBeLessThan(10);
  expect(count("describeStack")).toBeLessThan(25);
});

describe("deleting", () => {
  const removal = { ...plan, token: "x1" };

  test("a stack, and then again: there is none, which is fine", async () => {
    const account = scriptedAccount({ status: "CREATE_COMPLETE" });
    const first = await drain(remove(account.ports, removal, new AbortController().signal));
    const second = await drain(remove(account.ports, removal, new AbortController().signal));
    expect([first.result.status, second.result.status]).toEqual(["succeeded", "unchanged"]);
    expect(outcomeExitCode(second.result)).toBe(0);
  });

  test("without permission to look, it is assumed to be there", async () => {
    const account = scriptedAccount({
      status: "CREATE_COMPLETE",
      cloud: () => ({ describeStack: denied("cloudformation:DescribeStacks") }),
    });
    const { events, result } = await drain(remove(account.ports, removal, new AbortController().signal));
    expect(found(events, "warning")).toMatchObject([{ message: expect.stringContaining("assuming it is there") }]);
    expect(result.status).toBe("succeeded");
  });

  test("without waiting", async () => {
    const account = scriptedAccount({ status: "CREATE_COMPLETE" });
    const { result } = await drain(remove(account.ports, { ...removal, wait: { kind: "none" } }, new AbortController().signal));
    expect(result).toMatchObject({ status: "notWaited", unchecked: ["the deletion"] });
  });
});

describe("watching", () => {
  const watched = async (prepare: (account: ReturnType<typeof scriptedAccount>) => Promise<void> | void, script: Script = {}) => {
    const account = scriptedAccount(script);
    await prepare(account);
    return await drain(watch(account.ports, { ...plan, token: "w1" }, new AbortController().signal));
  };

  test("an operation begun elsewhere, with its past, to its end", async () => {
    const { events, result } = await watched(
      async ({ unfold, clock }) => {
        unfold(courses.create, "somebody-create");
        await clock.sleep(10_000);
      },
      { status: "CREATE_IN_PROGRESS" },
    );
    expect(result).toMatchObject({ status: "succeeded" });
    expect(found(events, "stackEvent")).toHaveLength(courses.create.length);
    expect(found(events, "operation")).toEqual([]);
  });

  test("one that is over is told from its history", async () => {
    const { events, result } = await watched(
      async ({ unfold, clock }) => {
        unfold(courses.create, "a-create");
        await clock.sleep(60_000);
        unfold(courses.failedUpdate, "b-update");
        await clock.sleep(90_000);
      },
      { status: "CREATE_COMPLETE" },
    );
    expect(result).toMatchObject({ status: "failed", stackStatus: "UPDATE_ROLLBACK_COMPLETE" });
    const attributions = found(events, "stackEvent").map((event) => (event as unknown as { attribution: string }).attribution);
    expect(new Set(attributions)).toEqual(new Set(["earlier", "own"]));
    expect(attributions.filter((one) => one === "own")).toHaveLength(courses.failedUpdate.length);
  });

  test("a stack that does not exist", async () => {
    const { result } = await watched(() => {});
    expect(result).toMatchObject({ status: "failed", reason: "refused" });
  });
});
