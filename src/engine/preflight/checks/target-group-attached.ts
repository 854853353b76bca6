import { mappingsOf } from "../balancing.ts";
import { check, moot } from "../check.ts";
import { fixOf } from "../words.ts";

/** A listener forwards to the target groups, without which ECS refuses them. */
export const targetGroupAttached = check({
  id: "target-group-attached",
  claim: "a listener forwards to the target groups",
  actions: ["elasticloadbalancing:DescribeTargetGroups"],
  predicts: ["target-group-no-lb"],
  about: mappingsOf,
  async look({ arn }, subject, account) {
    const group = await account.targetGroup(arn);
    if (!group) return moot;
    if (group.loadBalancers.length > 0) return [];
    return [
      {
        message: `No listener of a load balancer forwards to the target group ${group.name}: ECS refuses the service.`,
        hint: fixOf("target-group-no-lb", subject, {}, 2),
      },
    ];
  },
});
