import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Answer, type Still, still } from "../cloudformation/support.ts";
import { definition, isSteady, look, privateA, registry, service, stopped, until, webTasks } from "./support.ts";

let world: Still;
beforeEach(async () => {
  world = await still();
  world.ecs("RegisterTaskDefinition", definition());
});
afterEach(() => world.sandbox.close());

const bad = () =>
  world.ecs("RegisterTaskDefinition", definition({}, { image: `${registry}/shop/web:9.9.9` })).taskDefinition.taskDefinitionArn;
const good = () =>
  world.ecs("RegisterTaskDefinition", definition({}, { image: `${registry}/shop/web:1.4.2` })).taskDefinition.taskDefinitionArn;
const breaker = (more: object = {}) => ({
  deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true }, ...more },
});

describe("refused, in ECS's words", () => {
  test.each<[string, object]>([
    ["The referenced cluster was inactive.", { cluster: "old" }],
    ["Cluster not found.", { cluster: "nowhere" }],
    ["TaskDefinition not found.", { taskDefinition: "nothing" }],
    ["Network Configuration must be provided when networkMode 'awsvpc' is specified.", { networkConfiguration: undefined }],
    [
      "Error retrieving subnet information for [subnet-0]: The subnet ID 'subnet-0' does not exist (ErrorCode: InvalidSubnetID.NotFound)",
      { networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-0"] } } },
    ],
    [
      "Error retrieving security group information for [sg-0]: The security group 'sg-0' does not exist",
      { networkConfiguration: { awsvpcConfiguration: { subnets: [privateA], securityGroups: ["sg-0"] } } },
    ],
    [
      "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments",
      { deploymentConfiguration: { maximumPercent: 100 } },
    ],
    [
      "Specifying both a launch type and capacity provider strategy is not supported",
      { capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }] },
    ],
    [
      "There are no capacity providers in the capacity provider strategy with a weight value greater than zero",
      { launchType: undefined, capacityProviderStrategy: [{ capacityProvider: "FARGATE" }] },
    ],
    ["Health check grace period is only valid for services configured to use load balancers.", { healthCheckGracePeriodSeconds: 10 }],
    ["The service couldn't be created because a valid taskRoleArn is not being used.", { enableExecuteCommand: true }],
    ["Service name can contain only letters", { serviceName: "no spaces" }],
    ["The sandbox does not simulate the parameter serviceConnectConfiguration of ECS", { serviceConnectConfiguration: { enabled: true } }],
  ])("%s", (message, more) => {
    world.ecs("CreateCluster", { clusterName: "old" });
    world.ecs("DeleteCluster", { cluster: "old" });
    expect(() => world.ecs("CreateService", service(more))).toThrow(message);
  });

  test("a service of that name, active or draining", () => {
    world.ecs("CreateService", service());
    expect(() => world.ecs("CreateService", service())).toThrow("Creation of service was not idempotent.");
    expect(() => world.ecs("DeleteService", { cluster: "production", service: "web" })).toThrow(
      "The service cannot be stopped while it is scaled above 0.",
    );
    world.ecs("DeleteService", { cluster: "production", service: "web", force: true });
    expect(() => world.ecs("CreateService", service())).toThrow("Unable to Start a service that is still Draining.");
    expect(until(world, (now) => now.status === "INACTIVE").runningCount).toBe(0);
    expect(() => world.ecs("UpdateService", { cluster: "production", service: "web" })).toThrow("Service was not ACTIVE.");
    world.ecs("CreateService", service());
    expect(look(world).status).toBe("ACTIVE");
  });

  test("target groups of the wrong type, without a load balancer, for a port nobody opens", () => {
    const groups = Object.values(world.sandbox.world.regions["eu-west-1"]?.elb.targetGroups ?? {});
    const use =
      (targetGroupArn: string | undefined, containerPort = 80) =>
      () =>
        world.ecs("CreateService", service({ loadBalancers: [{ targetGroupArn, containerName: "web", containerPort }] }));
    const instance = groups.find((group) => group.targetType === "instance");
    const shop = groups.find((group) => group.name === "shop-tg");
    expect(use(instance?.arn)).toThrow(
      "has target type instance, which is incompatible with the awsvpc network mode specified in the task definition.",
    );
    expect(use(shop?.arn, 81)).toThrow("The container web did not have a container port 81 defined.");
    const lonely = { ...structuredClone(shop as NonNullable<typeof shop>), arn: "arn:lonely" };
    (world.sandbox.world.regions["eu-west-1"] as Answer).elb.targetGroups["arn:lonely"] = lonely;
    expect(use("arn:lonely")).toThrow("The target group with targetGroupArn arn:lonely does not have an associated load balancer.");
  });
});

