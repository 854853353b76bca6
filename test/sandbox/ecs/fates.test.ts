import { afterEach, describe, expect, test } from "vitest";
import { groupId, subnetId } from "../../../src/sandbox/data/network.ts";
import { type Answer, type Still, still } from "../cloudformation/support.ts";
import { definition, isSteady, look, registry, service, stopped, until } from "./support.ts";

let world: Still;
afterEach(() => world.sandbox.close());

const breaker = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } } };
const region = (): Answer => world.sandbox.world.regions["eu-west-1"];
const targetGroup = () => Object.values(region().elb.targetGroups as Record<string, Answer>).find((group) => group.name === "shop-tg").arn;
const balanced = () => ({ loadBalancers: [{ targetGroupArn: targetGroup(), containerName: "web", containerPort: 80 }] });
const secret = () => (Object.values(region().secrets.secrets)[0] as Answer).arn;

/** Deploys, lets it fail, deploys again with a change, and sees it run. */
async function failsThenRuns(
  scenario: string,
  given: { definition: object; service: () => object },
  fixed: { definition: object; service: () => object },
): Promise<Answer[]> {
  world = await still(scenario);
  world.ecs("RegisterTaskDefinition", given.definition);
  world.ecs("CreateService", service({ ...breaker, desiredCount: 1, ...given.service() }));
  until(world, (now) => now.deployments[0].rolloutState === "FAILED");
  const failed = stopped(world);
  world.ecs("RegisterTaskDefinition", fixed.definition);
  world.ecs("UpdateService", { ...service({ ...breaker, desiredCount: 1, ...fixed.service() }), service: "web", taskDefinition: "web" });
  until(world, isSteady);
  return failed;
}
const nothing = () => ({});

