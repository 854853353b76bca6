/** What deployments ask of the world: the cloud, the time, the keeping of records. Implemented outside the engine. */
import type { ChangeSet, ChangeSetInput, StackInput, ValidationFinding } from "./deployment/change-set.ts";
import type {
  LogLine,
  Service,
  ServiceDeployment,
  Stack,
  StackEvent,
  StackResource,
  TargetHealth,
  Task,
  TaskDefinition,
} from "./deployment/facts.ts";

/** Time as a port, so that tests and the sandbox run at full speed. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** An operation that CloudFormation has accepted; `operationId` is its own name for it, where it gives one. */
export interface StackOperation {
  readonly stackId: string;
  readonly operationId?: string;
}

/** A stack with an operation under way. */
export interface StackAtWork {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** When the stack was made or last began to change, ISO 8601 in UTC. */
  readonly since?: string;
}

/** CloudFormation as deployments use it. Stacks are named by name or id; a deleted stack is found by its id only. Rejects with ProblemError. */
export interface StackPort {
  /** Undefined: there is no such stack. */
  describeStack(stack: string, signal?: AbortSignal): Promise<Stack | undefined>;
  /** The stacks that an operation is working on now, whoever began it. */
  stacksAtWork(signal?: AbortSignal): Promise<readonly StackAtWork[]>;
  createStack(input: StackInput, signal?: AbortSignal): Promise<StackOperation>;
  /** Undefined: CloudFormation found no updates to perform. */
  updateStack(input: StackInput, signal?: AbortSignal): Promise<StackOperation | undefined>;
  deleteStack(stack: string, token: string, signal?: AbortSignal): Promise<void>;
  cancelUpdate(stack: string, token: string, signal?: AbortSignal): Promise<void>;
  /** Goes on with a rollback that failed, leaving the resources `skip` as they are. */
  continueRollback(stack: string, token: string, skip: readonly string[], signal?: AbortSignal): Promise<void>;
  /** The pages of a stack's history, newest event first, fetched as they are asked for. */
  stackEvents(stack: string, signal?: AbortSignal): AsyncIterable<readonly StackEvent[]>;
  stackResources(stack: string, signal?: AbortSignal): Promise<readonly StackResource[]>;
  /** The template's body as it was submitted. */
  getTemplate(stack: string, signal?: AbortSignal): Promise<string>;
}

/** Change sets: what would happen, before it does. Rejects with ProblemError. */
export interface ChangeSetPort {
  createChangeSet(input: ChangeSetInput, signal?: AbortSignal): Promise<{ readonly id: string; readonly stackId: string }>;
  describeChangeSet(id: string, signal?: AbortSignal): Promise<ChangeSet>;
  executeChangeSet(id: string, token: string, signal?: AbortSignal): Promise<void>;
  deleteChangeSet(id: string, signal?: AbortSignal): Promise<void>;
  /** What the early validation of a change set has against it. */
  changeSetFindings(id: string, signal?: AbortSignal): Promise<readonly ValidationFinding[]>;
}

/** ECS, the load balancers and the logs behind a service. Rejects with ProblemError. */
export interface ServicePort {
  /** Those of the services that exist, INACTIVE ones included. */
  describeServices(cluster: string, services: readonly string[], signal?: AbortSignal): Promise<readonly Service[]>;
  /** The newest deployments of a service first, at most ten. */
  serviceDeployments(cluster: string, service: string, signal?: AbortSignal): Promise<readonly ServiceDeployment[]>;
  /** The running and the recently stopped tasks of a service. */
  tasks(cluster: string, service: string, signal?: AbortSignal): Promise<readonly Task[]>;
  /** The running and the recently stopped tasks of a task definition's family, also when their service is gone. */
  familyTasks(cluster: string, family: string, signal?: AbortSignal): Promise<readonly Task[]>;
  /** Those of the tasks that ECS still knows, also when their service is gone. */
  describeTasks(cluster: string, arns: readonly string[], signal?: AbortSignal): Promise<readonly Task[]>;
  taskDefinition(arn: string, signal?: AbortSignal): Promise<TaskDefinition>;
  targetHealth(targetGroupArn: string, signal?: AbortSignal): Promise<readonly TargetHealth[]>;
  /** The last `limit` lines of a log stream, oldest first; none when group or stream do not exist. */
  logTail(group: string, stream: string, limit: number, region?: string, signal?: AbortSignal): Promise<readonly LogLine[]>;
  /** Stops a rollout that is under way; the stack's operation then fails by itself. */
  stopServiceDeployment(arn: string, how: "ABORT" | "ROLLBACK", signal?: AbortSignal): Promise<void>;
}

/** AWS as deployments use it. */
export interface Cloud extends StackPort, ChangeSetPort, ServicePort {}
