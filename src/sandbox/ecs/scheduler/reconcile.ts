import { trustsService } from "../../iam/evaluate.ts";
import type { Context } from "../../service.ts";
import { definitionArn } from "../arns.ts";
import { findDefinition } from "../find.ts";
import type { Deployment, EcsService, Task, TaskDefinition } from "../state.ts";
import { backoff, hasBreaker, threshold } from "./breaker.ts";
import { recordOf, rollBack } from "./deployments.ts";
import { isSubnetFull, launchTask } from "./launch.ts";
import { exceedsQuota } from "./quota.ts";
import { say, wake } from "./service-events.ts";
import { stopTask } from "./stop.ts";

const LOOK_EVERY = 5_000;
const MOST_AT_ONCE = 20;
/** How long everything must hold before a deployment counts as complete. */
const HOLDS_FOR = { first: 60_000, next: 25_000 };

/** The tasks of a service that are not told to stop. */
export function liveTasks(service: EcsService, ctx: Context): Task[] {
  return Object.values(ctx.state.ecs.tasks).filter(
    (task) => task.service === service.name && task.cluster === service.cluster && task.desiredStatus === "RUNNING",
  );
}

function targetStates(
  task: Task,
  ctx: Context,
): { arn: string; port: number; state: string | undefined; description: string | undefined }[] {
  return task.targets.map(({ targetGroupArn, port }) => {
    const target = ctx.state.elb.targetGroups[targetGroupArn]?.targets[`${task.eni.ip}:${port}`];
    return { arn: targetGroupArn, port, state: target?.state, description: target?.description };
  });
}

function isHealthy(task: Task, definition: TaskDefinition | undefined, ctx: Context): boolean {
  if (task.lastStatus !== "RUNNING") return false;
  const checked = (definition?.containerDefinitions ?? [])
    .filter((one) => one.healthCheck && one.essential !== false)
    .map((one) => one.name);
  const containers = task.containers.every((one) => !checked.includes(one.name) || one.healthStatus === "HEALTHY");
  return containers && targetStates(task, ctx).every(({ state }) => state === "healthy" || state === "unused");
}

function ids(tasks: Task[]): string {
  return tasks.map((task) => `(task ${task.id})`).join(" ");
}

function scaleIn(service: EcsService, deployment: Deployment, tasks: Task[], ctx: Context): void {
  for (const task of tasks) {
    stopTask(
      task,
      { stopCode: "ServiceSchedulerInitiated", stoppedReason: `Scaling activity initiated by (deployment ${deployment.id})` },
      ctx,
    );
  }
  if (tasks.length > 0) say(service, ctx, `has stopped ${tasks.length} running tasks: ${ids(tasks)}.`);
}