describe("a scenario's failure has the real text, and changing its cause heals it", () => {
  test("crash-loop: another environment", async () => {
    const logged = {
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "/ecs/checkout", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "ecs" },
      },
    };
    const failed = await failsThenRuns(
      "crash-loop",
      { definition: definition({}, logged), service: nothing },
      { definition: definition({}, { ...logged, environment: [{ name: "DATABASE_HOST", value: "db" }] }), service: nothing },
    );
    expect(failed).toHaveLength(3);
    expect(failed[0]).toMatchObject({
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      containers: [{ exitCode: 1 }],
    });
    const stream = region().logs.groups["/ecs/checkout"].streams[`ecs/web/${failed[0].taskArn.split("/").at(-1)}`];
    const lines = stream.events.map((event: { message: string }) => event.message);
    expect(lines[0]).toBe("[web] starting");
    expect(lines).toContain("Error: connect ECONNREFUSED 10.0.3.7:5432");
  });

  test("out-of-memory: more memory", async () => {
    const failed = await failsThenRuns(
      "out-of-memory",
      { definition: definition(), service: nothing },
      { definition: definition({ memory: "1024" }), service: nothing },
    );
    expect(failed[0].containers[0]).toMatchObject({ exitCode: 137, reason: "OutOfMemoryError: Container killed due to memory usage" });
  });

  test("image-not-found: another tag", async () => {
    const failed = await failsThenRuns(
      "image-not-found",
      { definition: definition({}, { image: `${registry}/shop/web:1.4.2` }), service: nothing },
      { definition: definition({}, { image: `${registry}/shop/web:1.4.1` }), service: nothing },
    );
    expect(failed[0].stopCode).toBe("TaskFailedToStart");
    expect(failed[0].containers[0].reason).toBe(failed[0].stoppedReason);
    expect(failed[0].stoppedReason).toContain(`failed to resolve ref ${registry}/shop/web:1.4.2: ${registry}/shop/web:1.4.2: not found`);
  });

  test("unhealthy-targets: another security group", async () => {
    const network = (group: string) => ({
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: [subnetId("main", "private-a", "0f3")],
          securityGroups: [groupId("main", group), groupId("main", "web-tasks")],
        },
      },
    });
    const failed = await failsThenRuns(
      "unhealthy-targets",
      { definition: definition(), service: balanced },
      { definition: definition(), service: () => ({ ...balanced(), ...network("worker-tasks") }) },
    );
    expect(failed[0]).toMatchObject({
      stopCode: "ServiceSchedulerInitiated",
      stoppedReason: `Task failed ELB health checks in (target-group ${targetGroup()})`,
    });
    const events = look(world).events.map((event: { message: string }) => event.message);
    expect(
      events.some((text: string) =>
        /\(task [0-9a-f]{32}\) \(port 80\) is unhealthy in \(target-group arn:.*\) due to \(reason Health checks failed with these codes: \[404\]\)/.test(
          text,
        ),
      ),
    ).toBe(true);
  });

  test("no-route: a subnet with a way out", async () => {
    const network = (subnet: string) => () => ({
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [subnet], securityGroups: [groupId("main", "web-tasks")], assignPublicIp: "DISABLED" },
      },
    });
    world = await still("no-route");
    const open = Object.values(region().ec2.subnets as Record<string, Answer>).filter(
      (one) => one.vpcId === region().ec2.subnets[subnetId("main", "private-a", "0f3")].vpcId,
    );
    const publicSubnet = open.find((one) => one.publicIpOnLaunch);
    await world.sandbox.close();
    const failed = await failsThenRuns(
      "no-route",
      { definition: definition(), service: network(subnetId("main", "private-a", "0f3")) },
      {
        definition: definition(),
        service: () => ({
          networkConfiguration: {
            awsvpcConfiguration: { subnets: [publicSubnet.id], securityGroups: [groupId("main", "web-tasks")], assignPublicIp: "ENABLED" },
          },
        }),
      },
    );
    expect(failed[0].stoppedReason).toMatch(
      /^ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR\./,
    );
  });

  test("secret-denied: without the secret", async () => {
    world = await still();
    const arn = secret();
    await world.sandbox.close();
    const failed = await failsThenRuns(
      "secret-denied",
      { definition: definition({}, { secrets: [{ name: "DB", valueFrom: arn }] }), service: nothing },
      { definition: definition(), service: nothing },
    );
    expect(failed[0].stoppedReason).toMatch(
      /unable to retrieve secret from asm: .*AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role\/ecsTaskExecutionRole\/[0-9a-f]{32} is not authorized to perform: secretsmanager:GetSecretValue on resource: /,
    );
  });

  test("wrong-architecture: the other architecture", async () => {
    const image = { image: `${registry}/shop/web:1.4.2` };
    const failed = await failsThenRuns(
      "wrong-architecture",
      { definition: definition({}, image), service: nothing },
      {
        definition: definition({ runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" } }, image),
        service: nothing,
      },
    );
    expect(failed[0].stoppedReason).toContain("does not contain descriptor matching platform 'linux/amd64'");
  });
});

