import type { Cluster } from "./base-state.ts";
import type { TaskDefinition } from "./definition-state.ts";
import type { EcsService } from "./service-state.ts";
import type { Task } from "./task-state.ts";

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

export type { Cluster, EcsTag, StrategyItem } from "./base-state.ts";
export type { ContainerDefinition, TaskDefinition } from "./definition-state.ts";
export type {
  AwsVpc,
  Deployment,
  DeploymentConfiguration,
  EcsService,
  LoadBalancerUse,
  Revision,
  ServiceDeployment,
} from "./service-state.ts";
export type { Fate, Task, TaskContainer } from "./task-state.ts";
