import type { Context, Handler, Input, Output } from "../../service.ts";
import { definitionArn, lastPart, serviceArn } from "../arns.ts";
import { checkDeploymentConfiguration, checkLaunch, checkLoadBalancers, checkNetwork } from "../check-service.ts";
import { clientException, invalidParameter, serviceNotActive } from "../errors.ts";
import { clusterName, clusterOf, findDefinition, refuse, runnableDefinition, serviceOf } from "../find.ts";
import { needLinkedRole } from "../linked-role.ts";
import { page } from "../paging.ts";
import { beginDeployment } from "../scheduler/deployments.ts";
import { say, wake } from "../scheduler/service-events.ts";
import { describeService } from "../shapes/service.ts";
import type { AwsVpc, EcsService, LoadBalancerUse, StrategyItem, TaskDefinition } from "../state.ts";
import { tagsOf } from "../tags.ts";

const NAME = /^[a-zA-Z0-9_-]{1,255}$/;
const NOT_SIMULATED = [
  "serviceRegistries",
  "serviceConnectConfiguration",
  "volumeConfigurations",
  "vpcLatticeConfigurations",
  "placementConstraints",
  "placementStrategy",
  "monitoring",
];

function awsvpcOf(input: Input): AwsVpc | undefined {
  return (input["networkConfiguration"] as { awsvpcConfiguration?: AwsVpc } | undefined)?.awsvpcConfiguration;
}

function describedNow(ctx: Context, service: EcsService): Output {
  return { service: describeService(ctx, service, Object.values(ctx.state.ecs.tasks), true) };
}

function checkExecuteCommand(enabled: boolean, definition: TaskDefinition, doing: string): void {
  if (enabled && definition.taskRoleArn === undefined) {
    throw invalidParameter(
      `The service couldn't be ${doing} because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.`,
    );
  }
}

function checkRoles(ctx: Context, definition: TaskDefinition): void {
  for (const role of [definition.executionRoleArn, definition.taskRoleArn]) if (role !== undefined) ctx.authorize("iam:PassRole", role);
}

function checkKind(input: Input): void {
  refuse(input, NOT_SIMULATED);
  const kind = (input["deploymentController"] as { type?: string } | undefined)?.type ?? "ECS";
  const scheduling = input["schedulingStrategy"] ?? "REPLICA";
  if (kind !== "ECS") refuse({ "deploymentController.type": kind }, ["deploymentController.type"]);
  if (scheduling !== "REPLICA") throw invalidParameter("The DAEMON scheduling strategy is not supported for the Fargate launch type.");
  if (input["launchType"] !== undefined && input["launchType"] !== "FARGATE") refuse({ launchType: input["launchType"] }, ["launchType"]);
}

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

/** What a running deployment is made of: a change of any of it begins a new one. */
function shape(service: EcsService): string {
  const {
    taskDefinition,
    awsvpc,
    loadBalancers,
    platformVersion,
    launchType,
    capacityProviderStrategy,
    enableExecuteCommand,
    propagateTags,
    enableECSManagedTags,
  } = service;
  return JSON.stringify([
    taskDefinition,
    awsvpc,
    loadBalancers,
    platformVersion,
    launchType,
    capacityProviderStrategy,
    enableExecuteCommand,
    propagateTags,
    enableECSManagedTags,
  ]);
}

function applyStrategy(service: EcsService, input: Input, available: string[]): void {
  const given = input["capacityProviderStrategy"] as StrategyItem[] | undefined;
  if (given === undefined || JSON.stringify(given) === JSON.stringify(service.capacityProviderStrategy ?? [])) return;
  if (input["forceNewDeployment"] !== true) {
    throw invalidParameter(
      "When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment.",
    );
  }
  checkLaunch(undefined, given, available);
  if (given.length === 0) {
    delete service.capacityProviderStrategy;
    service.launchType = "FARGATE";
  } else {
    delete service.launchType;
    service.capacityProviderStrategy = given;
  }
}

