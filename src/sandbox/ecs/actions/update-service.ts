import type { Handler, Input } from "../../service.ts";
import { definitionArn } from "../arns.ts";
import { checkDeploymentConfiguration, checkLaunch, checkLoadBalancers, checkNetwork } from "../check-service.ts";
import { clientException, invalidParameter, serviceNotActive } from "../errors.ts";
import { clusterOf, findDefinition, runnableDefinition, serviceOf } from "../find.ts";
import { beginDeployment } from "../scheduler/deployments.ts";
import { wake } from "../scheduler/service-events.ts";
import type { EcsService, StrategyItem } from "../state.ts";
import { awsvpcOf, checkExecuteCommand, checkKind, checkRoles, clusterIn, describedNow } from "./service-input.ts";

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
