import type { Context, Input, Output } from "../../service.ts";
import { invalidParameter } from "../errors.ts";
import { refuse } from "../find.ts";
import { describeService } from "../shapes/service.ts";
import type { AwsVpc, EcsService, TaskDefinition } from "../state.ts";

const NOT_SIMULATED = [
  "serviceRegistries",
  "serviceConnectConfiguration",
  "volumeConfigurations",
  "vpcLatticeConfigurations",
  "placementConstraints",
  "placementStrategy",
  "monitoring",
];

/** The awsvpc configuration of a request. */
export function awsvpcOf(input: Input): AwsVpc | undefined {
  return (input["networkConfiguration"] as { awsvpcConfiguration?: AwsVpc } | undefined)?.awsvpcConfiguration;
}

/** The answer of an action on one service. */
export function describedNow(ctx: Context, service: EcsService): Output {
  return { service: describeService(ctx, service, Object.values(ctx.state.ecs.tasks), true) };
}

/** Throws unless the task definition has the task role ECS Exec needs. */
export function checkExecuteCommand(enabled: boolean, definition: TaskDefinition, doing: string): void {
  if (enabled && definition.taskRoleArn === undefined) {
    throw invalidParameter(
      `The service couldn't be ${doing} because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.`,
    );
  }
}

/** Throws when the caller may not hand a role (by ARN or name) to tasks. */
export function mayPass(ctx: Context, role: string): void {
  const arn = role.startsWith("arn:") ? role : `arn:aws:iam::${ctx.accountId}:role/${role}`;
  ctx.authorize("iam:PassRole", arn, { "iam:PassedToService": "ecs-tasks.amazonaws.com" });
}

/** Throws when the caller may not pass the roles of a task definition. */
export function checkRoles(ctx: Context, definition: TaskDefinition): void {
  for (const role of [definition.executionRoleArn, definition.taskRoleArn]) if (role !== undefined) mayPass(ctx, role);
}

/** Refuses kinds of service that are not simulated. */
export function checkKind(input: Input): void {
  refuse(input, NOT_SIMULATED);
  const kind = (input["deploymentController"] as { type?: string } | undefined)?.type ?? "ECS";
  const scheduling = input["schedulingStrategy"] ?? "REPLICA";
  if (kind !== "ECS") refuse({ "deploymentController.type": kind }, ["deploymentController.type"]);
  if (scheduling !== "REPLICA") throw invalidParameter("The DAEMON scheduling strategy is not supported for the Fargate launch type.");
  if (input["launchType"] !== undefined && input["launchType"] !== "FARGATE") refuse({ launchType: input["launchType"] }, ["launchType"]);
}

/** The cluster named in a service's ARN. */
export function clusterIn(service: unknown): string | undefined {
  return typeof service === "string" && service.startsWith("arn:") ? service.split("/").at(-2) : undefined;
}
