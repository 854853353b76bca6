import type { Context } from "../../service.ts";
import type { TaskFailure } from "../../world.ts";
import type { AwsVpc, ContainerDefinition, EcsService, LoadBalancerUse, Task, TaskDefinition } from "../state.ts";

/** What the fate of a task depends on. */
export interface Question {
  ctx: Context;
  task: Task;
  definition: TaskDefinition;
  network: AwsVpc;
  loadBalancers: LoadBalancerUse[];
  service: EcsService | undefined;
  /** The container a scenario strikes: the first essential one. */
  main: ContainerDefinition;
}

/**
 * Whether a scenario's failure strikes: it does for the value it struck first (`culprits`), or for the first value it meets,
 * so that changing the value heals it.
 */
export function isStruck(ctx: Context, failure: TaskFailure, value: string): boolean {
  const { taskFailures, culprits } = ctx.world.behaviour;
  if (!taskFailures.includes(failure)) return false;
  culprits[failure] ??= value;
  return culprits[failure] === value;
}
