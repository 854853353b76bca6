import type { EcsTag } from "./base-state.ts";

/** A container as a task definition describes it, with ECS's own member names. */
export interface ContainerDefinition {
  name: string;
  image: string;
  essential?: boolean;
  cpu?: number;
  memory?: number;
  memoryReservation?: number;
  portMappings?: {
    containerPort?: number;
    hostPort?: number;
    protocol?: string;
    name?: string;
    appProtocol?: string;
    containerPortRange?: string;
  }[];
  environment?: { name: string; value: string }[];
  secrets?: { name: string; valueFrom: string }[];
  logConfiguration?: { logDriver: string; options?: Record<string, string>; secretOptions?: { name: string; valueFrom: string }[] };
  healthCheck?: { command: string[]; interval?: number; timeout?: number; retries?: number; startPeriod?: number };
  dependsOn?: { containerName: string; condition: string }[];
  mountPoints?: { sourceVolume?: string; containerPath?: string; readOnly?: boolean }[];
  volumesFrom?: { sourceContainer?: string; readOnly?: boolean }[];
  command?: string[];
  entryPoint?: string[];
  repositoryCredentials?: { credentialsParameter: string };
  [member: string]: unknown;
}

/** A volume of a task definition. */
export interface Volume {
  name: string;
  host?: { sourcePath?: string };
  efsVolumeConfiguration?: {
    fileSystemId: string;
    rootDirectory?: string;
    transitEncryption?: string;
    transitEncryptionPort?: number;
    authorizationConfig?: { accessPointId?: string; iam?: string };
  };
  [member: string]: unknown;
}

/** A registered revision of a task definition. */
export interface TaskDefinition {
  family: string;
  revision: number;
  status: "ACTIVE" | "INACTIVE";
  containerDefinitions: ContainerDefinition[];
  volumes: Volume[];
  cpu?: string;
  memory?: string;
  networkMode?: string;
  requiresCompatibilities?: string[];
  runtimePlatform?: { cpuArchitecture?: string; operatingSystemFamily?: string };
  executionRoleArn?: string;
  taskRoleArn?: string;
  ephemeralStorage?: { sizeInGiB: number };
  tags: EcsTag[];
  /** Epoch ms. */
  registeredAt: number;
  registeredBy: string;
  deregisteredAt?: number;
  [member: string]: unknown;
}
