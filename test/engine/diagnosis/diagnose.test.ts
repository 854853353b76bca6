import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { manyEvents } from "../../../scripts/bench/diagnosis.ts";
import { diagnose } from "../../../src/engine/diagnosis/diagnose.ts";
import type { Evidence, StackEventEvidence, StoppedTaskEvidence } from "../../../src/engine/diagnosis/evidence.ts";
import { evidenceFrom } from "../../../src/engine/diagnosis/from-record.ts";

const stackId = "arn:aws:cloudformation:eu-west-1:123456789012:stack/web/1";
let clock = 1_760_000_000_000;
const tick = (): number => {
  clock += 1000;
  return clock;
};
const event = (
  logicalId: string,
  type: string,
  status: string,
  reason?: string,
  more: Partial<StackEventEvidence> = {},
): StackEventEvidence => ({
  eventId: `${logicalId}-${status}-${clock}`,
  stackId,
  stackName: "web",
  logicalId,
  physicalId: `${logicalId}-1`,
  type,
  status,
  clientRequestToken: "now",
  at: tick(),
  ...(reason !== undefined && { reason }),
  ...more,
});
const service = (status: string, reason?: string, more?: Partial<StackEventEvidence>) =>
  event("ServiceWeb", "AWS::ECS::Service", status, reason, more);
const task = (id: string, more: Partial<StoppedTaskEvidence>): StoppedTaskEvidence => ({
  arn: `arn:aws:ecs:eu-west-1:123456789012:task/production/${id}`,
  startedBy: "ecs-svc/2",
  taskDefinitionArn: "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:42",
  stopCode: "EssentialContainerExited",
  stoppedReason: "Essential container in task exited",
  at: tick(),
  containers: [],
  ...more,
});
const operation = {
  clientRequestTokens: ["now"],
  deploymentIds: ["ecs-svc/2"],
  taskDefinitionArns: ["arn:aws:ecs:eu-west-1:123456789012:task-definition/web:42"],
};
const breaker = `Resource handler returned message: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'." (RequestToken: 1, HandlerErrorCode: GeneralServiceException)`;
const ids = (evidence: Evidence) => diagnose(evidence).findings.map(({ id }) => id);

