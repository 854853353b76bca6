/** The load balancer mappings of a step, and what AWS says of them. */
import type { Account, GroupFacts, LoadBalancerFacts, TargetGroupFacts } from "./account.ts";
import type { Placed } from "./check.ts";
import { type Subject, textAt } from "./subject.ts";

/** One mapping whose target group is known. */
export interface MappingUse {
  readonly arn: string;
  readonly container: string;
  /** Undefined while it is not known. */
  readonly port: number | undefined;
  /** The protocol of the container's port. */
  readonly protocol: string;
}

/** The mappings, each at its target group's place. */
export function mappingsOf(subject: Subject): readonly Placed<MappingUse>[] {
  const { loadBalancerMappings = [], containers } = subject.step;
  return loadBalancerMappings.flatMap(({ targetGroupArn, containerName, containerPort }, at) =>
    textAt(subject, ["loadBalancerMappings", at, "targetGroupArn"], targetGroupArn).map(({ path, value }) => {
      const ports = containers.find(({ name }) => name === containerName)?.portMappings ?? [];
      const protocol = ports.find((one) => one.containerPort === containerPort)?.protocol ?? "tcp";
      return {
        path,
        value: {
          arn: value,
          container: containerName,
          port: typeof containerPort === "number" ? containerPort : undefined,
          protocol: String(protocol),
        },
      };
    }),
  );
}

/** A target group with the load balancers that forward to it, and their security groups. */
export interface Balancing {
  readonly group: TargetGroupFacts;
  readonly balancers: readonly LoadBalancerFacts[];
}

/** Looks a target group and its load balancers up; undefined where the group does not exist or nothing forwards to it. */
export async function balancingOf(arn: string, account: Account): Promise<Balancing | undefined> {
  const group = await account.targetGroup(arn);
  if (!group || group.loadBalancers.length === 0) return undefined;
  return { group, balancers: await account.loadBalancers(group.loadBalancers) };
}

/** The security groups of a load balancer. */
export const groupsOfBalancer = async ({ securityGroups }: LoadBalancerFacts, account: Account): Promise<readonly GroupFacts[]> =>
  securityGroups.length > 0 ? await account.securityGroups(securityGroups) : [];
