import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/engine/schema.ts";
import { buildTemplate } from "../../../src/engine/template/index.ts";
import type { TemplateObject } from "../../../src/engine/template/values.ts";
import { effective } from "../../../src/engine/values.ts";
import { webProfile, webWith } from "../../support/profiles.ts";

// biome-ignore lint/suspicious/noExplicitAny: templates are looked into at every depth
type Loose = any;

const template = (profile: JsonObject): Loose => buildTemplate(effective(profile).step);
const definition = (profile: JsonObject): Loose => template(profile).Resources.TaskDefinitionshopWeb.Properties;
const service = (profile: JsonObject): Loose => template(profile).Resources.ServiceshopWeb.Properties;
const first = (container: JsonObject, changes: JsonObject = {}): Loose => definition(webWith(changes, container)).ContainerDefinitions[0];
const secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";

describe("the template of a small profile", () => {
  it("is exactly this", () => {
    expect(template(webProfile)).toEqual({
      AWSTemplateFormatVersion: "2010-09-09",
      Parameters: {
        ClusterName: { Type: "String", Default: "production" },
        TaskDefinitionName: { Type: "String", Default: "shop-web" },
        AmazonECSTaskExecutionRolePolicyArn: {
          Type: "String",
          Default: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        },
        TaskDefinitionCPU: { Type: "String", Default: "256" },
        TaskDefinitionMemory: { Type: "String", Default: "512" },
        LogGroupName: { Type: "String", Default: "/ecs/shop-web" },
      },
      Resources: {
        TaskExecutionRoleshopWeb: {
          Type: "AWS::IAM::Role",
          Properties: {
            Path: "/",
            AssumeRolePolicyDocument: {
              Version: "2012-10-17",
              Statement: [{ Effect: "Allow", Principal: { Service: ["ecs-tasks.amazonaws.com"] }, Action: ["sts:AssumeRole"] }],
            },
            ManagedPolicyArns: [{ Ref: "AmazonECSTaskExecutionRolePolicyArn" }],
          },
        },
        AwsLogGroupshopWeb: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: { Ref: "LogGroupName" } } },
        TaskDefinitionshopWeb: {
          Type: "AWS::ECS::TaskDefinition",
          Properties: {
            Family: { Ref: "TaskDefinitionName" },
            ExecutionRoleArn: { "Fn::GetAtt": ["TaskExecutionRoleshopWeb", "Arn"] },
            RequiresCompatibilities: ["FARGATE"],
            NetworkMode: "awsvpc",
            Cpu: { Ref: "TaskDefinitionCPU" },
            Memory: { Ref: "TaskDefinitionMemory" },
            RuntimePlatform: { OperatingSystemFamily: "LINUX", CpuArchitecture: "X86_64" },
            ContainerDefinitions: [
              {
                Name: "web",
                Image: "nginx:1.27",
                Essential: true,
                PortMappings: [{ ContainerPort: 80, HostPort: 80, Protocol: "tcp" }],
                LogConfiguration: {
                  LogDriver: "awslogs",
                  Options: {
                    "awslogs-group": { Ref: "LogGroupName" },
                    "awslogs-region": { Ref: "AWS::Region" },
                    "awslogs-stream-prefix": "ecs",
                  },
                },
              },
            ],
          },
        },
        ServiceshopWeb: {
          Type: "AWS::ECS::Service",
          DependsOn: "TaskDefinitionshopWeb",
          Properties: {
            Cluster: { Ref: "ClusterName" },
            TaskDefinition: { Ref: "TaskDefinitionshopWeb" },
            LaunchType: "FARGATE",
            NetworkConfiguration: {
              AwsvpcConfiguration: {
                AssignPublicIp: "DISABLED",
                Subnets: ["subnet-0123456789abcdef0"],
                SecurityGroups: ["sg-0123456789abcdef0"],
              },
            },
            EnableECSManagedTags: false,
            DesiredCount: 1,
            DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 200 },
          },
        },
      },
    });
  });
});

