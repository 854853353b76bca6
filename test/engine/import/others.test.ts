import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { importCompose } from "../../../src/engine/import/compose.ts";
import { importCopilot } from "../../../src/engine/import/copilot.ts";
import type { Imported } from "../../../src/engine/import/imported.ts";
import { importService } from "../../../src/engine/import/service.ts";
import { importTaskDefinition } from "../../../src/engine/import/task-definition.ts";
import { buildTemplate } from "../../../src/engine/template/index.ts";
import { effective } from "../../../src/engine/values.ts";
import { webProfile } from "../../support/profiles.ts";

const secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
const lost = ({ unplaced }: Imported) => unplaced.map(({ path }) => path).sort();
/** What a whole profile still lacks is no fault of the import. */
const faults = ({ issues }: Imported) =>
  issues.filter(({ severity, path }) => severity === "error" && path[0] !== "target" && path[0] !== "network");

const taskDefinition = {
  taskDefinitionArn: "arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:7",
  revision: 7,
  status: "ACTIVE",
  family: "shop",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  taskRoleArn: "arn:aws:iam::123456789012:role/task",
  executionRoleArn: "arn:aws:iam::123456789012:role/execution",
  cpu: "512",
  memory: "1 GB",
  runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
  ephemeralStorage: { sizeInGiB: 40 },
  pidMode: "task",
  volumes: [
    { name: "tmp", host: {} },
    {
      name: "media",
      efsVolumeConfiguration: {
        fileSystemId: "fs-0123456789abcdef0",
        rootDirectory: "/",
        transitEncryption: "ENABLED",
        authorizationConfig: { accessPointId: "fsap-0123456789abcdef0", iam: "ENABLED" },
      },
    },
  ],
  containerDefinitions: [
    {
      name: "web",
      image: "shop/web:1",
      cpu: 0,
      essential: true,
      portMappings: [{ containerPort: 80, hostPort: 80, protocol: "tcp", name: "http", appProtocol: "http" }],
      environment: [{ name: "A", value: "1" }],
      secrets: [{ name: "B", valueFrom: secret }],
      environmentFiles: [{ type: "s3", value: "arn:aws:s3:::b/x.env" }],
      healthCheck: { command: ["CMD-SHELL", "true"], interval: 10 },
      mountPoints: [
        { sourceVolume: "tmp", containerPath: "/tmp" },
        { sourceVolume: "media", containerPath: "/media", readOnly: true },
      ],
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "g", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "p" },
      },
      linuxParameters: { initProcessEnabled: true },
      restartPolicy: { enabled: true, ignoredExitCodes: [0] },
      ulimits: [{ name: "nofile", softLimit: 10, hardLimit: 20 }],
      systemControls: [{ namespace: "net.core.somaxconn", value: "1" }],
    },
  ],
};

