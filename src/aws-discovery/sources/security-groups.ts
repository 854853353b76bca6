import type { SecurityGroup } from "@aws-sdk/client-ec2";
import type { PickerItem } from "../../engine/discovery.ts";
import { byName, type Source } from "../source.ts";
import { ruleSummary } from "./rule-summary.ts";

/** One security group as a row; its VPC is shown unless all rows share it. */
export function toItem(group: SecurityGroup, showVpc: boolean): PickerItem {
  const { GroupId = "", GroupName = "", Description = "", VpcId = "", IpPermissions = [], IpPermissionsEgress = [] } = group;
  const rules = { id: GroupId, ingress: IpPermissions, egress: IpPermissionsEgress };
  return {
    value: GroupId,
    columns: [GroupName, GroupId, Description, ruleSummary(rules), ...(showVpc ? [VpcId] : [])],
    detail: ruleSummary(rules, Number.POSITIVE_INFINITY),
    ...(IpPermissionsEgress.length === 0 ? { warning: "lets nothing out: the image cannot be pulled" } : {}),
    facts: { vpcId: VpcId },
  };
}

/** The security groups of a VPC, or of all. */
export const securityGroups: Source = {
  id: "securityGroups",
  columns: ["Name", "Group", "Description", "Rules", "VPC"],
  needs: [],
  actions: ["ec2:DescribeSecurityGroups"],
  compare: byName,
  async *load(clients, { vpcId }, signal) {
    const { paginateDescribeSecurityGroups } = await import("@aws-sdk/client-ec2");
    const inVpc = vpcId ? { Filters: [{ Name: "vpc-id", Values: [vpcId] }] } : {};
    const pages = paginateDescribeSecurityGroups({ client: await clients.ec2(), pageSize: 500 }, inVpc, { abortSignal: signal });
    for await (const { SecurityGroups = [] } of pages) yield SecurityGroups.map((group) => toItem(group, !vpcId));
  },
};
