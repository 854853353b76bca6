import { AwsError } from "../errors.ts";
import type { Context } from "../service.ts";
import { type Collection, missing, tagSet } from "./describe.ts";
import { groupNotFound } from "./security-groups.ts";
import type { NetworkInterface } from "./state.ts";

const dnsName = (ip: string, region: string): string =>
  `ip-${ip.replaceAll(".", "-")}.${region === "us-east-1" ? "ec2" : `${region}.compute`}.internal`;

/** DescribeNetworkInterfaces. */
export const networkInterfaces: Collection<NetworkInterface> = {
  result: "networkInterfaceSet",
  idsMember: "NetworkInterfaceId",
  idsName: "networkInterfaceIds",
  all: (ctx) => Object.values(ctx.state.ec2.networkInterfaces),
  id: (each) => each.id,
  notFound: missing("InvalidNetworkInterfaceID.NotFound", "networkInterface ID"),
  tags: (each) => each.tags,
  filters: {
    "network-interface-id": (each) => [each.id],
    "subnet-id": (each) => [each.subnetId],
    "vpc-id": (each) => [each.vpcId],
    "availability-zone": (each) => [each.zone],
    "group-id": (each) => each.groupIds,
    "group-name": (each, ctx) => each.groupIds.map((id) => ctx.state.ec2.securityGroups[id]?.name),
    description: (each) => [each.description],
    status: (each) => [each.status],
    "interface-type": (each) => [each.type],
    "private-ip-address": (each) => [each.privateIp],
    "addresses.private-ip-address": (each) => [each.privateIp],
    "association.public-ip": (each) => [each.publicIp],
    "mac-address": (each) => [each.mac],
    "attachment.attachment-id": (each) => [each.attachmentId],
    "requester-managed": (each) => [String(each.requesterManaged)],
    "owner-id": (_, ctx) => [ctx.accountId],
  },
  wire: (each, ctx) => {
    const association = each.publicIp ? { publicIp: each.publicIp, ipOwnerId: "amazon" } : undefined;
    return {
      networkInterfaceId: each.id,
      subnetId: each.subnetId,
      vpcId: each.vpcId,
      availabilityZone: each.zone,
      description: each.description,
      ownerId: ctx.accountId,
      requesterManaged: each.requesterManaged,
      status: each.status,
      interfaceType: each.type,
      macAddress: each.mac,
      privateIpAddress: each.privateIp,
      privateDnsName: dnsName(each.privateIp, ctx.region),
      sourceDestCheck: true,
      groupSet: each.groupIds.map((id) => ({ groupId: id, groupName: ctx.state.ec2.securityGroups[id]?.name })),
      association,
      attachment: each.attachmentId && { attachmentId: each.attachmentId, status: "attached", deleteOnTermination: true },
      privateIpAddressesSet: [{ privateIpAddress: each.privateIp, primary: true, association }],
      tagSet: tagSet(each.tags),
    };
  },
};

/** What a new network interface is for. */
export interface InterfaceRequest {
  readonly subnetId: string;
  readonly groupIds: readonly string[];
  readonly publicIp?: boolean;
  readonly description: string;
  readonly type?: string;
  readonly attachmentId?: string;
}

const asNumber = (ip: string): number => ip.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const asAddress = (number: number): string => [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");

// AWS keeps the first four addresses of every subnet and the last.
const freeAddress = (ctx: Context, subnetId: string, cidr: string): string => {
  const [start = "", bits = "24"] = cidr.split("/");
  const used = new Set(networkInterfaces.all(ctx).flatMap((each) => (each.subnetId === subnetId ? [each.privateIp] : [])));
  const size = 2 ** (32 - Number(bits)) - 5;
  const first = Number.parseInt(ctx.hex(6), 16) % size;
  for (let step = 0; step < size; step += 1) {
    const ip = asAddress(asNumber(start) + 4 + ((first + step) % size));
    if (!used.has(ip)) return ip;
  }
  throw new AwsError(
    "InsufficientFreeAddressesInSubnet",
    `The specified subnet does not have enough free addresses to satisfy the request.`,
  );
};

/** Makes a network interface in a subnet, as ECS does for a task; throws EC2's errors for unknown subnets or groups and for full subnets. */
export const attachInterface = (ctx: Context, request: InterfaceRequest): NetworkInterface => {
  const { ec2 } = ctx.state;
  const subnet = ec2.subnets[request.subnetId];
  if (!subnet) throw missing("InvalidSubnetID.NotFound", "subnet ID")(request.subnetId);
  for (const id of request.groupIds) if (!ec2.securityGroups[id]) throw groupNotFound(id);
  const hex = ctx.hex(17);
  const address = freeAddress(ctx, subnet.id, subnet.cidr);
  const created: NetworkInterface = {
    id: `eni-${hex}`,
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    zone: subnet.zone,
    privateIp: address,
    ...(request.publicIp ? { publicIp: `34.${[0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(".")}` } : {}),
    mac: `0a:${[0, 2, 4, 6, 8].map((at) => hex.slice(at, at + 2)).join(":")}`,
    groupIds: [...request.groupIds],
    description: request.description,
    type: request.type ?? "interface",
    status: "in-use",
    ...(request.attachmentId ? { attachmentId: request.attachmentId } : {}),
    requesterManaged: true,
    tags: {},
  };
  ec2.networkInterfaces[created.id] = created;
  subnet.freeAddresses -= 1;
  return created;
};

/** Takes a network interface away and its address back; nothing happens when it is gone already. */
export const detachInterface = (ctx: Context, id: string): void => {
  const { ec2 } = ctx.state;
  const found = ec2.networkInterfaces[id];
  if (!found) return;
  delete ec2.networkInterfaces[id];
  const subnet = ec2.subnets[found.subnetId];
  if (subnet) subnet.freeAddresses += 1;
};
