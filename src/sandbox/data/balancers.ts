import type { ElbState, ListenerRule, TargetGroup } from "../elb/state.ts";
import { hexOf } from "../ids.ts";
import { accountId, ago } from "./names.ts";
import { groupId, subnetId } from "./network.ts";

interface GroupSpec {
  readonly name: string;
  readonly vpc: string;
  readonly type: "ip" | "instance";
  readonly protocol: "HTTP" | "TCP";
  readonly port: number;
  readonly path?: string;
}

interface ListenerSpec {
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS" | "TCP";
  /** Name of the target group of the default action; absent: a redirect to HTTPS. */
  readonly forward?: string;
  /** Path pattern → name of the target group. */
  readonly paths?: Readonly<Record<string, string>>;
}

interface BalancerSpec {
  readonly name: string;
  readonly type: "application" | "network";
  readonly scheme: "internet-facing" | "internal";
  readonly vpc: string;
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
  readonly listeners: readonly ListenerSpec[];
}

const groups: readonly GroupSpec[] = [
  { name: "shop-tg", vpc: "main", type: "ip", protocol: "HTTP", port: 80, path: "/" },
  { name: "shop-api-tg", vpc: "main", type: "ip", protocol: "HTTP", port: 8080, path: "/health" },
  { name: "checkout-tg", vpc: "main", type: "ip", protocol: "HTTP", port: 8080, path: "/health" },
  { name: "shop-next-tg", vpc: "main", type: "ip", protocol: "HTTP", port: 80, path: "/" },
  { name: "legacy-instances-tg", vpc: "main", type: "instance", protocol: "HTTP", port: 8080, path: "/" },
  { name: "internal-tg", vpc: "services", type: "ip", protocol: "TCP", port: 8080 },
];

const balancers: readonly BalancerSpec[] = [
  {
    name: "shop-alb",
    type: "application",
    scheme: "internet-facing",
    vpc: "main",
    subnets: ["public-a", "public-b", "public-c"],
    groups: ["alb-public"],
    listeners: [
      { port: 80, protocol: "HTTP" },
      { port: 443, protocol: "HTTPS", forward: "shop-tg", paths: { "/api/*": "shop-api-tg", "/checkout/*": "checkout-tg" } },
      { port: 8443, protocol: "HTTPS", forward: "legacy-instances-tg" },
    ],
  },
  {
    name: "internal-nlb",
    type: "network",
    scheme: "internal",
    vpc: "services",
    subnets: ["endpoints-a", "endpoints-b"],
    groups: [],
    listeners: [{ port: 8080, protocol: "TCP", forward: "internal-tg" }],
  },
];

/** The ARN of a target group by name. */
export const targetGroupArn = (name: string, region = "eu-west-1"): string =>
  `arn:aws:elasticloadbalancing:${region}:${accountId}:targetgroup/${name}/${hexOf(`tg ${name}`, 16)}`;

const groupOf = (spec: GroupSpec, vpcIds: Readonly<Record<string, string>>): TargetGroup => ({
  arn: targetGroupArn(spec.name),
  name: spec.name,
  targetType: spec.type,
  protocol: spec.protocol,
  port: spec.port,
  vpcId: vpcIds[spec.vpc] ?? "",
  healthCheck: {
    enabled: true,
    protocol: spec.protocol,
    port: "traffic-port",
    ...(spec.path ? { path: spec.path, matcher: "200" } : {}),
    intervalSeconds: 15,
    timeoutSeconds: 5,
    healthyThreshold: 3,
    unhealthyThreshold: 2,
  },
  attributes: {
    "deregistration_delay.timeout_seconds": "30",
    "stickiness.enabled": "false",
    ...(spec.protocol === "HTTP" ? { "slow_start.duration_seconds": "0", "load_balancing.algorithm.type": "round_robin" } : {}),
  },
  targets: {},
  tags: {},
});

const rulesOf = (base: string, spec: ListenerSpec): Record<string, ListenerRule> => {
  const forward = (name: string) => [{ type: "forward" as const, targetGroups: { [targetGroupArn(name)]: 1 } }];
  const redirect = [
    {
      type: "redirect" as const,
      redirect: { Protocol: "HTTPS", Port: "443", Host: "#{host}", Path: "/#{path}", Query: "#{query}", StatusCode: "HTTP_301" },
    },
  ];
  const rules = [
    ...Object.entries(spec.paths ?? {}).map(([path, name], index) => ({
      priority: String((index + 1) * 10),
      conditions: [{ field: "path-pattern", values: [path] }],
      actions: forward(name),
    })),
    { priority: "default", conditions: [], actions: spec.forward ? forward(spec.forward) : redirect },
  ];
  return Object.fromEntries(
    rules.map((rule) => {
      const arn = `${base.replace(":listener/", ":listener-rule/")}/${hexOf(`${base} ${rule.priority}`, 16)}`;
      return [arn, { arn, ...rule }];
    }),
  );
};

const putListener = (elb: ElbState, balancer: { arn: string }, spec: ListenerSpec, region: string): void => {
  const arn = `${balancer.arn.replace(":loadbalancer/", ":listener/")}/${hexOf(`${balancer.arn} ${spec.port}`, 16)}`;
  elb.listeners[arn] = {
    arn,
    loadBalancerArn: balancer.arn,
    port: spec.port,
    protocol: spec.protocol,
    ...(spec.protocol === "HTTPS"
      ? {
          sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
          certificateArn: `arn:aws:acm:${region}:${accountId}:certificate/6f1f2a34-5b6c-4d7e-8f90-a1b2c3d4e5f6`,
        }
      : {}),
    rules: rulesOf(arn, spec),
    tags: {},
  };
};

/** Puts the account's load balancers, listeners and target groups into a region; `vpcIds` by the VPCs' names. */
export const putBalancers = (elb: ElbState, region: string, vpcIds: Readonly<Record<string, string>>, now: number): void => {
  for (const spec of groups) elb.targetGroups[targetGroupArn(spec.name)] = groupOf(spec, vpcIds);
  for (const spec of balancers) {
    const kind = spec.type === "application" ? "app" : "net";
    const id = hexOf(`lb ${spec.name}`, 16);
    const arn = `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/${kind}/${spec.name}/${id}`;
    const host = `${spec.scheme === "internal" ? "internal-" : ""}${spec.name}-${Number.parseInt(id.slice(0, 8), 16)}`;
    elb.loadBalancers[arn] = {
      arn,
      name: spec.name,
      type: spec.type,
      scheme: spec.scheme,
      dnsName: kind === "app" ? `${host}.${region}.elb.amazonaws.com` : `${spec.name}-${id}.elb.${region}.amazonaws.com`,
      vpcId: vpcIds[spec.vpc] ?? "",
      subnetIds: spec.subnets.map((name) => subnetId(spec.vpc, name)),
      securityGroupIds: spec.groups.map((name) => groupId(spec.vpc, name)),
      state: "active",
      createdAt: ago(now, 390, "d"),
      attributes: { "deletion_protection.enabled": "true", "idle_timeout.timeout_seconds": "60", "access_logs.s3.enabled": "false" },
      tags: { team: "platform" },
    };
    for (const listener of spec.listeners) putListener(elb, { arn }, listener, region);
  }
};
