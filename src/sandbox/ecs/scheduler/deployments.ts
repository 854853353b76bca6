import type { Context } from "../../service.ts";
import type { Deployment, EcsService, Revision, ServiceDeployment } from "../state.ts";
import { hasBreaker, threshold } from "./breaker.ts";
import { say, wake } from "./service-events.ts";

function digits(ctx: Context): string {
  return BigInt(`0x${ctx.hex(16)}`)
    .toString()
    .padStart(19, "0")
    .slice(0, 19);
}

/** The revision a service as it is now would run. */
export function newRevision(service: EcsService, ctx: Context): Revision {
  return {
    id: digits(ctx),
    createdAt: ctx.now(),
    taskDefinition: service.taskDefinition,
    loadBalancers: structuredClone(service.loadBalancers),
    ...(service.launchType === undefined ? {} : { launchType: service.launchType }),
    ...(service.capacityProviderStrategy === undefined ? {} : { capacityProviderStrategy: service.capacityProviderStrategy }),
    ...(service.platformVersion === undefined ? {} : { platformVersion: service.platformVersion }),
    ...(service.awsvpc === undefined ? {} : { awsvpc: service.awsvpc }),
  };
}

function breakerOf(service: EcsService): Pick<ServiceDeployment, "breaker"> {
  if (!hasBreaker(service)) return { breaker: { status: "DISABLED", failureCount: 0, threshold: 0 } };
  return {
    breaker: { status: "MONITORING", failureCount: 0, threshold: threshold(service.deploymentConfiguration, service.desiredCount) },
  };
}

/** Makes `revision` the one to bring about: a new PRIMARY deployment, the others become ACTIVE. */
export function pushDeployment(service: EcsService, revision: Revision, ctx: Context, more: Partial<Deployment> = {}): Deployment {
  const id = `ecs-svc/${digits(ctx)}`;
  const deployment: Deployment = {
    id,
    status: "PRIMARY",
    revision,
    desiredCount: service.desiredCount,
    failedTasks: 0,
    createdAt: ctx.now(),
    updatedAt: ctx.now(),
    rolloutState: "IN_PROGRESS",
    rolloutStateReason: `ECS deployment ${id} in progress.`,
    failures: 0,
    ...more,
  };
  for (const other of service.deployments) other.status = "ACTIVE";
  service.deployments.unshift(deployment);
  if (!service.revisions.some((one) => one.id === revision.id)) service.revisions.push(revision);
  service.steady = false;
  wake(service, 2_000, ctx);
  return deployment;
}

/** Begins a deployment of the service as it is now, and notes it in its list of service deployments; one under way is stopped. */
export function beginDeployment(service: EcsService, ctx: Context): Deployment {
  const under = service.serviceDeployments[0];
  if (under && (under.status === "IN_PROGRESS" || under.status === "PENDING")) {
    Object.assign(under, {
      status: "STOPPED",
      statusReason: "A new service deployment was started.",
      finishedAt: ctx.now(),
      stoppedAt: ctx.now(),
    });
  }
  const source = service.deployments.map((one) => ({ id: one.revision.id, requested: one.desiredCount }));
  const revision = newRevision(service, ctx);
  const deployment = pushDeployment(service, revision, ctx);
  service.serviceDeployments.unshift({
    id: ctx.hex(20).slice(0, 20),
    deploymentId: deployment.id,
    status: "IN_PROGRESS",
    createdAt: ctx.now(),
    startedAt: ctx.now(),
    updatedAt: ctx.now(),
    source,
    targetId: revision.id,
    lifecycleStage: "SCALE_UP",
    configuration: structuredClone(service.deploymentConfiguration),
    desiredCount: service.desiredCount,
    ...breakerOf(service),
  });
  if (service.serviceDeployments.length > 50) service.serviceDeployments.length = 50;
  return deployment;
}

/** The record of the service deployment a deployment (or the rollback it led to) belongs to. */
export function recordOf(service: EcsService, deployment: Deployment): ServiceDeployment | undefined {
  return service.serviceDeployments.find((one) => one.deploymentId === deployment.id || one.deploymentId === deployment.rollbackTo);
}

/** The revision a rollback goes back to: the one last completed, when another is under way now. */
export function rollbackRevision(service: EcsService): Revision | undefined {
  const completed = service.revisions.find((one) => one.id === service.completedRevision);
  return completed && completed.id !== service.deployments[0]?.revision.id ? completed : undefined;
}

/** Goes back to the last completed revision; `why` stands in the records. */
export function rollBack(service: EcsService, failed: Deployment, why: string, ctx: Context): boolean {
  const revision = rollbackRevision(service);
  const record = recordOf(service, failed);
  if (!revision) {
    if (record)
      Object.assign(record, {
        status: "ROLLBACK_FAILED",
        statusReason: "No rollback candidate was found to run the rollback.",
        finishedAt: ctx.now(),
        updatedAt: ctx.now(),
      });
    return false;
  }
  const target = service.deployments.find((one) => one.revision.id === revision.id);
  const id = target?.id ?? failed.id;
  service.taskDefinition = revision.taskDefinition;
  service.loadBalancers = structuredClone(revision.loadBalancers);
  if (revision.awsvpc) service.awsvpc = revision.awsvpc;
  if (record) {
    Object.assign(record, {
      status: "ROLLBACK_IN_PROGRESS",
      statusReason: why,
      updatedAt: ctx.now(),
      rollback: { reason: why, startedAt: ctx.now(), revisionId: revision.id },
    });
  }
  const begun = pushDeployment(service, revision, ctx, { rollbackTo: failed.id });
  // Tasks of the old deployment that still run go on under the new one, which is of the same revision.
  for (const task of Object.values(ctx.state.ecs.tasks)) {
    if (task.service === service.name && task.cluster === service.cluster && task.revisionId === revision.id) task.deploymentId = begun.id;
  }
  service.deployments = service.deployments.filter((one) => one === begun || one.revision.id !== revision.id);
  begun.rolloutStateReason = `ECS deployment circuit breaker: rolling back to deploymentId ${id}.`;
  say(service, ctx, `rolling back to deployment ${id}.`);
  return true;
}
