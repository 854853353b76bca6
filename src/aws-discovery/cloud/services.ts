/** ECS, the load balancers' targets and the logs behind the cloud port. */
import { GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeServiceDeploymentsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  type ListTasksCommandOutput,
  StopServiceDeploymentCommand,
} from "@aws-sdk/client-ecs";
import { DescribeTargetHealthCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { LogLine, Task } from "../../engine/deployment/facts.ts";
import type { ServicePort } from "../../engine/ports.ts";
import { abortable, type Call, present, unlessMissing } from "./call.ts";
import { toService, toServiceDeployment, toTask, toTaskDefinition } from "./ecs-facts.ts";

/** `DescribeTasks` takes so many. */
const tasksPerCall = 100;
const newestDeployments = 10;

/** Services over these calls. */
export function servicePort(call: Call): ServicePort {
  return {
    describeServices: (cluster, services, signal) =>
      call(async (clients) => {
        const ecs = await clients.ecs();
        const found = await ecs.send(new DescribeServicesCommand({ cluster, services: [...services] }), abortable(signal));
        return (found.services ?? []).map(toService);
      }),
    serviceDeployments: (cluster, service, signal) =>
      call(async (clients) => {
        const ecs = await clients.ecs();
        const request = { cluster, service, maxResults: newestDeployments };
        const listed = await ecs.send(new ListServiceDeploymentsCommand(request), abortable(signal));
        const serviceDeploymentArns = (listed.serviceDeployments ?? []).map((one) => one.serviceDeploymentArn ?? "");
        if (serviceDeploymentArns.length === 0) return [];
        const found = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns }), abortable(signal));
        return (found.serviceDeployments ?? [])
          .map(toServiceDeployment)
          .sort((a, b) => ((a.createdAt ?? "") < (b.createdAt ?? "") ? 1 : -1));
      }),
    tasks: (cluster, serviceName, signal) => tasks(call, cluster, { serviceName }, signal),
    familyTasks: (cluster, family, signal) => tasks(call, cluster, { family }, signal),
    describeTasks: (cluster, arns, signal) => describeTasks(call, cluster, arns, signal),
    taskDefinition: (arn, signal) =>
      call(async (clients) => {
        const ecs = await clients.ecs();
        const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn }), abortable(signal));
        return toTaskDefinition(taskDefinition ?? {});
      }),
    targetHealth: (targetGroupArn, signal) =>
      call(async (clients) => {
        const elb = await clients.elb();
        const found = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }), abortable(signal));
        return (found.TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) =>
          present({
            id: Target?.Id ?? "",
            port: Target?.Port,
            state: TargetHealth?.State ?? "",
            reason: TargetHealth?.Reason,
            description: TargetHealth?.Description,
          }),
        );
      }),
    logTail: (group, stream, limit, region, signal) => logTail(call, { group, stream, limit, region }, signal),
    stopServiceDeployment: (arn, how, signal) =>
      call(async (clients) => {
        const ecs = await clients.ecs();
        await ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: how }), abortable(signal));
      }),
  };
}

type TasksOf = { readonly serviceName: string } | { readonly family: string };

async function tasks(call: Call, cluster: string, of: TasksOf, signal?: AbortSignal): Promise<readonly Task[]> {
  const arns = (await Promise.all((["RUNNING", "STOPPED"] as const).map((status) => taskArns(call, cluster, of, status, signal)))).flat();
  return await describeTasks(call, cluster, arns, signal);
}

async function describeTasks(call: Call, cluster: string, arns: readonly string[], signal?: AbortSignal): Promise<readonly Task[]> {
  const found: Task[] = [];
  for (let at = 0; at < arns.length; at += tasksPerCall) {
    const some = arns.slice(at, at + tasksPerCall);
    const described = await call(async (clients) => {
      const ecs = await clients.ecs();
      return await ecs.send(new DescribeTasksCommand({ cluster, tasks: some }), abortable(signal));
    });
    found.push(...(described.tasks ?? []).map(toTask));
  }
  return found;
}

async function taskArns(
  call: Call,
  cluster: string,
  of: TasksOf,
  desiredStatus: "RUNNING" | "STOPPED",
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const page: ListTasksCommandOutput = await call(async (clients) => {
      const ecs = await clients.ecs();
      const request = { cluster, ...of, desiredStatus, ...(nextToken && { nextToken }) };
      return await ecs.send(new ListTasksCommand(request), abortable(signal));
    });
    arns.push(...(page.taskArns ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return arns;
}

async function logTail(
  call: Call,
  { group, stream, limit, region }: { group: string; stream: string; limit: number; region: string | undefined },
  signal?: AbortSignal,
): Promise<readonly LogLine[]> {
  const answer = call(async (clients) => {
    const logs = await clients.logs(region);
    const request = { logGroupName: group, logStreamName: stream, limit, startFromHead: false };
    const { events } = await logs.send(new GetLogEventsCommand(request), abortable(signal));
    return (events ?? []).map(({ timestamp, message }) =>
      present({ at: timestamp === undefined ? undefined : new Date(timestamp).toISOString(), text: message ?? "" }),
    );
  });
  return await unlessMissing(answer, []);
}
