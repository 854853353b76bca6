/** What a deployment gathered about its failure, in the form in which the diagnosis reads it. */
import type { Evidence, ValidationEvidence } from "../diagnosis/evidence.ts";
import type { ValidationFinding } from "./change-set.ts";
import type { Attribution } from "./events.ts";
import type { Progress } from "./progress.ts";

/** The evidence in a deployment's progress: everything that was seen, failed or not, with whose it is where that is known. */
export function evidenceOf(progress: Progress): Evidence {
  const { events, serviceEvents, serviceDeployments, tasks, targets, logs, service, own, outcome } = progress;
  const problem = outcome?.problem;
  return {
    operation: operationOf(progress),
    stackEvents: events.map(({ event, attribution }) => ({
      eventId: event.id,
      stackId: event.stackId,
      stackName: event.stackName,
      logicalId: event.logicalId,
      type: event.resourceType,
      status: event.status,
      ...when(event.at),
      ...whose(attribution),
      ...(event.physicalId && { physicalId: event.physicalId }),
      ...(event.reason && { reason: event.reason }),
      ...(event.token && { clientRequestToken: event.token }),
      ...(event.operationId && { operationId: event.operationId }),
    })),
    apiErrors: problem?.action
      ? [
          {
            action: problem.action,
            message: problem.detail ?? problem.message,
            attribution: "own",
            ...(problem.code && { code: problem.code }),
            ...(problem.status !== undefined && { status: problem.status }),
          },
        ]
      : [],
    serviceEvents: serviceEvents.map(({ event, attribution }) => ({
      id: event.id,
      message: event.message,
      ...when(event.at),
      ...whose(attribution),
    })),
    serviceDeployments: [
      ...(service?.deployments ?? []).map((one) => ({
        id: one.id,
        status: one.rollout ?? one.status,
        taskDefinitionArn: one.taskDefinition,
        ...whose(own.includes(one.id) ? "own" : "earlier"),
        ...(one.rolloutReason && { reason: one.rolloutReason }),
      })),
      ...serviceDeployments.map(({ deployment, attribution }) => ({
        id: deployment.arn,
        status: deployment.status,
        ...whose(attribution),
        ...(deployment.reason && { reason: deployment.reason }),
      })),
    ],
    stoppedTasks: tasks
      .filter(({ task }) => task.stopCode !== undefined)
      .map(({ task, attribution }) => ({
        arn: task.arn,
        taskDefinitionArn: task.taskDefinition,
        containers: task.containers.map(({ name, exitCode, reason }) => ({
          name,
          ...(exitCode !== undefined && { exitCode }),
          ...(reason && { reason }),
        })),
        ...when(task.stoppedAt),
        ...whose(attribution),
        ...(task.stopCode && { stopCode: task.stopCode }),
        ...(task.stoppedReason && { stoppedReason: task.stoppedReason }),
        ...(task.startedBy && { startedBy: task.startedBy }),
      })),
    targetHealth: Object.entries(targets).flatMap(([targetGroupArn, all]) =>
      all.map((target) => ({ targetGroupArn, attribution: "own" as const, ...target })),
    ),
    logs: logs.map(({ task, container, lines }) => ({
      taskArn: tasks.find((one) => one.task.id === task)?.task.arn ?? task,
      container,
      lines: lines.map((line) => line.text),
    })),
  };
}

/** The evidence in a preview that CloudFormation refused. */
export function validationEvidence(findings: readonly ValidationFinding[]): readonly ValidationEvidence[] {
  return findings
    .filter((finding) => finding.severity === "error")
    .map(({ message, logicalId, path }) => ({ message, attribution: "own", ...(logicalId && { logicalId }), ...(path && { path }) }));
}

function operationOf({ events, own, resources }: Progress): NonNullable<Evidence["operation"]> {
  const ours = events.filter((one) => one.attribution === "own" && !one.nested).map((one) => one.event);
  const distinct = (values: readonly (string | undefined)[]) => [...new Set(values.filter((value) => value !== undefined))];
  return {
    clientRequestTokens: distinct(ours.map((event) => event.token)),
    operationIds: distinct(ours.map((event) => event.operationId)),
    deploymentIds: own,
    taskDefinitionArns: distinct(resources.map((one) => (one.type === "AWS::ECS::TaskDefinition" ? one.physicalId : undefined))),
  };
}

function when(at: string | undefined): { readonly at?: number } {
  const time = Date.parse(at ?? "");
  return Number.isNaN(time) ? {} : { at: time };
}

function whose(attribution: Attribution): { readonly attribution?: Attribution } {
  return attribution === "unknown" ? {} : { attribution };
}
