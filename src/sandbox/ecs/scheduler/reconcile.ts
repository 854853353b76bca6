import type { Context } from "../../service.ts";
import { findDefinition } from "../find.ts";
import type { Deployment, EcsService, Task } from "../state.ts";
import { hasBreaker, threshold } from "./breaker.ts";
import { recordOf } from "./deployments.ts";
import { countStopped, giveUp, stopUnhealthy } from "./failures.ts";
import { isHealthy, liveTasks } from "./health.ts";
import { say, wake } from "./service-events.ts";
import { ids, start } from "./start-tasks.ts";
import { stopTask } from "./stop.ts";

const LOOK_EVERY = 5_000;
const MOST_AT_ONCE = 20;
/** How long everything must hold before a deployment counts as complete. */
const HOLDS_FOR = { first: 60_000, next: 25_000 };

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
