import type { SecurityGroup } from "@aws-sdk/client-ec2";
import type { PickerItem } from "../../engine/discovery.ts";
import { byName, type Source } from "../source.ts";
import { ruleSummary } from "./rule-summary.ts";

/** The other security groups that a group's rules name. */
const peersOf = ({ GroupId, IpPermissions = [], IpPermissionsEgress = [] }: SecurityGroup): string[] =>
  [...IpPermissions, ...IpPermissionsEgress].flatMap(({ UserIdGroupPairs = [] }) =>
    UserIdGroupPairs.flatMap((pair) => (pair.GroupId && pair.GroupId !== GroupId ? [pair.GroupId] : [])),
  );

/** One security group as a row, other groups by their names as far as known; its VPC is shown unless all rows share it. */
function toItem(group: SecurityGroup, showVpc: boolean, names: ReadonlyMap<string, string>): PickerItem {
  const { GroupId = "", GroupName = "", Description = "", VpcId = "", IpPermissions = [], IpPermissionsEgress = [] } = group;
  const rules = { id: GroupId, ingress: IpPermissions, egress: IpPermissionsEgress };
  return {
    value: GroupId,
    columns: [GroupName, GroupId, Description, ruleSummary(rules, 2, (id) => names.get(id) || id), ...(showVpc ? [VpcId] : [])],
    detail: ruleSummary(rules, Number.POSITIVE_INFINITY, (id) => (names.get(id) ? `${names.get(id)} (${id})` : id)),
    ...(IpPermissionsEgress.length === 0 ? { warning: "lets nothing out: the image cannot be pulled" } : {}),
    facts: { vpcId: VpcId },
  };
}

/** Groups with their rules are long: the page is read while keys wait, so it is no longer than a frame or two take. */
const pageSize = 250;

/** The security groups of a VPC, or of all. */
export const securityGroups: Source = {
  id: "securityGroups",
  columns: [
    { title: "Name", rank: 1 },
    { title: "Group", rank: 4 },
    { title: "Description", rank: 5 },
    { title: "Rules", rank: 2 },
    { title: "VPC", rank: 3 },
  ],
  needs: [],
  actions: ["ec2:DescribeSecurityGroups"],
  compare: byName,
  async *load(clients, { vpcId }, signal) {
    const { paginateDescribeSecurityGroups } = await import("@aws-sdk/client-ec2");
    const inVpc = vpcId ? { Filters: [{ Name: "vpc-id", Values: [vpcId] }] } : {};
    const pages = paginateDescribeSecurityGroups({ client: await clients.ec2(), pageSize }, inVpc, { abortSignal: signal });
    const names = new Map<string, string>();
    let nameless: readonly SecurityGroup[] = [];
    for await (const { SecurityGroups = [] } of pages) {
      for (const { GroupId = "", GroupName = "" } of SecurityGroups) names.set(GroupId, GroupName);
      // A page may tell the names that the rules of an earlier one lack.
      const fresh = new Set(SecurityGroups.map(({ GroupId }) => GroupId));
      const named = nameless.filter((group) => peersOf(group).some((id) => fresh.has(id)));
      yield [...SecurityGroups, ...named].map((group) => toItem(group, !vpcId, names));
      nameless = [...nameless, ...SecurityGroups].filter((group) => peersOf(group).some((id) => !names.has(id)));
    }
  },
};