describe("importing a task definition", () => {
  const result = importTaskDefinition(JSON.stringify({ taskDefinition, tags: [{ key: "team", value: "shop" }] }));

  it("finds a place for what it says", () => {
    expect(faults(result)).toEqual([]);
    expect(result.profile).toMatchObject({
      name: "shop",
      configuration: { name: "shop", taskRole: "arn:aws:iam::123456789012:role/task" },
      taskSize: { cpu: 512, memory: 1024, cpuArchitecture: "ARM64", ephemeralStorageGiB: 40 },
      tags: { additional: [{ key: "team", value: "shop" }] },
    });
  });

  it("gives a template with the same containers and volumes", () => {
    const { step } = effective({ ...result.profile, target: { region: "eu-west-1", cluster: "c" } });
    // biome-ignore lint/suspicious/noExplicitAny: a template is looked into
    const { ContainerDefinitions, Volumes } = (buildTemplate(step) as any).Resources.TaskDefinitionshop.Properties;
    expect(ContainerDefinitions[0]).toMatchObject({
      Name: "web",
      PortMappings: [{ ContainerPort: 80, HostPort: 80, Protocol: "tcp", Name: "http", AppProtocol: "http" }],
      Secrets: [{ Name: "B", ValueFrom: secret }],
      EnvironmentFiles: [{ Type: "s3", Value: "arn:aws:s3:::b/x.env" }],
      HealthCheck: { Command: ["CMD-SHELL", "true"], Interval: 10 },
      LogConfiguration: {
        LogDriver: "awslogs",
        Options: { "awslogs-group": "g", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "p" },
      },
      LinuxParameters: { InitProcessEnabled: true },
      RestartPolicy: { Enabled: true, IgnoredExitCodes: [0] },
      Ulimits: [{ Name: "nofile", SoftLimit: 10, HardLimit: 20 }],
    });
    expect(ContainerDefinitions[0]).not.toHaveProperty("Cpu");
    expect(Volumes).toEqual([
      { Name: "tmp" },
      {
        Name: "media",
        EFSVolumeConfiguration: {
          FilesystemId: "fs-0123456789abcdef0",
          RootDirectory: "/",
          TransitEncryption: "ENABLED",
          AuthorizationConfig: { AccessPointId: "fsap-0123456789abcdef0", IAM: "ENABLED" },
        },
      },
    ]);
  });

  it("lists what has no place", () => {
    expect(lost(result)).toEqual(["containerDefinitions[0].systemControls", "pidMode"]);
  });
});

describe("importing a running service", () => {
  const result = importService({
    region: "eu-west-1",
    cluster: "production",
    taskDefinition: { taskDefinition },
    service: {
      serviceName: "shop",
      status: "ACTIVE",
      launchType: "FARGATE",
      platformVersion: "LATEST",
      schedulingStrategy: "REPLICA",
      desiredCount: 3,
      healthCheckGracePeriodSeconds: 30,
      enableECSManagedTags: true,
      propagateTags: "NONE",
      deploymentController: { type: "ECS" },
      deploymentConfiguration: {
        maximumPercent: 200,
        minimumHealthyPercent: 100,
        strategy: "ROLLING",
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: ["subnet-0123456789abcdef0"],
          securityGroups: ["sg-0123456789abcdef0"],
          assignPublicIp: "DISABLED",
        },
      },
      loadBalancers: [
        {
          targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef",
          containerName: "web",
          containerPort: 80,
        },
      ],
      serviceRegistries: [{ registryArn: "arn:aws:servicediscovery:eu-west-1:123456789012:service/srv-1" }],
      tags: [{ key: "team", value: "shop" }],
    },
  });

  it("gives a whole profile without errors", () => {
    expect(result.issues.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(result.profile).toMatchObject({
      target: { region: "eu-west-1", cluster: "production" },
      network: { subnets: ["subnet-0123456789abcdef0"], securityGroups: ["sg-0123456789abcdef0"], assignPublicIp: false },
      tags: { enableEcsManagedTags: true, additional: [{ key: "team", value: "shop" }] },
      deployment: {
        desiredCount: 3,
        minimumHealthyPercent: 100,
        maximumPercent: 200,
        circuitBreaker: { enable: true, rollback: true },
        healthCheckGracePeriodSeconds: 30,
      },
      loadBalancerMappings: [{ containerName: "web", containerPort: 80 }],
    });
  });

  it("lists what has no place", () => {
    expect(lost(result)).toEqual(["containerDefinitions[0].systemControls", "pidMode", "serviceRegistries"]);
  });
});

