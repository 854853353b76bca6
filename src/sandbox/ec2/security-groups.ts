import { AwsError } from "../errors.ts";
import { texts } from "../input.ts";
import type { Context, Handler, Output } from "../service.ts";
import { type Collection, describe, missing, tagSet } from "./describe.ts";
import type { SecurityGroup, SecurityGroupRule } from "./state.ts";

const notFound = missing("InvalidGroup.NotFound", "security group");

/** EC2's answer to a group id: unknown, or no group id at all. */
export const groupNotFound = (id: string): AwsError =>
  /^sg-[0-9a-f]+$/.test(id) ? notFound(id) : new AwsError("InvalidGroupId.Malformed", `Invalid id: "${id}" (expecting "sg-...")`);

const described = (rule: SecurityGroupRule): Output => (rule.description ? { description: rule.description } : {});

const permission = (rules: readonly SecurityGroupRule[], first: SecurityGroupRule, account: string): Output => ({
  ipProtocol: first.protocol,
  ...(first.protocol === "-1" ? {} : { fromPort: first.fromPort, toPort: first.toPort }),
  groups: rules.flatMap((rule) => (rule.groupId ? [{ userId: account, groupId: rule.groupId, ...described(rule) }] : [])),
  ipRanges: rules.flatMap((rule) => (rule.cidr4 ? [{ cidrIp: rule.cidr4, ...described(rule) }] : [])),
  ipv6Ranges: rules.flatMap((rule) => (rule.cidr6 ? [{ cidrIpv6: rule.cidr6, ...described(rule) }] : [])),
  prefixListIds: rules.flatMap((rule) => (rule.prefixListId ? [{ prefixListId: rule.prefixListId, ...described(rule) }] : [])),
});

// EC2 gathers the rules of the same protocol and ports into one permission.
const permissions = (group: SecurityGroup, egress: boolean, account: string): Output[] => {
  const gathered = Map.groupBy(
    group.rules.filter((rule) => rule.egress === egress),
    (rule) => `${rule.protocol}/${rule.fromPort}/${rule.toPort}`,
  );
  return [...gathered.values()].flatMap((rules) => (rules[0] ? [permission(rules, rules[0], account)] : []));
};

const ofRules = (egress: boolean, read: (rule: SecurityGroupRule) => string | undefined) => (group: SecurityGroup) =>
  group.rules.filter((rule) => rule.egress === egress).map(read);

const ruleFilters = (prefix: string, egress: boolean) => ({
  [`${prefix}.cidr`]: ofRules(egress, (rule) => rule.cidr4),
  [`${prefix}.ipv6-cidr`]: ofRules(egress, (rule) => rule.cidr6),
  [`${prefix}.from-port`]: ofRules(egress, (rule) => String(rule.fromPort)),
  [`${prefix}.to-port`]: ofRules(egress, (rule) => String(rule.toPort)),
  [`${prefix}.protocol`]: ofRules(egress, (rule) => rule.protocol),
  [`${prefix}.group-id`]: ofRules(egress, (rule) => rule.groupId),
  [`${prefix}.prefix-list-id`]: ofRules(egress, (rule) => rule.prefixListId),
});

/** DescribeSecurityGroups. */
export const securityGroups: Collection<SecurityGroup> = {
  result: "securityGroupInfo",
  idsMember: "GroupId",
  idsName: "groupIds",
  all: (ctx) => Object.values(ctx.state.ec2.securityGroups),
  id: (group) => group.id,
  notFound: groupNotFound,
  tags: (group) => group.tags,
  filters: {
    "group-id": (group) => [group.id],
    "group-name": (group) => [group.name],
    "vpc-id": (group) => [group.vpcId],
    description: (group) => [group.description],
    "owner-id": (_, ctx) => [ctx.accountId],
    ...ruleFilters("ip-permission", false),
    ...ruleFilters("egress.ip-permission", true),
  },
  wire: (group, ctx) => ({
    ownerId: ctx.accountId,
    groupId: group.id,
    groupName: group.name,
    groupDescription: group.description,
    vpcId: group.vpcId,
    securityGroupArn: `arn:aws:ec2:${ctx.region}:${ctx.accountId}:security-group/${group.id}`,
    ipPermissions: permissions(group, false, ctx.accountId),
    ipPermissionsEgress: permissions(group, true, ctx.accountId),
    tagSet: tagSet(group.tags),
  }),
};

/** DescribeSecurityGroups, also by GroupName, which EC2 looks up in the default VPC only. */
export const describeSecurityGroups: Handler = (input, ctx) => {
  const names = texts(input["GroupName"]);
  if (names.length === 0) return describe(securityGroups)(input, ctx);
  const vpc = Object.values(ctx.state.ec2.vpcs).find(({ isDefault }) => isDefault);
  const ids = names.map((name) => {
    const group = securityGroups.all(ctx).find((each) => each.name === name && each.vpcId === vpc?.id);
    if (group) return group.id;
    const place = vpc ? `default VPC '${vpc.id}'` : "VPC 'null'";
    throw new AwsError("InvalidGroup.NotFound", `The security group '${name}' does not exist in ${place}`);
  });
  return describe(securityGroups)({ ...input, GroupId: ids }, ctx);
};

type RuleOfGroup = SecurityGroupRule & { readonly of: string };

const allRules = (ctx: Context): RuleOfGroup[] =>
  securityGroups.all(ctx).flatMap((group) => group.rules.map((rule) => ({ ...rule, of: group.id })));

/** DescribeSecurityGroupRules. */
export const securityGroupRules: Collection<RuleOfGroup> = {
  result: "securityGroupRuleSet",
  idsMember: "SecurityGroupRuleId",
  idsName: "securityGroupRuleIds",
  all: allRules,
  id: (rule) => rule.id,
  notFound: missing("InvalidSecurityGroupRuleId.NotFound", "security group rule ID"),
  tags: () => ({}),
  filters: { "group-id": (rule) => [rule.of], "security-group-rule-id": (rule) => [rule.id] },
  wire: (rule, ctx) => ({
    securityGroupRuleId: rule.id,
    securityGroupRuleArn: `arn:aws:ec2:${ctx.region}:${ctx.accountId}:security-group-rule/${rule.id}`,
    groupId: rule.of,
    groupOwnerId: ctx.accountId,
    isEgress: rule.egress,
    ipProtocol: rule.protocol,
    fromPort: rule.fromPort,
    toPort: rule.toPort,
    cidrIpv4: rule.cidr4,
    cidrIpv6: rule.cidr6,
    prefixListId: rule.prefixListId,
    ...(rule.groupId ? { referencedGroupInfo: { groupId: rule.groupId, userId: ctx.accountId } } : {}),
    ...described(rule),
    tagSet: [],
  }),
};
