import type { Tags } from "../tags.ts";

/** A load balancer. */
export interface LoadBalancer {
  arn: string;
  name: string;
  type: "application" | "network";
  scheme: "internet-facing" | "internal";
  dnsName: string;
  vpcId: string;
  subnetIds: string[];
  securityGroupIds: string[];
  state: "provisioning" | "active" | "active_impaired" | "failed";
  createdAt: number;
  attributes: Record<string, string>;
  tags: Tags;
}

/** What a rule does with a request. */
export interface ListenerAction {
  type: "forward" | "redirect" | "fixed-response" | "authenticate-oidc" | "authenticate-cognito";
  /** Target group ARN → weight, of `forward`. */
  targetGroups?: Record<string, number>;
  redirect?: Record<string, string>;
  fixedResponse?: Record<string, string>;
}

/** A rule of a listener: which requests, and what becomes of them. */
export interface ListenerRule {
  arn: string;
  /** A number as text, or `default`. */
  priority: string;
  conditions: { field: string; values: string[] }[];
  actions: ListenerAction[];
}

/** A port of a load balancer with its rules. */
export interface Listener {
  arn: string;
  loadBalancerArn: string;
  port: number;
  protocol: "HTTP" | "HTTPS" | "TCP" | "UDP" | "TCP_UDP" | "TLS";
  certificateArn?: string;
  sslPolicy?: string;
  /** By ARN; the default action is the rule whose priority is `default`. */
  rules: Record<string, ListenerRule>;
  tags: Tags;
}

/** How a target answers health checks: well, not at all, by refusing the connection, or with an HTTP status. */
export type Probe = "ok" | "timeout" | "refused" | { status: number };

/** A registered target and how its health checks go. */
export interface Target {
  /** An address, an instance id, a function's or load balancer's ARN. */
  id: string;
  port: number;
  zone?: string;
  state: "initial" | "healthy" | "unhealthy" | "unused" | "draining" | "unavailable";
  /** `Elb.RegistrationInProgress`, `Target.Timeout`, … */
  reason?: string;
  description?: string;
  probe: Probe;
  /** Tells one registration of the same target from the next. */
  registration: string;
}

/** How a target group asks its targets whether they are well. */
export interface HealthCheck {
  enabled: boolean;
  protocol: string;
  port: string;
  path?: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
  matcher?: string;
}

/** A target group with the targets registered in it. */
export interface TargetGroup {
  arn: string;
  name: string;
  targetType: "ip" | "instance" | "lambda" | "alb";
  protocol: "HTTP" | "HTTPS" | "TCP" | "UDP" | "TCP_UDP" | "TLS";
  port: number;
  vpcId: string;
  healthCheck: HealthCheck;
  attributes: Record<string, string>;
  /** `id:port` → target. */
  targets: Record<string, Target>;
  tags: Tags;
}

/** Elastic Load Balancing v2 of one region, everything by ARN. */
export interface ElbState {
  loadBalancers: Record<string, LoadBalancer>;
  listeners: Record<string, Listener>;
  targetGroups: Record<string, TargetGroup>;
}