it("a service that a deployment of ours made is imported with what its tags tell: the same stack is updated again", () => {
  const { profile, unplaced, issues } = importService({
    region: "eu-west-1",
    cluster: "production",
    taskDefinition: {
      taskDefinition,
      tags: [
        { key: "Octopus.Environment.Name", value: "old" },
        { key: "team", value: "definition" },
        { key: "tier", value: "web" },
      ],
    },
    service: {
      tags: [
        { key: "Octopus.Environment.Name", value: "Production" },
        { key: "Octopus.Deployment.Tenant.Name", value: "Acme" },
        { key: "Octopus.Release.Channel.Name", value: "Stable" },
        { key: "team", value: "shop" },
        { key: "aws:cloudformation:stack-name", value: "shop" },
      ],
    },
  });
  expect(profile["target"]).toEqual({ region: "eu-west-1", cluster: "production", environment: "Production", tenant: "Acme" });
  expect(profile["variables"]).toEqual({ "Octopus.Release.Channel.Name": "Stable" });
  expect(profile["tags"]).toEqual({
    additional: [
      { key: "team", value: "shop" },
      { key: "tier", value: "web" },
    ],
  });
  expect(unplaced).toContainEqual({ path: "tags[4].key", value: "aws:cloudformation:stack-name" });
  expect(issues.filter(({ path }) => path[0] === "tags")).toEqual([]);
  expect(effective(profile).step.target.environment).toBe("Production");
});

it.each([
  [{ enable: false, rollback: false }, undefined],
  [
    { enable: true, rollback: false },
    { enable: true, rollback: false },
  ],
])("of an imported service, the circuit breaker %j is %j", (deploymentCircuitBreaker, circuitBreaker) => {
  const deploymentConfiguration = { bakeTimeInMinutes: 0, maximumPercent: 200, deploymentCircuitBreaker };
  const result = importService({ region: "eu-west-1", cluster: "production", taskDefinition, service: { deploymentConfiguration } });
  expect(result.profile["deployment"]).toEqual({ maximumPercent: 200, ...(circuitBreaker ? { circuitBreaker } : {}) });
  expect(lost(result)).toEqual(["containerDefinitions[0].systemControls", "pidMode"]);
});

it.each([
  ["the log group of its own stack is logged to as before", {}, "default", { type: "auto" }],
  ["a log group of its own making stays", { "awslogs-group": "/other" }, "default", { type: "manual" }],
  ["what more is said of it stays", { "awslogs-create-group": "true" }, "default", { type: "manual" }],
  ["without a tag that tells whose it is, it stays", {}, undefined, { type: "manual" }],
])("of an imported service, %s", (_, more, environment, logging) => {
  const options = { "awslogs-group": "/ecs/shop", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "ecs", ...more };
  const container = { name: "web", image: "shop/web:1", logConfiguration: { logDriver: "awslogs", options } };
  const { profile } = importService({
    region: "eu-west-1",
    cluster: "production",
    taskDefinition: { taskDefinition: { family: "shop", containerDefinitions: [container] } },
    service: { tags: environment === undefined ? [] : [{ key: "Octopus.Environment.Name", value: environment }] },
  });
  expect(profile["containers"]).toMatchObject([{ logging }]);
});

it.each([
  ["cf-ecs-production-serviceshop-prod-untenanted-TaskExecutionRoleshop-1A2B3C4D5E6F", "prod", false],
  ["cf-ecs-production-servic-TaskExecutionRole-1A2B3C4D5E6F", "prod", false],
  ["cf-ecs-production-serviceshop-test-TaskExecutionRoleshop-1A2B3C4D5E6F", "prod", true],
  ["cf-ecs-production-serviceshop-prod-untenanted-TaskExecutionRoleorders-1A2B3C4D5E6F", "prod", true],
  ["cf-ecs-production-serviceshop-prod-untenanted-TaskExecutionRoleshop-1A2B3C4D5E6F", undefined, true],
  ["ecsTaskExecutionRole", "prod", true],
])(
  "of an imported service, the execution role %s stands in the profile only where it is not its own stack's (environment %s)",
  (role, environment, stands) => {
    const executionRoleArn = `arn:aws:iam::123456789012:role/${role}`;
    const { profile } = importService({
      region: "eu-west-1",
      cluster: "production",
      taskDefinition: {
        taskDefinition: { family: "shop", executionRoleArn, containerDefinitions: [{ name: "web", image: "shop/web:1" }] },
      },
      service: { tags: environment === undefined ? [] : [{ key: "Octopus.Environment.Name", value: environment }] },
    });
    expect(profile["taskExecutionRole"]).toEqual(stands ? { roleArn: executionRoleArn } : undefined);
  },
);