describe("root causes first", () => {
  it("a real failure before the cancellations it caused, also when their events came first", () => {
    const stackEvents = [
      event("LogGroup", "AWS::Logs::LogGroup", "CREATE_FAILED", "Resource creation cancelled"),
      event("Role", "AWS::IAM::Role", "CREATE_FAILED", "Role with name web already exists. (Service: Iam, Status Code: 409)"),
      event(
        "web",
        "AWS::CloudFormation::Stack",
        "ROLLBACK_IN_PROGRESS",
        "The following resource(s) failed to create: [Role]. Rollback requested by user.",
      ),
      event("web", "AWS::CloudFormation::Stack", "ROLLBACK_COMPLETE"),
    ];
    const diagnosis = diagnose({ operation, stackEvents });
    expect(diagnosis.findings.map(({ id, folded }) => [id, folded])).toEqual([
      ["resource-already-exists", false],
      ["resource-creation-cancelled", true],
      ["stack-resources-failed-summary", true],
    ]);
    expect(diagnosis.root?.subject).toBe("Role (AWS::IAM::Role)");
    expect(diagnosis.root?.message).toBe("Role with name web already exists. (Service: Iam, Status Code: 409)");
  });

  it("the stopped tasks' cause before the circuit breaker, their symptom", () => {
    const stoppedTasks = [1, 2, 3].map((n) =>
      task(`${n}${"a".repeat(31)}`, {
        stopCode: "TaskFailedToStart",
        stoppedReason: "Task failed to start",
        containers: [
          {
            name: "web",
            reason:
              "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref a.dkr.ecr.eu-west-1.amazonaws.com/web:9: a.dkr.ecr.eu-west-1.amazonaws.com/web:9: not found",
          },
        ],
      }),
    );
    const diagnosis = diagnose({ operation, stackEvents: [service("CREATE_FAILED", breaker)], stoppedTasks });
    expect(diagnosis.findings.map(({ id, rootness }) => [id, rootness])).toEqual([
      ["pull-image-not-found", "root"],
      ["circuit-breaker", "symptom"],
    ]);
    expect(diagnosis.root?.occurrences).toHaveLength(3);
    expect(diagnosis.fields[0]).toBe("containers[].image");
  });

  it("the earliest failure that is no consequence stands first, known or not", () => {
    const stackEvents = [
      event("Thing", "AWS::Odd::Thing", "CREATE_FAILED", "Something nobody has ever seen"),
      event("Role", "AWS::IAM::Role", "CREATE_FAILED", "Role with name web already exists."),
    ];
    expect(ids({ operation, stackEvents })).toEqual([null, "resource-already-exists"]);
    expect(diagnose({ operation, stackEvents: [service("CREATE_FAILED", "Something odd")] }).root).toMatchObject({
      id: null,
      rootness: "unknown",
      message: "Something odd",
    });
  });

  it("a cause known from the tasks before an unknown text of the service", () => {
    const stoppedTasks = [task("a".repeat(32), { containers: [{ name: "web", exitCode: 1 }] })];
    expect(ids({ operation, stackEvents: [service("CREATE_FAILED", "Something odd")], stoppedTasks })).toEqual(["exit-1-app-error", null]);
  });

  it("errors of our own calls and refused change sets", () => {
    const apiErrors = [
      {
        action: "cloudformation:CreateChangeSet",
        code: "ExpiredToken",
        status: 403,
        message: "The security token included in the request is expired",
      },
    ];
    expect(diagnose({ apiErrors }).root).toMatchObject({
      id: "expired-token",
      subject: "cloudformation:CreateChangeSet ExpiredToken HTTP 403",
    });
    expect(diagnose({ apiErrors: [{ action: "ecs:ListClusters", code: "ThrottlingException", message: "slow down" }] }).root?.id).toBe(
      "throttling",
    );
    const validations = [
      { message: "Resource of type 'AWS::Logs::LogGroup' with identifier '/ecs/web' already exists.", logicalId: "AwsLogGroupweb" },
    ];
    expect(diagnose({ validations }).root).toMatchObject({ id: "resource-already-exists", subject: "AwsLogGroupweb" });
  });

  it("the task's own words before the service's, which are folded", () => {
    const reason = "CannotPullContainerError: toomanyrequests: You have reached your pull rate limit";
    const stoppedTasks = [task("a".repeat(32), { stopCode: "TaskFailedToStart", stoppedReason: reason })];
    const serviceEvents = [
      { id: "1", attribution: "own" as const, message: `(service web) was unable to place a task. Reason: ${reason}.` },
    ];
    const { findings, root } = diagnose({ operation, stoppedTasks, serviceEvents });
    expect(findings.map(({ kind, id, folded }) => [kind, id, folded])).toEqual([
      ["task", "pull-rate-limit", false],
      ["serviceEvent", "pull-rate-limit", true],
    ]);
    expect(root?.kind).toBe("task");
    expect(diagnose({ operation, serviceEvents }).findings[0]?.folded).toBe(false);
  });

  it("follows nested stacks to the failure inside", () => {
    const nested = "arn:aws:cloudformation:eu-west-1:123456789012:stack/web-Inner/2";
    const stackEvents = [
      event("Inner", "AWS::CloudFormation::Stack", "CREATE_IN_PROGRESS", undefined, { physicalId: nested }),
      event("Role", "AWS::IAM::Role", "CREATE_FAILED", "Policy arn:aws:iam::aws:policy/Nope does not exist or is not attachable.", {
        stackId: nested,
        stackName: "web-Inner",
        clientRequestToken: "inner",
      }),
      event(
        "Inner",
        "AWS::CloudFormation::Stack",
        "CREATE_FAILED",
        `Embedded stack ${nested} was not successfully created: The following resource(s) failed to create: [Role].`,
        { physicalId: nested },
      ),
    ].map(({ clientRequestToken, ...rest }) =>
      clientRequestToken === "inner" ? rest : { ...rest, clientRequestToken: clientRequestToken as string },
    );
    expect(ids({ operation, stackEvents })).toEqual(["iam-policy-not-found", "nested-stack-failed"]);
  });
});

