import type { ValidationFinding } from "../deployment/change-set.ts";
import type { DeployEvent } from "../deployment/events.ts";
import type { Task } from "../deployment/facts.ts";
import type { Evidence, StoppedTaskEvidence, ValidationEvidence } from "./evidence.ts";

const at = (time: string | undefined) => (time === undefined || Number.isNaN(Date.parse(time)) ? {} : { at: Date.parse(time) });

function stoppedTask(task: Task): StoppedTaskEvidence {
  const { arn, stopCode, stoppedReason, startedBy, taskDefinition, containers, stoppedAt } = task;
  return {
    arn,
    taskDefinitionArn: taskDefinition,
    ...(stopCode !== undefined && { stopCode }),
    ...(stoppedReason !== undefined && { stoppedReason }),
    ...(startedBy !== undefined && { startedBy }),
    ...at(stoppedAt),
    containers: containers.map(({ name, exitCode, reason }) => ({
      name,
      ...(exitCode !== undefined && { exitCode }),
      ...(reason !== undefined && { reason }),
    })),
  };
}

/** The last of the values with the same key, in the order in which the keys were first seen. */
function latest<T>(values: Iterable<T>, key: (value: T) => string): T[] {
  const found = new Map<string, T>();
  for (const value of values) found.set(key(value), value);
  return [...found.values()];
}

type Of<K extends DeployEvent["type"]> = Extract<DeployEvent, { readonly type: K }>;

/** What a validation has against a template, as evidence; its warnings stop nothing. */
export function validationEvidence(findings: readonly ValidationFinding[]): ValidationEvidence[] {
  return findings
    .filter(({ severity }) => severity === "error")
    .map(({ message, logicalId, path }) => ({
      message,
      attribution: "own",
      ...(logicalId !== undefined && { logicalId }),
      ...(path !== undefined && { path }),
    }));
}

/** What the recorded facts of a deployment hold as evidence; whose each fact is was told when it was gathered. */
export function evidenceFrom(events: readonly DeployEvent[]): Evidence {
  const of = <K extends DeployEvent["type"]>(type: K): Of<K>[] => events.filter((event): event is Of<K> => event.type === type);
  const tasks = latest(of("task"), ({ task }) => task.arn).filter(
    ({ task }) => task.stopCode !== undefined || /STOPP|DEPROVISIONING/.test(task.lastStatus),
  );
  const problem = of("outcome").at(-1)?.problem;
  return {
    operation: {
      clientRequestTokens: of("operation").map((event) => event.token),
      deploymentIds: [...new Set(of("service").flatMap((event) => event.own))],
    },
    validations: validationEvidence(of("validations").flatMap((event) => event.findings)),
    stackEvents: latest(of("stackEvent"), ({ event }) => event.id).map(({ event, attribution }) => ({
      eventId: event.id,
      stackId: event.stackId,
      stackName: event.stackName,
      logicalId: event.logicalId,
      type: event.resourceType,
      status: event.status,
      attribution,
      ...(event.physicalId !== undefined && { physicalId: event.physicalId }),
      ...(event.reason !== undefined && { reason: event.reason }),
      ...(event.token !== undefined && { clientRequestToken: event.token }),
      ...(event.operationId !== undefined && { operationId: event.operationId }),
      ...at(event.at),
    })),
    serviceEvents: latest(of("serviceEvent"), ({ event }) => event.id).map(({ event, attribution }) => ({
      id: event.id,
      message: event.message,
      attribution,
      ...at(event.at),
    })),
    serviceDeployments: latest(of("serviceDeployment"), ({ deployment }) => deployment.arn).map(({ deployment, attribution }) => ({
      id: deployment.arn,
      status: deployment.status,
      attribution,
      ...((deployment.rollbackReason ?? deployment.reason) !== undefined && {
        reason: deployment.rollbackReason ?? (deployment.reason as string),
      }),
      ...at(deployment.createdAt),
    })),
    stoppedTasks: tasks.map(({ task, attribution }) => ({ ...stoppedTask(task), attribution })),
    targetHealth: latest(of("targets"), (event) => event.targetGroupArn).flatMap(({ targetGroupArn, targets }) =>
      targets.map(({ id, port, state, reason, description }) => ({
        targetGroupArn,
        id,
        state,
        ...(port !== undefined && { port }),
        ...(reason !== undefined && { reason }),
        ...(description !== undefined && { description }),
      })),
    ),
    logs: latest(of("logs"), (event) => `${event.task} ${event.container}`).map(({ task, container, lines }) => ({
      taskArn: task,
      container,
      lines: lines.map((line) => line.text),
    })),
    apiErrors: problem
      ? [
          {
            action: problem.action ?? "AWS",
            message: problem.detail ?? problem.message,
            ...(problem.code !== undefined && { code: problem.code }),
            ...(problem.status !== undefined && { status: problem.status }),
          },
        ]
      : [],
  };
}
