import type { ActionNote } from "../service.ts";

const FARGATE_ONLY = "Fargate, REPLICA and the ECS controller only; no Service Connect, service discovery, EBS volumes or VPC Lattice";

/** Supported parameters of each ECS action and what differs from AWS. */
export const notes: Record<string, ActionNote> = {
  CreateCluster: {
    parameters: "clusterName, settings, configuration, capacityProviders, defaultCapacityProviderStrategy, serviceConnectDefaults, tags",
  },
  CreateService: {
    parameters:
      "cluster, serviceName, taskDefinition, desiredCount, launchType, capacityProviderStrategy, platformVersion, networkConfiguration, loadBalancers, deploymentConfiguration, healthCheckGracePeriodSeconds, enableECSManagedTags, propagateTags, enableExecuteCommand, availabilityZoneRebalancing, tags, clientToken",
    differs: FARGATE_ONLY,
  },
  DeleteCluster: { parameters: "cluster" },
  DeleteService: { parameters: "cluster, service, force" },
  DeregisterTaskDefinition: { parameters: "taskDefinition" },
  DescribeCapacityProviders: { parameters: "capacityProviders", differs: "FARGATE and FARGATE_SPOT only; Spot is never interrupted" },
  DescribeClusters: { parameters: "clusters, include (TAGS, SETTINGS, STATISTICS, CONFIGURATIONS)" },
  DescribeServiceDeployments: { parameters: "serviceDeploymentArns", differs: "no alarms, no hooks" },
  DescribeServiceRevisions: { parameters: "serviceRevisionArns" },
  DescribeServices: { parameters: "cluster, services, include (TAGS)" },
  DescribeTaskDefinition: { parameters: "taskDefinition, include (TAGS)", differs: "no requiresAttributes" },
  DescribeTasks: { parameters: "cluster, tasks, include (TAGS)" },
  ListClusters: { parameters: "maxResults, nextToken" },
  ListServiceDeployments: { parameters: "cluster, service, status, createdAt, maxResults, nextToken" },
  ListServices: { parameters: "cluster, launchType, maxResults, nextToken" },
  ListTagsForResource: { parameters: "resourceArn" },
  ListTaskDefinitionFamilies: { parameters: "familyPrefix, status, maxResults, nextToken" },
  ListTaskDefinitions: { parameters: "familyPrefix, status, sort, maxResults, nextToken" },
  ListTasks: { parameters: "cluster, serviceName, family, desiredStatus, startedBy, launchType, maxResults, nextToken" },
  PutClusterCapacityProviders: { parameters: "cluster, capacityProviders, defaultCapacityProviderStrategy" },
  RegisterTaskDefinition: {
    parameters:
      "family, containerDefinitions, volumes, cpu, memory, networkMode, requiresCompatibilities, runtimePlatform, executionRoleArn, taskRoleArn, ephemeralStorage, tags, …",
    differs: "no proxy configuration, no inference accelerators",
  },
  RunTask: {
    parameters: "cluster, taskDefinition, count, launchType, capacityProviderStrategy, networkConfiguration, group, startedBy, tags",
    differs: "no overrides",
  },
  StopServiceDeployment: { parameters: "serviceDeploymentArn, stopType" },
  StopTask: { parameters: "cluster, task, reason" },
  TagResource: { parameters: "resourceArn, tags" },
  UntagResource: { parameters: "resourceArn, tagKeys" },
  UpdateCluster: { parameters: "cluster, settings, configuration, serviceConnectDefaults" },
  UpdateService: {
    parameters:
      "cluster, service, taskDefinition, desiredCount, networkConfiguration, loadBalancers, deploymentConfiguration, capacityProviderStrategy, platformVersion, healthCheckGracePeriodSeconds, enableECSManagedTags, propagateTags, enableExecuteCommand, availabilityZoneRebalancing, forceNewDeployment",
    differs: FARGATE_ONLY,
  },
};
