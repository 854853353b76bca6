/** What was gathered about a deployment that failed, as plain data that survives JSON. Times are milliseconds since the epoch. */

/** Whose a fact is: `own` – of this deployment; `earlier` – of an earlier attempt; `unknown` – nothing tells. */
export type Attribution = "own" | "earlier" | "unknown";

interface Attributed {
  /** Set when whoever gathered it could tell; else it is told by the ids, see attribution.ts. */
  readonly attribution?: Attribution;
  readonly at?: number;
}

/** What identifies the deployment in question. */
export interface OperationIdentity {
  /** Tokens of its CloudFormation calls. */
  readonly clientRequestTokens?: readonly string[];
  /** CloudFormation's ids of its operations. */
  readonly operationIds?: readonly string[];
  /** Its ECS deployments, e.g. `ecs-svc/1234567890`. */
  readonly deploymentIds?: readonly string[];
  /** ARNs of the task definition revisions it registered. */
  readonly taskDefinitionArns?: readonly string[];
}

/** One entry of the history of the stack, or of a stack nested in it. */
export interface StackEventEvidence extends Attributed {
  readonly eventId: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  readonly physicalId?: string;
  /** e.g. `AWS::ECS::Service`. */
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly clientRequestToken?: string;
  readonly operationId?: string;
}

/** A change set, or the validation before it, that failed. */
export interface ValidationEvidence extends Attributed {
  readonly message: string;
  readonly logicalId?: string;
  /** The place in the template, e.g. `/Resources/ServiceshopWeb/Properties/Cluster`. */
  readonly path?: string;
}

/** A call to AWS that failed. */
export interface ApiErrorEvidence extends Attributed {
  /** e.g. `cloudformation:CreateStack`. */
  readonly action: string;
  readonly code?: string;
  /** The HTTP status; absent when no answer came. */
  readonly status?: number;
  readonly message: string;
  /** The class it was recognised as when it happened, and what that speaks of: more was known then than its message tells. */
  readonly id?: string;
  readonly captures?: Readonly<Record<string, string>>;
}

/** A line of the service's own log. */
export interface ServiceEventEvidence extends Attributed {
  readonly id: string;
  readonly message: string;
}

/** A rollout of the service. */
export interface ServiceDeploymentEvidence extends Attributed {
  /** `ecs-svc/…`, or the ARN of a service deployment. */
  readonly id: string;
  /** e.g. `FAILED`, `ROLLBACK_SUCCESSFUL`. */
  readonly status: string;
  readonly reason?: string;
  /** Why it went back to what ran before. */
  readonly rollbackReason?: string;
  readonly taskDefinitionArn?: string;
}

/** A task that stopped. */
export interface StoppedTaskEvidence extends Attributed {
  readonly arn: string;
  /** e.g. `TaskFailedToStart`, `EssentialContainerExited`. */
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  /** `ecs-svc/…`: the deployment that started it. */
  readonly startedBy?: string;
  readonly taskDefinitionArn?: string;
  readonly containers: readonly { readonly name: string; readonly exitCode?: number; readonly reason?: string }[];
}

/** A target that is not healthy. */
export interface TargetHealthEvidence extends Attributed {
  readonly targetGroupArn: string;
  readonly id: string;
  readonly port?: number;
  /** e.g. `unhealthy`, `unused`. */
  readonly state: string;
  /** e.g. `Target.FailedHealthChecks`. */
  readonly reason?: string;
  readonly description?: string;
}

/** The end of a container's log. */
export interface LogTailEvidence {
  readonly taskArn: string;
  readonly container: string;
  readonly lines: readonly string[];
}

/** All of it. */
export interface Evidence {
  readonly operation?: OperationIdentity;
  readonly stackEvents?: readonly StackEventEvidence[];
  readonly validations?: readonly ValidationEvidence[];
  readonly apiErrors?: readonly ApiErrorEvidence[];
  readonly serviceEvents?: readonly ServiceEventEvidence[];
  readonly serviceDeployments?: readonly ServiceDeploymentEvidence[];
  readonly stoppedTasks?: readonly StoppedTaskEvidence[];
  readonly targetHealth?: readonly TargetHealthEvidence[];
  readonly logs?: readonly LogTailEvidence[];
  /** What could not be looked at and why, each in a sentence. */
  readonly unseen?: readonly string[];
}
