import type { TargetGroup, TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { PickerItem } from "../../engine/discovery.ts";
import { byName, type Source } from "../source.ts";
import { concurrently, orElse } from "../support/streams.ts";

/** How many target groups have their targets' health looked up, a call each, and how many at a time. */
const healthLookedUp = 100;
const healthAtOnce = 4;

/** `net/my-lb/50dc…` of a load balancer's ARN → `my-lb`. */
const balancerName = (arn: string): string => arn.split("/").at(-2) ?? arn;

/** Targets by state in words: `2 healthy · 1 initial`. */
export function healthSummary(descriptions: readonly TargetHealthDescription[]): string {
  const counts = new Map<string, number>();
  for (const { TargetHealth } of descriptions)
    counts.set(TargetHealth?.State ?? "unknown", (counts.get(TargetHealth?.State ?? "unknown") ?? 0) + 1);
  return counts.size === 0 ? "no targets" : [...counts].map(([state, count]) => `${count} ${state}`).join(" · ");
}

/** Why a Fargate service in the VPC cannot use a target group; undefined when it can. */
export function unfit({ TargetType, VpcId, LoadBalancerArns = [] }: TargetGroup, vpcId: string | undefined): string | undefined {
  if (TargetType && TargetType !== "ip") return `target type ${TargetType}: Fargate needs ip`;
  if (vpcId && VpcId && VpcId !== vpcId) return `in another VPC (${VpcId}) than the tasks`;
  if (LoadBalancerArns.length === 0) return "not attached to a load balancer: ECS refuses it until a listener forwards to it";
  return undefined;
}

/** One target group as a row. */
export function toItem(group: TargetGroup, vpcId: string | undefined, health: string): PickerItem {
  const { TargetGroupArn = "", TargetGroupName = "", Protocol = "", Port, VpcId = "", LoadBalancerArns = [] } = group;
  const targetType: string = group.TargetType ?? "";
  const balancers = LoadBalancerArns.map(balancerName);
  const warning = unfit(group, vpcId);
  return {
    value: TargetGroupArn,
    columns: [
      TargetGroupName,
      balancers.join(", ") || "no load balancer",
      `${Protocol}${Port === undefined ? "" : ` ${Port}`}`,
      targetType,
      VpcId,
      health,
    ],
    detail: TargetGroupArn,
    ...(warning ? { warning } : {}),
    facts: {
      name: TargetGroupName,
      vpcId: VpcId,
      targetType,
      protocol: Protocol,
      port: Port ?? 0,
      loadBalancers: LoadBalancerArns,
    },
  };
}

/** The target groups of the region: those that fit first; the health of their targets follows. */
export const targetGroups: Source = {
  id: "targetGroups",
  columns: [
    { title: "Name", rank: 1 },
    { title: "Load balancer", rank: 2 },
    { title: "Listens", rank: 3 },
    { title: "Type", rank: 5 },
    { title: "VPC", rank: 6 },
    { title: "Targets", rank: 4 },
  ],
  needs: [],
  actions: ["elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth"],
  compare: (a, b) => Number(a.warning !== undefined) - Number(b.warning !== undefined) || byName(a, b),
  async *load(clients, { vpcId }, signal) {
    const { DescribeTargetHealthCommand, paginateDescribeTargetGroups } = await import("@aws-sdk/client-elastic-load-balancing-v2");
    const client = await clients.elb();
    const seen: TargetGroup[] = [];
    for await (const { TargetGroups = [] } of paginateDescribeTargetGroups({ client, pageSize: 400 }, {}, { abortSignal: signal })) {
      seen.push(...TargetGroups);
      yield TargetGroups.map((group) => toItem(group, vpcId, ""));
    }
    const fitting = seen.filter((group) => !unfit(group, vpcId)).slice(0, healthLookedUp);
    const described = concurrently(fitting, healthAtOnce, async (group) => {
      const asked = client.send(new DescribeTargetHealthCommand({ TargetGroupArn: group.TargetGroupArn }), { abortSignal: signal });
      const health = await orElse(asked, undefined);
      return health && toItem(group, vpcId, healthSummary(health.TargetHealthDescriptions ?? []));
    });
    for await (const item of described) if (item) yield [item];
  },
};
