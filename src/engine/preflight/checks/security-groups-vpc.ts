import { check, moot } from "../check.ts";
import { groupsOf, subnetsOf, together } from "../subject.ts";
import { fixOf, shown } from "../words.ts";

/** The security groups are in the subnets' VPC. */
export const securityGroupsVpc = check({
  id: "security-groups-vpc",
  claim: "the security groups are in the subnets' VPC",
  actions: ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets"],
  predicts: ["security-group-vpc-mismatch"],
  about: (subject) => together(["network", "securityGroups"], groupsOf(subject)),
  async look(chosen, subject, account) {
    const [groups, subnets] = await Promise.all([
      account.securityGroups(chosen.map(({ value }) => value)),
      account.subnets(subnetsOf(subject).map(({ value }) => value)),
    ]);
    const [vpcId] = subnets.map((subnet) => subnet.vpcId);
    if (vpcId === undefined || groups.length === 0) return moot;
    return groups
      .filter((group) => !subnets.some((subnet) => subnet.vpcId === group.vpcId))
      .map((group) => ({
        path: chosen.find(({ value }) => value === group.id)?.path ?? ["network", "securityGroups"],
        message: `The security group ${shown(group)} is in ${group.vpcId}, but the subnets are in ${vpcId}.`,
        hint: fixOf("security-group-vpc-mismatch", subject),
      }));
  },
});
