/** Subnets, their routes and endpoints, security groups and the names of VPCs, for the checks. */
import type { IpPermission, RouteTable, VpcEndpoint } from "@aws-sdk/client-ec2";
import type { Account, RouteFacts, RouteKind, RuleFacts, SubnetFacts } from "../../engine/preflight/account.ts";
import { sanitizeLine } from "../../engine/sanitize.ts";
import { serviceOf, tableOf, usableEndpoints, wayOut } from "../sources/ways-out.ts";
import { collect } from "../support/streams.ts";
import { nameTag } from "../support/words.ts";
import { type Questions, within } from "./questions.ts";

const kinds: Readonly<Record<string, RouteKind>> = { public: "public", nat: "nat", routed: "routed", endpoints: "none", none: "none" };

const protocols: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp" };

/** A rule of a security group as the checks look at it. */
export function toRule({ IpProtocol = "-1", FromPort, ToPort, ...peers }: IpPermission): RuleFacts {
  const whole = FromPort === undefined || FromPort === -1;
  return {
    protocol: protocols[IpProtocol] ?? IpProtocol,
    ...(whole ? {} : { from: FromPort, to: ToPort ?? FromPort }),
    ranges: [
      ...(peers.IpRanges ?? []).flatMap(({ CidrIp }) => CidrIp ?? []),
      ...(peers.Ipv6Ranges ?? []).flatMap(({ CidrIpv6 }) => CidrIpv6 ?? []),
    ],
    groups: (peers.UserIdGroupPairs ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    prefixLists: (peers.PrefixListIds ?? []).flatMap(({ PrefixListId }) => PrefixListId ?? []),
  };
}

type NetworkPart = Pick<Account, "subnets" | "routes" | "endpoints" | "vpcDns" | "securityGroups">;

/** The network part of an account. */
export function networkPart({ once, call, signal }: Questions): NetworkPart {
  const options = within({ signal });
  const vpcsOf = (subnets: readonly SubnetFacts[]) => [...new Set(subnets.map(({ vpcId }) => vpcId))].sort();
  const inVpcs = (vpcs: readonly string[]) => ({ Filters: [{ Name: "vpc-id", Values: [...vpcs] }] });

  const tables = (vpcs: readonly string[]): Promise<readonly RouteTable[]> =>
    once(["tables", vpcs], () =>
      call(async (clients) => {
        const { paginateDescribeRouteTables } = await import("@aws-sdk/client-ec2");
        return await collect(
          paginateDescribeRouteTables({ client: await clients.ec2(), pageSize: 100 }, inVpcs(vpcs), options),
          ({ RouteTables }) => RouteTables,
        );
      }),
    );

  const vpcEndpoints = (vpcs: readonly string[]): Promise<readonly VpcEndpoint[]> =>
    once(["endpoints", vpcs], () =>
      call(async (clients) => {
        const { paginateDescribeVpcEndpoints } = await import("@aws-sdk/client-ec2");
        return await collect(
          paginateDescribeVpcEndpoints({ client: await clients.ec2(), pageSize: 1000 }, inVpcs(vpcs), options),
          ({ VpcEndpoints }) => VpcEndpoints,
        );
      }),
    );

  const attribute = (VpcId: string, Attribute: "enableDnsSupport" | "enableDnsHostnames") =>
    call(async (clients) => {
      const { DescribeVpcAttributeCommand } = await import("@aws-sdk/client-ec2");
      const answer = await (await clients.ec2()).send(new DescribeVpcAttributeCommand({ VpcId, Attribute }), options);
      return (Attribute === "enableDnsSupport" ? answer.EnableDnsSupport : answer.EnableDnsHostnames)?.Value !== false;
    });

  return {
    // A filter, unlike a list of ids, gives what there is instead of failing for what is not.
    subnets: (ids) =>
      once(["subnets", ids], async () => {
        if (ids.length === 0) return [];
        const found = await call(async (clients) => {
          const { paginateDescribeSubnets } = await import("@aws-sdk/client-ec2");
          const asked = { Filters: [{ Name: "subnet-id", Values: [...ids] }] };
          return await collect(paginateDescribeSubnets({ client: await clients.ec2() }, asked, options), ({ Subnets }) => Subnets);
        });
        return found.map(({ SubnetId = "", VpcId = "", AvailabilityZone = "", AvailableIpAddressCount = 0, Tags }) => ({
          id: SubnetId,
          name: sanitizeLine(nameTag(Tags)),
          vpcId: VpcId,
          zone: AvailabilityZone,
          freeAddresses: AvailableIpAddressCount,
        }));
      }),

    async routes(subnets) {
      if (subnets.length === 0) return new Map();
      const known = await tables(vpcsOf(subnets));
      return new Map(
        subnets.flatMap(({ id, vpcId }): [string, RouteFacts][] => {
          const kind = kinds[wayOut(id, vpcId, known, [])?.kind ?? ""];
          const hole = tableOf(id, vpcId, known)?.Routes?.find(
            ({ DestinationCidrBlock, State }) => DestinationCidrBlock === "0.0.0.0/0" && State === "blackhole",
          );
          const gone = hole && (hole.NatGatewayId ?? hole.GatewayId ?? hole.TransitGatewayId ?? hole.NetworkInterfaceId ?? "something");
          return kind ? [[id, { kind, ...(gone ? { gone } : {}) }]] : [];
        }),
      );
    },

    async endpoints(subnets) {
      const vpcs = vpcsOf(subnets);
      if (vpcs.length === 0) return new Map();
      const [known, all] = await Promise.all([tables(vpcs), vpcEndpoints(vpcs)]);
      return new Map(
        subnets.map(({ id, vpcId }) => {
          const table = tableOf(id, vpcId, known);
          const usable = table ? usableEndpoints(vpcId, table, all) : [];
          const facts = usable.map((endpoint) => ({
            id: endpoint.VpcEndpointId ?? "",
            service: serviceOf(endpoint),
            securityGroups: (endpoint.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
          }));
          return [id, facts];
        }),
      );
    },

    vpcDns: (vpcId) =>
      once(["dns", vpcId], async () => {
        const [support, hostnames] = await Promise.all([attribute(vpcId, "enableDnsSupport"), attribute(vpcId, "enableDnsHostnames")]);
        return { support, hostnames };
      }),

    securityGroups: (ids) =>
      once(["groups", [...ids].sort()], async () => {
        if (ids.length === 0) return [];
        const found = await call(async (clients) => {
          const { paginateDescribeSecurityGroups } = await import("@aws-sdk/client-ec2");
          const asked = { Filters: [{ Name: "group-id", Values: [...ids] }] };
          return await collect(
            paginateDescribeSecurityGroups({ client: await clients.ec2() }, asked, options),
            ({ SecurityGroups }) => SecurityGroups,
          );
        });
        return found.map(({ GroupId = "", GroupName = "", VpcId = "", IpPermissions = [], IpPermissionsEgress = [] }) => ({
          id: GroupId,
          name: sanitizeLine(GroupName),
          vpcId: VpcId,
          ingress: IpPermissions.map(toRule),
          egress: IpPermissionsEgress.map(toRule),
        }));
      }),
  };
}