/** A task failed: counts towards its deployment, the circuit breaker and the waits between attempts. */
function countFailure(service: EcsService, deployment: Deployment, ctx: Context): void {
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

function countStopped(service: EcsService, ctx: Context): void {
  for (const task of Object.values(ctx.state.ecs.tasks)) {
    if (task.service !== service.name || task.cluster !== service.cluster || task.counted || task.desiredStatus !== "STOPPED") continue;
    task.counted = true;
    const deployment = service.deployments.find((one) => one.id === task.deploymentId);
    const onPurpose = task.stopCode === "UserInitiated" || task.stoppedReason?.startsWith("Scaling activity") === true;
    if (deployment && !onPurpose) countFailure(service, deployment, ctx);
    service.steady = false;
  }
}

function stopUnhealthy(service: EcsService, ctx: Context): void {
  const grace = (service.healthCheckGracePeriodSeconds ?? 0) * 1_000;
  for (const task of liveTasks(service, ctx)) {
    const bad = targetStates(task, ctx).find(({ state }) => state === "unhealthy");
    if (!bad || ctx.now() < (task.startedAt ?? ctx.now()) + grace) continue;
    say(service, ctx, `(task ${task.id}) (port ${bad.port}) is unhealthy in (target-group ${bad.arn}) due to (reason ${bad.description})`);
    stopTask(
      task,
      { stopCode: "ServiceSchedulerInitiated", stoppedReason: `Task failed ELB health checks in (target-group ${bad.arn})` },
      ctx,
    );
  }
}

function giveUp(service: EcsService, deployment: Deployment, ctx: Context): void {
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

function unassumable(definition: TaskDefinition, ctx: Context): string | undefined {
  return [definition.executionRoleArn, definition.taskRoleArn].find(
    (role) => role !== undefined && !trustsService(ctx.world, role, "ecs-tasks.amazonaws.com"),
  );
}

function start(service: EcsService, deployment: Deployment, count: number, ctx: Context): void {
  const definition = findDefinition(ctx, deployment.revision.taskDefinition);
  if (!definition || !deployment.revision.awsvpc) return;
  const role = unassumable(definition, ctx);
  if (role !== undefined) {
    say(
      service,
      ctx,
      `failed to launch a task with (error ECS was unable to assume the role '${role}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.).`,
    );
    countFailure(service, deployment, ctx);
    deployment.notBefore = Math.max(deployment.notBefore ?? 0, ctx.now() + 15_000);
    return;
  }
  const started: Task[] = [];
  try {
    for (let index = 0; index < count; index += 1) {
      if (exceedsQuota(definition, ctx)) {
        say(service, ctx, "was unable to place a task. Reason: You’ve reached the limit on the number of vCPUs you can run concurrently.");
        deployment.notBefore = ctx.now() + 60_000;
        break;
      }
      started.push(launch(service, deployment, definition, ctx));
    }
  } catch (error) {
    if (!isSubnetFull(error)) throw error;
    say(
      service,
      ctx,
      `was unable to place a task. Reason: Unexpected EC2 error while attempting to Create Network Interface in subnet '${deployment.revision.awsvpc.subnets[0]}': ${error.code}.`,
    );
    deployment.notBefore = ctx.now() + 30_000;
  }
  if (started.length > 0) say(service, ctx, `has started ${started.length} tasks: ${ids(started)}.`);
}

function launch(service: EcsService, deployment: Deployment, definition: TaskDefinition, ctx: Context): Task {
  const { revision } = deployment;
  const propagated =
    service.propagateTags === "SERVICE" ? service.tags : service.propagateTags === "TASK_DEFINITION" ? definition.tags : [];
  const managed = service.enableECSManagedTags
    ? [
        { key: "aws:ecs:clusterName", value: service.cluster },
        { key: "aws:ecs:serviceName", value: service.name },
      ]
    : [];
  return launchTask(
    {
      cluster: service.cluster,
      definition,
      definitionArn: definitionArn(ctx, definition.family, definition.revision),
      network: revision.awsvpc ?? { subnets: [] },
      group: `service:${service.name}`,
      startedBy: deployment.id,
      service: service.name,
      deploymentId: deployment.id,
      revisionId: revision.id,
      tags: [...managed, ...propagated],
      enableExecuteCommand: service.enableExecuteCommand,
      ...(revision.launchType === undefined ? {} : { launchType: revision.launchType }),
      ...(revision.capacityProviderStrategy === undefined ? {} : { strategy: revision.capacityProviderStrategy }),
    },
    ctx,
  );
}

function complete(service: EcsService, primary: Deployment, ctx: Context): void {
  const wasRolling = primary.rolloutState === "IN_PROGRESS";
  service.deployments = [primary];
  primary.failures = 0;
  if (wasRolling) {
    primary.rolloutState = "COMPLETED";
    primary.rolloutStateReason = `ECS deployment ${primary.id} completed.`;
    primary.updatedAt = ctx.now();
    service.completedRevision = primary.revision.id;
    const record = recordOf(service, primary);
    if (record) {
      Object.assign(record, {
        status: primary.rollbackTo === undefined ? "SUCCESSFUL" : "ROLLBACK_SUCCESSFUL",
        finishedAt: ctx.now(),
        updatedAt: ctx.now(),
      });
      delete record.lifecycleStage;
      if (record.breaker?.status === "MONITORING") record.breaker.status = "MONITORING_COMPLETE";
    }
    say(service, ctx, `(deployment ${primary.id}) deployment completed.`);
  }
  if (!service.steady) say(service, ctx, "has reached a steady state.");
  service.steady = true;
}

function drain(service: EcsService, ctx: Context): void {
  const live = liveTasks(service, ctx);
  const [primary] = service.deployments;
  if (primary && live.length > 0) scaleIn(service, primary, live, ctx);
  const left = Object.values(ctx.state.ecs.tasks).some(
    (task) => task.service === service.name && task.cluster === service.cluster && task.lastStatus !== "STOPPED",
  );
  if (left) {
    wake(service, LOOK_EVERY, ctx);
    return;
  }
  service.status = "INACTIVE";
  service.deployments = [];
}

/** One look of the scheduler at a service: stops what must go, starts what must come, completes or gives up the deployment. */
export function reconcile(service: EcsService, ctx: Context): void {
  delete service.tick;
  if (service.status === "INACTIVE") return;
  countStopped(service, ctx);
  if (service.status === "DRAINING") {
    drain(service, ctx);
    return;
  }
  stopUnhealthy(service, ctx);
  countStopped(service, ctx);
  const primary = service.deployments[0];
  if (!primary) return;
  if (
    hasBreaker(service) &&
    primary.rolloutState === "IN_PROGRESS" &&
    primary.failures >= threshold(service.deploymentConfiguration, service.desiredCount)
  ) {
    giveUp(service, primary, ctx);
    wake(service, 1_000, ctx);
    return;
  }
  rollOut(service, primary, ctx);
}

function rollOut(service: EcsService, primary: Deployment, ctx: Context): void {
  const live = liveTasks(service, ctx);
  const definition = findDefinition(ctx, primary.revision.taskDefinition);
  const own = live.filter((task) => task.deploymentId === primary.id);
  const old = live.filter((task) => task.deploymentId !== primary.id);
  const healthy = live.filter((task) => isHealthy(task, definition, ctx));
  const ownHealthy = healthy.filter((task) => task.deploymentId === primary.id);
  const { minimumHealthyPercent, maximumPercent } = service.deploymentConfiguration;
  const desired = primary.rolloutState === "FAILED" ? Math.min(own.length, service.desiredCount) : service.desiredCount;
  const least = Math.ceil((service.desiredCount * minimumHealthyPercent) / 100);
  const most = Math.floor((service.desiredCount * maximumPercent) / 100);
  if (ownHealthy.length > 0 && service.deploymentConfiguration.deploymentCircuitBreaker?.resetOnHealthyTask) primary.failures = 0;

  const spare = own.slice(desired);
  if (spare.length > 0) scaleIn(service, primary, spare, ctx);
  const sick = old.filter((task) => !healthy.includes(task));
  const removable = Math.max(0, healthy.length - Math.max(least, 0) - spare.length);
  const stopping = primary.rolloutState === "FAILED" ? [] : [...sick, ...old.filter((task) => healthy.includes(task)).slice(0, removable)];
  if (stopping.length > 0) scaleIn(service, primary, stopping, ctx);

  const missing = desired - own.length;
  const room = most - (live.length - stopping.length - spare.length);
  const waits = (primary.notBefore ?? 0) > ctx.now();
  const count = Math.min(missing, room, MOST_AT_ONCE);
  if (count > 0 && !waits && primary.rolloutState !== "FAILED") start(service, primary, count, ctx);
  else if (missing > 0 && room <= 0 && stopping.length === 0 && own.every((task) => healthy.includes(task)) && old.length > 0)
    blocked(service, ctx);

  for (const other of service.deployments.slice(1))
    other.desiredCount = old.filter((task) => task.deploymentId === other.id && !stopping.includes(task)).length;
  const record = recordOf(service, primary);
  if (record && record.status === "IN_PROGRESS") record.lifecycleStage = old.length > 0 && missing <= 0 ? "CLEAN_UP" : "SCALE_UP";

  const ready = ownHealthy.length === service.desiredCount && own.length === service.desiredCount && old.length === 0;
  if (!ready) delete primary.readySince;
  else primary.readySince ??= ctx.now();
  const holds = primary.rolloutState === "COMPLETED" ? 0 : service.completedRevision === undefined ? HOLDS_FOR.first : HOLDS_FOR.next;
  const done = primary.readySince !== undefined && ctx.now() - primary.readySince >= holds;
  if (done) {
    complete(service, primary, ctx);
    return;
  }
  if (primary.rolloutState === "FAILED") return;
  wake(service, waits ? Math.max(1_000, (primary.notBefore ?? 0) - ctx.now()) : LOOK_EVERY, ctx);
}

const BLOCKED =
  "was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.";

function blocked(service: EcsService, ctx: Context): void {
  if (!service.events[0]?.message.endsWith(BLOCKED)) say(service, ctx, BLOCKED);
}
