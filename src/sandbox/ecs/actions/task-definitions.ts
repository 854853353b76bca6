import type { Context, Handler, Input, Output } from "../../service.ts";
import { definitionArn, familyArn } from "../arns.ts";
import { checkDefinition } from "../check-definition.ts";
import { clientException, invalidParameter } from "../errors.ts";
import { findDefinition, refuse } from "../find.ts";
import { page } from "../paging.ts";
import { cpuUnits, memoryMiB } from "../sizes.ts";
import type { ContainerDefinition, TaskDefinition } from "../state.ts";
import { mayTag, tagsOf } from "../tags.ts";
import { mayPass } from "./service-input.ts";

const FAMILY = /^[a-zA-Z0-9_-]{1,255}$/;

function completed(container: ContainerDefinition, networkMode: string | undefined): ContainerDefinition {
  const ports = (container.portMappings ?? []).map((mapping) => ({
    ...mapping,
    protocol: mapping.protocol ?? "tcp",
    ...(networkMode === "awsvpc" && mapping.containerPort !== undefined ? { hostPort: mapping.containerPort } : {}),
  }));
  return {
    cpu: 0,
    essential: true,
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...container,
    portMappings: ports,
  };
}

/** A revision as ECS describes it. */
export function describeDefinition(ctx: Context, one: TaskDefinition): Output {
  const { tags: _tags, registeredAt, deregisteredAt, ...rest } = one;
  return {
    ...rest,
    taskDefinitionArn: definitionArn(ctx, one.family, one.revision),
    registeredAt: new Date(registeredAt),
    ...(deregisteredAt === undefined ? {} : { deregisteredAt: new Date(deregisteredAt) }),
    placementConstraints: one["placementConstraints"] ?? [],
    compatibilities: one.networkMode === "awsvpc" ? ["EC2", "FARGATE"] : ["EC2"],
  };
}

function sized(text: unknown, convert: (text: string) => number): string | undefined {
  if (text === undefined) return undefined;
  const number = convert(String(text));
  return Number.isNaN(number) ? String(text) : String(number);
}

function passRoles(ctx: Context, input: Input): void {
  for (const role of [input["executionRoleArn"], input["taskRoleArn"]]) if (typeof role === "string") mayPass(ctx, role);
}

/** RegisterTaskDefinition. */
export const registerTaskDefinition: Handler = (input, ctx) => {
  const { family, containerDefinitions, volumes, cpu, memory, tags, ...rest } = input;
  if (typeof family !== "string" || !FAMILY.test(family)) throw clientException("Family contains invalid characters.");
  if (!Array.isArray(containerDefinitions)) throw clientException("Container list cannot be empty.");
  refuse(input, ["inferenceAccelerators", "proxyConfiguration"]);
  const [units, mib] = [sized(cpu, cpuUnits), sized(memory, memoryMiB)];
  const networkMode = rest["networkMode"] as string | undefined;
  const draft = {
    ...(rest as Partial<TaskDefinition>),
    containerDefinitions: (containerDefinitions as ContainerDefinition[]).map((one) => completed(one, networkMode)),
    volumes: (volumes ?? []) as TaskDefinition["volumes"],
    ...(units === undefined ? {} : { cpu: units }),
    ...(mib === undefined ? {} : { memory: mib }),
  };
  checkDefinition(draft);
  passRoles(ctx, input);
  mayTag(ctx, "RegisterTaskDefinition", familyArn(ctx, family), tags);
  ctx.state.ecs.taskDefinitions[family] ??= [];
  const revisions = ctx.state.ecs.taskDefinitions[family];
  const registered: TaskDefinition = {
    ...draft,
    family,
    revision: (revisions.at(-1)?.revision ?? 0) + 1,
    status: "ACTIVE",
    tags: tagsOf(tags),
    registeredAt: ctx.now(),
    registeredBy: ctx.principalArn,
  };
  revisions.push(registered);
  return { taskDefinition: describeDefinition(ctx, registered), tags: registered.tags };
};

function named(input: Input, ctx: Context): TaskDefinition {
  const value = input["taskDefinition"];
  const found = typeof value === "string" ? findDefinition(ctx, value) : undefined;
  if (!found) throw clientException("Unable to describe task definition.");
  return found;
}

/** DescribeTaskDefinition. */
export const describeTaskDefinition: Handler = (input, ctx) => {
  const found = named(input, ctx);
  const withTags = Array.isArray(input["include"]) && input["include"].includes("TAGS");
  return { taskDefinition: describeDefinition(ctx, found), ...(withTags ? { tags: found.tags } : {}) };
};

/** DeregisterTaskDefinition: the revision becomes INACTIVE, tasks and services that use it go on. */
export const deregisterTaskDefinition: Handler = (input, ctx) => {
  const value = String(input["taskDefinition"] ?? "");
  const found = findDefinition(ctx, value);
  if (!value.includes(":")) throw clientException("Task definition revision must be specified.");
  if (!found) throw clientException("Unable to describe task definition.");
  found.status = "INACTIVE";
  found.deregisteredAt ??= ctx.now();
  return { taskDefinition: describeDefinition(ctx, found) };
};

/** ListTaskDefinitions: ARNs, by family prefix and status. */
export const listTaskDefinitions: Handler = (input, ctx) => {
  const status = input["status"] ?? "ACTIVE";
  const prefix = input["familyPrefix"];
  if (!["ACTIVE", "INACTIVE"].includes(status)) throw invalidParameter("Invalid status.");
  const families = Object.keys(ctx.state.ecs.taskDefinitions)
    .filter((family) => prefix === undefined || family === prefix)
    .sort();
  const arns = families.flatMap((family) =>
    (ctx.state.ecs.taskDefinitions[family] ?? [])
      .filter((one) => one.status === status)
      .map((one) => definitionArn(ctx, family, one.revision)),
  );
  const { items, nextToken } = page(input["sort"] === "DESC" ? arns.reverse() : arns, input);
  return { taskDefinitionArns: items, nextToken };
};

/** ListTaskDefinitionFamilies. */
export const listTaskDefinitionFamilies: Handler = (input, ctx) => {
  const { familyPrefix = "", status = "ACTIVE" } = input;
  const families = Object.entries(ctx.state.ecs.taskDefinitions)
    .filter(([family]) => family.startsWith(familyPrefix))
    .filter(([, revisions]) => {
      const active = revisions.some((one) => one.status === "ACTIVE");
      return status === "ALL" || active === (status === "ACTIVE");
    })
    .map(([family]) => family)
    .sort();
  const { items, nextToken } = page(families, input);
  return { families: items, nextToken };
};
