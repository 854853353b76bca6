/** A scripted account with one stack and one service in it: operations unfold on the clock as the test says. */
import type { StackInput } from "../../../src/engine/deployment/change-set.ts";
import type { Answer } from "../../../src/engine/deployment/decide.ts";
import type { Service, Stack, StackEvent, StackResource, TargetHealth, Task } from "../../../src/engine/deployment/facts.ts";
import { createInbox, type Inbox } from "../../../src/engine/deployment/inbox.ts";
import type { DeploymentPlan } from "../../../src/engine/deployment/plan.ts";
import type { Cloud } from "../../../src/engine/ports.ts";
import { jumpingClock, pagesOf, problem, scriptedCloud, service, stack, stackEvent, stackId } from "./scripted.ts";

export const plan: DeploymentPlan = {
  stackName: "shop",
  template: "{}",
  resources: {
    Task: { Type: "AWS::ECS::TaskDefinition" },
    Service: { Type: "AWS::ECS::Service", Properties: { TaskDefinition: { Ref: "Task" } } },
  },
  tags: [],
  capabilities: [],
  region: "eu-west-1",
  cluster: "prod",
  serviceId: "Service",
  taskDefinitionId: "Task",
  wait: { kind: "untilCompleted" },
  token: "d1",
};

/** How an operation goes: seconds after its call, and what then happens. */
export type Course = readonly (readonly [seconds: number, status: string, logicalId?: string | undefined, more?: Partial<StackEvent>])[];

export const courses = {
  create: [
    [0, "CREATE_IN_PROGRESS"],
    [1, "CREATE_IN_PROGRESS", "Task"],
    [2, "CREATE_COMPLETE", "Task"],
    [3, "CREATE_IN_PROGRESS", "Service", { physicalId: service().arn }],
    [40, "CREATE_COMPLETE", "Service", { physicalId: service().arn }],
    [41, "CREATE_COMPLETE"],
  ],
  update: [
    [0, "UPDATE_IN_PROGRESS"],
    [1, "UPDATE_IN_PROGRESS", "Service", { physicalId: service().arn }],
    [40, "UPDATE_COMPLETE", "Service", { physicalId: service().arn }],
    [41, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"],
    [43, "UPDATE_COMPLETE"],
  ],
  failedUpdate: [
    [0, "UPDATE_IN_PROGRESS"],
    [1, "UPDATE_IN_PROGRESS", "Service", { physicalId: service().arn }],
    [30, "UPDATE_FAILED", "Service", { reason: "breaker" }],
    [31, "UPDATE_ROLLBACK_IN_PROGRESS", undefined, { reason: "The following resource(s) failed to update: [Service]." }],
    [60, "UPDATE_ROLLBACK_COMPLETE"],
  ],
  delete: [
    [0, "DELETE_IN_PROGRESS"],
    [5, "DELETE_COMPLETE"],
  ],
  rollback: [
    [0, "UPDATE_ROLLBACK_IN_PROGRESS"],
    [8, "UPDATE_ROLLBACK_COMPLETE"],
  ],
} satisfies Record<string, Course>;

export interface Script {
  readonly status?: string;
  readonly onCreate?: Course;
  readonly onUpdate?: Course;
  readonly onDelete?: Course;
  readonly onCancel?: Course;
  readonly onContinue?: Course;
  readonly answer?: Answer;
  /** Replaces calls; `fallback` is the scripted one. */
  readonly cloud?: (fallback: Partial<Cloud>) => Partial<Cloud>;
}

/** The account, its clock, and what `deploy` needs. */
export function scriptedAccount(script: Script = {}) {
  const clock = jumpingClock();
  const inbox: Inbox = createInbox();
  const history: StackEvent[] = [];
  const questions: unknown[] = [];
  const state: {
    stack: Stack | undefined;
    services: Service[];
    tasks: Task[];
    /** Tasks that only `describeTasks` still knows. */
    stopping: Task[];
    targets: TargetHealth[];
    resources: StackResource[];
    logs: Record<string, string[]>;
  } = {
    stack: script.status ? stack(script.status) : undefined,
    services: [service()],
    tasks: [],
    stopping: [],
    targets: [],
    resources: [
      { logicalId: "Service", physicalId: service().arn, type: "AWS::ECS::Service", status: "CREATE_COMPLETE" },
      {
        logicalId: "Task",
        physicalId: "arn:aws:ecs:eu-west-1:1:task-definition/shop:1",
        type: "AWS::ECS::TaskDefinition",
        status: "CREATE_COMPLETE",
      },
    ],
    logs: {},
  };

  const unfold = (course: Course, token: string) => {
    const begin = clock.now();
    for (const [seconds, status, logicalId, more] of course) {
      const happen = () => {
        history.push(stackEvent({ status, token, at: new Date(clock.now()).toISOString(), ...(logicalId && { logicalId }), ...more }));
        if (!logicalId) state.stack = { ...(state.stack ?? stack(status)), status, ...(more?.reason && { reason: more.reason }) };
      };
      if (seconds === 0) happen();
      else clock.at(begin + seconds * 1000 - clock.start, happen);
    }
  };

  const begin = (course: Course | undefined, token: string) => {
    unfold(course ?? [], token);
    return { stackId };
  };

  const calls: Partial<Cloud> = {
    describeStack: async (name) => (state.stack?.status === "DELETE_COMPLETE" && name === "shop" ? undefined : state.stack),
    createStack: async ({ token }: StackInput) => {
      state.stack = stack("CREATE_IN_PROGRESS");
      return begin(script.onCreate ?? courses.create, token);
    },
    updateStack: async ({ token }) => begin(script.onUpdate ?? courses.update, token),
    deleteStack: async (_, token) => void begin(script.onDelete ?? courses.delete, token),
    cancelUpdate: async (_, token) => void begin(script.onCancel ?? courses.rollback, token),
    continueRollback: async (_, token) => void begin(script.onContinue ?? courses.rollback, token),
    stackEvents: () => pagesOf(history),
    stackResources: async () => state.resources,
    getTemplate: async () => "{}",
    describeServices: async () => state.services,
    serviceDeployments: async () => [],
    tasks: async () => state.tasks,
    describeTasks: async (_, arns) => state.stopping.filter((task) => arns.includes(task.arn)),
    taskDefinition: async (arn) => ({
      arn,
      family: "shop",
      revision: 1,
      containers: [{ name: "web", essential: true, log: { group: "/ecs/shop", prefix: "ecs" } }],
    }),
    targetHealth: async () => state.targets,
    logTail: async (_, stream) => (state.logs[stream] ?? []).map((text) => ({ text })),
  };
  const cloud = scriptedCloud({ ...calls, ...script.cloud?.(calls) });
  const decide = async (question: unknown): Promise<Answer> => {
    questions.push(question);
    return script.answer ?? { kind: "abort", why: "needsConsent" };
  };
  return { clock, cloud, inbox, state, history, questions, unfold, ports: { cloud, clock, inbox, decide } };
}

/** A call that is refused for want of a permission. */
export const denied = (action: string) => async () => {
  throw problem("denied", { action, message: `Not allowed: ${action}.` });
};
