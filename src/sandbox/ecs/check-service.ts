import { balancersOf } from "../elb/targets.ts";
import { AwsError } from "../errors.ts";
import type { Context } from "../service.ts";
import { invalidParameter } from "./errors.ts";
import type { AwsVpc, DeploymentConfiguration, LoadBalancerUse, StrategyItem, TaskDefinition } from "./state.ts";

/** The network a service or task asks for; throws what ECS answers when it is missing or does not exist. */
export function checkNetwork(ctx: Context, awsvpc: AwsVpc | undefined): AwsVpc {
  if (!awsvpc) throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  const { subnets: all, securityGroups: groups } = ctx.state.ec2;
  const subnets = awsvpc.subnets ?? [];
  if (subnets.length === 0) throw invalidParameter("subnets can not be empty.");
  if (subnets.length > 16) throw invalidParameter("subnets can have at most 16 items.");
  const lost = subnets.find((id) => !all[id]);
  if (lost !== undefined) {
    throw invalidParameter(
      `Error retrieving subnet information for [${subnets.join(", ")}]: The subnet ID '${lost}' does not exist (ErrorCode: InvalidSubnetID.NotFound)`,
    );
  }
  const vpcs = new Set(subnets.map((id) => all[id]?.vpcId));
  if (vpcs.size > 1) throw invalidParameter("subnets must all be in the same VPC.");
  const wanted = awsvpc.securityGroups ?? [];
  if (wanted.length > 5) throw invalidParameter("securityGroup can have at most 5 items.");
  const missing = wanted.find((id) => !groups[id]);
  if (missing !== undefined) {
    throw invalidParameter(
      `Error retrieving security group information for [${wanted.join(", ")}]: The security group '${missing}' does not exist (ErrorCode: InvalidGroup.NotFound)`,
    );
  }
  const foreign = wanted.find((id) => !vpcs.has(groups[id]?.vpcId));
  if (foreign !== undefined) throw invalidParameter(`Security group ${foreign} and subnet ${subnets[0]} belong to different networks.`);
  if (wanted.length > 0) return awsvpc;
  const standard = Object.values(groups).find((group) => group.name === "default" && vpcs.has(group.vpcId));
  return { ...awsvpc, securityGroups: standard ? [standard.id] : [] };
}

/** Throws what ECS answers when a target group does not exist, is of the wrong type, has no load balancer, or names no port of a container. */
export function checkLoadBalancers(ctx: Context, uses: LoadBalancerUse[], definition: TaskDefinition): void {
  for (const use of uses) {
    if (use.loadBalancerName !== undefined) throw invalidParameter("Classic Load Balancers are not supported with Fargate");
    const arn = use.targetGroupArn ?? "";
    const group = ctx.state.elb.targetGroups[arn];
    if (!group) throw invalidParameter(`Unable to find the target group ${arn}.`);
    if (group.targetType !== "ip") {
      throw invalidParameter(
        `The provided target group ${arn} has target type ${group.targetType}, which is incompatible with the awsvpc network mode specified in the task definition.`,
      );
    }
    if (balancersOf(ctx, arn).length === 0)
      throw invalidParameter(`The target group with targetGroupArn ${arn} does not have an associated load balancer.`);
    const container = definition.containerDefinitions.find((one) => one.name === use.containerName);
    if (!container) throw invalidParameter(`The container ${use.containerName} does not exist in the task definition.`);
    if (!(container.portMappings ?? []).some((one) => one.containerPort === use.containerPort)) {
      throw invalidParameter(`The container ${use.containerName} did not have a container port ${use.containerPort} defined.`);
    }
  }
}

const DEFAULTS: DeploymentConfiguration = { maximumPercent: 200, minimumHealthyPercent: 100, strategy: "ROLLING", bakeTimeInMinutes: 0 };

/** A deployment configuration with its defaults, over what the service had; throws for figures that could never move. */
export function checkDeploymentConfiguration(
  given: Partial<DeploymentConfiguration> | undefined,
  had: DeploymentConfiguration = DEFAULTS,
): DeploymentConfiguration {
  const all = { ...had, ...given };
  if (all.minimumHealthyPercent === 100 && all.maximumPercent === 100) {
    throw invalidParameter("Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.");
  }
  if (all.maximumPercent < all.minimumHealthyPercent)
    throw invalidParameter("maximumPercent must be greater than or equal to minimumHealthyPercent.");
  if (all.strategy !== undefined && all.strategy !== "ROLLING") {
    throw new AwsError("NotSimulated", `The sandbox does not simulate the deployment strategy ${all.strategy} of ECS.`, { status: 400 });
  }
  return { ...all, deploymentCircuitBreaker: all.deploymentCircuitBreaker ?? { enable: false, rollback: false } };
}

/** Throws what ECS answers for a launch type and a capacity provider strategy that do not fit together or into the cluster. */
export function checkLaunch(launchType: string | undefined, strategy: StrategyItem[] | undefined, available: string[]): void {
  if (strategy === undefined || strategy.length === 0) return;
  if (launchType !== undefined)
    throw invalidParameter("Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.");
  const foreign = strategy.find((item) => !available.includes(item.capacityProvider));
  if (foreign)
    throw invalidParameter(
      `The specified capacity provider strategy contains a capacity provider that is not associated with the cluster: ${foreign.capacityProvider}.`,
    );
  if (!strategy.some((item) => (item.weight ?? 0) > 0)) {
    throw invalidParameter("There are no capacity providers in the capacity provider strategy with a weight value greater than zero.");
  }
  if (strategy.filter((item) => (item.base ?? 0) > 0).length > 1)
    throw invalidParameter("Only one capacity provider in a capacity provider strategy can have a base defined.");
}
