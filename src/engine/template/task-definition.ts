/** `AWS::ECS::TaskDefinition`, and the role and log group that may come with it. */
import type { Names } from "../names.ts";
import type { Step, Volume } from "../sections/index.ts";
import { userTags } from "../tags.ts";
import { containerDefinition } from "./container.ts";
import { refOr } from "./parameters.ts";
import { attribute, chosen, enabled, given, properties, ref, type Template, type TemplateObject } from "./values.ts";

const tagList = (step: Step): Template => userTags(step).map(({ Key, Value }) => ({ Key, Value }));

/** The role that the stack creates where the profile names none. */
export function executionRole(): TemplateObject {
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      Path: "/",
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: ["ecs-tasks.amazonaws.com"] }, Action: ["sts:AssumeRole"] }],
      },
      ManagedPolicyArns: [ref("AmazonECSTaskExecutionRolePolicyArn")],
    },
  };
}

/** The log group of the containers that log `auto`. */
export function logGroup({ containers }: Step): TemplateObject {
  const retention = containers.find(({ logging }) => logging.retentionInDays !== undefined)?.logging.retentionInDays;
  return { Type: "AWS::Logs::LogGroup", Properties: properties({ LogGroupName: ref("LogGroupName"), RetentionInDays: retention }) };
}

/** The task definition: Fargate, with a network interface of its own. */
export function taskDefinition(step: Step, names: Names, declared: TemplateObject): TemplateObject {
  const { configuration, taskSize, containers, volumes = [] } = step;
  return {
    Type: "AWS::ECS::TaskDefinition",
    Properties: properties({
      Family: ref("TaskDefinitionName"),
      TaskRoleArn: refOr(declared, "TaskRole", configuration.taskRole),
      ExecutionRoleArn: refOr(declared, "TaskExecutionRole", attribute(names.executionRoleLogicalId, "Arn")),
      RequiresCompatibilities: ["FARGATE"],
      NetworkMode: "awsvpc",
      Cpu: ref("TaskDefinitionCPU"),
      Memory: ref("TaskDefinitionMemory"),
      RuntimePlatform: { OperatingSystemFamily: "LINUX", CpuArchitecture: taskSize.cpuArchitecture },
      EphemeralStorage: taskSize.ephemeralStorageGiB === undefined ? undefined : { SizeInGiB: taskSize.ephemeralStorageGiB },
      ContainerDefinitions: containers.map(containerDefinition),
      Volumes: bindFirst(volumes).map(volumeDefinition),
      Tags: tagList(step),
    }),
  };
}

/** Bind volumes stand before EFS volumes, as in stacks of the existing step, so that updating one of those changes nothing. */
function bindFirst(volumes: readonly Volume[]): readonly Volume[] {
  return volumes.toSorted((a, b) => Number(isEfs(a)) - Number(isEfs(b)));
}

const isEfs = ({ type, fileSystemId }: Volume): boolean => chosen(type, "efs", fileSystemId);

function volumeDefinition(volume: Volume): TemplateObject {
  if (!isEfs(volume)) return { Name: volume.name };
  const { accessPointId, encryptionInTransit = false, iamAuthorization = false } = volume;
  return {
    Name: volume.name,
    EFSVolumeConfiguration: properties({
      FilesystemId: volume.fileSystemId ?? "",
      RootDirectory: volume.rootDirectory,
      TransitEncryption: enabled(encryptionInTransit),
      AuthorizationConfig: given({ AccessPointId: accessPointId, IAM: enabled(iamAuthorization) }),
    }),
  };
}
