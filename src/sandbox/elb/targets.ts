import { AwsError } from "../errors.ts";
import { structures, text, whole } from "../input.ts";
import type { Context, EventHandler, Handler, Input, Output } from "../service.ts";
import { targetGroupOf } from "./errors.ts";
import type { Probe, Target, TargetGroup } from "./state.ts";

const keyOf = (id: string, port: number): string => `${id}:${port}`;

/** The ARNs of the load balancers whose listeners forward to a target group. */
export const balancersOf = (ctx: Context, targetGroupArn: string): string[] => {
  const listeners = Object.values(ctx.state.elb.listeners).filter((listener) =>
    Object.values(listener.rules).some((rule) => rule.actions.some((action) => Object.hasOwn(action.targetGroups ?? {}, targetGroupArn))),
  );
  return [...new Set(listeners.map((listener) => listener.loadBalancerArn))];
};

const initial = { state: "initial", reason: "Elb.RegistrationInProgress", description: "Target registration is in progress" } as const;
const checking = { state: "initial", reason: "Elb.InitialHealthChecking", description: "Initial health checks in progress" } as const;
const draining = {
  state: "draining",
  reason: "Target.DeregistrationInProgress",
  description: "Target deregistration is in progress",
} as const;
const unused = {
  state: "unused",
  reason: "Target.NotInUse",
  description: "Target group is not configured to receive traffic from the load balancer",
} as const;

const failures: Readonly<Record<string, { reason: string; description: string }>> = {
  timeout: { reason: "Target.Timeout", description: "Request timed out" },
  refused: { reason: "Target.FailedHealthChecks", description: "Health checks failed" },
};

const expected = (matcher: string, code: number): boolean =>
  matcher.split(",").some((part) => {
    const [low = 0, high = low] = part.split("-").map(Number);
    return code >= low && code <= high;
  });

/** What a health check of this group finds at a target that answers so. */
export const verdictOf = (group: TargetGroup, probe: Probe): Pick<Target, "state" | "reason" | "description"> => {
  if (typeof probe === "string") {
    const failure = failures[probe];
    return failure ? { state: "unhealthy", ...failure } : { state: "healthy" };
  }
  if (expected(group.healthCheck.matcher ?? "200", probe.status)) return { state: "healthy" };
  return {
    state: "unhealthy",
    reason: "Target.ResponseCodeMismatch",
    description: `Health checks failed with these codes: [${probe.status}]`,
  };
};

const put = (target: Target, next: Pick<Target, "state" | "reason" | "description">): void => {
  delete target.reason;
  delete target.description;
  Object.assign(target, next);
};

/** Milliseconds after which a new target has passed or failed its first health checks. */
export const firstVerdictAfter = (group: TargetGroup, healthy: boolean): number => {
  const { intervalSeconds, healthyThreshold, unhealthyThreshold } = group.healthCheck;
  // An application load balancer takes the first check that passes; a network load balancer its whole threshold.
  const checks = healthy ? (group.protocol.startsWith("HTTP") ? 1 : healthyThreshold) : unhealthyThreshold;
  return 5000 + intervalSeconds * 1000 * checks;
};

/** A target as a service registers it: where it listens, and how it answers health checks. */
export interface Registration {
  readonly id: string;
  readonly port: number;
  readonly zone?: string;
  /** How it answers health checks; a target nobody speaks for answers nothing. */
  readonly probe?: Probe;
}

/** Registers a target, or tells how one that is registered answers from now on; its health follows by itself. */
export const registerTarget = (ctx: Context, group: TargetGroup, { id, port, zone, probe = "timeout" }: Registration): void => {
  const key = keyOf(id, port);
  const target: Target = { id, port, ...(zone ? { zone } : {}), ...initial, probe, registration: ctx.hex(8) };
  group.targets[key] = target;
  if (balancersOf(ctx, group.arn).length === 0) {
    put(target, unused);
    return;
  }
  const payload = { arn: group.arn, key, registration: target.registration };
  ctx.schedule(5000, "elasticloadbalancing:checking", payload);
  ctx.schedule(firstVerdictAfter(group, verdictOf(group, probe).state === "healthy"), "elasticloadbalancing:checked", payload);
};

