import { trustsService } from "../../iam/evaluate.ts";
import type { Context } from "../../service.ts";
import { definitionArn } from "../arns.ts";
import { findDefinition } from "../find.ts";
import type { Deployment, EcsService, Task, TaskDefinition } from "../state.ts";
import { countFailure } from "./failures.ts";
import { isSubnetFull, launchTask } from "./launch.ts";
import { exceedsQuota } from "./quota.ts";
import { say } from "./service-events.ts";

/** Tasks as events name them. */
export function ids(tasks: Task[]): string {
  return tasks.map((task) => `(task ${task.id})`).join(" ");
}

function unassumable(definition: TaskDefinition, ctx: Context): string | undefined {
  return [definition.executionRoleArn, definition.taskRoleArn].find(
    (role) => role !== undefined && !trustsService(ctx.world, role, "ecs-tasks.amazonaws.com"),
  );
}

/** Starts up to `count` tasks of a deployment and says so, or why it could not. */
export function start(service: EcsService, deployment: Deployment, count: number, ctx: Context): void {
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
