import type { CloudFormationState } from "./cloudformation/state.ts";
import { emptyCloudFormation } from "./cloudformation/state.ts";
import type { Ec2State } from "./ec2/state.ts";
import type { EcrState } from "./ecr/state.ts";
import type { EcsState } from "./ecs/state.ts";
import { emptyEcs } from "./ecs/state.ts";
import type { EfsState } from "./efs/state.ts";
import type { ElbState } from "./elb/state.ts";
import type { Fault } from "./faults.ts";
import type { IamState } from "./iam/state.ts";
import type { LogsState } from "./logs/state.ts";
import type { QuotasState } from "./quotas/state.ts";
import type { SecretsState } from "./secrets/state.ts";
import type { SsmState } from "./ssm/state.ts";

/** Everything of one region. */
export interface RegionState {
  ec2: Ec2State;
  ecr: EcrState;
  ecs: EcsState;
  cloudformation: CloudFormationState;
  logs: LogsState;
  elb: ElbState;
  secrets: SecretsState;
  ssm: SsmState;
  efs: EfsState;
  quotas: QuotasState;
}

/** Something that will happen: plain data, run by the handler of its kind when the virtual time comes. */
export interface ScheduledEvent {
  readonly id: string;
  /** Virtual time, epoch ms. */
  readonly at: number;
  /** `scope:what`. */
  readonly kind: string;
  readonly region: string;
  readonly principalArn: string;
  readonly payload: unknown;
}

/** The ways in which a scenario makes the tasks of new deployments fail. */
export type TaskFailure =
  | "image-not-found"
  | "wrong-architecture"
  | "crash-loop"
  | "out-of-memory"
  | "unhealthy-targets"
  | "secret-denied"
  | "no-route";

/**
 * What a scenario adds to the account's own rules. A failure strikes the first deployment that meets it and remembers in
 * `culprits` the value at fault (the image, the memory, the subnets…), so that changing that value in a later deployment
 * heals it, as it would for real.
 */
export interface Behaviour {
  taskFailures: TaskFailure[];
  /** Failure → the value at fault, written by the service that lets it happen. */
  culprits: Partial<Record<TaskFailure, string>>;
}

/** The whole simulated account: one JSON tree that can be saved and restored; nothing in it is a closure, a Date or a class. */
export interface World {
  /** Of this tree's layout; a saved one of another version is not read. */
  readonly version: 1;
  readonly accountId: string;
  accountAlias?: string;
  /** Scenario names the account was made from, e.g. `crash-loop,throttled`. */
  scenario: string;
  /** ARN of whoever calls with the sandbox's made-up credentials. */
  principalArn: string;
  /** What whoever calls may do, as the JSON of an IAM policy; absent: everything. */
  callerPolicy?: string;
  /** Access keys of temporary credentials that were given out → the ARN of who calls with them. */
  sessions?: Readonly<Record<string, string>>;
  /** Virtual time when the tree was made or saved, epoch ms. */
  savedAt: number;
  /** Counts every id handed out, which makes ids deterministic. */
  sequence: number;
  /** Counts the draws of the faults' pseudo-random numbers. */
  draws: number;
  /** Ordered by `at`, then by the order they were scheduled in. */
  events: ScheduledEvent[];
  behaviour: Behaviour;
  faults: Fault[];
  iam: IamState;
  /** Region name → its state; only regions enabled for the account are here. */
  regions: Record<string, RegionState>;
}

/** A region in which nothing was ever made, with these zones (name → id). */
export const emptyRegion = (zones: Record<string, string>): RegionState => ({
  ec2: {
    zones,
    vpcs: {},
    subnets: {},
    securityGroups: {},
    routeTables: {},
    natGateways: {},
    internetGateways: {},
    vpcEndpoints: {},
    networkInterfaces: {},
  },
  ecr: { repositories: {} },
  ecs: emptyEcs(),
  cloudformation: emptyCloudFormation(),
  logs: { groups: {} },
  elb: { loadBalancers: {}, listeners: {}, targetGroups: {} },
  secrets: { secrets: {} },
  ssm: { parameters: {} },
  efs: { fileSystems: {}, mountTargets: {}, accessPoints: {} },
  quotas: { quotas: {} },
});

/** An account without regions, roles or anything else. */
export const emptyWorld = (now: number): World => ({
  version: 1,
  accountId: "123456789012",
  scenario: "",
  principalArn: "arn:aws:sts::123456789012:assumed-role/Developer/sandbox",
  savedAt: now,
  sequence: 0,
  draws: 0,
  events: [],
  behaviour: { taskFailures: [], culprits: {} },
  faults: [],
  iam: { roles: {}, users: {}, policies: {} },
  regions: {},
});
