import type { Context, Output } from "../../service.ts";
import { clusterArn, ecsArn, serviceArn } from "../arns.ts";
import type { AwsVpc, Deployment, EcsService, Task } from "../state.ts";

const PLATFORM = "1.4.0";

/** The network configuration of a service, revision or task set with all its members. */
export function networkOf(awsvpc: AwsVpc | undefined): Output | undefined {
  if (!awsvpc) return undefined;
  return {
    awsvpcConfiguration: {
      subnets: awsvpc.subnets,
      securityGroups: awsvpc.securityGroups ?? [],
      assignPublicIp: awsvpc.assignPublicIp ?? "DISABLED",
    },
  };
}

/** How many tasks run and how many are on their way. */
export function counts(tasks: Task[]): { runningCount: number; pendingCount: number } {
  const wanted = tasks.filter((task) => task.desiredStatus === "RUNNING");
  const runningCount = wanted.filter((task) => task.lastStatus === "RUNNING").length;
  return { runningCount, pendingCount: wanted.length - runningCount };
}

/** The same counts by the names service revisions give them. */
export function revisionCounts(tasks: Task[]): { runningTaskCount: number; pendingTaskCount: number } {
  const { runningCount, pendingCount } = counts(tasks);
  return { runningTaskCount: runningCount, pendingTaskCount: pendingCount };
}

function launchMembers(of: { launchType?: string; capacityProviderStrategy?: unknown; platformVersion?: string }): Output {
  return {
    ...(of.capacityProviderStrategy === undefined
      ? { launchType: of.launchType ?? "FARGATE" }
      : { capacityProviderStrategy: of.capacityProviderStrategy }),
    platformVersion: of.platformVersion === undefined || of.platformVersion === "LATEST" ? PLATFORM : of.platformVersion,
    platformFamily: "Linux",
  };
}

function deployment(one: Deployment, tasks: Task[]): Output {
  return {
    id: one.id,
    status: one.status,
    taskDefinition: one.revision.taskDefinition,
    desiredCount: one.desiredCount,
    ...counts(tasks.filter((task) => task.deploymentId === one.id)),
    failedTasks: one.failedTasks,
    createdAt: new Date(one.createdAt),
    updatedAt: new Date(one.updatedAt),
    ...launchMembers(one.revision),
    networkConfiguration: networkOf(one.revision.awsvpc),
    rolloutState: one.rolloutState,
    rolloutStateReason: one.rolloutStateReason,
  };
}

/** A service as DescribeServices answers it. */
export function describeService(ctx: Context, service: EcsService, tasks: Task[], withTags: boolean): Output {
  const own = tasks.filter((task) => task.service === service.name && task.cluster === service.cluster);
  const current = service.serviceDeployments.find((one) =>
    /^(PENDING|IN_PROGRESS|ROLLBACK_REQUESTED|ROLLBACK_IN_PROGRESS|STOP_REQUESTED)$/.test(one.status),
  );
  return {
    serviceArn: serviceArn(ctx, service.cluster, service.name),
    serviceName: service.name,
    clusterArn: clusterArn(ctx, service.cluster),
    loadBalancers: service.loadBalancers,
    serviceRegistries: [],
    status: service.status,
    desiredCount: service.desiredCount,
    ...counts(own),
    ...launchMembers(service),
    taskDefinition: service.taskDefinition,
    deploymentConfiguration: service.deploymentConfiguration,
    deployments: service.deployments.map((one) => deployment(one, own)),
    roleArn: `arn:aws:iam::${ctx.accountId}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
    events: service.events.map(({ id, createdAt, message }) => ({ id, createdAt: new Date(createdAt), message })),
    createdAt: new Date(service.createdAt),
    placementConstraints: [],
    placementStrategy: [],
    networkConfiguration: networkOf(service.awsvpc),
    ...(service.healthCheckGracePeriodSeconds === undefined
      ? {}
      : { healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds }),
    schedulingStrategy: service.schedulingStrategy,
    deploymentController: { type: service.deploymentController },
    ...(current ? { currentServiceDeployment: ecsArn(ctx, `service-deployment/${service.cluster}/${service.name}/${current.id}`) } : {}),
    ...(service.completedRevision === undefined
      ? {}
      : {
          currentServiceRevisions: [
            {
              arn: ecsArn(ctx, `service-revision/${service.cluster}/${service.name}/${service.completedRevision}`),
              requestedTaskCount: service.desiredCount,
              ...revisionCounts(own),
            },
          ],
        }),
    ...(withTags ? { tags: service.tags } : {}),
    createdBy: service.createdBy,
    enableECSManagedTags: service.enableECSManagedTags,
    propagateTags: service.propagateTags,
    enableExecuteCommand: service.enableExecuteCommand,
    availabilityZoneRebalancing: service.availabilityZoneRebalancing,
  };
}
