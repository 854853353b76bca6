import { AwsError } from "../errors.ts";
import { own, text, texts } from "../input.ts";
import type { Context, Handler, Input, Output } from "../service.ts";
import { tagList } from "../tags.ts";
import { arns, found, invalid, listenerOf, listing, loadBalancerOf } from "./errors.ts";
import type { Listener, ListenerAction, ListenerRule, LoadBalancer } from "./state.ts";

const wireBalancer =
  (ctx: Context) =>
  (balancer: LoadBalancer): Output => ({
    LoadBalancerArn: balancer.arn,
    LoadBalancerName: balancer.name,
    DNSName: balancer.dnsName,
    CanonicalHostedZoneId: "Z32O12XQLNTSW2",
    CreatedTime: new Date(balancer.createdAt),
    Scheme: balancer.scheme,
    Type: balancer.type,
    VpcId: balancer.vpcId,
    State: { Code: balancer.state },
    AvailabilityZones: balancer.subnetIds.map((id) => ({
      ZoneName: ctx.state.ec2.subnets[id]?.zone,
      SubnetId: id,
      LoadBalancerAddresses: [],
    })),
    ...(balancer.securityGroupIds.length > 0 ? { SecurityGroups: balancer.securityGroupIds } : {}),
    IpAddressType: "ipv4",
  });

const wireAction = (action: ListenerAction): Output => {
  const groups = Object.entries(action.targetGroups ?? {});
  return {
    Type: action.type,
    ...(groups.length === 1 ? { TargetGroupArn: groups[0]?.[0] } : {}),
    ...(groups.length > 0
      ? {
          ForwardConfig: {
            TargetGroups: groups.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight })),
            TargetGroupStickinessConfig: { Enabled: false },
          },
        }
      : {}),
    RedirectConfig: action.redirect,
    FixedResponseConfig: action.fixedResponse,
  };
};

const wireRule = (rule: ListenerRule): Output => ({
  RuleArn: rule.arn,
  Priority: rule.priority,
  IsDefault: rule.priority === "default",
  Conditions: rule.conditions.map(({ field, values }) => ({
    Field: field,
    Values: values,
    ...(field === "path-pattern" ? { PathPatternConfig: { Values: values } } : {}),
    ...(field === "host-header" ? { HostHeaderConfig: { Values: values } } : {}),
  })),
  Actions: rule.actions.map(wireAction),
});

const wireListener = (listener: Listener): Output => ({
  ListenerArn: listener.arn,
  LoadBalancerArn: listener.loadBalancerArn,
  Port: listener.port,
  Protocol: listener.protocol,
  SslPolicy: listener.sslPolicy,
  ...(listener.certificateArn ? { Certificates: [{ CertificateArn: listener.certificateArn }] } : {}),
  DefaultActions: Object.values(listener.rules)
    .filter((rule) => rule.priority === "default")
    .flatMap((rule) => rule.actions.map(wireAction)),
});

const describeLoadBalancers: Handler = (input, ctx) => {
  const all = Object.values(ctx.state.elb.loadBalancers);
  const names = texts(input["Names"]);
  const missing = names.find((name) => !all.some((each) => each.name === name));
  if (missing) throw new AwsError("LoadBalancerNotFound", `Load balancers '[${missing}]' not found`);
  const chosen = texts(input["LoadBalancerArns"]).map((arn) =>
    found(arn, "load balancer", arns.loadBalancer, "LoadBalancerNotFound", ctx.state.elb.loadBalancers),
  );
  const selected = chosen.length > 0 ? chosen : all.filter(({ name }) => names.length === 0 || names.includes(name));
  return listing("LoadBalancers", selected, input, wireBalancer(ctx));
};

const describeListeners: Handler = (input, ctx) => {
  const chosen = texts(input["ListenerArns"]);
  if (chosen.length > 0) {
    return listing(
      "Listeners",
      chosen.map((arn) => found(arn, "listener", arns.listener, "ListenerNotFound", ctx.state.elb.listeners)),
      input,
      wireListener,
    );
  }
  if (!text(input["LoadBalancerArn"])) throw invalid("You must specify either listener ARNs or a load balancer ARN");
  const { arn } = loadBalancerOf(input, ctx);
  return listing(
    "Listeners",
    Object.values(ctx.state.elb.listeners).filter((each) => each.loadBalancerArn === arn),
    input,
    wireListener,
  );
};

const rulesOf = (input: Input, ctx: Context): ListenerRule[] => {
  const chosen = texts(input["RuleArns"]);
  if (chosen.length === 0) return Object.values(listenerOf(input, ctx).rules);
  return chosen.map((arn) => {
    const rule = Object.values(ctx.state.elb.listeners).flatMap((listener) => own(listener.rules, arn) ?? [])[0];
    if (!rule) throw new AwsError("RuleNotFound", "One or more rules not found");
    return rule;
  });
};

const describeTags: Handler = (input, ctx) => {
  const { loadBalancers, listeners, targetGroups } = ctx.state.elb;
  const descriptions = texts(input["ResourceArns"]).map((arn) => {
    if (arns.targetGroup.test(arn)) return found(arn, "target group", arns.targetGroup, "TargetGroupNotFound", targetGroups);
    if (arns.listener.test(arn)) return found(arn, "listener", arns.listener, "ListenerNotFound", listeners);
    return found(arn, "load balancer", arns.loadBalancer, "LoadBalancerNotFound", loadBalancers);
  });
  return { TagDescriptions: descriptions.map(({ arn, tags }) => ({ ResourceArn: arn, Tags: tagList(tags) })) };
};

/** Attributes as the service writes them. */
export const attributeList = (attributes: Readonly<Record<string, string>>): Output[] =>
  Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));

/** The actions on load balancers and their listeners. */
export const loadBalancerActions: Readonly<Record<string, Handler>> = {
  DescribeLoadBalancers: describeLoadBalancers,
  DescribeLoadBalancerAttributes: (input, ctx) => ({ Attributes: attributeList(loadBalancerOf(input, ctx).attributes) }),
  DescribeListeners: describeListeners,
  DescribeRules: (input, ctx) => listing("Rules", rulesOf(input, ctx), input, wireRule),
  DescribeTags: describeTags,
};
