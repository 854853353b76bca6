import { listed } from "../../rules/text.ts";
import { check, type Fault, moot } from "../check.ts";
import { needsOf, unmet } from "../needs.ts";
import { leadsOut, outTo } from "../rules.ts";
import { groupsOf, subnetsOf, together } from "../subject.ts";
import { shown } from "../words.ts";

const https = 443;

/** The security groups let the tasks call out over HTTPS, as pulling images, reading secrets and writing logs do. */
export const securityGroupsOut = check({
  id: "security-groups-out",
  claim: "the security groups let HTTPS out",
  actions: ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeRouteTables", "ec2:DescribeVpcEndpoints"],
  predicts: ["ecr-auth-network", "pull-network-timeout", "secret-fetch-network", "logger-args-network"],
  about: (subject) => (needsOf(subject).length > 0 ? together(["network", "securityGroups"], groupsOf(subject)) : []),
  async look(chosen, subject, account): Promise<Fault[] | typeof moot> {
    const groups = await account.securityGroups(chosen.map(({ value }) => value));
    if (groups.length < chosen.length) return moot;
    const rules = outTo(groups, https);
    const which = `${groups.length === 1 ? "The security group" : "None of the security groups"} ${listed(groups.map(shown))} ${groups.length === 1 ? "lets no" : "lets any"}`;
    const hint = "Add an outbound rule: TCP 443 to 0.0.0.0/0, or choose a security group that has one.";
    if (rules.length === 0) return [{ message: `${which} HTTPS (TCP 443) out: the image cannot be pulled, nor logs written.`, hint }];
    if (rules.some(leadsOut)) return [];
    const subnets = await account.subnets(subnetsOf(subject).map(({ value }) => value));
    const routes = await account.routes(subnets);
    // Where endpoints lead to AWS, a rule for their addresses or group is enough.
    if (subnets.some(({ id }) => routes.get(id)?.kind === "none")) return [];
    const endpoints = await account.endpoints(subnets).catch(() => new Map());
    const needs = needsOf(subject);
    if (subnets.every(({ id }) => unmet(needs, endpoints.get(id) ?? []).length === 0)) return [];
    const peers = [...new Set(rules.flatMap(({ ranges, groups: peer }) => [...ranges, ...peer]))];
    return [
      {
        severity: "warning",
        message: `The security groups let HTTPS out to ${listed(peers)} only: AWS is reached by addresses outside, unless there are VPC endpoints.`,
        hint,
      },
    ];
  },
});
