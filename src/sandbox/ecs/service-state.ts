import type { EcsTag, StrategyItem } from "./base-state.ts";

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
