import type { Service } from "../service.ts";
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
import { events } from "./events.ts";
import { notes } from "./notes.ts";
import { conditionsOf, resourceOf } from "./resources.ts";
import { listTagsForResource, tagResource, untagResource } from "./tags.ts";

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
  conditionsOf,
  notes,
};
