import { listed } from "../../rules/text.ts";
import type { Account, GroupFacts, LoadBalancerFacts } from "../account.ts";
import { balancingOf, groupsOfBalancer, mappingsOf } from "../balancing.ts";
import { check, type Fault, moot } from "../check.ts";
import { inOn, mayConcern, outTo } from "../rules.ts";
import { groupsOf } from "../subject.ts";
import { shown } from "../words.ts";

/** The load balancers may reach the container's port: out of their security groups, and into those of the tasks. */
export const loadBalancerReaches = check({
  id: "load-balancer-reaches",
  claim: "the load balancers may reach the containers' ports",
  actions: ["elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeLoadBalancers", "ec2:DescribeSecurityGroups"],
  predicts: ["event-unhealthy-elb-timeout"],
  about: mappingsOf,
  async look({ arn, port, protocol, container }, subject, account) {
    const chosen = groupsOf(subject).map(({ value }) => value);
    if (port === undefined || chosen.length === 0) return moot;
    const [balancing, tasks] = await Promise.all([balancingOf(arn, account), account.securityGroups(chosen)]);
    if (!balancing || tasks.length < chosen.length) return moot;
    const ports = [...new Set([port, balancing.group.healthPort ?? port])];
    const faults = balancing.balancers.map(async (balancer) => {
      const ways = await Promise.all(ports.map((each) => way(balancer, tasks, { port: each, protocol, container }, account)));
      return ways.flat();
    });
    return (await Promise.all(faults)).flat();
  },
});

async function way(
  balancer: LoadBalancerFacts,
  tasks: readonly GroupFacts[],
  { port, protocol, container }: { readonly port: number; readonly protocol: string; readonly container: string },
  account: Account,
): Promise<Fault[]> {
  const theirs = await groupsOfBalancer(balancer, account);
  const transport = protocol === "udp" ? "udp" : "tcp";
  const what = `${transport.toUpperCase()} ${port}`;
  const own = tasks.map(({ id }) => id);
  const ids = theirs.map(({ id }) => id);
  const admitting = inOn(tasks, port, transport).some((rule) => mayConcern(rule, ids));
  const from = theirs.length > 0 ? ` from ${listed(theirs.map(shown))}` : "";
  const path = ["network", "securityGroups"];
  const faults: Fault[] = [];
  if (!admitting) {
    faults.push({
      path,
      message: `The load balancer ${balancer.name} cannot reach ${container}: no rule of ${listed(tasks.map(shown))} lets ${what} in${from}.`,
      hint: `Add an inbound rule to ${tasks.map(shown)[0]}: ${what} from ${ids[0] ?? "the addresses of the load balancer's subnets"}, or choose a security group that has one.`,
    });
  }
  if (theirs.length > 0 && !outTo(theirs, port, transport).some((rule) => mayConcern(rule, own))) {
    faults.push({
      path,
      message: `The load balancer ${balancer.name} cannot reach ${container}: no rule of its ${listed(theirs.map(shown))} lets ${what} out to the tasks.`,
      hint: `Add an outbound rule to ${theirs.map(shown)[0]}: ${what} to ${own[0]}.`,
    });
  }
  return faults;
}
