import type { Issue } from "../schema.ts";
import type { Step } from "../sections/index.ts";
import { error, warning } from "./issues.ts";
import { counted, knownNumber } from "./text.ts";

/** The rollout can make progress, and what the service switches on has what it needs. */
export function* deploymentRules(step: Step): Generator<Issue> {
  const { deployment, deploymentOptions, configuration, containers, loadBalancerMappings = [] } = step;
  yield* rolloutRules(deployment);
  if (deployment.healthCheckGracePeriodSeconds !== undefined && loadBalancerMappings.length === 0) {
    yield error(
      ["deployment", "healthCheckGracePeriodSeconds"],
      "grace-period-load-balancer",
      `A grace period of ${deployment.healthCheckGracePeriodSeconds} seconds is set, but there is no load balancer whose checks it could hold back.`,
      "Add a load balancer mapping, or remove the grace period.",
    );
  }
  if (deployment.enableExecuteCommand === true && configuration.taskRole === undefined) {
    yield error(
      ["deployment", "enableExecuteCommand"],
      "execute-command-task-role",
      "ECS Exec is on, but there is no task role with which the container could open the channel.",
      "Choose a task role with the ssmmessages permissions, or switch ECS Exec off.",
    );
  }
  for (const [at, { name, readonlyRootFilesystem }] of containers.entries()) {
    if (deployment.enableExecuteCommand !== true || readonlyRootFilesystem !== true) continue;
    yield warning(
      ["containers", at, "readonlyRootFilesystem"],
      "execute-command-read-only",
      `ECS Exec is on, but it cannot open a shell in "${name}": its agent must write to the container's root file system.`,
      "Set readonlyRootFilesystem to false where you want a shell, or switch ECS Exec off.",
    );
  }
  if (deploymentOptions.wait === "waitWithTimeout" && deploymentOptions.timeoutMinutes === undefined) {
    yield error(
      ["deploymentOptions", "timeoutMinutes"],
      "timeout-missing",
      "Waiting has a time limit, but the limit is missing.",
      "Set timeoutMinutes, e.g. to 30.",
    );
  }
  yield* breakerRules(deployment);
  yield* capacityRules(deployment);
}

type Deployment = Step["deployment"];

/** ECS rounds the minimum up and the maximum down, see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html */
function* rolloutRules(deployment: Deployment): Generator<Issue> {
  const count = knownNumber(deployment.desiredCount);
  const minimum = knownNumber(deployment.minimumHealthyPercent);
  const maximum = knownNumber(deployment.maximumPercent);
  if (deployment.availabilityZoneRebalancing === true && maximum !== undefined && maximum <= 100) {
    yield error(
      ["deployment", "availabilityZoneRebalancing"],
      "zone-rebalancing-percent",
      `Zone rebalancing starts a task in another zone before it stops one, but maximumPercent is ${maximum}.`,
      "Raise maximumPercent above 100, or switch zone rebalancing off.",
    );
  }
  if (minimum === undefined || maximum === undefined) return;
  const path = ["deployment", "maximumPercent"];
  if (maximum <= minimum) {
    yield error(
      path,
      "rollout-deadlock",
      `At most ${maximum}% of the tasks may run, but at least ${minimum}% must: no old task can stop and no new one start.`,
      "Raise maximumPercent (usually 200) or lower minimumHealthyPercent.",
    );
    return;
  }
  if (count === undefined || count < 1) return;
  const keep = Math.ceil((count * minimum) / 100);
  const room = Math.floor((count * maximum) / 100);
  if (keep < count || room > count) return;
  yield error(
    path,
    "rollout-deadlock",
    `With ${counted(count, "task")} no deployment can make progress: ${minimum}% of ${count} is ${keep} when rounded up, so no old task may stop, and ${maximum}% of ${count} is ${room} when rounded down, so no new task may start.`,
    `Raise maximumPercent to ${Math.ceil(((count + 1) * 100) / count)} or more, or lower minimumHealthyPercent to ${atMost(Math.floor(((count - 1) * 100) / count))}.`,
  );
}

const atMost = (percent: number): string => (percent === 0 ? "0" : `${percent} or less`);

function* breakerRules({ circuitBreaker }: Deployment): Generator<Issue> {
  if (!circuitBreaker) return;
  const path = ["deployment", "circuitBreaker"];
  if (circuitBreaker.enable === false && circuitBreaker.rollback === true) {
    yield warning(
      [...path, "rollback"],
      "circuit-breaker-rollback",
      "Rolling back is on, but the circuit breaker that would start it is off.",
      "Set enable to true, or rollback to false.",
    );
  }
  const { type, value } = circuitBreaker.threshold ?? {};
  const percent = knownNumber(value);
  if ((type === "BOUNDED_PERCENT" || type === "UNBOUNDED_PERCENT") && percent !== undefined && percent > 100) {
    yield warning(
      [...path, "threshold", "value"],
      "circuit-breaker-threshold",
      `At ${percent}% the circuit breaker waits for more failed tasks than the service runs.`,
      "Choose a percentage from 1 to 100, unless each task is to be tried again.",
    );
  }
}

function* capacityRules({ capacityProviders = [] }: Deployment): Generator<Issue> {
  const path = ["deployment", "capacityProviders"];
  const based = capacityProviders.flatMap(({ base }, at) => ((knownNumber(base) ?? 0) > 0 ? [at] : []));
  const [first] = based;
  for (const at of based.slice(1)) {
    yield error(
      [...path, at, "base"],
      "capacity-provider-base",
      `The capacity provider ${capacityProviders[at]?.provider} has a base of ${capacityProviders[at]?.base}, but ${capacityProviders[first ?? 0]?.provider} has one already.`,
      "Keep the base of one provider only.",
    );
  }
  if (capacityProviders.length > 0 && capacityProviders.every(({ weight }) => weight === 0)) {
    yield error(
      path,
      "capacity-provider-weights",
      "All capacity providers have the weight 0, so no task could be placed.",
      "Give at least one provider a weight of 1 or more.",
    );
  }
}
