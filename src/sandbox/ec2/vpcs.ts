import { AwsError } from "../errors.ts";
import type { Handler } from "../service.ts";
import { type Collection, missing, tagSet } from "./describe.ts";
import type { Subnet, Vpc } from "./state.ts";

const notFound = missing("InvalidVpcID.NotFound", "vpc ID");

/** DescribeVpcs. */
export const vpcs: Collection<Vpc> = {
  result: "vpcSet",
  idsMember: "VpcId",
  idsName: "vpcIds",
  all: (ctx) => Object.values(ctx.state.ec2.vpcs),
  id: (vpc) => vpc.id,
  notFound,
  tags: (vpc) => vpc.tags,
  filters: {
    "vpc-id": (vpc) => [vpc.id],
    cidr: (vpc) => [vpc.cidr],
    "cidr-block-association.cidr-block": (vpc) => [vpc.cidr],
    "is-default": (vpc) => [String(vpc.isDefault)],
    isDefault: (vpc) => [String(vpc.isDefault)],
    state: () => ["available"],
    "owner-id": (_, ctx) => [ctx.accountId],
  },
  wire: (vpc, ctx) => ({
    vpcId: vpc.id,
    ownerId: ctx.accountId,
    state: "available",
    cidrBlock: vpc.cidr,
    cidrBlockAssociationSet: [
      { associationId: `vpc-cidr-assoc-${vpc.id.slice(4)}`, cidrBlock: vpc.cidr, cidrBlockState: { state: "associated" } },
    ],
    dhcpOptionsId: `dopt-${vpc.id.slice(4)}`,
    instanceTenancy: "default",
    isDefault: vpc.isDefault,
    tagSet: tagSet(vpc.tags),
  }),
};

/** DescribeVpcAttribute: the two DNS switches. */
export const describeVpcAttribute: Handler = (input, ctx) => {
  const vpc = ctx.state.ec2.vpcs[String(input["VpcId"])];
  if (!vpc) throw notFound(String(input["VpcId"]));
  const attributes: Record<string, boolean> = {
    enableDnsSupport: vpc.dnsSupport,
    enableDnsHostnames: vpc.dnsHostnames,
    enableNetworkAddressUsageMetrics: false,
  };
  const name = String(input["Attribute"] ?? "");
  const value = attributes[name];
  if (value === undefined)
    throw new AwsError("InvalidParameterValue", `Value (${name}) for parameter attribute is invalid. Unknown attribute.`);
  return { vpcId: vpc.id, [name]: { value } };
};

/** DescribeSubnets. */
export const subnets: Collection<Subnet> = {
  result: "subnetSet",
  idsMember: "SubnetId",
  idsName: "subnetIds",
  all: (ctx) => Object.values(ctx.state.ec2.subnets),
  id: (subnet) => subnet.id,
  notFound: missing("InvalidSubnetID.NotFound", "subnet ID"),
  tags: (subnet) => subnet.tags,
  filters: {
    "subnet-id": (subnet) => [subnet.id],
    "vpc-id": (subnet) => [subnet.vpcId],
    "availability-zone": (subnet) => [subnet.zone],
    availabilityZone: (subnet) => [subnet.zone],
    "availability-zone-id": (subnet) => [subnet.zoneId],
    availabilityZoneId: (subnet) => [subnet.zoneId],
    "available-ip-address-count": (subnet) => [String(subnet.freeAddresses)],
    "cidr-block": (subnet) => [subnet.cidr],
    cidr: (subnet) => [subnet.cidr],
    cidrBlock: (subnet) => [subnet.cidr],
    "default-for-az": (subnet) => [String(subnet.defaultForZone)],
    defaultForAz: (subnet) => [String(subnet.defaultForZone)],
    "map-public-ip-on-launch": (subnet) => [String(subnet.publicIpOnLaunch)],
    "owner-id": (_, ctx) => [ctx.accountId],
    state: () => ["available"],
    "subnet-arn": (subnet, ctx) => [subnetArn(subnet.id, ctx.region, ctx.accountId)],
  },
  wire: (subnet, ctx) => ({
    subnetId: subnet.id,
    subnetArn: subnetArn(subnet.id, ctx.region, ctx.accountId),
    state: "available",
    vpcId: subnet.vpcId,
    ownerId: ctx.accountId,
    cidrBlock: subnet.cidr,
    ipv6CidrBlockAssociationSet: [],
    availableIpAddressCount: subnet.freeAddresses,
    availabilityZone: subnet.zone,
    availabilityZoneId: subnet.zoneId,
    defaultForAz: subnet.defaultForZone,
    mapPublicIpOnLaunch: subnet.publicIpOnLaunch,
    mapCustomerOwnedIpOnLaunch: false,
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    ipv6Native: false,
    privateDnsNameOptionsOnLaunch: { hostnameType: "ip-name", enableResourceNameDnsARecord: false, enableResourceNameDnsAAAARecord: false },
    tagSet: tagSet(subnet.tags),
  }),
};

const subnetArn = (id: string, region: string, account: string): string => `arn:aws:ec2:${region}:${account}:subnet/${id}`;
