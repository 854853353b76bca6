import { mappingsOf } from "../balancing.ts";
import { check } from "../check.ts";
import { fixOf } from "../words.ts";

/** The target groups exist. */
export const targetGroupExists = check({
  id: "target-group-exists",
  claim: "the target groups exist",
  actions: ["elasticloadbalancing:DescribeTargetGroups"],
  predicts: ["target-group-deleted"],
  about: mappingsOf,
  async look({ arn }, subject, account) {
    if (await account.targetGroup(arn)) return [];
    return [{ message: `There is no target group ${arn} in ${subject.region}.`, hint: fixOf("target-group-deleted", subject) }];
  },
});
