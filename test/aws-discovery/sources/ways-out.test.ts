import { expect, test } from "vitest";
import { wayOut } from "../../../src/aws-discovery/sources/ways-out.ts";

const region = "eu-west-1";
const main = {
  RouteTableId: "rtb-main",
  VpcId: "vpc-1",
  Associations: [{ Main: true }],
  Routes: [{ DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local" }],
};
const table = (id: string, subnet: string, ...routes: object[]) => ({
  RouteTableId: id,
  VpcId: "vpc-1",
  Associations: [{ Main: false, SubnetId: subnet }],
  Routes: [{ DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local" }, ...routes],
});
const everywhere = (through: object, State: "active" | "blackhole" = "active") => ({
  DestinationCidrBlock: "0.0.0.0/0",
  State,
  ...through,
});
const endpoint = (service: string, more: object = {}) => ({
  VpcEndpointId: `vpce-${service}`,
  VpcId: "vpc-1",
  VpcEndpointType: "Interface" as const,
  State: "available" as never,
  PrivateDnsEnabled: true,
  ServiceName: `com.amazonaws.${region}.${service}`,
  ...more,
});
const gateway = { VpcEndpointType: "Gateway" as const, PrivateDnsEnabled: false, RouteTableIds: ["rtb-main"] };
const all = [endpoint("ecr.api"), endpoint("ecr.dkr"), endpoint("logs"), endpoint("s3", gateway)];
const kind = (tables: object[], endpoints: object[] | undefined = []) => wayOut("subnet-1", "vpc-1", tables, endpoints)?.kind;

test.each([
  ["an internet gateway makes it public", { GatewayId: "igw-1" }, "public", "public"],
  ["a NAT gateway", { NatGatewayId: "nat-1" }, "nat", "NAT"],
  ["a transit gateway leads somewhere", { TransitGatewayId: "tgw-1" }, "routed", "via tgw"],
  ["a virtual private gateway leads somewhere", { GatewayId: "vgw-1" }, "routed", "via vgw"],
  ["a core network leads somewhere", { CoreNetworkArn: "arn:aws:networkmanager::1:core-network/c-1" }, "routed", "via core"],
  ["a network interface, such as a firewall, leads somewhere", { NetworkInterfaceId: "eni-1" }, "routed", "via eni"],
])("%s", (_what, through, expected, label) => {
  expect(wayOut("subnet-1", "vpc-1", [main, table("rtb-1", "subnet-1", everywhere(through))], [])).toMatchObject({ kind: expected, label });
});

test("a subnet without a table of its own follows the main one of its VPC", () => {
  const otherMain = { ...main, RouteTableId: "rtb-other", VpcId: "vpc-2", Routes: [everywhere({ GatewayId: "igw-2" })] };
  expect(kind([otherMain, main, table("rtb-1", "subnet-9", everywhere({ GatewayId: "igw-1" }))])).toBe("none");
  expect(wayOut("subnet-1", "vpc-2", [main, otherMain], [])?.kind).toBe("public");
});

test("its own table counts, not the main one", () => {
  const open = { ...main, Routes: [everywhere({ GatewayId: "igw-1" })] };
  expect(kind([open, table("rtb-1", "subnet-1")])).toBe("none");
});

test("a route to a gateway that is gone is no way out, and says so", () => {
  const way = wayOut("subnet-1", "vpc-1", [table("rtb-1", "subnet-1", everywhere({ NatGatewayId: "nat-1" }, "blackhole"))], []);
  expect(way?.kind).toBe("none");
  expect(way?.detail).toContain("nat-1 that is gone");
});

test("endpoints for the registry, its layers and the logs replace the internet", () => {
  expect(kind([main], all)).toBe("endpoints");
  expect(wayOut("subnet-1", "vpc-1", [main], all)?.label).toBe("endpoints only");
});

test("without the logs endpoint images still come", () => {
  const way = wayOut(
    "subnet-1",
    "vpc-1",
    [main],
    all.filter(({ ServiceName }) => !ServiceName.endsWith("logs")),
  );
  expect(way?.kind).toBe("endpoints");
  expect(way?.detail).toContain("awslogs fails");
});

test.each([
  ["ecr.api missing", all.slice(1)],
  ["another VPC's endpoints", all.map((one) => ({ ...one, VpcId: "vpc-2" }))],
  ["endpoints still pending", all.map((one) => ({ ...one, State: "pending" as never }))],
  ["no private DNS names", all.map((one) => ({ ...one, PrivateDnsEnabled: false }))],
  ["an S3 gateway of another route table", [...all.slice(0, 3), endpoint("s3", { ...gateway, RouteTableIds: ["rtb-9"] })]],
])("endpoints do not help with %s", (_what, endpoints) => {
  expect(kind([main], endpoints)).toBe("none");
});

test("an S3 gateway counts by the route it put into the table", () => {
  const routed = table("rtb-1", "subnet-1", { DestinationPrefixListId: "pl-1", GatewayId: "vpce-s3", State: "active" });
  expect(kind([routed], [...all.slice(0, 3), endpoint("s3", { ...gateway, RouteTableIds: undefined })])).toBe("endpoints");
});

test("says nothing where nothing is known", () => {
  expect(kind([])).toBeUndefined();
  expect(wayOut("subnet-1", "vpc-1", [main], undefined)).toBeUndefined();
  expect(wayOut("subnet-1", "vpc-1", [table("rtb-1", "subnet-1", everywhere({ NatGatewayId: "nat-1" }))], undefined)?.kind).toBe("nat");
});