describe("parameters that are there only when they say something", () => {
  const roles = {
    configuration: { name: "shop-web", taskRole: "shop-task" },
    taskExecutionRole: { roleArn: "arn:aws:iam::123456789012:role/x" },
  };

  it("roles, and no role of the stack's own", () => {
    const { Parameters, Resources } = template(webWith(roles));
    expect(Parameters).toMatchObject({
      TaskRole: { Type: "String", Default: "shop-task" },
      TaskExecutionRole: { Type: "String", Default: "arn:aws:iam::123456789012:role/x" },
    });
    expect(Parameters).not.toHaveProperty("AmazonECSTaskExecutionRolePolicyArn");
    expect(Object.keys(Resources)).toEqual(["AwsLogGroupshopWeb", "TaskDefinitionshopWeb", "ServiceshopWeb"]);
    expect(definition(webWith(roles))).toMatchObject({ TaskRoleArn: { Ref: "TaskRole" }, ExecutionRoleArn: { Ref: "TaskExecutionRole" } });
  });

  it("counts and percentages, as numbers", () => {
    const changes = { deployment: { desiredCount: 3, minimumHealthyPercent: 50, maximumPercent: "150" } };
    expect(template(webWith(changes)).Parameters).toMatchObject({
      DesiredCount: { Type: "Number", Default: 3 },
      MinimumHealthPercent: { Type: "Number", Default: 50 },
      MaximumHealthPercent: { Type: "Number", Default: 150 },
    });
    expect(service(webWith(changes))).toMatchObject({
      DesiredCount: { Ref: "DesiredCount" },
      DeploymentConfiguration: { MinimumHealthyPercent: { Ref: "MinimumHealthPercent" }, MaximumPercent: { Ref: "MaximumHealthPercent" } },
    });
  });

  it("the log group, when any container logs automatically", () => {
    const silent = { logging: { type: "manual", logDriver: "none" } };
    expect(template(webWith({}, silent)).Parameters).not.toHaveProperty("LogGroupName");
    expect(template(webWith({}, silent)).Resources).not.toHaveProperty("AwsLogGroupshopWeb");
    expect(first(silent)).not.toHaveProperty("LogConfiguration");
  });

  it("the managed policy of the region's partition", () => {
    const china = template(webWith({ target: { region: "cn-north-1", cluster: "production" } }));
    expect(china.Parameters.AmazonECSTaskExecutionRolePolicyArn.Default).toMatch(/^arn:aws-cn:iam::aws:policy\//);
  });
});

/** Each feature of a container with the property it becomes. */
const containerCases: readonly [string, JsonObject, TemplateObject][] = [
  ["cpu and memory", { cpu: 128, memory: 256, memoryReservation: 64 }, { Cpu: 128, Memory: 256, MemoryReservation: 64 }],
  ["registry credentials", { repositoryCredentials: { secretArn: secret } }, { RepositoryCredentials: { CredentialsParameter: secret } }],
  ["a container that may end", { essential: false }, { Essential: false }],
  [
    "ports",
    {
      portMappings: [
        { containerPort: 53, protocol: "udp" },
        { containerPort: 80, name: "http", appProtocol: "http2" },
      ],
    },
    {
      PortMappings: [
        { ContainerPort: 53, HostPort: 53, Protocol: "udp" },
        { ContainerPort: 80, HostPort: 80, Protocol: "tcp", Name: "http", AppProtocol: "http2" },
      ],
    },
  ],
  [
    "a health check as free text",
    { healthCheck: { command: "curl localhost" } },
    { HealthCheck: { Command: ["CMD-SHELL", "curl localhost"] } },
  ],
  [
    "a health check in full",
    { healthCheck: { command: ["CMD", "true"], interval: 10, timeout: 3, retries: 2, startPeriod: 5 } },
    { HealthCheck: { Command: ["CMD", "true"], Interval: 10, Timeout: 3, Retries: 2, StartPeriod: 5 } },
  ],
  [
    "entry point and command",
    { entryPoint: ["/bin/sh", "-c"], command: ["echo hello"] },
    { EntryPoint: ["/bin/sh", "-c"], Command: ["echo hello"] },
  ],
  ["user and directory", { user: "1000:1000", workingDirectory: "/app" }, { User: "1000:1000", WorkingDirectory: "/app" }],
  [
    "variables and secrets",
    {
      environment: [
        { name: "A", value: "1" },
        { name: "B", valueFrom: secret },
        { name: "C", value: "" },
        { name: "D", value: 5 },
      ],
    },
    {
      Environment: [
        { Name: "A", Value: "1" },
        { Name: "C", Value: "" },
        { Name: "D", Value: "5" },
      ],
      Secrets: [{ Name: "B", ValueFrom: secret }],
    },
  ],
  [
    "environment files",
    { environmentFiles: ["arn:aws:s3:::b/x.env"] },
    { EnvironmentFiles: [{ Type: "s3", Value: "arn:aws:s3:::b/x.env" }] },
  ],
  ["a read-only root", { readonlyRootFilesystem: true }, { ReadonlyRootFilesystem: true }],
  ["a root that is said to be writable", { readonlyRootFilesystem: false }, { ReadonlyRootFilesystem: false }],
  [
    "mounts",
    { mountPoints: [{ sourceVolume: "a", containerPath: "/a", readOnly: "True" }], volumesFrom: [{ sourceContainer: "db" }] },
    {
      MountPoints: [{ SourceVolume: "a", ContainerPath: "/a", ReadOnly: true }],
      VolumesFrom: [{ SourceContainer: "db" }],
    },
  ],
  [
    "a log driver of one's own",
    {
      logging: {
        type: "manual",
        logDriver: "splunk",
        options: { "splunk-url": "https://x" },
        secretOptions: [{ name: "splunk-token", valueFrom: secret }],
      },
    },
    {
      LogConfiguration: {
        LogDriver: "splunk",
        Options: { "splunk-url": "https://x" },
        SecretOptions: [{ Name: "splunk-token", ValueFrom: secret }],
      },
    },
  ],
  [
    "FireLens",
    { firelens: { type: "fluentbit", enableEcsLogMetadata: false, configFileType: "file", configFileValue: "/x.conf" } },
    {
      FirelensConfiguration: {
        Type: "fluentbit",
        Options: { "enable-ecs-log-metadata": "false", "config-file-type": "file", "config-file-value": "/x.conf" },
      },
    },
  ],
  ["FireLens without options", { firelens: { type: "fluentd" } }, { FirelensConfiguration: { Type: "fluentd" } }],
  [
    "dependencies",
    { dependsOn: [{ containerName: "db", condition: "HEALTHY" }] },
    { DependsOn: [{ ContainerName: "db", Condition: "HEALTHY" }] },
  ],
  ["time limits", { startTimeout: 10, stopTimeout: 20 }, { StartTimeout: 10, StopTimeout: 20 }],
  ["labels", { dockerLabels: { "com.acme": "x", count: 3 } }, { DockerLabels: { "com.acme": "x", count: "3" } }],
  ["limits", { ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 2 }] }, { Ulimits: [{ Name: "nofile", SoftLimit: 1, HardLimit: 2 }] }],
  ["an init process", { initProcessEnabled: true }, { LinuxParameters: { InitProcessEnabled: true } }],
  [
    "restarts",
    { restartPolicy: { ignoredExitCodes: ["0", 1], restartAttemptPeriod: 60 } },
    { RestartPolicy: { Enabled: true, IgnoredExitCodes: [0, 1], RestartAttemptPeriod: 60 } },
  ],
  [
    "what Fargate rejects, for those who export it all the same",
    {
      gpus: 1,
      privileged: true,
      networkSettings: {
        disableNetworking: true,
        dnsServers: ["10.0.0.2"],
        dnsSearchDomains: ["corp"],
        extraHosts: [{ hostname: "a", ipAddress: "10.0.0.1" }],
      },
    },
    {
      ResourceRequirements: [{ Type: "GPU", Value: "1" }],
      Privileged: true,
      DisableNetworking: true,
      DnsServers: ["10.0.0.2"],
      DnsSearchDomains: ["corp"],
      ExtraHosts: [{ Hostname: "a", IpAddress: "10.0.0.1" }],
    },
  ],
];