describe("stopped tasks", () => {
  const context = { profile: { containers: [{ name: "web", memory: 200 }, { name: "log" }] } };

  it("group by what happened, with a count, one sample and its log", () => {
    const stoppedTasks = ["1", "2", "3", "4"].map((n) =>
      task(n.repeat(32), {
        containers: [
          { name: "web", exitCode: 1 },
          { name: "log", exitCode: 0 },
        ],
      }),
    );
    const other = task("5".repeat(32), {
      containers: [{ name: "web", exitCode: 137, reason: "OutOfMemoryError: Container killed due to memory usage" }],
    });
    const logs = [
      { taskArn: (stoppedTasks[2] as StoppedTaskEvidence).arn, container: "web", lines: ["Error: connect ECONNREFUSED 10.0.3.7:5432"] },
    ];
    const { findings } = diagnose({ operation, stoppedTasks: [...stoppedTasks, other], logs }, context);
    expect(findings.map(({ id, container, exitCode, occurrences }) => [id, container, exitCode, occurrences.length])).toEqual([
      ["exit-1-app-error", "web", 1, 4],
      ["out-of-memory", "web", 137, 1],
    ]);
    expect(findings[0]?.log).toEqual(["Error: connect ECONNREFUSED 10.0.3.7:5432"]);
    expect(findings[0]?.subject).toBe(`task ${"3".repeat(32)} container web exit 1`);
    expect(findings[1]?.explanation?.cause).toContain("hard limit of 200 MiB");
    expect(findings[1]?.explanation?.fields[0]).toBe("containers[0].memory");
  });

  it("keep every text, verbatim", () => {
    const stoppedTasks = [task("a".repeat(32), { containers: [{ name: "web", exitCode: 139, reason: "odd  reason\nof two lines" }] })];
    expect(diagnose({ operation, stoppedTasks }).findings[0]?.occurrences[0]?.messages).toEqual([
      "Essential container in task exited",
      "web: exit code 139 odd  reason\nof two lines",
      "stop code EssentialContainerExited",
    ]);
  });

  it("are read by their logs where only these tell", () => {
    const stoppedTasks = [task("a".repeat(32), { containers: [{ name: "web", exitCode: 255 }] })];
    const logs = [
      { taskArn: (stoppedTasks[0] as StoppedTaskEvidence).arn, container: "web", lines: ["exec /usr/bin/node: exec format error"] },
    ];
    expect(ids({ operation, stoppedTasks, logs })).toEqual(["exec-format-error"]);
    expect(ids({ operation, stoppedTasks })).toEqual(["essential-container-exited"]);
  });

  it.each([
    [127, "command-not-found", /command was not found/],
    [126, "command-not-found", /command was not found/],
    [2, "essential-container-exited", /ended with exit code 2, so the task stopped/],
    [42, "essential-container-exited", /exit code 42/],
  ])("that ended with %i say so, and what it means", (exitCode, id, title) => {
    const stoppedTasks = [task("a".repeat(32), { containers: [{ name: "web", exitCode }] })];
    const { root } = diagnose({ operation, stoppedTasks }, context);
    expect(root).toMatchObject({ id, explanation: { title: expect.stringMatching(title) } });
    if (exitCode === 42)
      expect(root?.explanation?.cause).toMatch(/^Container web exited 42: the application ended itself with a code of its own\./);
  });

  it("stopped on purpose are no failure", () => {
    const stoppedTasks = [
      task("a".repeat(32), {
        stopCode: "ServiceSchedulerInitiated",
        stoppedReason: "Scaling activity initiated by (deployment ecs-svc/2)",
      }),
    ];
    const { findings } = diagnose({ operation, stoppedTasks });
    expect(findings).toMatchObject([{ id: "scaling-activity", folded: true }]);
    expect(diagnose({ operation, stoppedTasks }).root).toBeUndefined();
  });

  it("stopped on purpose are none either when they ended by the signal, or with an error on the way out", () => {
    const stoppedReason = "Scaling activity initiated by (deployment ecs-svc/2)";
    const ended = [137, 143, 1].map((exitCode) =>
      task(String(exitCode).repeat(8), { stopCode: "ServiceSchedulerInitiated", stoppedReason, containers: [{ name: "web", exitCode }] }),
    );
    const byHand = task("b".repeat(32), {
      stopCode: "UserInitiated",
      stoppedReason: "Task stopped by user",
      containers: [{ name: "web", exitCode: 143 }],
    });
    expect(diagnose({ operation, stoppedTasks: [...ended, byHand] }).root).toBeUndefined();
  });

  it("that failed health checks lead to the target's reason", () => {
    const arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/1";
    const stoppedTasks = [
      task("a".repeat(32), {
        stopCode: "ServiceSchedulerInitiated",
        stoppedReason: `Task failed ELB health checks in (target-group ${arn})`,
        containers: [{ name: "web", exitCode: 137 }],
      }),
    ];
    const targetHealth = [
      {
        targetGroupArn: arn,
        id: "10.0.1.5",
        port: 80,
        state: "unhealthy",
        reason: "Target.ResponseCodeMismatch",
        description: "Health checks failed with these codes: [404]",
      },
    ];
    const diagnosis = diagnose(
      { operation, stoppedTasks, targetHealth },
      { profile: { loadBalancerMappings: [{ targetGroupArn: arn, containerName: "web", containerPort: 80 }] } },
    );
    expect(diagnosis.findings.map(({ id }) => id)).toEqual(["event-unhealthy-elb-code", "elb-health-check-failed"]);
    expect(diagnosis.fields[0]).toBe("loadBalancerMappings[0].targetGroupArn");
  });
});

