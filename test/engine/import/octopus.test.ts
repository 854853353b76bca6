import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { importOctopus } from "../../../src/engine/import/octopus.ts";
import type { Json, JsonObject } from "../../../src/engine/schema.ts";
import { buildTemplate } from "../../../src/engine/template/index.ts";
import { effective, validate } from "../../../src/engine/values.ts";

const prefix = "Octopus.Action.Aws.Ecs.";
const bagOf = (properties: Record<string, Json>) =>
  Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [prefix + key, typeof value === "string" ? value : JSON.stringify(value)]),
  );

const web = {
  containerName: "web",
  containerImageReference: { referenceId: "web", imageName: "shop/web", feedId: "Feeds-1001" },
  repositoryAuthentication: { type: "Default" },
  memoryLimitSoft: "128",
  memoryLimitHard: "256",
  containerPortMappings: [
    { containerPort: "80", protocol: "Tcp" },
    { containerPort: "8125", protocol: "Udp" },
  ],
  cpus: "128",
  gpus: "",
  essential: "True",
  entryPoint: "sh, -c",
  command: "npm start",
  workingDirectory: "/app",
  environmentFiles: ["arn:aws:s3:::settings/web.env"],
  environmentVariables: [
    { type: "Plain", key: "LOG_LEVEL", value: "debug" },
    { type: "Secret", key: "PASSWORD", value: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf" },
    { type: "Plain", key: "LOG_LEVEL", value: "info" },
  ],
  networkSettings: { disableNetworking: "False", dnsServers: [], dnsSearchDomains: [], extraHosts: [] },
  containerStorage: {
    readOnlyRootFileSystem: "True",
    mountPoints: [{ sourceVolume: "data", containerPath: "/data", readonly: "False" }],
    volumeFrom: [{ sourceContainer: "router", readonly: "True" }],
  },
  containerLogging: { type: "Auto", logDriver: "None", logOptions: [] },
  firelensConfiguration: { type: "Disabled" },
  dockerLabels: [{ key: "team", value: "shop" }],
  user: "node",
  healthCheck: { command: ["CMD", "true"], interval: "10", retries: "3", startPeriod: "", timeout: "5" },
  dependencies: [{ containerName: "router", condition: "Start" }],
  startTimeout: "30",
  stopTimeout: "60",
  ulimits: [{ limitName: "nofile", hardLimit: "2048", softLimit: "1024" }],
};

const router = {
  containerName: "router",
  containerImageReference: { referenceId: "router", imageName: "aws-for-fluent-bit:stable", feedId: "Feeds-1001" },
  repositoryAuthentication: { type: "SecretsManager", secretName: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf" },
  essential: "False",
  containerLogging: {
    type: "Manual",
    logDriver: "AwsLogs",
    logOptions: [
      { type: "Plain", key: "awslogs-group", value: "/router" },
      { type: "Plain", key: "awslogs-region", value: "eu-west-1" },
      { type: "Plain", key: "awslogs-stream-prefix", value: "x" },
      { type: "Secret", key: "token", value: "arn:aws:ssm:eu-west-1:123456789012:parameter/token" },
    ],
  },
  firelensConfiguration: {
    type: "Enabled",
    firelensType: "Fluentbit",
    enableEcsLogMetadata: "True",
    customConfigSource: { type: "File", filePath: "/extra.conf" },
  },
};

const step = bagOf({
  ClusterName: "production",
  "Deploy.ServiceTaskName": "shop-web",
  "Deploy.CFStackName": "shop-web-stack",
  "Deploy.DesiredCount": "3",
  "Deploy.MinimumHealthPercent": "100",
  "Deploy.MaximumHealthPercent": "150",
  "Deploy.Cpu": "512",
  "Deploy.Memory": "1024",
  "Deploy.RuntimeArchitecturePlatform": "Arm64",
  "Deploy.AutoAssignPublicIp": "True",
  "Deploy.EnableEcsManagedTags": "False",
  "Deploy.TaskRole": "arn:aws:iam::123456789012:role/task",
  "Deploy.TaskExecutionRole": "",
  "Deploy.SecurityGroupIds": ["sg-0123456789abcdef0"],
  "Deploy.SubnetIds": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  "Deploy.LoadBalancerMappings": [
    {
      containerName: "web",
      containerPort: "80",
      targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef",
    },
  ],
  "Deploy.Volumes": [
    {
      type: "Efs",
      name: "data",
      fileSystemId: "fs-0123456789abcdef0",
      accessPointId: "",
      rootDirectory: "/x",
      encryptionInTransit: "True",
      efsIamAuthorization: "False",
    },
    { type: "Bind", name: "tmp" },
  ],
  "Deploy.Containers": [web, router],
  Tags: [{ key: "team", value: "shop" }],
  WaitOption: { type: "WaitWithTimeout", timeoutMinutes: "30" },
});

describe("importing a step of Octopus Deploy", () => {
  const { profile, unplaced, issues } = importOctopus({ ...step, "Octopus.Action.Aws.Region": "eu-west-1" });

  it("puts every value in its place", () => {
    expect(profile).toMatchObject({
      version: 1,
      name: "shop-web",
      target: { region: "eu-west-1", cluster: "production", stackName: "shop-web-stack" },
      configuration: { name: "shop-web", taskRole: "arn:aws:iam::123456789012:role/task" },
      taskSize: { cpu: 512, memory: 1024, cpuArchitecture: "ARM64" },
      network: {
        subnets: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
        securityGroups: ["sg-0123456789abcdef0"],
        assignPublicIp: true,
      },
      tags: { enableEcsManagedTags: false, additional: [{ key: "team", value: "shop" }] },
      deployment: { desiredCount: 3, minimumHealthyPercent: 100, maximumPercent: 150 },
      deploymentOptions: { wait: "waitWithTimeout", timeoutMinutes: 30 },
      volumes: [
        {
          name: "data",
          type: "efs",
          fileSystemId: "fs-0123456789abcdef0",
          rootDirectory: "/x",
          encryptionInTransit: true,
          iamAuthorization: false,
        },
        { name: "tmp", type: "bind" },
      ],
    });
    expect(profile).not.toHaveProperty("taskExecutionRole");
  });

  it("lists what has no place, and what a later value with the same name replaced", () => {
    expect(unplaced.map(({ path, value }) => `${path}: ${JSON.stringify(value)}`)).toEqual([
      `${prefix}Deploy.Containers[0].containerImageReference.referenceId: "web"`,
      `${prefix}Deploy.Containers[0].containerImageReference.feedId: "Feeds-1001"`,
      `${prefix}Deploy.Containers[1].containerImageReference.referenceId: "router"`,
      `${prefix}Deploy.Containers[1].containerImageReference.feedId: "Feeds-1001"`,
      `${prefix}Deploy.Containers[0].environmentVariables[0]: {"key":"LOG_LEVEL","value":"debug"}`,
    ]);
  });

  it("gives a profile that has no errors, and warns that the role of the stack reads no secrets", () => {
    expect(issues.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual([
      "warning execution-role-secrets",
      "warning firelens-unused",
      "warning unused-volume",
    ]);
  });

  it("gives the template that the step generates, the role's ARN aside", () => {
    expect(buildTemplate(effective(profile).step)).toEqual({
      AWSTemplateFormatVersion: "2010-09-09",
      Parameters: {
        ClusterName: { Type: "String", Default: "production" },
        TaskDefinitionName: { Type: "String", Default: "shop-web" },
        TaskDefinitionCPU: { Type: "String", Default: "512" },
        TaskDefinitionMemory: { Type: "String", Default: "1024" },
        TaskRole: { Type: "String", Default: "arn:aws:iam::123456789012:role/task" },
        LogGroupName: { Type: "String", Default: "/ecs/shop-web" },
        DesiredCount: { Type: "Number", Default: 3 },
        MaximumHealthPercent: { Type: "Number", Default: 150 },
        AmazonECSTaskExecutionRolePolicyArn: {
          Type: "String",
          Default: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        },
      },
      Resources: {
        TaskExecutionRoleshopWeb: expect.objectContaining({ Type: "AWS::IAM::Role" }),
        AwsLogGroupshopWeb: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: { Ref: "LogGroupName" } } },
        TaskDefinitionshopWeb: {
          Type: "AWS::ECS::TaskDefinition",
          Properties: {
            Family: { Ref: "TaskDefinitionName" },
            TaskRoleArn: { Ref: "TaskRole" },
            ExecutionRoleArn: { "Fn::GetAtt": ["TaskExecutionRoleshopWeb", "Arn"] },
            RequiresCompatibilities: ["FARGATE"],
            NetworkMode: "awsvpc",
            Cpu: { Ref: "TaskDefinitionCPU" },
            Memory: { Ref: "TaskDefinitionMemory" },
            RuntimePlatform: { OperatingSystemFamily: "LINUX", CpuArchitecture: "ARM64" },
            ContainerDefinitions: [
              {
                Name: "web",
                Image: "#{Octopus.Action.Package[shop/web].Image}",
                Essential: true,
                Cpu: 128,
                Memory: 256,
                MemoryReservation: 128,
                PortMappings: [
                  { ContainerPort: 80, HostPort: 80, Protocol: "tcp" },
                  { ContainerPort: 8125, HostPort: 8125, Protocol: "udp" },
                ],
                HealthCheck: { Command: ["CMD", "true"], Interval: 10, Timeout: 5, Retries: 3 },
                EntryPoint: ["sh", "-c"],
                Command: ["npm start"],
                WorkingDirectory: "/app",
                User: "node",
                Environment: [{ Name: "LOG_LEVEL", Value: "info" }],
                Secrets: [{ Name: "PASSWORD", ValueFrom: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf" }],
                EnvironmentFiles: [{ Type: "s3", Value: "arn:aws:s3:::settings/web.env" }],
                ReadonlyRootFilesystem: true,
                MountPoints: [{ SourceVolume: "data", ContainerPath: "/data", ReadOnly: false }],
                VolumesFrom: [{ SourceContainer: "router", ReadOnly: true }],
                LogConfiguration: {
                  LogDriver: "awslogs",
                  Options: {
                    "awslogs-group": { Ref: "LogGroupName" },
                    "awslogs-region": { Ref: "AWS::Region" },
                    "awslogs-stream-prefix": "ecs",
                  },
                },
                DependsOn: [{ ContainerName: "router", Condition: "START" }],
                StartTimeout: 30,
                StopTimeout: 60,
                DockerLabels: { team: "shop" },
                Ulimits: [{ Name: "nofile", SoftLimit: 1024, HardLimit: 2048 }],
              },
              {
                Name: "router",
                Image: "aws-for-fluent-bit:stable",
                RepositoryCredentials: { CredentialsParameter: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf" },
                Essential: false,
                LogConfiguration: {
                  LogDriver: "awslogs",
                  Options: { "awslogs-group": "/router", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "x" },
                  SecretOptions: [{ Name: "token", ValueFrom: "arn:aws:ssm:eu-west-1:123456789012:parameter/token" }],
                },
                FirelensConfiguration: {
                  Type: "fluentbit",
                  Options: { "enable-ecs-log-metadata": "true", "config-file-type": "file", "config-file-value": "/extra.conf" },
                },
              },
            ],
            Volumes: [
              { Name: "tmp" },
              {
                Name: "data",
                EFSVolumeConfiguration: {
                  FilesystemId: "fs-0123456789abcdef0",
                  RootDirectory: "/x",
                  TransitEncryption: "ENABLED",
                  AuthorizationConfig: { IAM: "DISABLED" },
                },
              },
            ],
            Tags: [{ Key: "team", Value: "shop" }],
          },
        },
        ServiceshopWeb: {
          Type: "AWS::ECS::Service",
          DependsOn: "TaskDefinitionshopWeb",
          Properties: {
            Cluster: { Ref: "ClusterName" },
            LaunchType: "FARGATE",
            TaskDefinition: { Ref: "TaskDefinitionshopWeb" },
            DesiredCount: { Ref: "DesiredCount" },
            EnableECSManagedTags: false,
            DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: { Ref: "MaximumHealthPercent" } },
            NetworkConfiguration: {
              AwsvpcConfiguration: {
                AssignPublicIp: "ENABLED",
                Subnets: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
                SecurityGroups: ["sg-0123456789abcdef0"],
              },
            },
            LoadBalancers: [
              {
                ContainerName: "web",
                ContainerPort: 80,
                TargetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef",
              },
            ],
            Tags: [{ Key: "team", Value: "shop" }],
          },
        },
      },
    });
  });

  it("finds the step inside an action, a step or a process, and lists the other actions", () => {
    const action = { Name: "Deploy shop", ActionType: "aws-ecs", Properties: step };
    const process = {
      Steps: [
        { Name: "Notify", Actions: [{ Name: "Notify", Properties: { x: "1" } }] },
        { Name: "Deploy", Actions: [action] },
      ],
    };
    expect(importOctopus(action).profile).toEqual(importOctopus(step).profile);
    const found = importOctopus(process);
    expect(found.profile).toEqual(importOctopus(step).profile);
    expect(found.unplaced).toContainEqual({ path: "Steps[0].Actions[0]", value: "Notify" });
  });

  it("keeps expressions, in texts and in place of lists", () => {
    const bound = importOctopus({
      ...step,
      [`${prefix}Deploy.DesiredCount`]: "#{Count}",
      [`${prefix}Deploy.SubnetIds`]: "#{Subnets}",
      [`${prefix}Deploy.AutoAssignPublicIp`]: "#{Public}",
    });
    expect(bound.profile).toMatchObject({
      deployment: { desiredCount: "#{Count}" },
      network: { subnets: "#{Subnets}", assignPublicIp: "#{Public}" },
    });
    expect(bound.issues.filter(({ severity }) => severity === "error").map(({ path }) => path.join("."))).toEqual(["target.region"]);
  });

  it("reads sizes with units, roles to assume, and what Fargate rejects", () => {
    const other = importOctopus({
      ...step,
      [`${prefix}Deploy.Cpu`]: "0.5 vCPU",
      [`${prefix}Deploy.Memory`]: "1 GB",
      "Octopus.Action.Aws.AssumeRole": "True",
      "Octopus.Action.Aws.AssumedRoleArn": "arn:aws:iam::123456789012:role/deployer",
      "Octopus.Action.AwsAccount.Variable": "My account",
      [`${prefix}Deploy.Containers`]: JSON.stringify([
        { ...web, gpus: "1", networkSettings: { disableNetworking: "True", extraHosts: [{ hostname: "db", ipAddress: "10.0.0.1" }] } },
      ]),
    });
    expect(other.profile).toMatchObject({
      taskSize: { cpu: 512, memory: 1024 },
      target: { assumeRole: { roleArn: "arn:aws:iam::123456789012:role/deployer" } },
      containers: [{ gpus: 1, networkSettings: { disableNetworking: true, extraHosts: [{ hostname: "db", ipAddress: "10.0.0.1" }] } }],
    });
    expect(other.unplaced).toContainEqual({ path: "Octopus.Action.AwsAccount.Variable", value: "My account" });
  });

  it("says when JSON inside cannot be read, and keeps the text in the list of what has no place", () => {
    const broken = importOctopus({ ...step, [`${prefix}Deploy.Containers`]: "[{" });
    expect(broken.issues[0]).toMatchObject({ rule: "octopus-json", severity: "error" });
    expect(broken.unplaced).toContainEqual({ path: `${prefix}Deploy.Containers`, value: "[{" });
  });

  it.each([[null], [[]], ["text"], [{}], [{ Steps: [] }]])("says that %j is no step", (document) => {
    expect(importOctopus(document).issues[0]).toMatchObject({ rule: "octopus-step", severity: "error" });
  });
});

/** The step as one document, with the JSON texts opened. */
const opened = Object.fromEntries(
  Object.entries(step).map(([key, value]) => [key, /^[[{]/.test(value) ? (JSON.parse(value) as Json) : value]),
);
const closed = (document: Json) =>
  Object.fromEntries(
    Object.entries(document as JsonObject).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );

/** Every place of a document: texts to replace, and objects to add a key to. */
function placesOf(value: Json, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, item]) => placesOf(item, [...path, Array.isArray(value) ? Number(key) : key]));
  return Array.isArray(value) ? inner : [...inner, [...path, "somethingNew"]];
}

function withValue(document: Json, path: readonly (string | number)[], value: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(document)) return document.map((item, at) => (at === step ? withValue(item, rest, value) : item));
  const object = document as JsonObject;
  return { ...object, [step]: withValue(object[step] ?? null, rest, value) };
}

describe("an import drops nothing silently:", () => {
  it.each(placesOf(opened).map((path) => ({ path, name: path.join(".").replace(prefix, "") })))("$name", ({ path }) => {
    const { profile, unplaced } = importOctopus(closed(withValue(opened, path, "marker-4711")));
    expect(JSON.stringify({ profile, unplaced }).toLowerCase()).toContain("marker-4711");
  });

  it("and it never throws, whatever a property holds", () => {
    const anything = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(step)), anything, fc.boolean(), (key, value, asText) => {
        const { profile } = importOctopus({ ...step, [key]: asText ? JSON.stringify(value) : value });
        validate(profile);
      }),
      { numRuns: 500 },
    );
  });
});