describe("a container's", () => {
  it.each(containerCases)("%s", (_, given, expected) => {
    const made = first(given);
    expect(Object.fromEntries(Object.keys(expected).map((key) => [key, made[key]]))).toEqual(expected);
  });
});

describe("the task's", () => {
  it("storage and architecture", () => {
    expect(definition(webWith({ taskSize: { ephemeralStorageGiB: 40, cpuArchitecture: "ARM64" } }))).toMatchObject({
      EphemeralStorage: { SizeInGiB: 40 },
      RuntimePlatform: { OperatingSystemFamily: "LINUX", CpuArchitecture: "ARM64" },
    });
  });

  it("volumes, bind volumes first", () => {
    const volumes = [
      {
        name: "shared",
        type: "efs",
        fileSystemId: "fs-0123456789abcdef0",
        accessPointId: "fsap-0123456789abcdef0",
        encryptionInTransit: true,
        iamAuthorization: "true",
      },
      { name: "plain", type: "efs", fileSystemId: "fs-0123456789abcdef0", rootDirectory: "/x" },
      { name: "tmp" },
    ];
    expect(definition(webWith({ volumes })).Volumes).toEqual([
      { Name: "tmp" },
      {
        Name: "shared",
        EFSVolumeConfiguration: {
          FilesystemId: "fs-0123456789abcdef0",
          TransitEncryption: "ENABLED",
          AuthorizationConfig: { AccessPointId: "fsap-0123456789abcdef0", IAM: "ENABLED" },
        },
      },
      {
        Name: "plain",
        EFSVolumeConfiguration: {
          FilesystemId: "fs-0123456789abcdef0",
          RootDirectory: "/x",
          TransitEncryption: "DISABLED",
          AuthorizationConfig: { IAM: "DISABLED" },
        },
      },
    ]);
  });

  it("log group with retention, given by any container", () => {
    expect(template(webWith({}, { logging: { retentionInDays: "30" } })).Resources.AwsLogGroupshopWeb.Properties).toEqual({
      LogGroupName: { Ref: "LogGroupName" },
      RetentionInDays: 30,
    });
  });

  it("tags, on the service as well", () => {
    const tags = { additional: [{ key: "team", value: "shop" }], enableEcsManagedTags: true, propagateTags: "SERVICE" };
    expect(definition(webWith({ tags })).Tags).toEqual([{ Key: "team", Value: "shop" }]);
    expect(service(webWith({ tags }))).toMatchObject({
      Tags: [{ Key: "team", Value: "shop" }],
      EnableECSManagedTags: true,
      PropagateTags: "SERVICE",
    });
  });
});

