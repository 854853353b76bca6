/** ECS's answers as the engine's facts. */
import type {
  Service as SdkService,
  ServiceDeployment as SdkServiceDeployment,
  Task as SdkTask,
  TaskDefinition as SdkTaskDefinition,
} from "@aws-sdk/client-ecs";
import type { Service, ServiceDeployment, Task, TaskDefinition } from "../../engine/deployment/facts.ts";
import { iso, present } from "./call.ts";

/** A service with its rollouts and messages. */
export function toService(service: SdkService): Service {
  return present({
    arn: service.serviceArn ?? "",
    name: service.serviceName ?? "",
    clusterArn: service.clusterArn ?? "",
    status: service.status ?? "",
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    pending: service.pendingCount ?? 0,
    taskDefinition: service.taskDefinition,
    managedTags: service.enableECSManagedTags,
    deployments: (service.deployments ?? []).map((one) =>
      present({
        id: one.id ?? "",
        status: one.status ?? "",
        taskDefinition: one.taskDefinition ?? "",
        desired: one.desiredCount ?? 0,
        pending: one.pendingCount ?? 0,
        running: one.runningCount ?? 0,
        failed: one.failedTasks ?? 0,
        rollout: one.rolloutState,
        rolloutReason: one.rolloutStateReason,
        createdAt: iso(one.createdAt),
      }),
    ),
    events: (service.events ?? []).map(({ id, createdAt, message }) => ({
      id: id ?? "",
      at: iso(createdAt) ?? "",
      message: message ?? "",
    })),
    loadBalancers: (service.loadBalancers ?? [])
      .filter((one) => one.targetGroupArn)
      .map((one) =>
        present({ targetGroupArn: one.targetGroupArn ?? "", containerName: one.containerName, containerPort: one.containerPort }),
      ),
  });
}

/** A service deployment with its circuit breaker. */
export function toServiceDeployment(deployment: SdkServiceDeployment): ServiceDeployment {
  const breaker = deployment.deploymentCircuitBreaker;
  return present({
    arn: deployment.serviceDeploymentArn ?? "",
    status: deployment.status ?? "",
    reason: deployment.statusReason,
    stage: deployment.lifecycleStage,
    createdAt: iso(deployment.createdAt),
    rollbackReason: deployment.rollback?.reason,
    circuitBreaker: breaker && { status: breaker.status ?? "", failures: breaker.failureCount ?? 0, threshold: breaker.threshold ?? 0 },
  });
}

/** A task with its containers. */
export function toTask(task: SdkTask): Task {
  const arn = task.taskArn ?? "";
  return present({
    arn,
    id: arn.slice(arn.lastIndexOf("/") + 1),
    taskDefinition: task.taskDefinitionArn ?? "",
    lastStatus: task.lastStatus ?? "",
    desiredStatus: task.desiredStatus ?? "",
    startedBy: task.startedBy,
    health: task.healthStatus,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    createdAt: iso(task.createdAt),
    startedAt: iso(task.startedAt),
    stoppedAt: iso(task.stoppedAt),
    zone: task.availabilityZone,
    containers: (task.containers ?? []).map((one) =>
      present({
        name: one.name ?? "",
        status: one.lastStatus ?? "",
        exitCode: one.exitCode,
        reason: one.reason,
        health: one.healthStatus,
        image: one.image,
        digest: one.imageDigest,
        ip: one.networkInterfaces?.[0]?.privateIpv4Address,
      }),
    ),
  });
}

/** A task definition, with where each container logs. */
export function toTaskDefinition(definition: SdkTaskDefinition): TaskDefinition {
  return {
    arn: definition.taskDefinitionArn ?? "",
    family: definition.family ?? "",
    revision: definition.revision ?? 0,
    containers: (definition.containerDefinitions ?? []).map(({ name, image, essential, memory, logConfiguration }) => {
      const options = logConfiguration?.logDriver === "awslogs" ? logConfiguration.options : undefined;
      const group = options?.["awslogs-group"];
      return present({
        name: name ?? "",
        image,
        essential: essential ?? true,
        memory,
        log: group ? present({ group, prefix: options?.["awslogs-stream-prefix"], region: options?.["awslogs-region"] }) : undefined,
      });
    }),
  };
}