describe("what the account itself makes fail", () => {
  const fails = async (input: object, more: () => object = nothing): Promise<Answer> => {
    world = await still();
    world.ecs("RegisterTaskDefinition", input);
    world.ecs("CreateService", service({ ...breaker, desiredCount: 1, ...more() }));
    until(world, (now) => now.deployments[0].rolloutState === "FAILED");
    return stopped(world)[0];
  };

  test("a tag that is not in the repository", async () => {
    expect((await fails(definition({}, { image: `${registry}/shop/web:0.0.1` }))).stoppedReason).toMatch(
      /^CannotPullContainerError: .*: not found$/,
    );
  });

  test("a log group that does not exist", async () => {
    const options = { "awslogs-group": "/nowhere", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "ecs" };
    const task = await fails(definition({}, { logConfiguration: { logDriver: "awslogs", options } }));
    expect(task.stoppedReason).toMatch(
      /^ResourceInitializationError: failed to validate logger args: .*The specified log group does not exist\./,
    );
  });

  test("a secret without that key", async () => {
    world = await still();
    const found = Object.values(region().secrets.secrets as Record<string, Answer>).find((one) => one.name === "shop/db");
    await world.sandbox.close();
    const task = await fails(definition({}, { secrets: [{ name: "A", valueFrom: `${found.arn}:nokey::` }] }));
    expect(task.stoppedReason).toMatch(/retrieved secret from Secrets Manager did not contain json key nokey$/);
  });

  test("a file system without a mount target", async () => {
    const volumes = [{ name: "v", efsVolumeConfiguration: { fileSystemId: "fs-0nothing", transitEncryption: "ENABLED" } }];
    const task = await fails(definition({ volumes }, { mountPoints: [{ sourceVolume: "v", containerPath: "/v" }] }));
    expect(task.stoppedReason).toMatch(
      /^ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve "fs-0nothing\.efs\.eu-west-1\.amazonaws\.com"/,
    );
  });

  test("a container health check that cannot pass", async () => {
    const task = await fails(definition({}, { healthCheck: { command: ["CMD-SHELL", "exit 1"], interval: 10, retries: 2 } }));
    expect(task).toMatchObject({
      stopCode: "ServiceSchedulerInitiated",
      stoppedReason: "Task failed container health checks",
      healthStatus: "UNHEALTHY",
    });
    expect(look(world).events.some((event: Answer) => /\(task [0-9a-f]{32}\) failed container health checks\.$/.test(event.message))).toBe(
      true,
    );
  });

  test("a role ECS may not assume starts no task at all", async () => {
    world = await still();
    world.ecs("RegisterTaskDefinition", definition({ executionRoleArn: "arn:aws:iam::123456789012:role/nobody" }));
    world.ecs("CreateService", service({ ...breaker, desiredCount: 1 }));
    const end = until(world, (now) => now.deployments[0].rolloutState === "FAILED");
    expect(stopped(world)).toEqual([]);
    expect(
      end.events.some((event: Answer) =>
        event.message.includes(
          "ECS was unable to assume the role 'arn:aws:iam::123456789012:role/nobody' that was provided for this task.",
        ),
      ),
    ).toBe(true);
  });

  test("a public subnet without a public address", async () => {
    world = await still();
    const subnet = Object.values(region().ec2.subnets as Record<string, Answer>).find((one) => one.publicIpOnLaunch);
    const groups = Object.values(region().ec2.securityGroups as Record<string, Answer>).filter((one) => one.vpcId === subnet.vpcId);
    await world.sandbox.close();
    const task = await fails(definition(), () => ({
      networkConfiguration: { awsvpcConfiguration: { subnets: [subnet.id], securityGroups: [groups[0].id] } },
    }));
    expect(task.stoppedReason).toContain("There is a connection issue between the task and Amazon ECR.");
  });
});

describe("an account's limits", () => {
  test("without the service-linked role and the permission to make it, ECS refuses", async () => {
    world = await still("empty,denied:iam:CreateServiceLinkedRole");
    expect(() => world.ecs("CreateCluster", { clusterName: "first" })).toThrow(
      "Unable to assume the service linked role. Please verify that the ECS service linked role exists.",
    );
    await world.sandbox.close();
    world = await still("empty");
    world.ecs("CreateCluster", { clusterName: "first" });
    expect(world.sandbox.world.iam.roles["AWSServiceRoleForECS"]).toBeDefined();
  });

  test("the quota of vCPUs holds tasks back", async () => {
    world = await still();
    region().quotas.quotas["L-3032A538"].value = 1;
    world.ecs("RegisterTaskDefinition", definition({ cpu: "1024", memory: "2048" }));
    world.ecs("CreateService", service({ desiredCount: 1 }));
    world.sandbox.advance(60_000);
    expect(look(world)).toMatchObject({ runningCount: 0, pendingCount: 0 });
    expect(look(world).events[0].message).toContain("You’ve reached the limit on the number of vCPUs you can run concurrently");
    region().quotas.quotas["L-3032A538"].value = 16;
    until(world, isSteady);
  });
});
