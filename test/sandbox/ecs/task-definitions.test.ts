import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Still, still } from "../cloudformation/support.ts";
import { definition } from "./support.ts";

let world: Still;
beforeAll(async () => {
  world = await still();
});
afterAll(() => world.sandbox.close());

const containers = (...list: object[]) => ({
  containerDefinitions: list.map((one, index) => ({ name: `c${index}`, image: "nginx", ...one })),
});

describe("Fargate's rules, in ECS's words", () => {
  test.each<[string, object]>([
    ["No Fargate configuration exists for given values: 256 CPU, 4096 memory", definition({ memory: "4096" })],
    ["No Fargate configuration exists for given values: 512 CPU, 512 memory", definition({ cpu: "512" })],
    ["Fargate requires that 'cpu' be defined at the task level", definition({ cpu: undefined })],
    ["Fargate only supports network mode ‘awsvpc’.", definition({ networkMode: "bridge" })],
    ["Fargate requires task definition to have execution role ARN to support ECR images.", definition({ executionRoleArn: undefined })],
    ["Fargate requires that the 'privileged' setting be 'false'", definition({}, { privileged: true })],
    [
      "Fargate compatible task definitions do not support devices",
      definition({}, { linuxParameters: { devices: [{ hostPath: "/dev/x" }] } }),
    ],
    [
      "Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.",
      definition({}, { stopTimeout: 121 }),
    ],
    ["EphemeralStorage size should be at least 21", definition({ ephemeralStorage: { sizeInGiB: 20 } })],
    ["EphemeralStorage size should be at most 200", definition({ ephemeralStorage: { sizeInGiB: 201 } })],
    ["Fargate compatible task definitions do not support ipcMode", definition({ ipcMode: "task" })],
    ["The sum of all container 'cpu' values cannot be greater than the task-level 'cpu' value", definition({}, { cpu: 512 })],
    ["'memory' must be greater than or equal to 'memoryReservation'", definition({}, { memory: 128, memoryReservation: 256 })],
    ["Container list cannot be empty.", definition({ containerDefinitions: [] })],
    ["Task definition doesn't have any essential container", definition({}, { essential: false })],
    ["Container.name must be unique within a task definition", definition(containers({ name: "a" }, { name: "a" }))],
    [
      "A dependency container with HEALTHY condition must have health check configured",
      definition(containers({ dependsOn: [{ containerName: "c1", condition: "HEALTHY" }] }, {})),
    ],
    [
      "The container dependency graph contains a cycle",
      definition(
        containers(
          { dependsOn: [{ containerName: "c1", condition: "START" }] },
          { dependsOn: [{ containerName: "c0", condition: "START" }] },
        ),
      ),
    ],
    ["Unknown volume 'data'.", definition({}, { mountPoints: [{ sourceVolume: "data", containerPath: "/d" }] })],
    [
      "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'",
      definition({ executionRoleArn: undefined }, { image: "nginx", secrets: [{ name: "A", valueFrom: "b" }] }),
    ],
    [
      "Fargate requires log configuration options to include awslogs-stream-prefix",
      definition({}, { logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "g", "awslogs-region": "eu-west-1" } } }),
    ],
    [
      "When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver",
      definition({}, { firelensConfiguration: { type: "fluentbit" } }),
    ],
    [
      "port mapping name is already used",
      definition(
        {},
        {
          portMappings: [
            { containerPort: 80, name: "a" },
            { containerPort: 81, name: "a" },
          ],
        },
      ),
    ],
    [
      "TransitEncryption must be enabled when using EFS IAM authorization.",
      definition({ volumes: [{ name: "v", efsVolumeConfiguration: { fileSystemId: "fs-1", authorizationConfig: { iam: "ENABLED" } } }] }),
    ],
  ])("%s", (message, input) => {
    expect(() => world.ecs("RegisterTaskDefinition", input)).toThrow(message);
  });
});

test.each<[string, string]>([
  ["256", "512"],
  [".25 vCPU", "0.5 GB"],
  ["1024", "8192"],
  ["4096", "30720"],
  ["16384", "122880"],
])("%s CPU with %s memory is a size", (cpu, memory) => {
  expect(world.ecs("RegisterTaskDefinition", definition({ cpu, memory })).taskDefinition.cpu).toMatch(/^\d+$/);
});

test("revisions count up, are described with their defaults, and are deregistered", () => {
  const first = world.ecs("RegisterTaskDefinition", definition({ family: "life", tags: [{ key: "a", value: "b" }] })).taskDefinition;
  expect(first).toMatchObject({ revision: 1, status: "ACTIVE", compatibilities: ["EC2", "FARGATE"] });
  expect(first.containerDefinitions[0]).toMatchObject({
    essential: true,
    cpu: 0,
    portMappings: [{ containerPort: 80, hostPort: 80, protocol: "tcp" }],
  });
  world.ecs("RegisterTaskDefinition", definition({ family: "life" }));
  expect(world.ecs("DescribeTaskDefinition", { taskDefinition: "life" }).taskDefinition.revision).toBe(2);
  expect(world.ecs("DescribeTaskDefinition", { taskDefinition: "life:1", include: ["TAGS"] }).tags).toEqual([{ key: "a", value: "b" }]);
  world.ecs("DeregisterTaskDefinition", { taskDefinition: "life:2" });
  expect(world.ecs("ListTaskDefinitions", { familyPrefix: "life" }).taskDefinitionArns).toEqual([first.taskDefinitionArn]);
  expect(world.ecs("ListTaskDefinitions", { familyPrefix: "life", status: "INACTIVE" }).taskDefinitionArns).toHaveLength(1);
  expect(world.ecs("DescribeTaskDefinition", { taskDefinition: "life:2" }).taskDefinition.status).toBe("INACTIVE");
  expect(() => world.ecs("DescribeTaskDefinition", { taskDefinition: "life:9" })).toThrow("Unable to describe task definition.");
});
