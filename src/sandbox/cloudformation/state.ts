import type { Json, JsonObject } from "./json.ts";
import type { ParameterValues } from "./template/parameters.ts";

/** CloudFormation's part of a region: stacks by id (deleted ones too), the ids of live stacks by name. */
export interface CloudFormationState {
  stacks: Record<string, Stack>;
  names: Record<string, string>;
  /** The templates in S3 that nested stacks name, by URL. */
  templates?: Record<string, string>;
}

/** A region's CloudFormation before anybody created a stack. */
export const emptyCloudFormation = (): CloudFormationState => ({ stacks: {}, names: {} });

/** A key and a value. */
export interface Tag {
  Key: string;
  Value: string;
}

/** What a user asks a stack to be; kept of the last good state to roll back to. */
export interface Desired {
  template: string;
  parameters: ParameterValues;
  tags: Tag[];
  capabilities: string[];
}

/** A resource of a stack. */
export interface StackResource {
  logicalId: string;
  type: string;
  physicalId?: string;
  status: string;
  statusReason?: string;
  /** Epoch ms of the last status. */
  timestamp: number;
  /** Evaluated properties, coerced to the schema's types, as last applied. */
  properties: JsonObject;
  attributes: Record<string, Json>;
  metadata?: JsonObject;
  deletionPolicy: string;
  updateReplacePolicy: string;
  /** Logical ids it waited for; deletion goes the other way. */
  dependsOn: string[];
}

/** A stack output with its value. */
export interface StackOutput {
  OutputKey: string;
  OutputValue: string;
  Description?: string;
  ExportName?: string;
}

/** One line of a stack's history. */
export interface StackEvent {
  id: string;
  at: number;
  logicalId: string;
  physicalId: string;
  type: string;
  status: string;
  reason?: string;
  token?: string;
  operationId: string;
  /** JSON text, on resource events. */
  properties?: string;
}

/** How far the work on one resource is: `waiting` for others, `starting` and `settling` at the service, then an end. */
export type StepState = "waiting" | "starting" | "settling" | "done" | "failed" | "cancelled" | "skipped";

/** The work of an operation on one resource. */
export interface Step {
  logicalId: string;
  action: "apply" | "delete";
  /** What `apply` turned out to be. */
  change?: "create" | "update" | "replace" | "none";
  state: StepState;
  /** Logical ids whose steps come first. */
  after: string[];
  /** Physical resource a delete step is about, when no longer the current one. */
  physicalId?: string;
  type?: string;
  properties?: JsonObject;
  reason?: string;
  /** RequestToken of the resource handler. */
  token: string;
  startedAt?: number;
  /** The resource as it was before this step, to go back to. */
  before?: StackResource;
}

/** Which part of an operation is under way. */
export type Phase = "apply" | "cleanup" | "rollback" | "rollback-cleanup" | "delete";

/** An operation on a stack, with its steps; gone from the stack when it ends. */
export interface Operation {
  id: string;
  type: "CREATE_STACK" | "UPDATE_STACK" | "DELETE_STACK" | "CONTINUE_ROLLBACK" | "ROLLBACK" | "CREATE_CHANGESET";
  token?: string;
  phase: Phase;
  steps: Record<string, Step>;
  /** Physical resources an update left behind, deleted in the clean-up. */
  left: StackResource[];
  disableRollback: boolean;
  onFailure: "ROLLBACK" | "DELETE" | "DO_NOTHING";
  desired: Desired;
  /** What the stack was before an update. */
  previous?: { desired: Desired; resources: Record<string, StackResource>; outputs: StackOutput[]; description?: string };
  /** Why the rollback began, for the events. */
  failure?: string;
  /** Resources a continued rollback leaves alone. */
  skip?: string[];
  /** Resources a deletion leaves alone. */
  retain?: string[];
  timeoutEvent?: string;
}

/** An ended or running operation, as DescribeStacks' LastOperations and DescribeEvents name it. */
export interface OperationRecord {
  id: string;
  type: Operation["type"];
  startedAt: number;
  endedAt?: number;
  status: "IN_PROGRESS" | "SUCCEEDED" | "FAILED";
  token?: string;
}

/** A change set: what would be asked of the stack, and what would come of it. */
export interface ChangeSet {
  id: string;
  name: string;
  type: "CREATE" | "UPDATE";
  description?: string;
  createdAt: number;
  status: string;
  statusReason?: string;
  executionStatus: string;
  desired: Desired;
  disableRollback: boolean;
  onFailure?: "ROLLBACK" | "DELETE" | "DO_NOTHING";
  changes: Json[];
  operationId: string;
  token?: string;
  notificationArns: string[];
  roleArn?: string;
  /** Whether early validation runs. */
  checked: boolean;
  /** Id of the operation that executed it. */
  executedBy?: string;
  /** Early validation failures. */
  validations: { logicalId: string; type: string; path: string; name: string; reason: string }[];
}

/** A stack, live or deleted. */
export interface Stack {
  id: string;
  name: string;
  status: string;
  statusReason?: string;
  description?: string;
  desired: Desired;
  resources: Record<string, StackResource>;
  outputs: StackOutput[];
  createdAt: number;
  updatedAt?: number;
  deletedAt?: number;
  disableRollback: boolean;
  timeoutInMinutes?: number;
  terminationProtection: boolean;
  roleArn?: string;
  notificationArns: string[];
  parentId?: string;
  rootId?: string;
  /** Oldest first. */
  events: StackEvent[];
  operation?: Operation;
  operations: OperationRecord[];
  changeSets: ChangeSet[];
  /** ClientRequestTokens already used, with what was asked. */
  tokens: Record<string, string>;
}
