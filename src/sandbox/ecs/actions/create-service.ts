import type { Handler, Input } from "../../service.ts";
import { definitionArn, serviceArn } from "../arns.ts";
import { checkDeploymentConfiguration, checkLaunch, checkLoadBalancers, checkNetwork } from "../check-service.ts";
import { clientException, invalidParameter } from "../errors.ts";
import { clusterOf, refuse, runnableDefinition } from "../find.ts";
import { needLinkedRole } from "../linked-role.ts";
import { beginDeployment } from "../scheduler/deployments.ts";
import type { EcsService, LoadBalancerUse, StrategyItem } from "../state.ts";
import { mayTag, tagsOf } from "../tags.ts";
import { awsvpcOf, checkExecuteCommand, checkKind, checkRoles, describedNow } from "./service-input.ts";

const NAME = /^[a-zA-Z0-9_-]{1,255}$/;

function strategyOf(input: Input, fallback: StrategyItem[]): StrategyItem[] | undefined {
  const given = input["capacityProviderStrategy"] as StrategyItem[] | undefined;
  if (given !== undefined && given.length > 0) return given;
  return input["launchType"] === undefined && fallback.length > 0 ? fallback : undefined;
}

/** CreateService: on Fargate, scheduled as REPLICA, rolled out by ECS. */
export const createService: Handler = (input, ctx) => {
  const name = String(input["serviceName"] ?? "");
  if (!NAME.test(name)) throw invalidParameter("Service name can contain only letters, numbers, hyphens and underscores.");
  const cluster = clusterOf(ctx, input["cluster"]);
  if (cluster.status !== "ACTIVE") throw clientException("The referenced cluster was inactive.");
  checkKind(input);
  const key = `${cluster.name}/${name}`;
  const existing = ctx.state.ecs.services[key];
  if (existing?.status === "DRAINING") throw invalidParameter("Unable to Start a service that is still Draining.");
  if (existing?.status === "ACTIVE") {
    if (input["clientToken"] !== undefined && existing.clientToken === input["clientToken"]) return describedNow(ctx, existing);
    throw invalidParameter("Creation of service was not idempotent.");
  }
  const definition = runnableDefinition(ctx, input["taskDefinition"]);
  const desiredCount = Number(input["desiredCount"] ?? 0);
  if (!Number.isInteger(desiredCount) || desiredCount < 0) throw invalidParameter("desiredCount must be a non-negative integer.");
  const strategy = strategyOf(input, cluster.defaultCapacityProviderStrategy);
  checkLaunch(input["launchType"], strategy, [...cluster.capacityProviders]);
  const fargate = input["launchType"] === "FARGATE" || strategy !== undefined;
  if (!fargate) refuse({ launchType: "EC2" }, ["launchType"]);
  if (!definition.requiresCompatibilities?.includes("FARGATE")) {
    throw invalidParameter("Task definition does not support launch_type FARGATE.");
  }
  const awsvpc = checkNetwork(ctx, awsvpcOf(input));
  const loadBalancers = (input["loadBalancers"] ?? []) as LoadBalancerUse[];
  checkLoadBalancers(ctx, loadBalancers, definition);
  const grace = input["healthCheckGracePeriodSeconds"] as number | undefined;
  if (grace !== undefined && loadBalancers.length === 0) {
    throw invalidParameter("Health check grace period is only valid for services configured to use load balancers.");
  }
  checkExecuteCommand(input["enableExecuteCommand"] === true, definition, "created");
  checkRoles(ctx, definition);
  mayTag(ctx, "CreateService", serviceArn(ctx, cluster.name, name), input["tags"]);
  needLinkedRole(ctx);
  const service: EcsService = {
    name,
    cluster: cluster.name,
    status: "ACTIVE",
    createdAt: ctx.now(),
    createdBy: ctx.principalArn,
    desiredCount,
    taskDefinition: definitionArn(ctx, definition.family, definition.revision),
    awsvpc,
    loadBalancers,
    deploymentConfiguration: checkDeploymentConfiguration(input["deploymentConfiguration"]),
    schedulingStrategy: "REPLICA",
    deploymentController: "ECS",
    enableECSManagedTags: input["enableECSManagedTags"] === true,
    propagateTags: input["propagateTags"] ?? "NONE",
    enableExecuteCommand: input["enableExecuteCommand"] === true,
    availabilityZoneRebalancing: input["availabilityZoneRebalancing"] ?? "ENABLED",
    tags: tagsOf(input["tags"]),
    deployments: [],
    serviceDeployments: [],
    revisions: [],
    events: [],
    steady: false,
    platformVersion: input["platformVersion"] ?? "LATEST",
    ...(strategy === undefined ? { launchType: "FARGATE" } : { capacityProviderStrategy: strategy }),
    ...(grace === undefined ? {} : { healthCheckGracePeriodSeconds: grace }),
    ...(input["clientToken"] === undefined ? {} : { clientToken: input["clientToken"] }),
  };
  ctx.state.ecs.services[key] = service;
  beginDeployment(service, ctx);
  return describedNow(ctx, service);
};
