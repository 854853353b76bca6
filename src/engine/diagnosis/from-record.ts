import type { ValidationFinding } from "../deployment/change-set.ts";
import type { DeployEvent } from "../deployment/events.ts";
import type { Task } from "../deployment/facts.ts";
import type {
  ApiErrorEvidence,
  Attribution,
  Evidence,
  ServiceDeploymentEvidence,
  StackEventEvidence,
  StoppedTaskEvidence,
  TargetHealthEvidence,
  ValidationEvidence,
} from "./evidence.ts";

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

/** A fact, with the time at which it was seen where it was recorded. */
type Told = DeployEvent & { readonly at?: string };
type Of<K extends DeployEvent["type"]> = Extract<DeployEvent, { readonly type: K }> & { readonly at?: string };

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

type Targets = Of<"targets">;

/** Whose the tasks at these addresses are; a target is known by its task's address. */
function ownersOf(tasks: readonly Of<"task">[]): (address: string) => Attribution {
  const owners = new Map(tasks.flatMap(({ task, attribution }) => task.containers.map(({ ip }) => [ip, attribution])));
  return (address) => owners.get(address) ?? "unknown";
}

/** The last bad word on each target that did not become healthy after it: ECS takes a target away soon after it failed. */
function targetHealth(events: readonly Targets[], ownerOf: (address: string) => Attribution): TargetHealthEvidence[] {
  const bad = new Map<string, TargetHealthEvidence>();
  for (const { targetGroupArn, targets, at: seen } of events) {
    for (const { id, port, state, reason, description } of targets) {
      const key = `${targetGroupArn} ${id} ${port}`;
      if (state === "healthy") bad.delete(key);
      if (reason === undefined || !/^un/.test(state)) continue;
      bad.set(key, {
        targetGroupArn,
        id,
        state,
        reason,
        attribution: ownerOf(id),
        ...(port !== undefined && { port }),
        ...(description !== undefined && { description }),
        ...at(seen),
      });
    }
  }
  return [...bad.values()];
}

function apiErrors(outcome: Of<"outcome"> | undefined): ApiErrorEvidence[] {
  const problem = outcome?.problem;
  if (!problem) return [];
  const { action = "AWS", detail, message, code, status, id, captures } = problem;
  return [
    {
      action,
      message: detail ?? message,
      ...(code !== undefined && { code }),
      ...(status !== undefined && { status }),
      ...(id !== undefined && { id }),
      ...(captures && { captures }),
      ...at(outcome.at),
    },
  ];
}

function stackEvent({ event, attribution }: Of<"stackEvent">): StackEventEvidence {
  const { id, stackId, stackName, logicalId, resourceType, status, physicalId, reason, token, operationId } = event;
  return {
    eventId: id,
    stackId,
    stackName,
    logicalId,
    type: resourceType,
    status,
    attribution,
    ...(physicalId !== undefined && { physicalId }),
    ...(reason !== undefined && { reason }),
    ...(token !== undefined && { clientRequestToken: token }),
    ...(operationId !== undefined && { operationId }),
    ...at(event.at),
  };
}

function serviceDeployment({ deployment, attribution }: Of<"serviceDeployment">): ServiceDeploymentEvidence {
  const { arn, status, reason, rollbackReason, createdAt } = deployment;
  return {
    id: arn,
    status,
    attribution,
    ...(reason !== undefined && { reason }),
    ...(rollbackReason !== undefined && { rollbackReason }),
    ...at(createdAt),
  };
}

/** What the recorded facts of a deployment hold as evidence; whose each fact is was told when it was gathered. */
export function evidenceFrom(events: readonly Told[]): Evidence {
  const of = <K extends DeployEvent["type"]>(type: K): Of<K>[] => events.filter((event): event is Of<K> => event.type === type);
  const tasks = latest(of("task"), ({ task }) => task.arn).filter(
    ({ task }) => task.stopCode !== undefined || /STOPP|DEPROVISIONING/.test(task.lastStatus),
  );
  return {
    operation: {
      clientRequestTokens: of("operation").map((event) => event.token),
      deploymentIds: [...new Set(of("service").flatMap((event) => event.own))],
    },
    validations: validationEvidence(of("validations").flatMap((event) => event.findings)),
    stackEvents: latest(of("stackEvent"), ({ event }) => event.id).map(stackEvent),
    serviceEvents: latest(of("serviceEvent"), ({ event }) => event.id).map(({ event, attribution }) => ({
      id: event.id,
      message: event.message,
      attribution,
      ...at(event.at),
    })),
    serviceDeployments: latest(of("serviceDeployment"), ({ deployment }) => deployment.arn).map(serviceDeployment),
    stoppedTasks: tasks.map(({ task, attribution }) => ({ ...stoppedTask(task), attribution })),
    targetHealth: targetHealth(of("targets"), ownersOf(of("task"))),
    logs: latest(of("logs"), (event) => `${event.task} ${event.container}`).map(({ task, container, lines }) => ({
      taskArn: task,
      container,
      lines: lines.map((line) => line.text),
    })),
    apiErrors: apiErrors(of("outcome").at(-1)),
    unseen: of("warning").flatMap(({ unseen, message, hint }) => (unseen ? [[message, hint].filter((part) => part).join(" ")] : [])),
  };
}
