import type { Ec2State, NetworkInterface, Route, SecurityGroupRule, Subnet } from "../ec2/state.ts";
import { hexOf } from "../ids.ts";
import { ago, idOf } from "./names.ts";

/** A rule in short: protocol, ports, peer (a CIDR block, or the name of a group in the same VPC). */
export type RuleSpec = readonly [protocol: "tcp" | "udp" | "-1", from: number, to: number, peer: string, description?: string];

/** A subnet: how it gets out is how its route table is. */
export interface SubnetSpec {
  readonly name: string;
  /** Letter of its zone. */
  readonly zone: string;
  readonly cidr: string;
  readonly out: "internet" | "nat" | "endpoints" | "none";
  /** First digits of its id. */
  readonly begins?: string;
  readonly defaultForZone?: boolean;
}

/** A VPC with everything in it. */
export interface VpcSpec {
  readonly name?: string;
  readonly cidr: string;
  readonly begins?: string;
  readonly isDefault?: boolean;
  readonly subnets: readonly SubnetSpec[];
  /** Name of the subnet that holds the NAT gateway. */
  readonly natIn?: string;
  /** Services with interface endpoints, placed in the subnets whose way out is `endpoints`; S3 gets a gateway endpoint. */
  readonly endpoints?: readonly string[];
  /** Name → description, incoming rules, outgoing rules (everything unless said otherwise). */
  readonly groups?: Readonly<Record<string, { description: string; in?: readonly RuleSpec[]; out?: readonly RuleSpec[] }>>;
}

/** Where the pieces of a VPC are put. */
interface Place {
  readonly state: Ec2State;
  readonly region: string;
  readonly key: string;
  readonly vpcId: string;
  readonly spec: VpcSpec;
  readonly now: number;
}

const everywhere: RuleSpec = ["-1", -1, -1, "0.0.0.0/0"];

const nameTag = (name: string | undefined) => (name ? { Name: name } : {});

/** The id of a subnet by name, in the VPC of that key. */
export const subnetId = (key: string, name: string, begins?: string): string => idOf("subnet", `${key}/${name}`, begins);

/** The id of a security group by name, in the VPC of that key. */
export const groupId = (key: string, name: string): string => idOf("sg", `${key}/${name}`);

const addressIn = (cidr: string, host: number): string => cidr.replace(/\d+\/\d+$/, String(host));

/** A network interface that AWS placed for something of its own; it takes one of the subnet's addresses. */
export const placeInterface = (
  state: Ec2State,
  subnet: Subnet,
  host: number,
  rest: Pick<NetworkInterface, "type" | "description"> & Partial<NetworkInterface>,
): NetworkInterface => {
  const hex = hexOf(`eni ${subnet.id} ${host}`, 17);
  const made: NetworkInterface = {
    id: `eni-${hex}`,
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    zone: subnet.zone,
    privateIp: addressIn(subnet.cidr, host),
    mac: `0a:${[0, 2, 4, 6, 8].map((at) => hex.slice(at, at + 2)).join(":")}`,
    groupIds: [],
    status: "in-use",
    requesterManaged: true,
    tags: {},
    ...rest,
  };
  state.networkInterfaces[made.id] = made;
  subnet.freeAddresses -= 1;
  return made;
};

const putSubnets = ({ state, region, key, vpcId, spec }: Place): void => {
  for (const each of spec.subnets) {
    const id = subnetId(key, each.name, each.begins);
    const zone = `${region}${each.zone}`;
    state.subnets[id] = {
      id,
      vpcId,
      cidr: each.cidr,
      zone,
      zoneId: state.zones[zone] ?? "",
      freeAddresses: 2 ** (32 - Number(each.cidr.split("/")[1])) - 5,
      publicIpOnLaunch: each.out === "internet",
      defaultForZone: each.defaultForZone ?? false,
      tags: nameTag(each.defaultForZone ? undefined : each.name),
    };
  }
};

const putGroups = ({ state, key, vpcId, spec }: Place): void => {
  const all: NonNullable<VpcSpec["groups"]> = {
    default: { description: "default VPC security group", in: [["-1", -1, -1, "default"]] },
    ...spec.groups,
  };
  for (const [name, group] of Object.entries(all)) {
    const id = groupId(key, name);
    const rule = ([protocol, fromPort, toPort, peer, description]: RuleSpec, egress: boolean): SecurityGroupRule => ({
      id: idOf("sgr", `${id} ${egress} ${protocol} ${fromPort} ${toPort} ${peer}`),
      egress,
      protocol,
      fromPort,
      toPort,
      ...(peer.includes("/") ? { cidr4: peer } : { groupId: groupId(key, peer) }),
      ...(description ? { description } : {}),
    });
    const out = group.out ?? [everywhere];
    state.securityGroups[id] = {
      id,
      name,
      description: group.description,
      vpcId,
      rules: [...(group.in ?? []).map((each) => rule(each, false)), ...out.map((each) => rule(each, true))],
      tags: name === "default" ? {} : nameTag(name),
    };
  }
};

