import type { Context } from "../../service.ts";
import type { EcsService, Task, TaskDefinition } from "../state.ts";

/** The tasks of a service that are not told to stop. */
export function liveTasks(service: EcsService, ctx: Context): Task[] {
  return Object.values(ctx.state.ecs.tasks).filter(
    (task) => task.service === service.name && task.cluster === service.cluster && task.desiredStatus === "RUNNING",
  );
}

/** How the targets of a task are, by target group. */
export function targetStates(
  task: Task,
  ctx: Context,
): { arn: string; port: number; state: string | undefined; description: string | undefined }[] {
  return task.targets.map(({ targetGroupArn, port }) => {
    const target = ctx.state.elb.targetGroups[targetGroupArn]?.targets[`${task.eni.ip}:${port}`];
    return { arn: targetGroupArn, port, state: target?.state, description: target?.description };
  });
}

/** Whether a task runs, its health checks passed and its targets are healthy. */
export function isHealthy(task: Task, definition: TaskDefinition | undefined, ctx: Context): boolean {
  if (task.lastStatus !== "RUNNING") return false;
  const checked = (definition?.containerDefinitions ?? [])
    .filter((one) => one.healthCheck && one.essential !== false)
    .map((one) => one.name);
  const containers = task.containers.every((one) => !checked.includes(one.name) || one.healthStatus === "HEALTHY");
  return containers && targetStates(task, ctx).every(({ state }) => state === "healthy" || state === "unused");
}
