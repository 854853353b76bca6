import { mappingsOf } from "../balancing.ts";
import { check, type Fault, moot } from "../check.ts";

/** The protocols of the targets' traffic by the target group's. */
const transports: Readonly<Record<string, readonly string[]>> = {
  HTTP: ["tcp"],
  HTTPS: ["tcp"],
  TCP: ["tcp"],
  TLS: ["tcp"],
  UDP: ["udp"],
  TCP_UDP: ["tcp", "udp"],
};

/** Ports on which nearly every program speaks one protocol. */
const usual: Readonly<Record<number, string>> = { 80: "HTTP", 443: "HTTPS" };

/** The target groups speak the protocol of the container's port. */
export const targetGroupProtocol = check({
  id: "target-group-protocol",
  claim: "the target groups' protocol fits the containers' ports",
  actions: ["elasticloadbalancing:DescribeTargetGroups"],
  predicts: ["event-unhealthy-elb"],
  about: mappingsOf,
  async look({ arn, port, protocol, container }, _subject, account): Promise<Fault[] | typeof moot> {
    const group = await account.targetGroup(arn);
    if (!group || port === undefined) return moot;
    const taken = transports[group.protocol];
    if (taken && !taken.includes(protocol)) {
      return [
        {
          message: `The target group ${group.name} sends ${group.protocol}, but port ${port} of ${container} is ${protocol.toUpperCase()}.`,
          hint: "Map another port of the container, or choose a target group of its protocol.",
        },
      ];
    }
    const spoken = usual[port];
    const clear = spoken === "HTTP" ? group.protocol === "HTTPS" : spoken === "HTTPS" && group.protocol === "HTTP";
    if (!clear) return [];
    return [
      {
        severity: "warning",
        message: `The target group ${group.name} speaks ${group.protocol} to the tasks, but on port ${port} of ${container} programs usually speak ${spoken}: its health checks would fail.`,
        hint: "Map the port on which the program speaks the target group's protocol, or choose another target group.",
      },
    ];
  },
});
