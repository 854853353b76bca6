import type { DeploymentConfiguration, EcsService } from "../state.ts";

/** How many failed tasks make the circuit breaker give a deployment up: half the desired count, between 3 and 200, unless configured. */
export function threshold(configuration: DeploymentConfiguration, desiredCount: number): number {
  const own = configuration.deploymentCircuitBreaker?.thresholdConfiguration;
  if (!own) return Math.min(200, Math.max(3, Math.ceil(desiredCount * 0.5)));
  if (own.type === "COUNT") return own.value;
  const share = Math.ceil((desiredCount * own.value) / 100);
  return own.type === "BOUNDED_PERCENT" ? Math.min(200, Math.max(3, share)) : Math.max(1, share);
}

/** Whether the service's deployments are watched by a circuit breaker. */
export function hasBreaker(service: EcsService): boolean {
  return service.deploymentConfiguration.deploymentCircuitBreaker?.enable === true;
}

/** Milliseconds ECS waits before it tries again after so many failures in a row: not at first, then longer and longer, at most fifteen minutes. */
export function backoff(failures: number): number {
  return failures < 4 ? 1_000 : Math.min(15 * 60_000, 30_000 * 2 ** (failures - 4));
}
