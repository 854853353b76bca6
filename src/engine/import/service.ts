/** A running ECS service with its task definition, as DescribeServices and DescribeTaskDefinition answer, as a profile. */
import type { Json, JsonObject } from "../schema.ts";
import { isObject } from "../values/reading.ts";
import { type Bag, openBag, said } from "./bag.ts";
import { type Imported, imported } from "./imported.ts";
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
  const profile = { ...definition.profile, target: { region, cluster }, ...serviceParts(bag, definition.profile) };
  return imported(profile, [...definition.unplaced, ...bag.rest()]);
}

function serviceParts(bag: Bag, definition: JsonObject): JsonObject {
  const network = bag.open("networkConfiguration").open("awsvpcConfiguration");
  const configuration = bag.open("deploymentConfiguration");
  const breaker = configuration.open("deploymentCircuitBreaker");
  const threshold = breaker.open("thresholdConfiguration");
  const tags = isObject(definition["tags"]) ? definition["tags"] : {};
  bag.choose("launchType", ["fargate"]);
  bag.choose("platformVersion", ["latest"]);
  bag.choose("schedulingStrategy", ["replica"]);
  bag.open("deploymentController").choose("type", ["ecs"]);
  configuration.choose("strategy", ["rolling"]);
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
        additional: unitedTags(tags["additional"], bag.rows("tags")),
      }),
      deployment: said({
        desiredCount: bag.take("desiredCount"),
        minimumHealthyPercent: configuration.take("minimumHealthyPercent"),
        maximumPercent: configuration.take("maximumPercent"),
        circuitBreaker: said({
          enable: breaker.take("enable"),
          rollback: breaker.take("rollback"),
          threshold: said({ type: threshold.take("type"), value: threshold.take("value") }),
          resetOnHealthyTask: breaker.take("resetOnHealthyTask"),
        }),
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

/** The service's tags win over the task definition's; a profile has one list for both. */
function unitedTags(definition: Json | undefined, rows: readonly Bag[]): Json {
  const own = rows.map((row) => ({ key: row.take("key") ?? "", value: row.take("value") ?? "" }));
  const others = Array.isArray(definition) ? definition.filter((tag) => isObject(tag) && !own.some(({ key }) => key === tag["key"])) : [];
  return [...own, ...others];
}

/** ECS describes a service without grace period as having 0. */
const nonZero = (value: Json | undefined) => (value === 0 ? undefined : value);

function enabled(bag: Bag, key: string): boolean | undefined {
  const word = bag.choose(key, ["enabled", "disabled"]);
  return word === undefined ? undefined : word === "enabled";
}
