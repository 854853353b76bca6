import { AwsError } from "../errors.ts";
import { type Collection, missing, tagSet } from "./describe.ts";
import type { InternetGateway, NatGateway, Route, RouteTable, VpcEndpoint } from "./state.ts";

const associations = (table: RouteTable): [string, string | undefined][] => [
  ...(table.main ? [[`rtbassoc-${table.id.slice(4)}`, undefined] as [string, undefined]] : []),
  ...Object.entries(table.associations),
];

const routeWire = (route: Route) => ({
  ...(route.destination.startsWith("pl-")
    ? { destinationPrefixListId: route.destination }
    : route.destination.includes(":")
      ? { destinationIpv6CidrBlock: route.destination }
      : { destinationCidrBlock: route.destination }),
  gatewayId: route.gatewayId,
  natGatewayId: route.natGatewayId,
  networkInterfaceId: route.networkInterfaceId,
  transitGatewayId: route.transitGatewayId,
  state: route.state,
  origin: route.gatewayId === "local" ? "CreateRouteTable" : "CreateRoute",
});

/** DescribeRouteTables. */
export const routeTables: Collection<RouteTable> = {
  result: "routeTableSet",
  idsMember: "RouteTableId",
  idsName: "routeTableIds",
  all: (ctx) => Object.values(ctx.state.ec2.routeTables),
  id: (table) => table.id,
  notFound: missing("InvalidRouteTableID.NotFound", "routeTable ID"),
  tags: (table) => table.tags,
  filters: {
    "route-table-id": (table) => [table.id],
    "vpc-id": (table) => [table.vpcId],
    "owner-id": (_, ctx) => [ctx.accountId],
    "association.main": (table) => associations(table).map(([, subnet]) => String(subnet === undefined)),
    "association.route-table-association-id": (table) => associations(table).map(([id]) => id),
    "association.route-table-id": (table) => [table.id],
    "association.subnet-id": (table) => Object.values(table.associations),
    "route.destination-cidr-block": (table) => table.routes.map((route) => route.destination),
    "route.destination-prefix-list-id": (table) => table.routes.map((route) => route.destination),
    "route.gateway-id": (table) => table.routes.map((route) => route.gatewayId),
    "route.nat-gateway-id": (table) => table.routes.map((route) => route.natGatewayId),
    "route.transit-gateway-id": (table) => table.routes.map((route) => route.transitGatewayId),
    "route.state": (table) => table.routes.map((route) => route.state),
  },
  wire: (table, ctx) => ({
    routeTableId: table.id,
    vpcId: table.vpcId,
    ownerId: ctx.accountId,
    routeSet: table.routes.map(routeWire),
    associationSet: associations(table).map(([id, subnet]) => ({
      routeTableAssociationId: id,
      routeTableId: table.id,
      subnetId: subnet,
      main: subnet === undefined,
      associationState: { state: "associated" },
    })),
    propagatingVgwSet: [],
    tagSet: tagSet(table.tags),
  }),
};

/** DescribeNatGateways. */
export const natGateways: Collection<NatGateway> = {
  result: "natGatewaySet",
  idsMember: "NatGatewayId",
  idsName: "natGatewayIds",
  all: (ctx) => Object.values(ctx.state.ec2.natGateways),
  id: (nat) => nat.id,
  notFound: (id) => new AwsError("NatGatewayNotFound", `The Nat Gateway ${id} was not found`),
  tags: (nat) => nat.tags,
  filters: {
    "nat-gateway-id": (nat) => [nat.id],
    state: (nat) => [nat.state],
    "subnet-id": (nat) => [nat.subnetId],
    "vpc-id": (nat) => [nat.vpcId],
  },
  wire: (nat) => ({
    natGatewayId: nat.id,
    vpcId: nat.vpcId,
    subnetId: nat.subnetId,
    state: nat.state,
    createTime: new Date(nat.createdAt),
    connectivityType: "public",
    natGatewayAddressSet: [
      {
        allocationId: nat.allocationId,
        networkInterfaceId: nat.networkInterfaceId,
        privateIp: nat.privateIp,
        publicIp: nat.publicIp,
        isPrimary: true,
        status: "succeeded",
      },
    ],
    tagSet: tagSet(nat.tags),
  }),
};

/** DescribeInternetGateways. */
export const internetGateways: Collection<InternetGateway> = {
  result: "internetGatewaySet",
  idsMember: "InternetGatewayId",
  idsName: "internetGatewayIds",
  all: (ctx) => Object.values(ctx.state.ec2.internetGateways),
  id: (gateway) => gateway.id,
  notFound: missing("InvalidInternetGatewayID.NotFound", "internetGateway ID"),
  tags: (gateway) => gateway.tags,
  filters: {
    "internet-gateway-id": (gateway) => [gateway.id],
    "attachment.vpc-id": (gateway) => [gateway.vpcId],
    "attachment.state": (gateway) => [gateway.vpcId && "available"],
    "owner-id": (_, ctx) => [ctx.accountId],
  },
  wire: (gateway, ctx) => ({
    internetGatewayId: gateway.id,
    ownerId: ctx.accountId,
    attachmentSet: gateway.vpcId ? [{ vpcId: gateway.vpcId, state: "available" }] : [],
    tagSet: tagSet(gateway.tags),
  }),
};

/** DescribeVpcEndpoints. */
export const vpcEndpoints: Collection<VpcEndpoint> = {
  result: "vpcEndpointSet",
  idsMember: "VpcEndpointId",
  idsName: "vpcEndpointIds",
  all: (ctx) => Object.values(ctx.state.ec2.vpcEndpoints),
  id: (endpoint) => endpoint.id,
  notFound: missing("InvalidVpcEndpointId.NotFound", "Vpc Endpoint Id"),
  tags: (endpoint) => endpoint.tags,
  smallest: 1,
  filters: {
    "vpc-endpoint-id": (endpoint) => [endpoint.id],
    "vpc-endpoint-type": (endpoint) => [endpoint.type],
    "vpc-endpoint-state": (endpoint) => [endpoint.state],
    "vpc-id": (endpoint) => [endpoint.vpcId],
    "service-name": (endpoint) => [endpoint.serviceName],
  },
  wire: (endpoint, ctx) => ({
    vpcEndpointId: endpoint.id,
    vpcEndpointType: endpoint.type,
    vpcId: endpoint.vpcId,
    serviceName: endpoint.serviceName,
    state: endpoint.state,
    ownerId: ctx.accountId,
    privateDnsEnabled: endpoint.privateDns,
    requesterManaged: false,
    routeTableIdSet: endpoint.routeTableIds,
    subnetIdSet: endpoint.subnetIds,
    groupSet: endpoint.securityGroupIds.map((id) => ({ groupId: id, groupName: ctx.state.ec2.securityGroups[id]?.name })),
    networkInterfaceIdSet: endpoint.networkInterfaceIds,
    ipAddressType: "ipv4",
    creationTimestamp: new Date(endpoint.createdAt),
    tagSet: tagSet(endpoint.tags),
  }),
};
