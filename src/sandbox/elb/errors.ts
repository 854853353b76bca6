import { AwsError } from "../errors.ts";
import { own, text, whole } from "../input.ts";
import { paginate } from "../paging.ts";
import type { Context, Input, Output } from "../service.ts";
import type { Listener, LoadBalancer, TargetGroup } from "./state.ts";

/** Elastic Load Balancing's answer to members that break their constraints. */
export const invalid = (message: string): AwsError => new AwsError("ValidationError", message);

const reader =
  <T>(member: string, what: string, pattern: RegExp, code: string, map: (ctx: Context) => Record<string, T>) =>
  (input: Input, ctx: Context): T => {
    const arn = text(input[member]);
    if (!arn)
      throw invalid(
        `1 validation error detected: Value null at '${member.charAt(0).toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must not be null`,
      );
    return found(arn, what, pattern, code, map(ctx));
  };

/** The thing of that ARN; a text that is no such ARN is a ValidationError, an unknown one `code`. */
export const found = <T>(arn: string, what: string, pattern: RegExp, code: string, map: Record<string, T>): T => {
  if (!pattern.test(arn)) throw invalid(`'${arn}' is not a valid ${what} ARN`);
  const thing = own(map, arn);
  if (!thing) throw new AwsError(code, `One or more ${what}s not found`);
  return thing;
};

/** ARN patterns of the things. */
export const arns = {
  targetGroup: /^arn:aws[\w-]*:elasticloadbalancing:[\w-]+:\d{12}:targetgroup\/[\w-]+\/[0-9a-f]{16}$/,
  loadBalancer: /^arn:aws[\w-]*:elasticloadbalancing:[\w-]+:\d{12}:loadbalancer\/(app|net)\/[\w-]+\/[0-9a-f]{16}$/,
  listener: /^arn:aws[\w-]*:elasticloadbalancing:[\w-]+:\d{12}:listener\/(app|net)\/[\w-]+\/[0-9a-f]{16}\/[0-9a-f]{16}$/,
};

/** The target group a call names. */
export const targetGroupOf = reader<TargetGroup>(
  "TargetGroupArn",
  "target group",
  arns.targetGroup,
  "TargetGroupNotFound",
  (ctx) => ctx.state.elb.targetGroups,
);

/** The load balancer a call names. */
export const loadBalancerOf = reader<LoadBalancer>(
  "LoadBalancerArn",
  "load balancer",
  arns.loadBalancer,
  "LoadBalancerNotFound",
  (ctx) => ctx.state.elb.loadBalancers,
);

/** The listener a call names. */
export const listenerOf = reader<Listener>("ListenerArn", "listener", arns.listener, "ListenerNotFound", (ctx) => ctx.state.elb.listeners);

/** A part of a list the way these actions page: Marker, PageSize (400), NextMarker. */
export const listing = <T>(member: string, all: readonly T[], input: Input, wire: (each: T) => unknown): Output => {
  const limit = whole(input["PageSize"]) ?? 400;
  if (!(limit >= 1 && limit <= 400)) {
    const bound = limit < 1 ? "greater than or equal to 1" : "less than or equal to 400";
    throw invalid(
      `1 validation error detected: Value '${input["PageSize"]}' at 'pageSize' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  const { items, next } = paginate(all, text(input["Marker"]), limit, () => invalid("Invalid Marker"));
  return { [member]: items.map(wire), NextMarker: next };
};
