import type { Context } from "../../service.ts";
import type { Deployment, EcsService } from "../state.ts";
import { backoff, hasBreaker } from "./breaker.ts";
import { recordOf, rollBack } from "./deployments.ts";
import { liveTasks, targetStates } from "./health.ts";
import { say, wake } from "./service-events.ts";
import { stopTask } from "./stop.ts";

/** A task failed: counts towards its deployment, the circuit breaker and the waits between attempts. */
export function countFailure(service: EcsService, deployment: Deployment, ctx: Context): void {
  deployment.failedTasks += 1;
  deployment.failures += 1;
  deployment.updatedAt = ctx.now();
  deployment.notBefore = ctx.now() + (hasBreaker(service) ? 1_000 : backoff(deployment.failures));
  const record = recordOf(service, deployment);
  if (record?.breaker && hasBreaker(service)) record.breaker.failureCount = deployment.failures;
  if (!hasBreaker(service) && deployment.failures >= 3 && deployment.failures % 3 === 0) {
    say(
      service,
      ctx,
      "is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
    );
  }
}

/** Counts the tasks that stopped since the last look, each once. */
export function countStopped(service: EcsService, ctx: Context): void {
  for (const task of Object.values(ctx.state.ecs.tasks)) {
    if (task.service !== service.name || task.cluster !== service.cluster || task.counted || task.desiredStatus !== "STOPPED") continue;
    task.counted = true;
    const deployment = service.deployments.find((one) => one.id === task.deploymentId);
    const onPurpose = task.stopCode === "UserInitiated" || task.stoppedReason?.startsWith("Scaling activity") === true;
    if (deployment && !onPurpose) countFailure(service, deployment, ctx);
    service.steady = false;
  }
}

/** ECS learns of a target's health some seconds after the load balancer. */
const NOTICES_AFTER = 8_000;

/** Stops the tasks whose targets are unhealthy after the grace period. */
export function stopUnhealthy(service: EcsService, ctx: Context): void {
  const grace = (service.healthCheckGracePeriodSeconds ?? 0) * 1_000;
  for (const task of liveTasks(service, ctx)) {
    const bad = targetStates(task, ctx).find(({ state }) => state === "unhealthy");
    if (!bad) delete task.sickSince;
    if (!bad || ctx.now() < (task.startedAt ?? ctx.now()) + grace) continue;
    task.sickSince ??= ctx.now();
    const left = task.sickSince + NOTICES_AFTER - ctx.now();
    if (left > 0) {
      wake(service, left, ctx);
      continue;
    }
    say(service, ctx, `(task ${task.id}) (port ${bad.port}) is unhealthy in (target-group ${bad.arn}) due to (reason ${bad.description})`);
    stopTask(
      task,
      { stopCode: "ServiceSchedulerInitiated", stoppedReason: `Task failed ELB health checks in (target-group ${bad.arn})` },
      ctx,
    );
  }
}

/** Gives a deployment up: the circuit breaker's threshold is reached. */
export function giveUp(service: EcsService, deployment: Deployment, ctx: Context): void {
  deployment.rolloutState = "FAILED";
  deployment.rolloutStateReason = "ECS deployment circuit breaker: tasks failed to start.";
  deployment.updatedAt = ctx.now();
  deployment.desiredCount = 0;
  const record = recordOf(service, deployment);
  if (record?.breaker) record.breaker.status = "TRIGGERED";
  say(service, ctx, `(deployment ${deployment.id}) deployment failed: tasks failed to start.`);
  const reason = "Service deployment rolled back because the circuit breaker threshold was exceeded.";
  if (service.deploymentConfiguration.deploymentCircuitBreaker?.rollback) {
    rollBack(service, deployment, reason, ctx);
  } else if (record) {
    Object.assign(record, {
      status: "STOPPED",
      statusReason: "Service deployment failed because the circuit breaker threshold was exceeded.",
      finishedAt: ctx.now(),
      stoppedAt: ctx.now(),
      updatedAt: ctx.now(),
    });
  }
}
