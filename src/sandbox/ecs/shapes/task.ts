import type { Context, Output } from "../../service.ts";
import { clusterArn, ecsArn, taskArn } from "../arns.ts";
import { findDefinition } from "../find.ts";
import type { Task, TaskContainer } from "../state.ts";

function date(ms: number | undefined): Date | undefined {
  return ms === undefined ? undefined : new Date(ms);
}

function attachment(task: Task): Output {
  const { eni } = task;
  const detail = (name: string, value: string) => ({ name, value });
  return {
    id: eni.attachmentId,
    type: "ElasticNetworkInterface",
    status: eni.status,
    details: [
      detail("subnetId", task.subnetId),
      ...(task.lastStatus === "PROVISIONING"
        ? []
        : [
            detail("networkInterfaceId", eni.id),
            detail("macAddress", eni.mac),
            detail("privateDnsName", `ip-${eni.ip.replaceAll(".", "-")}.compute.internal`),
            detail("privateIPv4Address", eni.ip),
          ]),
    ],
  };
}

function container(ctx: Context, task: Task, one: TaskContainer): Output {
  const { essential: _essential, ...members } = one;
  return {
    ...members,
    containerArn: ecsArn(ctx, `container/${task.cluster}/${task.id}/${one.name}`),
    taskArn: taskArn(ctx, task.cluster, task.id),
    networkBindings: [],
    networkInterfaces: [{ attachmentId: task.eni.attachmentId, privateIpv4Address: task.eni.ip }],
  };
}

function health(task: Task, checked: string[]): string {
  const states = task.containers.filter((one) => checked.includes(one.name)).map((one) => one.healthStatus);
  if (states.includes("UNHEALTHY")) return "UNHEALTHY";
  return states.length > 0 && states.every((state) => state === "HEALTHY") ? "HEALTHY" : "UNKNOWN";
}

/** A task as DescribeTasks answers it. */
export function describeTask(ctx: Context, task: Task, withTags: boolean): Output {
  const definition = findDefinition(ctx, task.taskDefinition);
  const checked = (definition?.containerDefinitions ?? []).filter((one) => one.healthCheck).map((one) => one.name);
  const ephemeral = definition?.ephemeralStorage ?? { sizeInGiB: 20 };
  return {
    taskArn: taskArn(ctx, task.cluster, task.id),
    clusterArn: clusterArn(ctx, task.cluster),
    taskDefinitionArn: task.taskDefinition,
    attachments: [attachment(task)],
    attributes: [{ name: "ecs.cpu-architecture", value: definition?.runtimePlatform?.cpuArchitecture === "ARM64" ? "arm64" : "x86_64" }],
    availabilityZone: task.zone,
    ...(task.capacityProvider === undefined ? {} : { capacityProviderName: task.capacityProvider }),
    connectivity: task.connectivityAt === undefined ? undefined : "CONNECTED",
    connectivityAt: date(task.connectivityAt),
    containers: task.containers.map((one) => container(ctx, task, one)),
    cpu: task.cpu,
    memory: task.memory,
    createdAt: new Date(task.createdAt),
    desiredStatus: task.desiredStatus,
    lastStatus: task.lastStatus,
    enableExecuteCommand: task.enableExecuteCommand,
    ephemeralStorage: ephemeral,
    fargateEphemeralStorage: ephemeral,
    group: task.group,
    healthStatus: health(task, checked),
    launchType: task.launchType ?? "FARGATE",
    overrides: { containerOverrides: task.containers.map((one) => ({ name: one.name })), inferenceAcceleratorOverrides: [] },
    platformFamily: "Linux",
    platformVersion: "1.4.0",
    pullStartedAt: date(task.pullStartedAt),
    pullStoppedAt: date(task.pullStoppedAt),
    startedAt: date(task.startedAt),
    startedBy: task.startedBy,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    stoppingAt: date(task.stoppingAt),
    executionStoppedAt: date(task.executionStoppedAt),
    stoppedAt: date(task.stoppedAt),
    tags: withTags ? task.tags : [],
    version: task.version,
  };
}