test("a first rollout takes about two minutes, its tasks through every status", () => {
  world.ecs("CreateService", service());
  expect(look(world)).toMatchObject({
    desiredCount: 2,
    runningCount: 0,
    deployments: [{ status: "PRIMARY", rolloutState: "IN_PROGRESS" }],
  });
  const statuses = new Set<string>();
  const begun = world.sandbox.clock.now();
  const end = until(world, isSteady, () => {
    for (const task of Object.values(world.sandbox.world.regions["eu-west-1"]?.ecs.tasks ?? {}))
      if (task.service === "web") statuses.add(task.lastStatus);
  });
  const seconds = (world.sandbox.clock.now() - begun) / 1_000;
  expect(seconds).toBeGreaterThan(75);
  expect(seconds).toBeLessThan(150);
  expect([...statuses]).toEqual(["PROVISIONING", "PENDING", "RUNNING"]);
  expect(end.events.map((event: { message: string }) => event.message.replace(/(task|ecs-svc)[ /][0-9a-f]+/g, "$1 ID"))).toEqual([
    "(service web) has reached a steady state.",
    "(service web) (deployment ecs-svc ID) deployment completed.",
    "(service web) has started 2 tasks: (task ID) (task ID).",
  ]);
  const { serviceDeployments } = world.ecs("ListServiceDeployments", { cluster: "production", service: "web" });
  expect(serviceDeployments).toMatchObject([{ status: "SUCCESSFUL" }]);
});

test.each([
  [100, 200, 2],
  [50, 100, 2],
  [0, 100, 3],
  [100, 150, 4],
])("an update with %i to %i percent never leaves these bounds", (minimumHealthyPercent, maximumPercent, desiredCount) => {
  world.ecs("CreateService", service({ desiredCount, deploymentConfiguration: { minimumHealthyPercent, maximumPercent } }));
  until(world, isSteady);
  world.ecs("UpdateService", { cluster: "production", service: "web", taskDefinition: good() });
  const end = until(world, isSteady, (now) => {
    expect(now.runningCount).toBeGreaterThanOrEqual(Math.ceil((desiredCount * minimumHealthyPercent) / 100));
    expect(now.runningCount + now.pendingCount).toBeLessThanOrEqual(Math.floor((desiredCount * maximumPercent) / 100));
  });
  expect(end.taskDefinition).toMatch(/web:2$/);
  expect(stopped(world).every((task) => /^Scaling activity initiated by \(deployment ecs-svc\/\d+\)$/.test(task.stoppedReason))).toBe(true);
});

test("figures that leave no room are said in an event", () => {
  world.ecs("CreateService", service({ desiredCount: 1, deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 150 } }));
  until(world, isSteady);
  world.ecs("UpdateService", { cluster: "production", service: "web", taskDefinition: good() });
  until(world, (now) =>
    now.events[0].message.includes(
      "was unable to stop or start tasks during a deployment because of the service deployment configuration.",
    ),
  );
});

describe("the circuit breaker", () => {
  test.each<[string, object, number, number]>([
    ["three at least", {}, 1, 3],
    ["half the desired count", {}, 10, 5],
    ["a count", { thresholdConfiguration: { type: "COUNT", value: 2 } }, 1, 2],
    ["a percentage", { thresholdConfiguration: { type: "BOUNDED_PERCENT", value: 50 } }, 12, 6],
  ])("threshold: %s", (_name, more, desiredCount, failures) => {
    const taskDefinition = bad();
    world.ecs(
      "CreateService",
      service({
        desiredCount,
        taskDefinition,
        deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false, ...more } },
      }),
    );
    const end = until(world, (now) => now.deployments[0].rolloutState === "FAILED");
    expect(end.deployments[0].rolloutStateReason).toBe("ECS deployment circuit breaker: tasks failed to start.");
    expect(end.deployments[0].failedTasks).toBeGreaterThanOrEqual(failures);
    const [{ serviceDeploymentArn }] = world.ecs("ListServiceDeployments", { cluster: "production", service: "web" }).serviceDeployments;
    const { serviceDeployments } = world.ecs("DescribeServiceDeployments", { serviceDeploymentArns: [serviceDeploymentArn] });
    expect(serviceDeployments[0].deploymentCircuitBreaker).toMatchObject({ status: "TRIGGERED", threshold: failures });
    expect(serviceDeployments[0].status).toBe("STOPPED");
  });

  test("goes back to the last completed deployment", () => {
    world.ecs("CreateService", service(breaker()));
    until(world, isSteady);
    world.ecs("UpdateService", { cluster: "production", service: "web", taskDefinition: bad() });
    let least = 2;
    const end = until(
      world,
      (now) =>
        isSteady(now) && now.events.some((event: { message: string }) => event.message.includes("rolling back to deployment ecs-svc/")),
      (now) => {
        least = Math.min(least, now.runningCount);
      },
    );
    expect(least).toBe(2);
    expect(end.taskDefinition).toMatch(/web:1$/);
    const { serviceDeployments } = world.ecs("ListServiceDeployments", { cluster: "production", service: "web" });
    expect(serviceDeployments.map((one: { status: string }) => one.status)).toEqual(["ROLLBACK_SUCCESSFUL", "SUCCESSFUL"]);
  });

  test("without one, ECS goes on trying, less and less often", () => {
    const taskDefinition = bad();
    world.ecs("CreateService", service({ desiredCount: 1, taskDefinition }));
    world.sandbox.advance(60 * 60_000);
    const now = look(world);
    expect(now.deployments[0].rolloutState).toBe("IN_PROGRESS");
    expect(now.deployments[0].failedTasks).toBeGreaterThan(5);
    expect(now.deployments[0].failedTasks).toBeLessThan(20);
    expect(
      now.events.some((event: { message: string }) => event.message.includes("is unable to consistently start tasks successfully.")),
    ).toBe(true);
  });
});