/** Takes a target out: it drains for the group's deregistration delay, then is gone. */
export const deregisterTarget = (ctx: Context, group: TargetGroup, id: string, port: number): void => {
  const target = group.targets[keyOf(id, port)];
  if (!target) return;
  if (target.state === "unused") {
    delete group.targets[keyOf(id, port)];
    return;
  }
  put(target, draining);
  const delay = Number(group.attributes["deregistration_delay.timeout_seconds"] ?? 300) * 1000;
  ctx.schedule(delay, "elasticloadbalancing:drained", { arn: group.arn, key: keyOf(id, port), registration: target.registration });
};

interface About {
  readonly arn: string;
  readonly key: string;
  readonly registration: string;
}

const aboutTarget =
  (then: (group: TargetGroup, target: Target, key: string) => void): EventHandler =>
  ({ arn, key, registration }: About, ctx) => {
    const group = ctx.state.elb.targetGroups[arn];
    const target = group?.targets[key];
    // A target that left and came back in between has events of its own.
    if (group && target?.registration === registration) then(group, target, key);
  };

/** What happens to targets later. */
export const targetEvents: Readonly<Record<string, EventHandler>> = {
  "elasticloadbalancing:checking": aboutTarget((_, target) => {
    if (target.state === "initial") put(target, checking);
  }),
  "elasticloadbalancing:checked": aboutTarget((group, target) => {
    if (target.state === "initial") put(target, verdictOf(group, target.probe));
  }),
  "elasticloadbalancing:drained": aboutTarget((group, target, key) => {
    if (target.state === "draining") delete group.targets[key];
  }),
};

const targetsIn = (input: Input, group: TargetGroup): { id: string; port: number; zone?: string }[] =>
  structures(input["Targets"]).map((each) => {
    const zone = text(each["AvailabilityZone"]);
    return { id: String(each["Id"] ?? ""), port: whole(each["Port"]) ?? group.port, ...(zone ? { zone } : {}) };
  });

const isAddress = (id: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(id);

const registerTargets: Handler = (input, ctx) => {
  const group = targetGroupOf(input, ctx);
  for (const target of targetsIn(input, group)) {
    if (group.targetType === "ip" && !isAddress(target.id))
      throw new AwsError("ValidationError", `The IP address '${target.id}' is not a valid IPv4 or IPv6 address`);
    if (group.targetType === "instance" && !target.id.startsWith("i-"))
      throw new AwsError("InvalidTarget", `The following targets are not in the target group VPC: '${target.id}'`);
    registerTarget(ctx, group, target);
  }
  return {};
};

const wireHealth = (group: TargetGroup, target: Pick<Target, "id" | "port" | "zone" | "state" | "reason" | "description">): Output => ({
  Target: { Id: target.id, Port: target.port, AvailabilityZone: target.zone },
  HealthCheckPort: group.healthCheck.port === "traffic-port" ? String(target.port) : group.healthCheck.port,
  TargetHealth: { State: target.state, Reason: target.reason, Description: target.description },
});

const unregistered = {
  state: "unused",
  reason: "Target.NotRegistered",
  description: "Target is not registered to the target group",
} as const;

const describeTargetHealth: Handler = (input, ctx) => {
  const group = targetGroupOf(input, ctx);
  const asked = targetsIn(input, group);
  const targets =
    asked.length === 0
      ? Object.values(group.targets)
      : asked.map((each) => group.targets[keyOf(each.id, each.port)] ?? { ...each, ...unregistered });
  return { TargetHealthDescriptions: targets.map((target) => wireHealth(group, target)) };
};

/** The actions on targets. */
export const targetActions: Readonly<Record<string, Handler>> = {
  RegisterTargets: registerTargets,
  DeregisterTargets: (input, ctx) => {
    const group = targetGroupOf(input, ctx);
    for (const { id, port } of targetsIn(input, group)) deregisterTarget(ctx, group, id, port);
    return {};
  },
  DescribeTargetHealth: describeTargetHealth,
};
