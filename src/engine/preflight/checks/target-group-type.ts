import { mappingsOf } from "../balancing.ts";
import { check, moot } from "../check.ts";
import { fixOf } from "../words.ts";

/** The target groups take addresses, which is what Fargate tasks have. */
export const targetGroupType = check({
  id: "target-group-type",
  claim: "the target groups are of type ip",
  actions: ["elasticloadbalancing:DescribeTargetGroups"],
  predicts: ["target-group-type-mismatch"],
  about: mappingsOf,
  async look({ arn, port }, subject, account) {
    const group = await account.targetGroup(arn);
    if (!group) return moot;
    if (group.type === "ip") return [];
    const captures = port === undefined ? {} : { port: String(port) };
    return [
      {
        message: `The target group ${group.name} is of target type ${group.type}, but Fargate tasks are registered by their addresses: it has to be ip.`,
        hint: fixOf("target-group-type-mismatch", subject, { captures, facts: group.vpcId === "" ? {} : { vpcId: group.vpcId } }),
      },
    ];
  },
});