describe("attribution is by ids, not by time", () => {
  it("tells earlier attempts apart, dated, newest first", () => {
    const stackEvents = [
      service("CREATE_FAILED", breaker),
      service("CREATE_FAILED", "Role is not valid", { clientRequestToken: "before", at: clock + 500_000 }),
      service("CREATE_FAILED", "Cluster not found.", { clientRequestToken: "long ago", at: clock - 900_000 }),
    ];
    const diagnosis = diagnose({ operation, stackEvents });
    expect(diagnosis.findings.map(({ id }) => id)).toEqual(["circuit-breaker"]);
    expect(diagnosis.earlier.map(({ id }) => id)).toEqual(["taskdef-role-invalid", "cluster-inactive"]);
    expect(diagnosis.earlier.every(({ at }) => at !== undefined)).toBe(true);
    expect(diagnosis.root?.id).toBe("circuit-breaker");
  });

  it("by operation id before the token, by deployment before the revision", () => {
    const mine = {
      clientRequestTokens: ["now"],
      operationIds: ["op-2"],
      deploymentIds: ["ecs-svc/2"],
      taskDefinitionArns: operation.taskDefinitionArns,
    };
    const stackEvents = [service("UPDATE_FAILED", "Role is not valid", { operationId: "op-1" })];
    const stoppedTasks = [task("a".repeat(32), { startedBy: "ecs-svc/1", containers: [{ name: "web", exitCode: 1 }] })];
    const diagnosis = diagnose({ operation: mine, stackEvents, stoppedTasks });
    expect(diagnosis.findings).toEqual([]);
    expect(diagnosis.earlier.map(({ id }) => id).toSorted()).toEqual(["exit-1-app-error", "taskdef-role-invalid"]);
  });

  it("service events by the deployment or the task they name", () => {
    const stoppedTasks = [task("f".repeat(32), { containers: [{ name: "web", exitCode: 1 }] })];
    const serviceEvents = [
      { id: "1", message: "(service web) (deployment ecs-svc/1) deployment failed: tasks failed to start." },
      { id: "2", message: "(service web) (deployment ecs-svc/2) deployment failed: tasks failed to start." },
      { id: "3", message: `(service web) (task ${"f".repeat(32)}) failed container health checks.` },
      { id: "4", message: "(service web) was unable to place a task. Reason: Capacity is unavailable at this time." },
      { id: "5", message: "(service web) rolling back to deployment ecs-svc/1." },
    ];
    const { findings, earlier, unattributed } = diagnose({ operation, stoppedTasks, serviceEvents });
    expect(findings.filter(({ kind }) => kind === "serviceEvent").map(({ occurrences }) => occurrences[0]?.ref)).toEqual(["3", "2"]);
    expect(earlier.map(({ occurrences }) => occurrences[0]?.ref)).toEqual(["1"]);
    expect(unattributed.map(({ occurrences }) => occurrences[0]?.ref)).toEqual(["4", "5"]);
  });

  it("marks what nothing tells, and takes it for the cause only when nothing else says one", () => {
    const stackEvents = [service("CREATE_FAILED", breaker)];
    const serviceEvents = [{ id: "4", message: "(service web) was unable to place a task. Reason: Capacity is unavailable at this time." }];
    expect(diagnose({ operation, stackEvents, serviceEvents }).root).toMatchObject({
      id: "fargate-capacity-unavailable",
      attribution: "unknown",
    });
    const stoppedTasks = [task("a".repeat(32), { containers: [{ name: "web", exitCode: 1 }] })];
    expect(diagnose({ operation, stackEvents, serviceEvents, stoppedTasks }).root?.id).toBe("exit-1-app-error");
  });
});

