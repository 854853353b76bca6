import type { Context } from "../../service.ts";
import type { TaskDefinition } from "../state.ts";

const ON_DEMAND = "L-3032A538";
const UNITS_PER_VCPU = 1024;

/** Whether another task of this size would take the account over its quota of Fargate On-Demand vCPUs in the region. */
export function exceedsQuota(definition: TaskDefinition, ctx: Context): boolean {
  const quota = ctx.state.quotas.quotas[ON_DEMAND]?.value;
  if (quota === undefined) return false;
  const used = Object.values(ctx.state.ecs.tasks)
    .filter((task) => task.lastStatus !== "STOPPED" && task.capacityProvider !== "FARGATE_SPOT")
    .reduce((sum, task) => sum + Number(task.cpu), 0);
  return used + Number(definition.cpu ?? 0) > quota * UNITS_PER_VCPU;
}
