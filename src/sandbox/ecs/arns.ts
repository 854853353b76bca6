import type { Context } from "../service.ts";

/** ARN of something of ECS in the region called. */
export function ecsArn(ctx: Context, rest: string): string {
  return `arn:aws:ecs:${ctx.region}:${ctx.accountId}:${rest}`;
}

/** ARN of a cluster. */
export const clusterArn = (ctx: Context, cluster: string): string => ecsArn(ctx, `cluster/${cluster}`);

/** ARN of a service. */
export const serviceArn = (ctx: Context, cluster: string, service: string): string => ecsArn(ctx, `service/${cluster}/${service}`);

/** ARN of a task. */
export const taskArn = (ctx: Context, cluster: string, id: string): string => ecsArn(ctx, `task/${cluster}/${id}`);

/** ARN of a task definition's revision. */
export const definitionArn = (ctx: Context, family: string, revision: number): string =>
  ecsArn(ctx, `task-definition/${family}:${revision}`);

/** What a policy says for every revision of a family. */
export const familyArn = (ctx: Context, family: string): string => ecsArn(ctx, `task-definition/${family}:*`);

/** ARN of a service deployment. */
export const serviceDeploymentArn = (ctx: Context, cluster: string, service: string, id: string): string =>
  ecsArn(ctx, `service-deployment/${cluster}/${service}/${id}`);

/** ARN of a service revision. */
export const revisionArn = (ctx: Context, cluster: string, service: string, id: string): string =>
  ecsArn(ctx, `service-revision/${cluster}/${service}/${id}`);

/** The last part of an ARN or name: `arn:…:cluster/a` and `a` both give `a`. */
export function lastPart(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf("/") + 1);
}
