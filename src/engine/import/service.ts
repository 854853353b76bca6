/** A running ECS service with its task definition, as DescribeServices and DescribeTaskDefinition answer, as a profile. */
import type { Json, JsonObject } from "../schema.ts";
import { type Bag, openBag, said } from "./bag.ts";
import { type Imported, imported } from "./imported.ts";
import { withOwnResources } from "./own-stack.ts";
import { placeTags, unitedTags } from "./tags.ts";
import { importTaskDefinition } from "./task-definition.ts";

/** What ECS writes down about a service that says nothing about the next deployment. */
const records = [
  "serviceArn",
  "serviceName",
  "clusterArn",
  "status",
  "runningCount",
  "pendingCount",
  "taskDefinition",
  "deployments",
  "events",
  "createdAt",
  "createdBy",
  "roleArn",
  "placementStrategy",
  "placementConstraints",
  "currentServiceDeployment",
  "currentServiceRevisions",
  "taskSets",
  "platformFamily",
  "resourceManagementType",
];

/** A service found running. */
export interface RunningService {
  readonly region: string;
  /** The cluster's name. */
  readonly cluster: string;
  /** The service, with keys as the API writes them. */
  readonly service: JsonObject;
  /** The task definition of the service, and its tags. */
  readonly taskDefinition: JsonObject;
}

/** Reads a running service. Never throws; what has no place is listed. */
export function importService({ region, cluster, service, taskDefinition }: RunningService): Imported {
  const definition = importTaskDefinition(JSON.stringify(taskDefinition));
  const bag = openBag(service);
  for (const key of records) bag.take(key);
  const { target, variables, additional } = unitedTags(placeTags(bag.rows("tags")), definition.profile);
  const profile = {
    ...definition.profile,
    target: { region, cluster, ...target },
    ...serviceParts(bag, additional),
    ...said({ variables: said(variables) }),
  };
  // Only a stack of ours tags its service with the environment.
  const ours = target["environment"] !== undefined;
  return imported(ours ? withOwnResources(profile, region) : profile, [...definition.unplaced, ...bag.rest()]);
}

function serviceParts(bag: Bag, additional: JsonObject[]): JsonObject {
  const network = bag.open("networkConfiguration").open("awsvpcConfiguration");
  const configuration = bag.open("deploymentConfiguration");
  const breaker = configuration.open("deploymentCircuitBreaker");
  const threshold = breaker.open("thresholdConfiguration");
  const circuitBreaker = said({
    enable: breaker.take("enable"),
    rollback: breaker.take("rollback"),
    threshold: said({ type: threshold.take("type"), value: threshold.take("value") }),
    resetOnHealthyTask: breaker.take("resetOnHealthyTask"),
  });
  bag.choose("launchType", ["fargate"]);
  bag.choose("platformVersion", ["latest"]);
  bag.choose("schedulingStrategy", ["replica"]);
  bag.open("deploymentController").choose("type", ["ecs"]);
  configuration.choose("strategy", ["rolling"]);
  configuration.choose("bakeTimeInMinutes", ["0"]);
  return (
    said({
      network: said({
        subnets: network.take("subnets"),
        securityGroups: network.take("securityGroups"),
        assignPublicIp: enabled(network, "assignPublicIp"),
      }),
      tags: said({
        enableEcsManagedTags: bag.take("enableECSManagedTags"),
        propagateTags: bag.choose("propagateTags", ["none"]) ? undefined : bag.take("propagateTags"),
        additional,
      }),
      deployment: said({
        desiredCount: bag.take("desiredCount"),
        minimumHealthyPercent: configuration.take("minimumHealthyPercent"),
        maximumPercent: configuration.take("maximumPercent"),
        circuitBreaker: isOff(circuitBreaker) ? undefined : circuitBreaker,
        healthCheckGracePeriodSeconds: nonZero(bag.take("healthCheckGracePeriodSeconds")),
        enableExecuteCommand: bag.take("enableExecuteCommand"),
        capacityProviders: bag
          .rows("capacityProviderStrategy")
          .map((row) => said({ provider: row.take("capacityProvider"), base: row.take("base"), weight: row.take("weight") }) ?? {}),
        availabilityZoneRebalancing: enabled(bag, "availabilityZoneRebalancing"),
      }),
      loadBalancerMappings: bag.rows("loadBalancers").map(
        (row) =>
          said({
            containerName: row.take("containerName"),
            containerPort: row.take("containerPort"),
            targetGroupArn: row.take("targetGroupArn"),
          }) ?? {},
      ),
    }) ?? {}
  );
}

/** ECS describes a service without circuit breaker as having one that does nothing. */
const isOff = (breaker: JsonObject | undefined) => JSON.stringify(breaker) === '{"enable":false,"rollback":false}';

/** ECS describes a service without grace period as having 0. */
const nonZero = (value: Json | undefined) => (value === 0 ? undefined : value);

function enabled(bag: Bag, key: string): boolean | undefined {
  const word = bag.choose(key, ["enabled", "disabled"]);
  return word === undefined ? undefined : word === "enabled";
}
