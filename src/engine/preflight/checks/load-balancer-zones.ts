import { listed } from "../../rules/text.ts";
import { balancingOf, mappingsOf } from "../balancing.ts";
import { check, type Fault, moot } from "../check.ts";
import { subnetsOf } from "../subject.ts";
import { fixOf, shown } from "../words.ts";

/** The load balancers serve the zones of the subnets. */
export const loadBalancerZones = check({
  id: "load-balancer-zones",
  claim: "the load balancers serve the subnets' zones",
  actions: ["elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeLoadBalancers", "ec2:DescribeSubnets"],
  predicts: ["event-unhealthy-elb-az"],
  about: mappingsOf,
  async look({ arn }, subject, account): Promise<Fault[] | typeof moot> {
    const [balancing, subnets] = await Promise.all([
      balancingOf(arn, account),
      account.subnets(subnetsOf(subject).map(({ value }) => value)),
    ]);
    if (!balancing || subnets.length === 0) return moot;
    return balancing.balancers.flatMap(({ name, zones }): Fault[] => {
      const outside = subnets.filter(({ zone }) => zones.length > 0 && !zones.includes(zone));
      if (outside.length === 0) return [];
      const places = outside.map((subnet) => `${shown(subnet)} in ${subnet.zone}`);
      return [
        {
          path: ["network", "subnets"],
          message: `The load balancer ${name} serves ${listed(zones)}, not the ${outside.length === 1 ? "zone" : "zones"} of ${listed(places)}: tasks there never become healthy.`,
          hint: fixOf("event-unhealthy-elb-az", subject),
        },
      ];
    });
  },
});