const putNat = ({ state, key, vpcId, spec, now }: Place): string | undefined => {
  const home = spec.subnets.find(({ name }) => name === spec.natIn);
  const subnet = home && state.subnets[subnetId(key, home.name, home.begins)];
  if (!subnet) return undefined;
  const id = idOf("nat", key);
  const eni = placeInterface(state, subnet, 10, {
    type: "nat_gateway",
    description: `Interface for NAT Gateway ${id}`,
    publicIp: "54.216.17.201",
  });
  state.natGateways[id] = {
    id,
    vpcId,
    subnetId: subnet.id,
    state: "available",
    publicIp: "54.216.17.201",
    privateIp: eni.privateIp,
    networkInterfaceId: eni.id,
    allocationId: idOf("eipalloc", key),
    createdAt: ago(now, 400, "d"),
    tags: nameTag(`${key}-nat`),
  };
  return id;
};

const putRoutes = ({ state, key, vpcId, spec }: Place, nat: string | undefined): void => {
  const local: Route = { destination: spec.cidr, gatewayId: "local", state: "active" };
  const toEverywhere = (target: Partial<Route>): Route[] => [{ destination: "0.0.0.0/0", state: "active", ...target }];
  const gateway = idOf("igw", key);
  const hasGateway = spec.subnets.some(({ out }) => out === "internet");
  if (hasGateway) state.internetGateways[gateway] = { id: gateway, vpcId, tags: nameTag(spec.name && `${spec.name}-igw`) };
  const ways = {
    internet: toEverywhere({ gatewayId: gateway }),
    nat: nat ? toEverywhere({ natGatewayId: nat }) : [],
    endpoints: [{ destination: "pl-6da54004", gatewayId: idOf("vpce", `${key} s3`), state: "active" as const }],
    none: [],
  };
  const table = (name: string, main: boolean, subnets: readonly SubnetSpec[], routes: readonly Route[]): void => {
    const id = idOf("rtb", `${key}/${name}`);
    const associations = subnets.map((each) => [idOf("rtbassoc", `${key}/${each.name}`), subnetId(key, each.name, each.begins)] as const);
    state.routeTables[id] = {
      id,
      vpcId,
      main,
      associations: Object.fromEntries(associations),
      routes: [local, ...routes],
      tags: nameTag(spec.name && `${spec.name}-${name}`),
    };
  };
  // The default VPC's own table leads to the internet and is every subnet's; elsewhere the main table leads nowhere.
  table("main", true, [], spec.isDefault ? ways.internet : []);
  if (spec.isDefault) return;
  for (const [out, name] of Object.entries({ internet: "public", nat: "private", endpoints: "endpoints", none: "isolated" } as const)) {
    const subnets = spec.subnets.filter((each) => each.out === out);
    if (subnets.length > 0) table(name, false, subnets, ways[out as keyof typeof ways]);
  }
};

const putEndpoints = ({ state, region, key, vpcId, spec, now }: Place): void => {
  if (!spec.endpoints) return;
  const inside = spec.subnets
    .filter(({ out }) => out === "endpoints")
    .flatMap((each) => state.subnets[subnetId(key, each.name, each.begins)] ?? []);
  const common = { vpcId, state: "available" as const, createdAt: ago(now, 320, "d") };
  spec.endpoints.forEach((service, index) => {
    const id = idOf("vpce", `${key} ${service}`);
    const groups = [groupId(key, "endpoints")];
    const enis = inside.map((subnet) =>
      placeInterface(state, subnet, 20 + index, { type: "vpc_endpoint", description: `VPC Endpoint Interface ${id}`, groupIds: groups }),
    );
    state.vpcEndpoints[id] = {
      ...common,
      id,
      type: "Interface",
      serviceName: `com.amazonaws.${region}.${service}`,
      privateDns: true,
      subnetIds: inside.map((subnet) => subnet.id),
      securityGroupIds: groups,
      networkInterfaceIds: enis.map((eni) => eni.id),
      routeTableIds: [],
      tags: nameTag(`${key}-${service}`),
    };
  });
  const id = idOf("vpce", `${key} s3`);
  state.vpcEndpoints[id] = {
    ...common,
    id,
    type: "Gateway",
    serviceName: `com.amazonaws.${region}.s3`,
    privateDns: false,
    subnetIds: [],
    securityGroupIds: [],
    networkInterfaceIds: [],
    routeTableIds: [idOf("rtb", `${key}/endpoints`)],
    tags: nameTag(`${key}-s3`),
  };
};

/** Puts a VPC with its subnets, ways out, endpoints and security groups into a region; answers its id. `key` tells VPCs of one name apart. */
export const putVpc = (state: Ec2State, region: string, key: string, spec: VpcSpec, now: number): string => {
  const vpcId = idOf("vpc", key, spec.begins);
  state.vpcs[vpcId] = {
    id: vpcId,
    cidr: spec.cidr,
    isDefault: spec.isDefault ?? false,
    dnsSupport: true,
    dnsHostnames: true,
    tags: nameTag(spec.name),
  };
  const place: Place = { state, region, key, vpcId, spec, now };
  putSubnets(place);
  putGroups(place);
  putRoutes(place, putNat(place));
  putEndpoints(place);
  return vpcId;
};
