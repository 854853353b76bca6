import { iamId } from "../ids.ts";
import type { Role } from "./state.ts";

/** Service → name of its service-linked role. */
const names: Readonly<Record<string, string>> = {
  "ecs.amazonaws.com": "AWSServiceRoleForECS",
  "elasticloadbalancing.amazonaws.com": "AWSServiceRoleForElasticLoadBalancing",
  "ecs.application-autoscaling.amazonaws.com": "AWSServiceRoleForApplicationAutoScaling_ECSService",
  "elasticfilesystem.amazonaws.com": "AWSServiceRoleForAmazonElasticFileSystem",
};

/** The service-linked role of a service; undefined for services the sandbox has none for. */
export const serviceLinkedRole = (service: string, accountId: string, now: number): Role | undefined => {
  const name = names[service];
  if (!name) return undefined;
  const path = `/aws-service-role/${service}/`;
  return {
    name,
    path,
    id: iamId("AROA", name),
    arn: `arn:aws:iam::${accountId}:role${path}${name}`,
    createdAt: now,
    trust: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }] },
    maxSessionSeconds: 3600,
    inlinePolicies: {},
    attachedPolicies: [],
    tags: {},
  };
};
