import { groupId, subnetId } from "../../../src/sandbox/data/network.ts";
import type { Answer, Still } from "../cloudformation/support.ts";

export const registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
export const privateA = subnetId("main", "private-a", "0f3");
export const webTasks = groupId("main", "web-tasks");

/** A task definition that is fine, with what a test changes of it. */
export function definition(more: object = {}, container: object = {}): object {
  return {
    family: "web",
    cpu: "256",
    memory: "512",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    executionRoleArn: "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
    containerDefinitions: [{ name: "web", image: `${registry}/shop/web:1.4.1`, portMappings: [{ containerPort: 80 }], ...container }],
    ...more,
  };
}

/** A service that is fine, with what a test changes of it. */
export function service(more: object = {}): object {
  return {
    cluster: "production",
    serviceName: "web",
    taskDefinition: "web",
    desiredCount: 2,
    launchType: "FARGATE",
    networkConfiguration: { awsvpcConfiguration: { subnets: [privateA], securityGroups: [webTasks] } },
    ...more,
  };
}

/** The service as it is described now. */
export const look = (world: Still, name = "web"): Answer =>
  world.ecs("DescribeServices", { cluster: "production", services: [name] }).services[0];

/** Lets time pass in steps of five seconds, looking at the service at each, until it says what is waited for. */
export function until(
  world: Still,
  done: (service: Answer) => boolean,
  each: (service: Answer) => void = () => undefined,
  minutes = 30,
): Answer {
  for (let step = 0; step < minutes * 12; step += 1) {
    const now = look(world);
    each(now);
    if (done(now)) return now;
    world.sandbox.advance(5_000);
  }
  throw new Error(`not within ${minutes} minutes: ${JSON.stringify(look(world).deployments)}`);
}

/** Whether a service runs what it should and nothing else. */
export const isSteady = (now: Answer): boolean =>
  now.deployments.length === 1 && now.deployments[0].rolloutState === "COMPLETED" && now.runningCount === now.desiredCount;

/** The stopped tasks of the service, described. */
export function stopped(world: Still): Answer[] {
  const { taskArns } = world.ecs("ListTasks", { cluster: "production", serviceName: "web", desiredStatus: "STOPPED" });
  return taskArns.length === 0 ? [] : world.ecs("DescribeTasks", { cluster: "production", tasks: taskArns }).tasks;
}
