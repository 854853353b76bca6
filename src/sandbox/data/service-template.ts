/** A service to deploy, in short. */
export interface ServiceSpec {
  readonly name: string;
  readonly cluster: string;
  readonly image: string;
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
  readonly desired?: number;
  readonly port?: number;
  readonly targetGroup?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly cpu?: string;
  readonly memory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly executionRole?: string;
}

const camel = (name: string): string => name.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());

/** The name of the stack a service is deployed with. */
export const stackName = (spec: ServiceSpec): string => `cf-ecs-${camel(spec.cluster)}-service${camel(spec.name)}-default-untenanted`;

const container = (spec: ServiceSpec) => ({
  Name: spec.name,
  Image: spec.image,
  Essential: true,
  ...(spec.port ? { PortMappings: [{ ContainerPort: spec.port, HostPort: spec.port, Protocol: "tcp" }] } : {}),
  ...(spec.environment ? { Environment: Object.entries(spec.environment).map(([Name, Value]) => ({ Name, Value })) } : {}),
  ...(spec.secrets ? { Secrets: Object.entries(spec.secrets).map(([Name, ValueFrom]) => ({ Name, ValueFrom })) } : {}),
  LogConfiguration: {
    LogDriver: "awslogs",
    Options: { "awslogs-group": `/ecs/${spec.name}`, "awslogs-region": { Ref: "AWS::Region" }, "awslogs-stream-prefix": "ecs" },
  },
});

/** The template of a service with its task definition and log group, as text. */
export const serviceTemplate = (spec: ServiceSpec): string => {
  const id = camel(spec.name);
  return JSON.stringify({
    AWSTemplateFormatVersion: "2010-09-09",
    Parameters: {
      ClusterName: { Type: "String", Default: spec.cluster },
      TaskDefinitionName: { Type: "String", Default: spec.name },
      TaskDefinitionCPU: { Type: "String", Default: spec.cpu ?? "256" },
      TaskDefinitionMemory: { Type: "String", Default: spec.memory ?? "512" },
    },
    Resources: {
      [`AwsLogGroup${id}`]: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: `/ecs/${spec.name}`, RetentionInDays: 30 } },
      [`TaskDefinition${id}`]: {
        Type: "AWS::ECS::TaskDefinition",
        Properties: {
          Family: { Ref: "TaskDefinitionName" },
          Cpu: { Ref: "TaskDefinitionCPU" },
          Memory: { Ref: "TaskDefinitionMemory" },
          NetworkMode: "awsvpc",
          RequiresCompatibilities: ["FARGATE"],
          RuntimePlatform: { CpuArchitecture: "X86_64", OperatingSystemFamily: "LINUX" },
          ExecutionRoleArn: spec.executionRole ?? "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
          ContainerDefinitions: [container(spec)],
        },
        DependsOn: [`AwsLogGroup${id}`],
      },
      [`Service${id}`]: {
        Type: "AWS::ECS::Service",
        DependsOn: [`TaskDefinition${id}`],
        Properties: {
          Cluster: { Ref: "ClusterName" },
          ServiceName: spec.name,
          TaskDefinition: { Ref: `TaskDefinition${id}` },
          DesiredCount: spec.desired ?? 1,
          LaunchType: "FARGATE",
          DeploymentConfiguration: {
            MinimumHealthyPercent: spec.minimum ?? 100,
            MaximumPercent: spec.maximum ?? 200,
            DeploymentCircuitBreaker: { Enable: true, Rollback: true },
          },
          NetworkConfiguration: {
            AwsvpcConfiguration: { Subnets: spec.subnets, SecurityGroups: spec.groups, AssignPublicIp: "DISABLED" },
          },
          ...(spec.targetGroup
            ? {
                LoadBalancers: [{ ContainerName: spec.name, ContainerPort: spec.port, TargetGroupArn: spec.targetGroup }],
                HealthCheckGracePeriodSeconds: 30,
              }
            : {}),
        },
      },
    },
    Outputs: { ServiceName: { Value: { "Fn::GetAtt": [`Service${id}`, "Name"] } } },
  });
};
