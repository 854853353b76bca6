import { listed } from "../../rules/text.ts";
import { mappingsOf } from "../balancing.ts";
import { check, moot } from "../check.ts";
import { fixOf } from "../words.ts";

/** The health checks go to a port that a container has. */
export const targetGroupHealth = check({
  id: "target-group-health",
  claim: "the health checks go to a port of the containers",
  actions: ["elasticloadbalancing:DescribeTargetGroups"],
  predicts: ["event-unhealthy-elb-timeout", "event-unhealthy-elb"],
  about: mappingsOf,
  async look({ arn }, subject, account) {
    const group = await account.targetGroup(arn);
    const ports = subject.step.containers.flatMap(({ portMappings = [] }) => portMappings.map(({ containerPort }) => containerPort));
    const known = ports.filter((port) => typeof port === "number");
    if (!group) return moot;
    if (group.healthPort === undefined || known.length < ports.length || known.includes(group.healthPort)) return [];
    return [
      {
        severity: "warning",
        message: `The health check of the target group ${group.name} goes to port ${group.healthPort}, but the containers have ${listed(known)}.`,
        hint: `Set the health check's port to traffic-port: aws elbv2 modify-target-group --target-group-arn ${arn} --health-check-port traffic-port. ${fixOf("event-unhealthy-elb", subject, { captures: { target_group: arn } })}`,
      },
    ];
  },
});
