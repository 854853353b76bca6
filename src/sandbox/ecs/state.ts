import type { Probe } from "../elb/state.ts";

/** ECS's part of a region. */
export interface EcsState {
  clusters: Record<string, Cluster>;
  /** Revisions of each family, oldest first. */
  taskDefinitions: Record<string, TaskDefinition[]>;
  /** By `cluster/service`. */
  services: Record<string, EcsService>;
  /** By task id; stopped ones stay an hour. */
  tasks: Record<string, Task>;
}

/** A region's ECS before anybody used it. */
export const emptyEcs = (): EcsState => ({ clusters: {}, taskDefinitions: {}, services: {}, tasks: {} });

/** A tag as ECS writes it. */
export interface EcsTag {
  key: string;
  value: string;
}

/** A part of a capacity provider strategy. */
export interface StrategyItem {
  capacityProvider: string;
  weight?: number;
  base?: number;
}

/** A cluster. */
export interface Cluster {
  name: string;
  status: "ACTIVE" | "INACTIVE";
  settings: { name: string; value: string }[];
  configuration?: Record<string, unknown>;
  capacityProviders: string[];
  defaultCapacityProviderStrategy: StrategyItem[];
  serviceConnectDefaults?: { namespace: string };
  tags: EcsTag[];
}

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

/** Network of an awsvpc task or service. */
export interface AwsVpc {
  subnets: string[];
  securityGroups?: string[];
  assignPublicIp?: string;
}

/** A target group fed by a service. */
export interface LoadBalancerUse {
  targetGroupArn?: string;
  loadBalancerName?: string;
  containerName?: string;
  containerPort?: number;
}

/** How a service replaces its tasks. */
export interface DeploymentConfiguration {
  maximumPercent: number;
  minimumHealthyPercent: number;
  strategy?: string;
  bakeTimeInMinutes?: number;
  deploymentCircuitBreaker?: {
    enable: boolean;
    rollback: boolean;
    thresholdConfiguration?: { type: string; value: number };
    resetOnHealthyTask?: boolean;
  };
  [member: string]: unknown;
}

/** What a deployment runs: the settings of the service when it began. */
export interface Revision {
  /** Numeric id of the service revision. */
  id: string;
  createdAt: number;
  taskDefinition: string;
  launchType?: string;
  capacityProviderStrategy?: StrategyItem[];
  platformVersion?: string;
  awsvpc?: AwsVpc;
  loadBalancers: LoadBalancerUse[];
}

/** A deployment within a service, as DescribeServices lists it, with the bookkeeping of the scheduler. */
export interface Deployment {
  /** `ecs-svc/` and digits. */
  id: string;
  status: "PRIMARY" | "ACTIVE";
  revision: Revision;
  desiredCount: number;
  failedTasks: number;
  createdAt: number;
  updatedAt: number;
  rolloutState?: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  rolloutStateReason?: string;
  /** Failures since the last healthy task: what the circuit breaker counts. */
  failures: number;
  /** No task is started before this time, after repeated failures. */
  notBefore?: number;
  /** Since when it has everything it needs; a short while later it is complete. */
  readySince?: number;
  /** Deployment id it returns to, when it is a rollback. */
  rollbackTo?: string;
}

/** A service deployment as ListServiceDeployments keeps it. */
export interface ServiceDeployment {
  id: string;
  deploymentId: string;
  status: string;
  statusReason?: string;
  createdAt: number;
  startedAt?: number;
  finishedAt?: number;
  stoppedAt?: number;
  updatedAt: number;
  /** Revisions replaced, by id, with the tasks they ran at the start. */
  source: { id: string; requested: number }[];
  targetId: string;
  lifecycleStage?: string;
  rollback?: { reason: string; startedAt: number; revisionId: string };
  breaker?: { status: string; failureCount: number; threshold: number };
  configuration: DeploymentConfiguration;
  desiredCount: number;
}

/** A line of a service's event list. */
export interface ServiceEvent {
  id: string;
  createdAt: number;
  message: string;
}

/** A service. */
export interface EcsService {
  name: string;
  cluster: string;
  status: "ACTIVE" | "DRAINING" | "INACTIVE";
  createdAt: number;
  createdBy: string;
  desiredCount: number;
  taskDefinition: string;
  launchType?: string;
  capacityProviderStrategy?: StrategyItem[];
  platformVersion?: string;
  awsvpc?: AwsVpc;
  loadBalancers: LoadBalancerUse[];
  deploymentConfiguration: DeploymentConfiguration;
  healthCheckGracePeriodSeconds?: number;
  schedulingStrategy: string;
  deploymentController: string;
  enableECSManagedTags: boolean;
  propagateTags: string;
  enableExecuteCommand: boolean;
  availabilityZoneRebalancing: string;
  tags: EcsTag[];
  clientToken?: string;
  /** The PRIMARY one first. */
  deployments: Deployment[];
  /** Newest first. */
  serviceDeployments: ServiceDeployment[];
  revisions: Revision[];
  /** Newest first, at most 100. */
  events: ServiceEvent[];
  /** The revision to go back to: that of the last completed deployment. */
  completedRevision?: string;
  /** Whether the last thing said was that the service is steady. */
  steady: boolean;
  /** The scheduled look at the service, if any, and its time. */
  tick?: { event: string; at: number };
}

/** A container of a task. */
export interface TaskContainer {
  name: string;
  image: string;
  lastStatus: string;
  essential: boolean;
  runtimeId?: string;
  imageDigest?: string;
  exitCode?: number;
  reason?: string;
  healthStatus?: string;
  cpu: string;
  memory?: string;
  memoryReservation?: string;
}

/** A task, running or stopped. */
export interface Task {
  id: string;
  cluster: string;
  service?: string;
  deploymentId?: string;
  group: string;
  startedBy?: string;
  taskDefinition: string;
  revisionId?: string;
  lastStatus: string;
  desiredStatus: "RUNNING" | "STOPPED";
  launchType?: string;
  capacityProvider?: string;
  cpu: string;
  memory: string;
  subnetId: string;
  securityGroups: string[];
  zone: string;
  eni: { id: string; attachmentId: string; mac: string; ip: string; status: string; publicIp?: string };
  containers: TaskContainer[];
  createdAt: number;
  pullStartedAt?: number;
  pullStoppedAt?: number;
  connectivityAt?: number;
  startedAt?: number;
  stoppingAt?: number;
  stoppedAt?: number;
  executionStoppedAt?: number;
  stopCode?: string;
  stoppedReason?: string;
  tags: EcsTag[];
  enableExecuteCommand: boolean;
  version: number;
  /** Target groups the task is registered with. */
  targets: { targetGroupArn: string; port: number; healthy?: boolean }[];
  /** Set once the task counted as a failed task of its deployment. */
  counted?: boolean;
  /** What becomes of it, known once it is placed. */
  fate?: Fate;
}

/** What becomes of a task by the state of the account: it fails before it runs, or a container ends, or its targets are unhealthy. */
export type Fate =
  | { kind: "start-failure"; afterMs: number; stoppedReason: string; containerReason?: string; container?: string; pulled: boolean }
  | { kind: "exit"; afterMs: number; container: string; exitCode: number; reason?: string; log: string[] }
  | { kind: "unhealthy-target"; probe: Probe };
