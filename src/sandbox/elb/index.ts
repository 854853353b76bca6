import { AwsError } from "../errors.ts";
import { text, texts } from "../input.ts";
import type { Context, Handler, Output, Service } from "../service.ts";
import { arns, found, listing, loadBalancerOf, targetGroupOf } from "./errors.ts";
import { attributeList, loadBalancerActions } from "./load-balancers.ts";
import type { TargetGroup } from "./state.ts";
import { balancersOf, targetActions, targetEvents } from "./targets.ts";

const wireGroup =
  (ctx: Context) =>
  (group: TargetGroup): Output => ({
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: group.protocol,
    Port: group.port,
    VpcId: group.vpcId,
    HealthCheckProtocol: group.healthCheck.protocol,
    HealthCheckPort: group.healthCheck.port,
    HealthCheckEnabled: group.healthCheck.enabled,
    HealthCheckIntervalSeconds: group.healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: group.healthCheck.timeoutSeconds,
    HealthyThresholdCount: group.healthCheck.healthyThreshold,
    UnhealthyThresholdCount: group.healthCheck.unhealthyThreshold,
    HealthCheckPath: group.healthCheck.path,
    ...(group.healthCheck.matcher ? { Matcher: { HttpCode: group.healthCheck.matcher } } : {}),
    LoadBalancerArns: balancersOf(ctx, group.arn),
    TargetType: group.targetType,
    ...(group.protocol.startsWith("HTTP") ? { ProtocolVersion: "HTTP1" } : {}),
    IpAddressType: "ipv4",
  });

const describeTargetGroups: Handler = (input, ctx) => {
  const all = Object.values(ctx.state.elb.targetGroups);
  const names = texts(input["Names"]);
  const missing = names.some((name) => !all.some((each) => each.name === name));
  if (missing) throw new AwsError("TargetGroupNotFound", "One or more target groups not found");
  const chosen = texts(input["TargetGroupArns"]).map((arn) =>
    found(arn, "target group", arns.targetGroup, "TargetGroupNotFound", ctx.state.elb.targetGroups),
  );
  const balancer = text(input["LoadBalancerArn"]) ? loadBalancerOf(input, ctx).arn : undefined;
  const selected = (chosen.length > 0 ? chosen : all)
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .filter(({ arn }) => !balancer || balancersOf(ctx, arn).includes(balancer));
  return listing("TargetGroups", selected, input, wireGroup(ctx));
};

/** Elastic Load Balancing v2, to read, and the registration of targets. */
export const elb: Service = {
  scope: "elasticloadbalancing",
  protocol: "query",
  apiVersion: "2015-12-01",
  xmlns: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
  actions: {
    ...loadBalancerActions,
    ...targetActions,
    DescribeTargetGroups: describeTargetGroups,
    DescribeTargetGroupAttributes: (input, ctx) => ({ Attributes: attributeList(targetGroupOf(input, ctx).attributes) }),
  },
  events: targetEvents,
  resourceOf: (action, input) => (action.startsWith("Describe") ? "" : (text(input["TargetGroupArn"]) ?? "*")),
  notes: {
    DescribeLoadBalancers: { parameters: "LoadBalancerArns, Names, Marker, PageSize", differs: "application and network load balancers" },
    DescribeLoadBalancerAttributes: { parameters: "LoadBalancerArn" },
    DescribeListeners: { parameters: "LoadBalancerArn, ListenerArns, Marker, PageSize" },
    DescribeRules: { parameters: "ListenerArn, RuleArns, Marker, PageSize", differs: "conditions on path and host" },
    DescribeTags: { parameters: "ResourceArns", differs: "not of rules" },
    DescribeTargetGroups: { parameters: "LoadBalancerArn, TargetGroupArns, Names, Marker, PageSize" },
    DescribeTargetGroupAttributes: { parameters: "TargetGroupArn" },
    RegisterTargets: {
      parameters: "TargetGroupArn, Targets",
      differs: "targets that are no tasks answer no health check; there are no instances",
    },
    DeregisterTargets: { parameters: "TargetGroupArn, Targets" },
    DescribeTargetHealth: {
      parameters: "TargetGroupArn, Targets",
      differs: "after its first verdict a target's health changes only with its task",
    },
  },
};
