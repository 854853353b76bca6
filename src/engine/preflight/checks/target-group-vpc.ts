import { mappingsOf } from "../balancing.ts";
import { check, moot } from "../check.ts";
import { subnetsOf } from "../subject.ts";
import { fixOf } from "../words.ts";

/** The target groups are in the subnets' VPC. */
export const targetGroupVpc = check({
  id: "target-group-vpc",
  claim: "the target groups are in the subnets' VPC",
  actions: ["elasticloadbalancing:DescribeTargetGroups", "ec2:DescribeSubnets"],
  predicts: ["target-registration-failed"],
  about: mappingsOf,
  async look({ arn }, subject, account) {
    const [group, subnets] = await Promise.all([account.targetGroup(arn), account.subnets(subnetsOf(subject).map(({ value }) => value))]);
    const vpcs = [...new Set(subnets.map(({ vpcId }) => vpcId))];
    if (!group || vpcs.length === 0) return moot;
    if (group.vpcId === "" || vpcs.includes(group.vpcId)) return [];
    return [
      {
        message: `The target group ${group.name} is in ${group.vpcId}, but the tasks' subnets are in ${vpcs.join(" and ")}.`,
        hint: fixOf("target-registration-failed", subject),
      },
    ];
  },
});