/** UpdateService: begins a deployment when what runs changes or one is forced; a new count alone scales. */
export const updateService: Handler = (input, ctx) => {
  const live = serviceOf(ctx, input["cluster"] ?? clusterIn(input["service"]), input["service"]);
  if (live.status !== "ACTIVE") throw serviceNotActive();
  checkKind(input);
  const service = structuredClone(live);
  const before = shape(service);
  // A service goes on with a revision that was deregistered meanwhile, as long as nobody names it anew.
  const definition =
    input["taskDefinition"] === undefined ? findDefinition(ctx, service.taskDefinition) : runnableDefinition(ctx, input["taskDefinition"]);
  if (!definition) throw clientException("TaskDefinition not found.");
  if (input["taskDefinition"] !== undefined) service.taskDefinition = definitionArn(ctx, definition.family, definition.revision);
  applyStrategy(service, input, clusterOf(ctx, service.cluster).capacityProviders);
  const awsvpc = awsvpcOf(input);
  if (awsvpc) service.awsvpc = checkNetwork(ctx, awsvpc);
  if (input["loadBalancers"] !== undefined) service.loadBalancers = input["loadBalancers"];
  checkLoadBalancers(ctx, service.loadBalancers, definition);
  if (input["healthCheckGracePeriodSeconds"] !== undefined) {
    if (service.loadBalancers.length === 0)
      throw invalidParameter("Health check grace period is only valid for services configured to use load balancers.");
    service.healthCheckGracePeriodSeconds = input["healthCheckGracePeriodSeconds"];
  }
  if (input["desiredCount"] !== undefined) service.desiredCount = Number(input["desiredCount"]);
  if (input["deploymentConfiguration"] !== undefined) {
    service.deploymentConfiguration = checkDeploymentConfiguration(input["deploymentConfiguration"], service.deploymentConfiguration);
  }
  for (const member of [
    "enableExecuteCommand",
    "enableECSManagedTags",
    "propagateTags",
    "availabilityZoneRebalancing",
    "platformVersion",
  ] as const) {
    if (input[member] !== undefined) Object.assign(service, { [member]: input[member] });
  }
  checkExecuteCommand(service.enableExecuteCommand, definition, "updated");
  checkRoles(ctx, definition);
  Object.assign(live, service);
  if (service.launchType === undefined) delete live.launchType;
  if (service.capacityProviderStrategy === undefined) delete live.capacityProviderStrategy;
  if (shape(live) !== before || input["forceNewDeployment"] === true) beginDeployment(live, ctx);
  else {
    for (const deployment of live.deployments.slice(0, 1)) deployment.desiredCount = live.desiredCount;
    live.steady = false;
    wake(live, 1_000, ctx);
  }
  return describedNow(ctx, live);
};

function clusterIn(service: unknown): string | undefined {
  return typeof service === "string" && service.startsWith("arn:") ? service.split("/").at(-2) : undefined;
}

/** DeleteService: with `force`, or once it is scaled to nothing; it drains, then is INACTIVE. */
export const deleteService: Handler = (input, ctx) => {
  const service = serviceOf(ctx, input["cluster"] ?? clusterIn(input["service"]), input["service"]);
  if (service.status === "INACTIVE") throw serviceNotActive();
  if (input["force"] !== true && service.desiredCount > 0) {
    throw invalidParameter("The service cannot be stopped while it is scaled above 0.");
  }
  service.status = "DRAINING";
  service.desiredCount = 0;
  for (const deployment of service.deployments) deployment.desiredCount = 0;
  say(service, ctx, "is being deleted.");
  wake(service, 1_000, ctx);
  return describedNow(ctx, service);
};

/** DescribeServices: at most ten; unknown ones are failures MISSING. */
export const describeServices: Handler = (input, ctx) => {
  const names = (input["services"] ?? []) as string[];
  if (names.length === 0) throw invalidParameter("Services cannot be empty.");
  if (names.length > 10) throw invalidParameter("services can have at most 10 items.");
  const cluster = clusterOf(ctx, input["cluster"]);
  const withTags = Array.isArray(input["include"]) && input["include"].includes("TAGS");
  const tasks = Object.values(ctx.state.ecs.tasks);
  const found = names.map((name) => [name, ctx.state.ecs.services[`${clusterIn(name) ?? cluster.name}/${lastPart(name)}`]] as const);
  return {
    services: found.flatMap(([, one]) => (one ? [describeService(ctx, one, tasks, withTags)] : [])),
    failures: found.flatMap(([name, one]) => (one ? [] : [{ arn: serviceArn(ctx, cluster.name, lastPart(name)), reason: "MISSING" }])),
  };
};

/** ListServices: ARNs, ten a page unless asked otherwise. */
export const listServices: Handler = (input, ctx) => {
  const cluster = clusterOf(ctx, clusterName(input["cluster"]));
  const all = Object.values(ctx.state.ecs.services).filter(
    (one) =>
      one.cluster === cluster.name &&
      one.status !== "INACTIVE" &&
      (input["launchType"] === undefined || (one.launchType ?? "FARGATE") === input["launchType"]),
  );
  const { items, nextToken } = page(all, { nextToken: input["nextToken"], maxResults: input["maxResults"] ?? 10 });
  return { serviceArns: items.map((one) => serviceArn(ctx, one.cluster, one.name)), nextToken };
};