describe("importing a Compose file", () => {
  const result = importCompose(`
name: my shop
services:
  web:
    image: shop/web:1
    build: .
    command: npm start
    ports: ["8080:80", "53:53/udp", {target: 443, published: 8443}, "9000-9001:9000-9001"]
    environment:
      LOG_LEVEL: info
      DEBUG:
    volumes: ["data:/data:ro", "./src:/app"]
    depends_on:
      cache: {condition: service_healthy}
    stop_grace_period: 1m30s
    deploy:
      resources:
        limits: {cpus: "0.25", memory: 256M}
    restart: always
  cache:
    image: redis:7
    environment: ["A=1=2", B]
    healthcheck: {test: ["CMD", "redis-cli", "ping"], interval: 10s}
    depends_on: []
volumes:
  data:
networks:
  front: {driver: bridge}
`);

  it("makes containers of services", () => {
    expect(faults(result)).toEqual([]);
    expect(result.profile).toMatchObject({
      name: "my-shop",
      configuration: { name: "my-shop" },
      containers: [
        {
          name: "web",
          image: "shop/web:1",
          command: ["npm", "start"],
          cpu: 256,
          memory: 256,
          portMappings: [{ containerPort: 80 }, { containerPort: 53, protocol: "udp" }, { containerPort: 443 }],
          environment: [
            { name: "LOG_LEVEL", value: "info" },
            { name: "DEBUG", value: "" },
          ],
          mountPoints: [{ sourceVolume: "data", containerPath: "/data", readOnly: true }],
          dependsOn: [{ containerName: "cache", condition: "HEALTHY" }],
          stopTimeout: 90,
        },
        {
          name: "cache",
          environment: [
            { name: "A", value: "1=2" },
            { name: "B", value: "" },
          ],
          healthCheck: { command: ["CMD", "redis-cli", "ping"], interval: 10 },
        },
      ],
      volumes: [{ name: "data", type: "bind" }],
    });
  });

  it("chooses the smallest task that holds what its services may use", () => {
    const sized = (...limits: string[]) =>
      importCompose(`services:\n${limits.map((one, at) => `  s${at}: {image: "a:1", deploy: {resources: {limits: ${one}}}}`).join("\n")}`);
    expect(sized("{cpus: '0.25', memory: 512M}").profile["taskSize"]).toBeUndefined();
    expect(sized("{cpus: '0.5'}").profile["taskSize"]).toEqual({ cpu: 512, memory: 1024 });
    const pair = sized("{cpus: '0.25', memory: 2G}", "{memory: 3G}");
    expect(pair.profile["taskSize"]).toEqual({ cpu: 1024, memory: 5120 });
    expect(faults(pair)).toEqual([]);
    expect(sized("{cpus: '64'}").profile["taskSize"]).toBeUndefined();
  });

  it("follows what services share", () => {
    const { profile } = importCompose(
      "x-app: &app {image: 'a:1', environment: {A: 1}}\nservices:\n  web: {<<: *app, user: app}\n  job: *app",
    );
    expect(profile["containers"]).toMatchObject([
      { name: "web", image: "a:1", user: "app", environment: [{ name: "A", value: 1 }] },
      { name: "job", image: "a:1" },
    ]);
  });

  it("takes the replicas of a single service for the number of tasks", () => {
    const one = importCompose('services: {a: {image: "a:1", deploy: {replicas: 3, resources: {limits: {memory: 256M}}}}}');
    expect(one.profile).toMatchObject({ deployment: { desiredCount: 3 }, containers: [{ memory: 256 }] });
    expect(lost(one)).toEqual([]);
    const two = importCompose('services: {a: {image: "a:1", deploy: {replicas: 3}}, b: {image: "b:1"}}');
    expect(two.profile).not.toHaveProperty("deployment");
    expect(lost(two)).toEqual(["services.a.deploy.replicas"]);
  });

  it("lists builds, host folders, port ranges and networks", () => {
    expect(lost(result)).toEqual(["networks", "services.web.build", "services.web.ports", "services.web.restart", "services.web.volumes"]);
  });
});

