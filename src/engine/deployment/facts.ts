/** What AWS says about stacks, services and tasks, as plain data that survives JSON. Times are ISO 8601 in UTC, as AWS stamps them. */

/** A time as AWS gave it, ISO 8601 in UTC. */
export type Timestamp = string;

/** A CloudFormation stack. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  /** e.g. `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly reason?: string;
  readonly createdAt?: Timestamp;
  readonly updatedAt?: Timestamp;
  readonly outputs: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: readonly Tag[];
  readonly terminationProtection?: boolean;
}

/** A key and its value. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** One entry of a stack's history. */
export interface StackEvent {
  /** Unique over all stacks. */
  readonly id: string;
  readonly at: Timestamp;
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  readonly physicalId?: string;
  /** e.g. `AWS::ECS::Service`. */
  readonly resourceType: string;
  readonly status: string;
  readonly reason?: string;
  /** The token of the call that began the operation. */
  readonly token?: string;
  /** CloudFormation's own name of the operation. */
  readonly operationId?: string;
  /** Where a resource has been created but is still settling: `CONFIGURATION_COMPLETE`, `VALIDATION_FAILED`. */
  readonly detailedStatus?: string;
}

/** A resource of a stack as it is now. */
export interface StackResource {
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

/** The rollout of one task definition within a service. */
export interface EcsDeployment {
  /** e.g. `ecs-svc/1234567890`. */
  readonly id: string;
  /** `PRIMARY`, `ACTIVE` or `INACTIVE`. */
  readonly status: string;
  readonly taskDefinition: string;
  readonly desired: number;
  readonly pending: number;
  readonly running: number;
  readonly failed: number;
  /** `IN_PROGRESS`, `COMPLETED` or `FAILED`. */
  readonly rollout?: string;
  readonly rolloutReason?: string;
  readonly createdAt?: Timestamp;
}

/** A line of a service's own log. */
export interface ServiceMessage {
  readonly id: string;
  readonly at: Timestamp;
  readonly message: string;
}

/** Where a service's tasks are registered. */
export interface ServiceLoadBalancer {
  readonly targetGroupArn: string;
  readonly containerName?: string;
  readonly containerPort?: number;
}

/** An ECS service with its rollouts; `events` newest first. */
export interface Service {
  readonly arn: string;
  readonly name: string;
  readonly clusterArn: string;
  /** `ACTIVE`, `DRAINING` or `INACTIVE`. */
  readonly status: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly taskDefinition?: string;
  readonly deployments: readonly EcsDeployment[];
  readonly events: readonly ServiceMessage[];
  readonly loadBalancers: readonly ServiceLoadBalancer[];
  readonly managedTags?: boolean;
}

/** A service deployment as ECS keeps it, with its circuit breaker. */
export interface ServiceDeployment {
  readonly arn: string;
  /** e.g. `IN_PROGRESS`, `SUCCESSFUL`, `ROLLBACK_SUCCESSFUL`, `STOPPED`. */
  readonly status: string;
  readonly reason?: string;
  readonly stage?: string;
  readonly createdAt?: Timestamp;
  readonly rollbackReason?: string;
  readonly circuitBreaker?: { readonly status: string; readonly failures: number; readonly threshold: number };
}

/** A container of a task. */
export interface TaskContainer {
  readonly name: string;
  readonly status: string;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly health?: string;
  readonly image?: string;
  readonly digest?: string;
  readonly ip?: string;
}

/** A task of the service, running or stopped. */
export interface Task {
  readonly arn: string;
  /** The last part of the ARN. */
  readonly id: string;
  readonly taskDefinition: string;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  /** `ecs-svc/…`: the deployment that started it. */
  readonly startedBy?: string;
  readonly health?: string;
  /** e.g. `TaskFailedToStart`, `EssentialContainerExited`. */
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  readonly createdAt?: Timestamp;
  readonly startedAt?: Timestamp;
  readonly stoppedAt?: Timestamp;
  readonly zone?: string;
  readonly containers: readonly TaskContainer[];
}

/** Where a container writes its log, and whether the task needs it. */
export interface ContainerSpec {
  readonly name: string;
  readonly image?: string;
  readonly essential: boolean;
  readonly memory?: number;
  /** Set for the `awslogs` driver. */
  readonly log?: { readonly group: string; readonly prefix?: string; readonly region?: string };
}

/** A registered task definition, as far as watching a deployment needs it. */
export interface TaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly containers: readonly ContainerSpec[];
}

/** The health of one registered target. */
export interface TargetHealth {
  readonly id: string;
  readonly port?: number;
  /** `initial`, `healthy`, `unhealthy`, `draining`, `unused`, `unavailable`. */
  readonly state: string;
  /** e.g. `Target.FailedHealthChecks`. */
  readonly reason?: string;
  readonly description?: string;
}

/** One line of a container's log. */
export interface LogLine {
  readonly at?: Timestamp;
  readonly text: string;
}
