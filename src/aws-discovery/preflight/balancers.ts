/** Target groups and load balancers, for the checks. */
import type { Account, TargetGroupFacts } from "../../engine/preflight/account.ts";
import { sanitizeLine } from "../../engine/sanitize.ts";
import { type Questions, unlessAbsent, within } from "./questions.ts";

/** The load balancers' part of an account. */
export function balancerPart({ once, call, signal }: Questions): Pick<Account, "targetGroup" | "loadBalancers"> {
  const options = within({ signal });
  return {
    targetGroup: (arn) =>
      once(["target group", arn], async (): Promise<TargetGroupFacts | undefined> => {
        const found = await unlessAbsent(
          call(async (clients) => {
            const { DescribeTargetGroupsCommand } = await import("@aws-sdk/client-elastic-load-balancing-v2");
            return await (await clients.elb()).send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }), options);
          }),
          "TargetGroupNotFoundException",
          "TargetGroupNotFound",
        );
        const group = found?.TargetGroups?.[0];
        if (!group) return undefined;
        const healthPort = Number(group.HealthCheckPort);
        return {
          arn,
          name: sanitizeLine(group.TargetGroupName ?? arn),
          type: group.TargetType ?? "ip",
          protocol: group.Protocol ?? "",
          vpcId: group.VpcId ?? "",
          loadBalancers: group.LoadBalancerArns ?? [],
          ...(healthPort > 0 ? { healthPort } : {}),
        };
      }),
    loadBalancers: (arns) =>
      once(["load balancers", arns], async () => {
        const found = await call(async (clients) => {
          const { DescribeLoadBalancersCommand } = await import("@aws-sdk/client-elastic-load-balancing-v2");
          return await (await clients.elb()).send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [...arns] }), options);
        });
        return (found.LoadBalancers ?? []).map(
          ({ LoadBalancerArn = "", LoadBalancerName = "", SecurityGroups = [], AvailabilityZones = [] }) => ({
            arn: LoadBalancerArn,
            name: sanitizeLine(LoadBalancerName),
            securityGroups: SecurityGroups,
            zones: AvailabilityZones.flatMap(({ ZoneName }) => ZoneName ?? []).sort(),
          }),
        );
      }),
  };
}
