import { describe, expect, it } from "vitest";
import { importOctopus } from "../../../src/engine/import/octopus.ts";
import type { Json } from "../../../src/engine/schema.ts";
import { buildTemplate } from "../../../src/engine/template/index.ts";
import { effective } from "../../../src/engine/values.ts";

const bagOf = (properties: Record<string, Json>) =>
  Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      `Octopus.Action.Aws.Ecs.${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );

/** What the step's form fills in where the user does nothing. */
const untouched = {
  repositoryAuthentication: { type: "Default" },
  containerPortMappings: [],
  essential: "True",
  environmentFiles: [],
  environmentVariables: [],
  networkSettings: { disableNetworking: "False", dnsServers: [], dnsSearchDomains: [], extraHosts: [] },
  containerStorage: { readOnlyRootFileSystem: "False", mountPoints: [], volumeFrom: [] },
  containerLogging: { type: "Manual", logDriver: "None", logOptions: [] },
  firelensConfiguration: { type: "Disabled", enableEcsLogMetadata: "" },
  dockerLabels: [],
  healthCheck: { command: [] },
  dependencies: [],
  ulimits: [],
};

/** In comparisons, an empty list or object, or false, is the same as nothing. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, meaning(inner)] as const);
  const isNothing = (inner: unknown) => inner === false || (typeof inner === "object" && Object.keys(inner ?? {}).length === 0);
  return Object.fromEntries(entries.filter(([, inner]) => !isNothing(inner)));
}

const exported = (bag: Record<string, Json>) => meaning(buildTemplate(effective(importOctopus(bag).profile).step));

const role = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole";

describe("an imported step's template is, in meaning, what the step itself generates:", () => {
  it("with nothing but what is needed", () => {
    const bag = bagOf({
      ClusterName: "Staging",
      "Deploy.ServiceTaskName": "orders api-2",
      "Deploy.CFStackName": "orders-#{Octopus.Environment.Name | ToLower}",
      "Deploy.DesiredCount": "1",
      "Deploy.MinimumHealthPercent": "100",
      "Deploy.MaximumHealthPercent": "200",
      "Deploy.Cpu": "256",
      "Deploy.Memory": "512",
      "Deploy.RuntimeArchitecturePlatform": "X86_64",
      "Deploy.AutoAssignPublicIp": "False",
      "Deploy.EnableEcsManagedTags": "False",
      "Deploy.TaskRole": "",
      "Deploy.TaskExecutionRole": role,
      "Deploy.SecurityGroupIds": ["sg-1"],
      "Deploy.SubnetIds": ["subnet-1"],
      "Deploy.LoadBalancerMappings": [],
      "Deploy.Volumes": [],
      "Deploy.Containers": [
        {
          ...untouched,
          containerName: "api",
          containerImageReference: { referenceId: "r1", imageName: "acme/orders", feedId: "Feeds-1" },
          containerPortMappings: [{ containerPort: "8080", protocol: "Tcp" }],
        },
      ],
      Tags: [],
      WaitOption: { type: "WaitUntilCompleted" },
    });
    expect(importOctopus(bag).profile).toMatchObject({ target: { stackName: "orders-#{Octopus.Environment.Name | ToLower}" } });
    expect(exported(bag)).toEqual({
      AWSTemplateFormatVersion: "2010-09-09",
      Parameters: {
        ClusterName: { Type: "String", Default: "Staging" },
        TaskDefinitionName: { Type: "String", Default: "orders api-2" },
        TaskDefinitionCPU: { Type: "String", Default: "256" },
        TaskDefinitionMemory: { Type: "String", Default: "512" },
        TaskExecutionRole: { Type: "String", Default: role },
      },
      Resources: {
        TaskDefinitionordersApi2: {
          Type: "AWS::ECS::TaskDefinition",
          Properties: {
            Family: { Ref: "TaskDefinitionName" },
            Cpu: { Ref: "TaskDefinitionCPU" },
            Memory: { Ref: "TaskDefinitionMemory" },
            ExecutionRoleArn: { Ref: "TaskExecutionRole" },
            RequiresCompatibilities: ["FARGATE"],
            NetworkMode: "awsvpc",
            RuntimePlatform: { OperatingSystemFamily: "LINUX", CpuArchitecture: "X86_64" },
            ContainerDefinitions: [
              {
                Name: "api",
                Image: "#{Octopus.Action.Package[acme/orders].Image}",
                Essential: true,
                PortMappings: [{ ContainerPort: 8080, HostPort: 8080, Protocol: "tcp" }],
              },
            ],
          },
        },
        ServiceordersApi2: {
          Type: "AWS::ECS::Service",
          DependsOn: "TaskDefinitionordersApi2",
          Properties: {
            Cluster: { Ref: "ClusterName" },
            LaunchType: "FARGATE",
            TaskDefinition: { Ref: "TaskDefinitionordersApi2" },
            DesiredCount: 1,
            DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 200 },
            NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: "DISABLED", Subnets: ["subnet-1"], SecurityGroups: ["sg-1"] } },
          },
        },
      },
    });
  });

  it("with all that Fargate rejects, bound values, and repeated keys", () => {
    const secret = "arn:aws:ssm:eu-west-1:123456789012:parameter/splunk";
    const bag = bagOf({
      ClusterName: "#{Cluster}",
      "Deploy.ServiceTaskName": "Größe_v2",
      "Deploy.DesiredCount": "#{Count}",
      "Deploy.MinimumHealthPercent": "0",
      "Deploy.MaximumHealthPercent": "100",
      "Deploy.Cpu": "#{Cpu}",
      "Deploy.Memory": "4096",
      "Deploy.RuntimeArchitecturePlatform": "Arm64",
      "Deploy.AutoAssignPublicIp": "True",
      "Deploy.EnableEcsManagedTags": "True",
      "Deploy.SecurityGroupIds": ["#{Group}", "sg-2"],
      "Deploy.SubnetIds": ["subnet-1"],
      "Deploy.LoadBalancerMappings": [{ containerName: "api", containerPort: "80", targetGroupArn: "#{TargetGroup}" }],
      "Deploy.Volumes": [
        {
          type: "Efs",
          name: "shared",
          fileSystemId: "fs-1",
          accessPointId: "fsap-1",
          rootDirectory: "",
          encryptionInTransit: "True",
          efsIamAuthorization: "True",
        },
        { type: "Bind", name: "scratch" },
        { type: "Efs", name: "plain", fileSystemId: "fs-2", encryptionInTransit: "False", efsIamAuthorization: "False" },
      ],
      "Deploy.Containers": [
        {
          ...untouched,
          containerName: "api",
          containerImageReference: { referenceId: "r1", imageName: "#{Octopus.Action[Deploy].Package[api].Image}", feedId: "Feeds-1" },
          repositoryAuthentication: { type: "SecretsManager", secretName: "registry" },
          gpus: "2",
          containerPortMappings: [
            { containerPort: "80", protocol: "Tcp" },
            { containerPort: "#{Port}", protocol: "Udp" },
          ],
          entryPoint: "sh,-c",
          command: "exec api --port 80, --fast",
          networkSettings: {
            disableNetworking: "True",
            dnsServers: ["10.0.0.2"],
            dnsSearchDomains: ["acme.example"],
            extraHosts: [{ hostname: "db", ipAddress: "10.0.0.3" }],
          },
          containerLogging: {
            type: "Manual",
            logDriver: "Splunk",
            logOptions: [
              { type: "Plain", key: "splunk-url", value: "https://splunk.acme.example" },
              { type: "Secret", key: "splunk-token", value: secret },
            ],
          },
          firelensConfiguration: {
            type: "Enabled",
            firelensType: "Fluentd",
            enableEcsLogMetadata: "False",
            customConfigSource: { type: "None" },
          },
          dockerLabels: [
            { key: "team", value: "a" },
            { key: "team", value: "b" },
          ],
          environmentVariables: [
            { type: "Plain", key: "A", value: "1" },
            { type: "Secret", key: "B", value: secret },
            { type: "Plain", key: "A", value: "2" },
            { type: "Plain", key: "EMPTY", value: "" },
          ],
          ulimits: [{ limitName: "core", hardLimit: "2", softLimit: "1" }],
        },
        {
          ...untouched,
          containerName: "sidecar",
          containerImageReference: { referenceId: "r2", imageName: "acme/sidecar:3", feedId: "Feeds-1" },
          essential: "False",
          containerLogging: { type: "Auto", logOptions: [] },
          firelensConfiguration: {
            type: "Enabled",
            firelensType: "Fluentbit",
            enableEcsLogMetadata: "True",
            customConfigSource: { type: "S3", filePath: "arn:aws:s3:::acme/router.conf" },
          },
          dependencies: [{ containerName: "api", condition: "Healthy" }],
          healthCheck: { command: ["curl -f localhost"], interval: "30", retries: "", startPeriod: "0", timeout: "5" },
        },
      ],
      Tags: [
        { key: "Größe", value: "#{Size}" },
        { key: "empty", value: "" },
      ],
    });
    expect(exported(bag)).toEqual({
      AWSTemplateFormatVersion: "2010-09-09",
      Parameters: {
        ClusterName: { Type: "String", Default: "#{Cluster}" },
        TaskDefinitionName: { Type: "String", Default: "Größe_v2" },
        TaskDefinitionCPU: { Type: "String", Default: "#{Cpu}" },
        TaskDefinitionMemory: { Type: "String", Default: "4096" },
        AmazonECSTaskExecutionRolePolicyArn: {
          Type: "String",
          Default: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        },
        LogGroupName: { Type: "String", Default: "/ecs/Größe_v2" },
        DesiredCount: { Type: "Number", Default: "#{Count}" },
        MinimumHealthPercent: { Type: "Number", Default: 0 },
        MaximumHealthPercent: { Type: "Number", Default: 100 },
      },
      Resources: {
        TaskExecutionRolegrosseV2: {
          Type: "AWS::IAM::Role",
          Properties: {
            Path: "/",
            ManagedPolicyArns: [{ Ref: "AmazonECSTaskExecutionRolePolicyArn" }],
            AssumeRolePolicyDocument: {
              Version: "2012-10-17",
              Statement: [{ Effect: "Allow", Principal: { Service: ["ecs-tasks.amazonaws.com"] }, Action: ["sts:AssumeRole"] }],
            },
          },
        },
        AwsLogGroupgrosseV2: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: { Ref: "LogGroupName" } } },
        TaskDefinitiongrosseV2: {
          Type: "AWS::ECS::TaskDefinition",
          Properties: {
            Family: { Ref: "TaskDefinitionName" },
            Cpu: { Ref: "TaskDefinitionCPU" },
            Memory: { Ref: "TaskDefinitionMemory" },
            // The step refers to the role's name here, where an ARN is meant.
            ExecutionRoleArn: { "Fn::GetAtt": ["TaskExecutionRolegrosseV2", "Arn"] },
            RequiresCompatibilities: ["FARGATE"],
            NetworkMode: "awsvpc",
            RuntimePlatform: { OperatingSystemFamily: "LINUX", CpuArchitecture: "ARM64" },
            ContainerDefinitions: [
              {
                Name: "api",
                Image: "#{Octopus.Action[Deploy].Package[api].Image}",
                RepositoryCredentials: { CredentialsParameter: "registry" },
                Essential: true,
                ResourceRequirements: [{ Type: "GPU", Value: "2" }],
                PortMappings: [
                  { ContainerPort: 80, HostPort: 80, Protocol: "tcp" },
                  { ContainerPort: "#{Port}", HostPort: "#{Port}", Protocol: "udp" },
                ],
                EntryPoint: ["sh", "-c"],
                Command: ["exec api --port 80, --fast"],
                DisableNetworking: true,
                DnsServers: ["10.0.0.2"],
                DnsSearchDomains: ["acme.example"],
                ExtraHosts: [{ Hostname: "db", IpAddress: "10.0.0.3" }],
                LogConfiguration: {
                  LogDriver: "splunk",
                  Options: { "splunk-url": "https://splunk.acme.example" },
                  SecretOptions: [{ Name: "splunk-token", ValueFrom: secret }],
                },
                FirelensConfiguration: { Type: "fluentd", Options: { "enable-ecs-log-metadata": "false" } },
                DockerLabels: { team: "b" },
                Environment: [
                  { Name: "A", Value: "2" },
                  { Name: "EMPTY", Value: "" },
                ],
                Secrets: [{ Name: "B", ValueFrom: secret }],
                Ulimits: [{ Name: "core", HardLimit: 2, SoftLimit: 1 }],
              },
              {
                Name: "sidecar",
                Image: "acme/sidecar:3",
                LogConfiguration: {
                  LogDriver: "awslogs",
                  Options: {
                    "awslogs-group": { Ref: "LogGroupName" },
                    "awslogs-region": { Ref: "AWS::Region" },
                    "awslogs-stream-prefix": "ecs",
                  },
                },
                FirelensConfiguration: {
                  Type: "fluentbit",
                  Options: {
                    "enable-ecs-log-metadata": "true",
                    "config-file-type": "s3",
                    "config-file-value": "arn:aws:s3:::acme/router.conf",
                  },
                },
                DependsOn: [{ ContainerName: "api", Condition: "HEALTHY" }],
                // The step leaves the free text alone, which ECS refuses.
                HealthCheck: { Command: ["CMD-SHELL", "curl -f localhost"], Interval: 30, StartPeriod: 0, Timeout: 5 },
              },
            ],
            Volumes: [
              { Name: "scratch" },
              {
                Name: "shared",
                EFSVolumeConfiguration: {
                  FilesystemId: "fs-1",
                  TransitEncryption: "ENABLED",
                  AuthorizationConfig: { AccessPointId: "fsap-1", IAM: "ENABLED" },
                },
              },
              {
                Name: "plain",
                EFSVolumeConfiguration: { FilesystemId: "fs-2", TransitEncryption: "DISABLED", AuthorizationConfig: { IAM: "DISABLED" } },
              },
            ],
            Tags: [
              { Key: "Größe", Value: "#{Size}" },
              { Key: "empty", Value: "" },
            ],
          },
        },
        ServicegrosseV2: {
          Type: "AWS::ECS::Service",
          DependsOn: "TaskDefinitiongrosseV2",
          Properties: {
            Cluster: { Ref: "ClusterName" },
            LaunchType: "FARGATE",
            TaskDefinition: { Ref: "TaskDefinitiongrosseV2" },
            DesiredCount: { Ref: "DesiredCount" },
            EnableECSManagedTags: true,
            DeploymentConfiguration: {
              MinimumHealthyPercent: { Ref: "MinimumHealthPercent" },
              MaximumPercent: { Ref: "MaximumHealthPercent" },
            },
            NetworkConfiguration: {
              AwsvpcConfiguration: { AssignPublicIp: "ENABLED", Subnets: ["subnet-1"], SecurityGroups: ["#{Group}", "sg-2"] },
            },
            LoadBalancers: [{ ContainerName: "api", ContainerPort: 80, TargetGroupArn: "#{TargetGroup}" }],
            Tags: [
              { Key: "Größe", Value: "#{Size}" },
              { Key: "empty", Value: "" },
            ],
          },
        },
      },
    });
  });
});
