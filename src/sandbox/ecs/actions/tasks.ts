import type { Context, Handler, Input } from "../../service.ts";
import { definitionArn, lastPart, taskArn } from "../arns.ts";
import { checkLaunch, checkNetwork } from "../check-service.ts";
import { clientException, invalidParameter } from "../errors.ts";
import { clusterOf, refuse, runnableDefinition, serviceOf } from "../find.ts";
import { page } from "../paging.ts";
import { launchTask } from "../scheduler/launch.ts";
import { wakeOwner } from "../scheduler/service-events.ts";
import { stopTask as stop } from "../scheduler/stop.ts";
import { describeTask } from "../shapes/task.ts";
import type { AwsVpc, Task } from "../state.ts";
import { tagsOf } from "../tags.ts";

function inCluster(input: Input, ctx: Context): Task[] {
  const cluster = clusterOf(ctx, input["cluster"]);
  return Object.values(ctx.state.ecs.tasks).filter((task) => task.cluster === cluster.name);
}

function familyOf(task: Task): string {
  return lastPart(task.taskDefinition).split(":")[0] ?? "";
}

/** ListTasks: ARNs of tasks whose desired status is RUNNING, or STOPPED for those of the last hour. */
export const listTasks: Handler = (input, ctx) => {
  const service = input["serviceName"] === undefined ? undefined : serviceOf(ctx, input["cluster"], input["serviceName"]).name;
  const status = input["desiredStatus"] ?? "RUNNING";
  if (!["RUNNING", "PENDING", "STOPPED"].includes(status))
    throw invalidParameter("desiredStatus must be one of RUNNING, PENDING, STOPPED.");
  const all = inCluster(input, ctx).filter(
    (task) =>
      task.desiredStatus === status &&
      (service === undefined || task.service === service) &&
      (input["family"] === undefined || familyOf(task) === input["family"]) &&
      (input["startedBy"] === undefined || task.startedBy === input["startedBy"]) &&
      (input["launchType"] === undefined || (task.launchType ?? "FARGATE") === input["launchType"]),
  );
  const { items, nextToken } = page(all, input);
  return { taskArns: items.map((task) => taskArn(ctx, task.cluster, task.id)), nextToken };
};

/** DescribeTasks: at most a hundred; unknown ones are failures MISSING. */
export const describeTasks: Handler = (input, ctx) => {
  const names = (input["tasks"] ?? []) as string[];
  if (names.length === 0) throw invalidParameter("Tasks cannot be empty.");
  if (names.length > 100) throw invalidParameter("tasks can have at most 100 items.");
  const cluster = clusterOf(ctx, input["cluster"]);
  const withTags = Array.isArray(input["include"]) && input["include"].includes("TAGS");
  const found = names.map((name) => {
    const task = ctx.state.ecs.tasks[lastPart(name)];
    return [name, task?.cluster === cluster.name ? task : undefined] as const;
  });
  return {
    tasks: found.flatMap(([, task]) => (task ? [describeTask(ctx, task, withTags)] : [])),
    failures: found.flatMap(([name, task]) => (task ? [] : [{ arn: taskArn(ctx, cluster.name, lastPart(name)), reason: "MISSING" }])),
  };
};

/** StopTask. */
export const stopTask: Handler = (input, ctx) => {
  const task = inCluster(input, ctx).find((one) => one.id === lastPart(String(input["task"] ?? "")));
  if (!task) throw invalidParameter("The referenced task was not found.");
  stop(task, { stopCode: "UserInitiated", stoppedReason: String(input["reason"] ?? "Task stopped by user") }, ctx);
  wakeOwner(task, 1_000, ctx);
  return { task: describeTask(ctx, task, true) };
};

/** RunTask: standalone tasks on Fargate. */
export const runTask: Handler = (input, ctx) => {
  refuse(input, ["overrides", "placementConstraints", "placementStrategy", "volumeConfigurations"]);
  const cluster = clusterOf(ctx, input["cluster"]);
  if (cluster.status !== "ACTIVE") throw clientException("The referenced cluster was inactive.");
  const definition = runnableDefinition(ctx, input["taskDefinition"]);
  const strategy = input["capacityProviderStrategy"];
  checkLaunch(input["launchType"], strategy, cluster.capacityProviders);
  const network = checkNetwork(ctx, (input["networkConfiguration"] as { awsvpcConfiguration?: AwsVpc } | undefined)?.awsvpcConfiguration);
  const count = Number(input["count"] ?? 1);
  if (!(count >= 1 && count <= 10)) throw invalidParameter("count must be between 1 and 10.");
  const tasks = Array.from({ length: count }, () =>
    launchTask(
      {
        cluster: cluster.name,
        definition,
        definitionArn: definitionArn(ctx, definition.family, definition.revision),
        network,
        group: String(input["group"] ?? `family:${definition.family}`),
        tags: tagsOf(input["tags"]),
        enableExecuteCommand: input["enableExecuteCommand"] === true,
        ...(input["startedBy"] === undefined ? {} : { startedBy: String(input["startedBy"]) }),
        ...(strategy === undefined ? { launchType: "FARGATE" } : { strategy }),
      },
      ctx,
    ),
  );
  return { tasks: tasks.map((task) => describeTask(ctx, task, true)), failures: [] };
};
