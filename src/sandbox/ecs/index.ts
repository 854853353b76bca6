import type { Context, Input, Service } from "../service.ts";
import {
  createCluster,
  deleteCluster,
  describeCapacityProviders,
  describeClusters,
  listClusters,
  putClusterCapacityProviders,
  updateCluster,
} from "./actions/clusters.ts";
import { createService } from "./actions/create-service.ts";
import {
  describeServiceDeployments,
  describeServiceRevisions,
  listServiceDeployments,
  stopServiceDeployment,
} from "./actions/service-deployments.ts";
import { deleteService, describeServices, listServices } from "./actions/services.ts";
import {
  deregisterTaskDefinition,
  describeTaskDefinition,
  listTaskDefinitionFamilies,
  listTaskDefinitions,
  registerTaskDefinition,
} from "./actions/task-definitions.ts";
import { describeTasks, listTasks, runTask, stopTask } from "./actions/tasks.ts";
import { updateService } from "./actions/update-service.ts";
import { clusterArn, lastPart, serviceArn, taskArn } from "./arns.ts";
import { events } from "./events.ts";
import { clusterName } from "./find.ts";
import { notes } from "./notes.ts";
import { listTagsForResource, tagResource, untagResource } from "./tags.ts";

/** The ARN an access denial names: the service, cluster or tasks a call is about. */
function resourceOf(action: string, input: Input, ctx: Context): string {
  const cluster = clusterName(input["cluster"]);
  const service = input["service"] ?? input["serviceName"] ?? (input["services"] as string[] | undefined)?.[0];
  const task = input["task"] ?? (input["tasks"] as string[] | undefined)?.[0];
  if (typeof input["resourceArn"] === "string") return input["resourceArn"];
  if (/TaskDefinition/.test(action) || action === "ListClusters" || action === "CreateCluster") return "*";
  if (action === "DescribeClusters") return clusterArn(ctx, clusterName((input["clusters"] as string[] | undefined)?.[0]));
  if (typeof task === "string") return taskArn(ctx, cluster, lastPart(task));
  if (typeof service === "string" && action !== "ListTasks") return serviceArn(ctx, cluster, lastPart(service));
  return action.startsWith("List") ? "*" : clusterArn(ctx, cluster);
}

/** Amazon ECS, API version 2014-11-13: Fargate only. */
export const ecs: Service = {
  scope: "ecs",
  protocol: "json",
  apiVersion: "2014-11-13",
  targetPrefix: "AmazonEC2ContainerServiceV20141113",
  actions: {
    CreateCluster: createCluster,
    CreateService: createService,
    DeleteCluster: deleteCluster,
    DeleteService: deleteService,
    DeregisterTaskDefinition: deregisterTaskDefinition,
    DescribeCapacityProviders: describeCapacityProviders,
    DescribeClusters: describeClusters,
    DescribeServiceDeployments: describeServiceDeployments,
    DescribeServiceRevisions: describeServiceRevisions,
    DescribeServices: describeServices,
    DescribeTaskDefinition: describeTaskDefinition,
    DescribeTasks: describeTasks,
    ListClusters: listClusters,
    ListServiceDeployments: listServiceDeployments,
    ListServices: listServices,
    ListTagsForResource: listTagsForResource,
    ListTaskDefinitionFamilies: listTaskDefinitionFamilies,
    ListTaskDefinitions: listTaskDefinitions,
    ListTasks: listTasks,
    PutClusterCapacityProviders: putClusterCapacityProviders,
    RegisterTaskDefinition: registerTaskDefinition,
    RunTask: runTask,
    StopServiceDeployment: stopServiceDeployment,
    StopTask: stopTask,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateCluster: updateCluster,
    UpdateService: updateService,
  },
  events,
  resourceOf,
  notes,
};
