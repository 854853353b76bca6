import type { Probe } from "../elb/state.ts";
import type { EcsTag } from "./base-state.ts";

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
  /** When its target was first seen to be unhealthy, epoch ms. */
  sickSince?: number;
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