describe("the service's", () => {
  it("load balancers and grace period", () => {
    const arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef";
    const made = service(
      webWith({
        loadBalancerMappings: [{ containerName: "web", containerPort: "80", targetGroupArn: arn }],
        deployment: { healthCheckGracePeriodSeconds: 30 },
      }),
    );
    expect(made).toMatchObject({
      LoadBalancers: [{ ContainerName: "web", ContainerPort: 80, TargetGroupArn: arn }],
      HealthCheckGracePeriodSeconds: 30,
    });
  });

  it("capacity providers, which exclude a launch type", () => {
    const made = service(
      webWith({
        deployment: {
          capacityProviders: [
            { provider: "FARGATE_SPOT", weight: 2 },
            { provider: "FARGATE", base: 1 },
          ],
        },
      }),
    );
    expect(made.CapacityProviderStrategy).toEqual([
      { CapacityProvider: "FARGATE_SPOT", Weight: 2 },
      { CapacityProvider: "FARGATE", Base: 1, Weight: 1 },
    ]);
    expect(made).not.toHaveProperty("LaunchType");
  });

  it("circuit breaker, ECS Exec, zones and public address", () => {
    const made = service(
      webWith({
        network: { ...(webProfile["network"] as JsonObject), assignPublicIp: true },
        deployment: {
          circuitBreaker: { threshold: { type: "COUNT", value: 5 }, resetOnHealthyTask: true },
          enableExecuteCommand: true,
          availabilityZoneRebalancing: false,
        },
      }),
    );
    expect(made.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp).toBe("ENABLED");
    expect(made.DeploymentConfiguration.DeploymentCircuitBreaker).toEqual({
      Enable: true,
      Rollback: true,
      ThresholdConfiguration: { Type: "COUNT", Value: 5 },
      ResetOnHealthyTask: true,
    });
    expect(made).toMatchObject({ EnableExecuteCommand: true, AvailabilityZoneRebalancing: "DISABLED" });
  });
});

describe("unresolved expressions", () => {
  it("stay as texts, and decide between ENABLED and DISABLED", () => {
    const profile = webWith({
      taskSize: { cpu: "#{Cpu}" },
      network: { ...(webProfile["network"] as JsonObject), assignPublicIp: "#{Public}" },
      deployment: { desiredCount: "#{Count}" },
    });
    expect(template(profile).Parameters).toMatchObject({
      TaskDefinitionCPU: { Default: "#{Cpu}" },
      DesiredCount: { Type: "Number", Default: "#{Count}" },
    });
    expect(service(profile).NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp).toBe("#{if Public}ENABLED#{else}DISABLED#{/if}");
  });

  it.each([
    ["#{Public | ToLower}", "#{if Public | ToLower}ENABLED#{else}DISABLED#{/if}"],
    ["#{if A}true#{/if}", "#{if A}true#{/if}"],
  ])("%s for a public address stands as %s", (given, stands) => {
    const profile = webWith({ network: { ...(webProfile["network"] as JsonObject), assignPublicIp: given } });
    expect(service(profile).NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp).toBe(stands);
  });

  it("keep what was said for one choice, while the choice is bound", () => {
    const profile = webWith(
      {
        volumes: [
          { name: "a", type: "#{A}", fileSystemId: "#{FileSystem}" },
          { name: "b", type: "#{B}" },
        ],
      },
      { logging: { type: "#{Logging}", logDriver: "splunk", options: { "splunk-url": "#{Url}" } } },
    );
    expect(definition(profile).Volumes).toMatchObject([
      { Name: "b" },
      { Name: "a", EFSVolumeConfiguration: { FilesystemId: "#{FileSystem}" } },
    ]);
    expect(definition(profile).ContainerDefinitions[0].LogConfiguration).toEqual({
      LogDriver: "splunk",
      Options: { "splunk-url": "#{Url}" },
    });
    expect(template(profile).Parameters).not.toHaveProperty("LogGroupName");
    const undecided = webWith({}, { logging: { type: "#{Logging}", retentionInDays: 30 } });
    expect(template(undecided).Parameters).toHaveProperty("LogGroupName");
  });
});

it("a parameter without a value has no default, so that CloudFormation asks for it", () => {
  expect(template(webWith({ target: { region: "eu-west-1" } })).Parameters.ClusterName).toEqual({ Type: "String" });
});
