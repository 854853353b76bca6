import type { Quota, QuotasState } from "../quotas/state.ts";

const quota = (
  serviceCode: string,
  serviceName: string,
  code: string,
  name: string,
  value: number,
  defaultValue: number,
  rest: Partial<Quota> = {},
): Quota => ({
  code,
  name,
  serviceCode,
  serviceName,
  value,
  defaultValue,
  unit: "None",
  adjustable: true,
  globalQuota: false,
  ...rest,
});

const vCpu = (usageClass: string): Partial<Quota> => ({ usageResource: "vCPU", usageClass });

/** Puts the quotas deployments can meet into a region; `applied` is how many Fargate vCPUs the account may use. */
export const putQuotas = (state: QuotasState, applied = 140): void => {
  const all = [
    quota("fargate", "AWS Fargate", "L-3032A538", "Fargate On-Demand vCPU resource count", applied, 6, vCpu("Standard/OnDemand")),
    quota("fargate", "AWS Fargate", "L-36FBB829", "Fargate Spot vCPU resource count", applied, 6, vCpu("Standard/Spot")),
    quota("ecs", "Amazon Elastic Container Service (Amazon ECS)", "L-21C621EB", "Clusters per account", 10_000, 10_000),
    quota("ecs", "Amazon Elastic Container Service (Amazon ECS)", "L-9EF96962", "Services per cluster", 5000, 5000),
    quota("ecs", "Amazon Elastic Container Service (Amazon ECS)", "L-46458851", "Tasks per service", 5000, 5000),
    quota("cloudformation", "AWS CloudFormation", "L-0485CB21", "Stack count", 2000, 2000),
  ];
  for (const each of all) state.quotas[each.code] = each;
};