test("a deployment under way can be stopped and goes back", () => {
  world.ecs("CreateService", service());
  until(world, isSteady);
  world.ecs("UpdateService", { cluster: "production", service: "web", taskDefinition: good() });
  world.sandbox.advance(10_000);
  const serviceDeploymentArn = look(world).currentServiceDeployment;
  world.ecs("StopServiceDeployment", { serviceDeploymentArn });
  expect(until(world, isSteady).taskDefinition).toMatch(/web:1$/);
  expect(() => world.ecs("StopServiceDeployment", { serviceDeploymentArn })).toThrow("ROLLBACK_SUCCESSFUL");
});

test("scaling, forcing, changing what a deployment is not made of", () => {
  world.ecs("CreateService", service());
  const first = until(world, isSteady).deployments[0].id;
  world.ecs("UpdateService", { cluster: "production", service: "web", desiredCount: 3 });
  expect(until(world, (now) => now.runningCount === 3).deployments[0].id).toBe(first);
  world.ecs("UpdateService", { cluster: "production", service: "web", desiredCount: 1 });
  until(world, (now) => now.runningCount === 1);
  world.ecs("UpdateService", { cluster: "production", service: "web", forceNewDeployment: true });
  expect(look(world).deployments).toHaveLength(2);
  expect(until(world, isSteady).deployments[0].id).not.toBe(first);
});

test("a task stopped by hand is replaced, and forgotten after an hour", () => {
  world.ecs("CreateService", service({ desiredCount: 1 }));
  until(world, isSteady);
  const [arn] = world.ecs("ListTasks", { cluster: "production", serviceName: "web" }).taskArns;
  world.ecs("StopTask", { cluster: "production", task: arn, reason: "tired of it" });
  world.sandbox.advance(60_000);
  expect(stopped(world)).toMatchObject([
    {
      taskArn: arn,
      lastStatus: "STOPPED",
      stopCode: "UserInitiated",
      stoppedReason: "tired of it",
      containers: [{ name: "web", exitCode: 143, lastStatus: "STOPPED" }],
      attachments: [{ type: "ElasticNetworkInterface", status: "DELETED" }],
      group: "service:web",
    },
  ]);
  until(world, isSteady);
  world.sandbox.advance(60 * 60_000);
  expect(stopped(world)).toEqual([]);
  expect(world.ecs("DescribeTasks", { cluster: "production", tasks: [arn] }).failures).toEqual([{ arn, reason: "MISSING" }]);
});

test("a container health check must pass before the rollout goes on", () => {
  world.ecs("RegisterTaskDefinition", definition({}, { healthCheck: { command: ["CMD-SHELL", "true"], interval: 60 } }));
  world.ecs("CreateService", service({ desiredCount: 1 }));
  until(world, (now) => now.runningCount === 1);
  const [task] = world.ecs("DescribeTasks", {
    cluster: "production",
    tasks: world.ecs("ListTasks", { cluster: "production", serviceName: "web" }).taskArns,
  }).tasks;
  expect(task.healthStatus).toBe("UNKNOWN");
  until(world, isSteady);
});

test("interfaces come and go with the tasks", () => {
  const ec2 = () =>
    Object.values(world.sandbox.world.regions["eu-west-1"]?.ec2.networkInterfaces ?? {}).filter((one) => one.subnetId === privateA).length;
  const before = ec2();
  world.ecs(
    "CreateService",
    service({ networkConfiguration: { awsvpcConfiguration: { subnets: [privateA], securityGroups: [webTasks] } } }),
  );
  until(world, isSteady);
  expect(ec2()).toBe(before + 2);
  world.ecs("DeleteService", { cluster: "production", service: "web", force: true });
  until(world, (now) => now.status === "INACTIVE");
  expect(ec2()).toBe(before);
});
