import type { Tags } from "../tags.ts";

/** A virtual network. */
export interface Vpc {
  id: string;
  cidr: string;
  isDefault: boolean;
  /** Both are needed for private DNS names of endpoints and of EFS. */
  dnsSupport: boolean;
  dnsHostnames: boolean;
  tags: Tags;
}

/** A subnet of a VPC in one zone. */
export interface Subnet {
  id: string;
  vpcId: string;
  cidr: string;
  /** Zone name, `eu-west-1a`. */
  zone: string;
  zoneId: string;
  /** Addresses nobody uses, counting down with every network interface. */
  freeAddresses: number;
  /** MapPublicIpOnLaunch. */
  publicIpOnLaunch: boolean;
  defaultForZone: boolean;
  tags: Tags;
}

/** One permission of a security group: exactly one of the four peers is set. */
export interface SecurityGroupRule {
  /** `sgr-…`. */
  id: string;
  egress: boolean;
  /** `tcp`, `udp`, `icmp`, or `-1` for all. */
  protocol: string;
  /** -1 where the protocol is `-1`. */
  fromPort: number;
  toPort: number;
  cidr4?: string;
  cidr6?: string;
  groupId?: string;
  prefixListId?: string;
  description?: string;
}

/** A security group with its rules. */
export interface SecurityGroup {
  id: string;
  name: string;
  description: string;
  vpcId: string;
  rules: SecurityGroupRule[];
  tags: Tags;
}

/** A route; exactly one of the targets is set. */
export interface Route {
  destination: string;
  gatewayId?: string;
  natGatewayId?: string;
  networkInterfaceId?: string;
  transitGatewayId?: string;
  state: "active" | "blackhole";
}

/** A route table: where the traffic of its subnets goes. */
export interface RouteTable {
  id: string;
  vpcId: string;
  /** The table of every subnet without an association of its own. */
  main: boolean;
  /** Association id → subnet id. */
  associations: Record<string, string>;
  routes: Route[];
  tags: Tags;
}

/** A NAT gateway: the way out of private subnets. */
export interface NatGateway {
  id: string;
  vpcId: string;
  subnetId: string;
  state: "pending" | "failed" | "available" | "deleting" | "deleted";
  publicIp: string;
  privateIp: string;
  networkInterfaceId: string;
  allocationId: string;
  createdAt: number;
  tags: Tags;
}

/** An internet gateway: the way out of public subnets. */
export interface InternetGateway {
  id: string;
  vpcId?: string;
  tags: Tags;
}

/** A private way to an AWS service. */
export interface VpcEndpoint {
  id: string;
  vpcId: string;
  type: "Interface" | "Gateway";
  /** `com.amazonaws.eu-west-1.ecr.api`. */
  serviceName: string;
  state: "pending" | "available" | "deleting" | "failed";
  privateDns: boolean;
  /** Of interface endpoints. */
  subnetIds: string[];
  securityGroupIds: string[];
  networkInterfaceIds: string[];
  /** Of gateway endpoints. */
  routeTableIds: string[];
  createdAt: number;
  tags: Tags;
}

/** A network interface with one address in a subnet. */
export interface NetworkInterface {
  id: string;
  subnetId: string;
  vpcId: string;
  zone: string;
  privateIp: string;
  publicIp?: string;
  mac: string;
  groupIds: string[];
  description: string;
  /** `interface`, `nat_gateway`, `vpc_endpoint`, `network_load_balancer`, `efs`. */
  type: string;
  status: "available" | "in-use";
  attachmentId?: string;
  requesterManaged: boolean;
  tags: Tags;
}

/** EC2's network of one region; every record is keyed by the thing's id. */
export interface Ec2State {
  /** Zone name → zone id. */
  zones: Record<string, string>;
  vpcs: Record<string, Vpc>;
  subnets: Record<string, Subnet>;
  securityGroups: Record<string, SecurityGroup>;
  routeTables: Record<string, RouteTable>;
  natGateways: Record<string, NatGateway>;
  internetGateways: Record<string, InternetGateway>;
  vpcEndpoints: Record<string, VpcEndpoint>;
  networkInterfaces: Record<string, NetworkInterface>;
}
