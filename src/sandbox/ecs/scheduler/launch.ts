import { attachInterface } from "../../ec2/interfaces.ts";
import { AwsError } from "../../errors.ts";
import type { Context } from "../../service.ts";
import { cpuUnits, memoryMiB } from "../sizes.ts";
import type { AwsVpc, EcsTag, StrategyItem, Task, TaskContainer, TaskDefinition } from "../state.ts";

/** From the placement of a task until its network interface is attached. */
const PROVISIONED_AFTER = 12_000;

/** What to start a task from. */
export interface Launch {
  cluster: string;
  definition: TaskDefinition;
  definitionArn: string;
  network: AwsVpc;
  group: string;
  startedBy?: string;
  service?: string;
  deploymentId?: string;
  revisionId?: string;
  launchType?: string;
  strategy?: StrategyItem[];
  tags: EcsTag[];
  enableExecuteCommand: boolean;
}

function containers(definition: TaskDefinition): TaskContainer[] {
  return definition.containerDefinitions.map((one) => ({
    name: one.name,
    image: one.image,
    lastStatus: "PENDING",
    essential: one.essential !== false,
    cpu: String(one.cpu ?? 0),
    ...(one.memory === undefined ? {} : { memory: String(one.memory) }),
    ...(one.memoryReservation === undefined ? {} : { memoryReservation: String(one.memoryReservation) }),
    healthStatus: "UNKNOWN",
  }));
}

/** The subnet with the fewest tasks of the same group, so that tasks spread over the zones. */
function leastUsed(ctx: Context, launch: Launch): string {
  const used = (subnet: string) =>
    Object.values(ctx.state.ecs.tasks).filter(
      (task) => task.subnetId === subnet && task.group === launch.group && task.desiredStatus === "RUNNING",
    ).length;
  const [first = ""] = [...launch.network.subnets].sort((a, b) => used(a) - used(b));
  return first;
}

function provider(launch: Launch, ctx: Context): string | undefined {
  const running = Object.values(ctx.state.ecs.tasks).filter((task) => task.group === launch.group && task.desiredStatus === "RUNNING");
  const items = (launch.strategy ?? []).map((item) => ({
    ...item,
    has: running.filter((task) => task.capacityProvider === item.capacityProvider).length,
  }));
  const base = items.find((item) => item.has < (item.base ?? 0));
  const weighted = items.filter((item) => (item.weight ?? 0) > 0).sort((a, b) => a.has / (a.weight ?? 1) - b.has / (b.weight ?? 1));
  return (base ?? weighted[0])?.capacityProvider;
}

/** Places a task: it has its network interface and is PROVISIONING. Throws EC2's error when the subnet has no address left. */
export function launchTask(launch: Launch, ctx: Context): Task {
  const id = ctx.hex(32);
  const attachmentId = ctx.uuid();
  const subnetId = leastUsed(ctx, launch);
  const eni = attachInterface(ctx, {
    subnetId,
    groupIds: launch.network.securityGroups ?? [],
    publicIp: launch.network.assignPublicIp === "ENABLED",
    description: `arn:aws:ecs:${ctx.region}:${ctx.accountId}:attachment/${attachmentId}`,
    attachmentId: `eni-attach-${ctx.hex(17)}`,
  });
  const capacityProvider = provider(launch, ctx);
  const task: Task = {
    id,
    cluster: launch.cluster,
    group: launch.group,
    taskDefinition: launch.definitionArn,
    lastStatus: "PROVISIONING",
    desiredStatus: "RUNNING",
    cpu: String(cpuUnits(launch.definition.cpu ?? "256")),
    memory: String(memoryMiB(launch.definition.memory ?? "512")),
    subnetId,
    securityGroups: launch.network.securityGroups ?? [],
    zone: eni.zone,
    eni: {
      id: eni.id,
      attachmentId,
      mac: eni.mac,
      ip: eni.privateIp,
      status: "ATTACHING",
      ...(eni.publicIp === undefined ? {} : { publicIp: eni.publicIp }),
    },
    containers: containers(launch.definition),
    createdAt: ctx.now(),
    tags: launch.tags,
    enableExecuteCommand: launch.enableExecuteCommand,
    version: 1,
    targets: [],
    ...(launch.service === undefined ? {} : { service: launch.service }),
    ...(launch.deploymentId === undefined ? {} : { deploymentId: launch.deploymentId }),
    ...(launch.revisionId === undefined ? {} : { revisionId: launch.revisionId }),
    ...(launch.startedBy === undefined ? {} : { startedBy: launch.startedBy }),
    ...(capacityProvider === undefined ? { launchType: launch.launchType ?? "FARGATE" } : { capacityProvider, launchType: "FARGATE" }),
  };
  ctx.state.ecs.tasks[id] = task;
  ctx.schedule(PROVISIONED_AFTER, "ecs:task", { id, stage: "pull" });
  return task;
}

/** Whether an error of placing a task means that the subnet is full. */
export function isSubnetFull(error: unknown): error is AwsError {
  return error instanceof AwsError && error.code === "InsufficientFreeAddressesInSubnet";
}