describe("importing a Copilot manifest", () => {
  const result = importCopilot(`
name: api
type: Load Balanced Web Service
image:
  location: shop/api:2
  port: 8080
  healthcheck: {command: ["CMD-SHELL", "true"], interval: 15s, retries: 2}
  depends_on: {proxy: start}
cpu: 512
memory: 1024
platform: linux/arm64
count: 2
exec: true
http: {path: /api}
variables:
  LOG_LEVEL: info
  TABLE: {from_cfn: x}
secrets:
  TOKEN: arn:aws:ssm:eu-west-1:123456789012:parameter/token
  DB: {secretsmanager: "${secret}"}
storage:
  ephemeral: 40
  volumes:
    shared:
      path: /shared
      read_only: false
      efs: {id: fs-0123456789abcdef0, auth: {iam: true, access_point_id: fsap-0123456789abcdef0}}
logging: {retention: 30}
sidecars:
  proxy:
    image: envoy:1
    port: 9901/tcp
    essential: false
    variables: {A: 1}
environments:
  test: {count: 1}
`);

  it("finds a place for what it says", () => {
    expect(faults(result).map(({ rule }) => rule)).toEqual(["execute-command-task-role"]);
    expect(result.profile).toMatchObject({
      name: "api",
      taskSize: { cpu: 512, memory: 1024, cpuArchitecture: "ARM64", ephemeralStorageGiB: 40 },
      deployment: { desiredCount: 2, enableExecuteCommand: true },
      containers: [
        {
          name: "api",
          image: "shop/api:2",
          portMappings: [{ containerPort: 8080 }],
          healthCheck: { command: ["CMD-SHELL", "true"], interval: 15, retries: 2 },
          dependsOn: [{ containerName: "proxy", condition: "START" }],
          environment: [
            { name: "LOG_LEVEL", value: "info" },
            { name: "TOKEN", valueFrom: "arn:aws:ssm:eu-west-1:123456789012:parameter/token" },
            { name: "DB", valueFrom: secret },
          ],
          mountPoints: [{ sourceVolume: "shared", containerPath: "/shared", readOnly: false }],
          logging: { retentionInDays: 30 },
        },
        {
          name: "proxy",
          image: "envoy:1",
          portMappings: [{ containerPort: 9901, protocol: "tcp" }],
          essential: false,
          environment: [{ name: "A", value: 1 }],
        },
      ],
      volumes: [
        {
          name: "shared",
          type: "efs",
          fileSystemId: "fs-0123456789abcdef0",
          accessPointId: "fsap-0123456789abcdef0",
          iamAuthorization: true,
          encryptionInTransit: true,
        },
      ],
    });
  });

  it("lists routing, environments and what comes from other stacks", () => {
    expect(lost(result)).toEqual(["environments", "http", "variables.TABLE"]);
  });
});

describe("every import", () => {
  const imports = { importTaskDefinition, importCompose, importCopilot };

  it.each(Object.entries(imports))("%s says so when the text is something else", (_, read) => {
    for (const text of ["", "[1]", "a: [", JSON.stringify(webProfile)]) {
      expect(read(text).issues[0]).toMatchObject({ rule: "import-format", severity: "error" });
    }
  });

  it.each(Object.entries(imports))("%s never throws", (_, read) => {
    const key = fc.constantFrom(
      "services",
      "containerDefinitions",
      "image",
      "name",
      "web",
      "volumes",
      "ports",
      "sidecars",
      "environment",
      "healthcheck",
      "depends_on",
    );
    const anything = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.dictionary(key, anything), (document) => void read(JSON.stringify({ name: "x", image: {}, ...document }))),
      { numRuns: 500 },
    );
  });
});