describe("diagnose", () => {
  it("drops nothing that failed, and never throws", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom(breaker, "Resource creation cancelled", "Role is not valid", "Exit code 1"));
    const token = fc.constantFrom("now", "before", undefined);
    const evidence = fc.record({
      stackEvents: fc.array(
        fc
          .record({ status: fc.constantFrom("CREATE_FAILED", "UPDATE_FAILED", "CREATE_COMPLETE"), reason: text, token })
          .map(({ status, reason, token: given }) => {
            const { clientRequestToken: _, ...rest } = service(status, reason);
            return given === undefined ? rest : { ...rest, clientRequestToken: given };
          }),
      ),
      serviceEvents: fc.array(fc.record({ id: fc.uuid(), message: text })),
      stoppedTasks: fc.array(
        fc
          .record({
            id: fc.uuid(),
            stoppedReason: text,
            containers: fc.array(fc.record({ name: fc.string(), exitCode: fc.integer(), reason: text })),
          })
          .map(({ id, ...more }) => task(id, more)),
      ),
    });
    fc.assert(
      fc.property(evidence, (given) => {
        const { findings, earlier, unattributed } = diagnose({ operation, ...given });
        const refs = [...findings, ...earlier, ...unattributed].flatMap(({ occurrences }) => occurrences.map(({ ref }) => ref));
        const expected = [
          ...given.stackEvents.filter(({ status }) => status.endsWith("FAILED")).map(({ eventId }) => eventId),
          ...given.serviceEvents.map(({ id }) => id),
          ...given.stoppedTasks.map(({ arn }) => arn),
        ];
        expect(refs.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 60 },
    );
  });

  it("diagnoses 10,000 stack events within 100 ms", () => {
    const evidence = manyEvents(10_000);
    // The processor's time, and the fastest of several: what is measured is our work, not the machine's other load.
    const times = Array.from({ length: 10 }, () => {
      const before = process.cpuUsage();
      diagnose(evidence);
      return process.cpuUsage(before).user / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(100);
  });
});

describe("the facts of a recorded deployment", () => {
  const arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/1";
  const at = "2026-11-23T05:00:00.000Z";
  const runs = (id: string, ip: string, attribution: "own" | "earlier") =>
    ({
      type: "task",
      attribution,
      task: {
        arn: `task/${id}`,
        id,
        taskDefinition: "td:1",
        lastStatus: "RUNNING",
        desiredStatus: "RUNNING",
        containers: [{ name: "web", status: "RUNNING", ip }],
      },
    }) as const;
  const targets = (...all: { id: string; state: string; reason?: string; description?: string }[]) =>
    ({ type: "targets", targetGroupArn: arn, targets: all, at }) as const;
  const bad = (id: string) => ({
    id,
    state: "unhealthy",
    reason: "Target.ResponseCodeMismatch",
    description: "Health checks failed with these codes: [503]",
  });

  it("keep what was wrong with a target that is gone by the end, and forget what it recovered from", () => {
    const { findings } = diagnose(
      evidenceFrom([
        runs("7c1e", "10.0.1.5", "own"),
        runs("9f00", "10.0.1.6", "own"),
        targets(bad("10.0.1.5"), bad("10.0.1.6")),
        targets({ id: "10.0.1.5", state: "draining", reason: "Target.DeregistrationInProgress" }, { id: "10.0.1.6", state: "healthy" }),
        targets(),
      ]),
    );
    expect(findings).toMatchObject([
      { kind: "target", id: "event-unhealthy-elb-code", at: Date.parse(at), occurrences: [{ ref: "10.0.1.5" }] },
    ]);
    expect(findings[0]?.occurrences).toHaveLength(1);
  });

  it("tell targets of tasks that were there before from those of this deployment, by their address", () => {
    const { findings, earlier, unattributed } = diagnose(
      evidenceFrom([
        runs("7c1e", "10.0.1.5", "own"),
        runs("01d0", "10.0.1.9", "earlier"),
        targets(bad("10.0.1.5"), bad("10.0.1.9"), bad("10.0.1.7")),
      ]),
    );
    const refs = (list: typeof findings) => list.flatMap(({ occurrences }) => occurrences.map(({ ref }) => ref));
    expect([refs(findings), refs(earlier), refs(unattributed)]).toEqual([["10.0.1.5"], ["10.0.1.9"], ["10.0.1.7"]]);
  });

  it("say what could not be looked at; a warning of another kind is none of it", () => {
    const { unseen } = diagnose(
      evidenceFrom([
        { type: "warning", message: "Could not see the service's tasks: a permission is missing.", hint: "Ask for it.", unseen: true },
        { type: "warning", message: "The service is replaced." },
      ]),
    );
    expect(unseen).toEqual(["Could not see the service's tasks: a permission is missing. Ask for it."]);
  });

  it("keep both reasons of a rollout that went back", () => {
    const deployment = {
      arn: "arn:aws:ecs:eu-west-1:123456789012:service-deployment/production/web/0776",
      status: "ROLLBACK_SUCCESSFUL",
      reason: "Service deployment rolled back because the circuit breaker threshold was exceeded.",
      rollbackReason: "Something about the way back",
    };
    const { findings } = diagnose(evidenceFrom([{ type: "serviceDeployment", attribution: "own", deployment }]));
    expect(findings).toMatchObject([{ id: "circuit-breaker", subject: "service deployment 0776 ROLLBACK_SUCCESSFUL" }]);
    expect(findings[0]?.occurrences[0]?.messages).toEqual([deployment.rollbackReason, deployment.reason]);
  });

  it("become evidence with their attribution", () => {
    const arn = "arn:aws:ecs:eu-west-1:123456789012:task/production/7c1e";
    const stopped = {
      arn,
      id: "7c1e",
      taskDefinition: "arn:td:42",
      lastStatus: "STOPPED",
      desiredStatus: "STOPPED",
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      stoppedAt: "2026-11-23T05:00:00Z",
    };
    const evidence = evidenceFrom([
      { type: "operation", operation: "update", token: "now" },
      {
        type: "stackEvent",
        nested: false,
        attribution: "own",
        event: {
          id: "e1",
          at: "2026-11-23T05:01:00Z",
          stackId,
          stackName: "web",
          logicalId: "ServiceWeb",
          resourceType: "AWS::ECS::Service",
          status: "UPDATE_FAILED",
          reason: breaker,
        },
      },
      { type: "task", attribution: "own", task: { ...stopped, lastStatus: "RUNNING", containers: [] } },
      { type: "task", attribution: "own", task: { ...stopped, containers: [{ name: "web", status: "STOPPED", exitCode: 1 }] } },
      { type: "logs", task: arn, container: "web", group: "/ecs/web", lines: [{ text: "boom" }] },
    ]);
    const { root, findings } = diagnose(evidence);
    expect(root).toMatchObject({ id: "exit-1-app-error", log: ["boom"], at: Date.parse("2026-11-23T05:00:00Z") });
    expect(findings.map(({ id }) => id)).toEqual(["exit-1-app-error", "circuit-breaker"]);
  });
});
