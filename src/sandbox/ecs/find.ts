import { notSimulated } from "../errors.ts";
import type { Context } from "../service.ts";
import { lastPart } from "./arns.ts";
import { clientException, clusterNotFound, invalidParameter, serviceNotFound } from "./errors.ts";
import type { Cluster, EcsService, TaskDefinition } from "./state.ts";

/** The name a request means by a cluster: `default` when it names none. */
export function clusterName(value: unknown): string {
  return typeof value === "string" && value !== "" ? lastPart(value) : "default";
}

/** The active cluster a request names; throws ClusterNotFoundException. */
export function clusterOf(ctx: Context, value: unknown): Cluster {
  const cluster = ctx.state.ecs.clusters[clusterName(value)];
  if (!cluster) throw clusterNotFound();
  return cluster;
}

/** The service a request names in a cluster; throws ServiceNotFoundException. */
export function serviceOf(ctx: Context, cluster: unknown, service: unknown): EcsService {
  if (typeof service !== "string" || service === "") throw invalidParameter("Service name cannot be blank.");
  const found = ctx.state.ecs.services[`${clusterOf(ctx, cluster).name}/${lastPart(service)}`];
  if (!found) throw serviceNotFound();
  return found;
}

/** A revision by `family`, `family:revision` or ARN, or undefined; a family alone means its newest active revision. */
export function findDefinition(ctx: Context, value: string): TaskDefinition | undefined {
  const [family = "", revision] = lastPart(value).split(":");
  const revisions = ctx.state.ecs.taskDefinitions[family] ?? [];
  if (revision === undefined) return revisions.findLast((one) => one.status === "ACTIVE");
  return revisions.find((one) => one.revision === Number(revision));
}

/** A revision that can be run; throws ClientException for unknown and inactive ones. */
export function runnableDefinition(ctx: Context, value: unknown): TaskDefinition {
  if (typeof value !== "string" || value === "") throw invalidParameter("TaskDefinition can not be blank.");
  const found = findDefinition(ctx, value);
  if (!found) throw clientException("TaskDefinition not found.");
  if (found.status !== "ACTIVE") throw clientException("TaskDefinition is inactive");
  return found;
}

/** Refuses parameters whose effect is not simulated. */
export function refuse(input: Record<string, unknown>, names: string[]): void {
  for (const name of names) {
    const value = input[name];
    const empty = value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0);
    if (!empty) throw notSimulated(`the parameter ${name} of ECS`);
  }
}
