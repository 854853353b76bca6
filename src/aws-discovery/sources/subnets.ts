import type { Subnet } from "@aws-sdk/client-ec2";
import type { PickerItem } from "../../engine/discovery.ts";
import { byName, type Source } from "../source.ts";
import { collect, orElse } from "../support/streams.ts";
import { nameTag } from "../support/words.ts";
import { type WayOut, wayOut } from "./ways-out.ts";

/** One subnet as a row; its VPC is shown unless all rows share it. */
export function toItem(subnet: Subnet, way: WayOut | undefined, showVpc: boolean): PickerItem {
  const { SubnetId = "", VpcId = "", AvailabilityZone = "", CidrBlock = "", AvailableIpAddressCount: free = 0, Tags } = subnet;
  const warning =
    free === 0 ? "no free addresses: no task can start here" : way?.kind === "none" ? "no way out: the image cannot be pulled" : undefined;
  return {
    value: SubnetId,
    columns: [nameTag(Tags), SubnetId, AvailabilityZone, CidrBlock, way?.label ?? "", `${free} free`, ...(showVpc ? [VpcId] : [])],
    ...(way ? { detail: way.detail } : {}),
    ...(warning ? { warning } : {}),
    facts: {
      vpcId: VpcId,
      zone: AvailabilityZone,
      freeAddresses: free,
      wayOut: way?.kind ?? "unknown",
      ...(way ? { endpoints: way.endpoints } : {}),
    },
  };
}

/** The subnets of a VPC, or of all; with their way out, told from route tables and endpoints where these may be read. */
export const subnets: Source = {
  id: "subnets",
  columns: [
    { title: "Name", rank: 1 },
    { title: "Subnet", rank: 5 },
    { title: "Zone", rank: 4 },
    { title: "CIDR", rank: 6 },
    { title: "Way out", rank: 2 },
    { title: "Addresses", rank: 7 },
    { title: "VPC", rank: 3 },
  ],
  needs: [],
  actions: ["ec2:DescribeSubnets", "ec2:DescribeRouteTables", "ec2:DescribeVpcEndpoints"],
  compare: byName,
  async *load(clients, { vpcId }, signal) {
    const { paginateDescribeRouteTables, paginateDescribeSubnets, paginateDescribeVpcEndpoints } = await import("@aws-sdk/client-ec2");
    const client = await clients.ec2();
    const inVpc = vpcId ? { Filters: [{ Name: "vpc-id", Values: [vpcId] }] } : {};
    const options = { abortSignal: signal };
    const tables = collect(paginateDescribeRouteTables({ client, pageSize: 100 }, inVpc, options), ({ RouteTables }) => RouteTables);
    const endpoints = collect(paginateDescribeVpcEndpoints({ client, pageSize: 1000 }, inVpc, options), ({ VpcEndpoints }) => VpcEndpoints);
    const network = Promise.all([orElse(tables, []), orElse(endpoints, undefined)]);
    network.catch(() => {}); // an abort, which the listing sees as well
    for await (const { Subnets = [] } of paginateDescribeSubnets({ client, pageSize: 1000 }, inVpc, options)) {
      const [routeTables, vpcEndpoints] = await network;
      yield Subnets.map((subnet) => toItem(subnet, wayOut(subnet.SubnetId ?? "", subnet.VpcId ?? "", routeTables, vpcEndpoints), !vpcId));
    }
  },
};
