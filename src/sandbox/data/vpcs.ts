import type { VpcSpec } from "./network.ts";

/** The VPC of the production clusters: public, private behind a NAT gateway, and one private subnet somebody forgot the route of. */
export const mainVpc: VpcSpec = {
  name: "main",
  cidr: "10.0.0.0/16",
  begins: "0a1b",
  natIn: "public-a",
  subnets: [
    { name: "public-a", zone: "a", cidr: "10.0.101.0/24", out: "internet" },
    { name: "public-b", zone: "b", cidr: "10.0.102.0/24", out: "internet" },
    { name: "public-c", zone: "c", cidr: "10.0.103.0/24", out: "internet" },
    { name: "private-a", zone: "a", cidr: "10.0.1.0/24", out: "nat", begins: "0f3" },
    { name: "private-b", zone: "b", cidr: "10.0.2.0/24", out: "nat", begins: "09c" },
    { name: "private-c", zone: "c", cidr: "10.0.3.0/24", out: "none", begins: "0aa" },
  ],
  groups: {
    "alb-public": {
      description: "Load balancer, open to the world",
      in: [
        ["tcp", 80, 80, "0.0.0.0/0", "HTTP"],
        ["tcp", 443, 443, "0.0.0.0/0", "HTTPS"],
      ],
    },
    "web-tasks": {
      description: "Web containers, reached through the load balancer",
      in: [
        ["tcp", 80, 80, "alb-public"],
        ["tcp", 8080, 8080, "alb-public"],
      ],
    },
    "worker-tasks": { description: "Containers nobody calls" },
    database: {
      description: "PostgreSQL of the shop",
      in: [
        ["tcp", 5432, 5432, "web-tasks"],
        ["tcp", 5432, 5432, "worker-tasks"],
      ],
      out: [],
    },
    "media-efs": { description: "Mount targets of shop-media", in: [["tcp", 2049, 2049, "web-tasks"]], out: [] },
    quarantine: { description: "Nothing in, nothing out", out: [] },
    "vpn-only": { description: "Office network", in: [["tcp", 0, 65535, "10.200.0.0/16", "VPN"]] },
  },
};

/** A VPC without a way to the internet: some subnets reach AWS through endpoints, the others reach nothing. */
export const servicesVpc: VpcSpec = {
  name: "services",
  cidr: "10.1.0.0/16",
  begins: "0c2d",
  endpoints: ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm"],
  subnets: [
    { name: "endpoints-a", zone: "a", cidr: "10.1.1.0/24", out: "endpoints" },
    { name: "endpoints-b", zone: "b", cidr: "10.1.2.0/24", out: "endpoints" },
    { name: "endpoints-c", zone: "c", cidr: "10.1.3.0/24", out: "endpoints" },
    { name: "isolated-a", zone: "a", cidr: "10.1.11.0/24", out: "none" },
    { name: "isolated-b", zone: "b", cidr: "10.1.12.0/24", out: "none" },
    { name: "isolated-c", zone: "c", cidr: "10.1.13.0/24", out: "none" },
  ],
  groups: {
    endpoints: { description: "VPC endpoints, for everything inside", in: [["tcp", 443, 443, "10.1.0.0/16"]], out: [] },
    "internal-tasks": { description: "Internal services", in: [["tcp", 8080, 8080, "10.1.0.0/16"]] },
    "https-out-only": { description: "May only call HTTPS", out: [["tcp", 443, 443, "0.0.0.0/0"]] },
  },
};

/** The VPC every region of every account begins with. */
export const defaultVpc: VpcSpec = {
  cidr: "172.31.0.0/16",
  isDefault: true,
  subnets: [
    { name: "default-a", zone: "a", cidr: "172.31.0.0/20", out: "internet", defaultForZone: true },
    { name: "default-b", zone: "b", cidr: "172.31.16.0/20", out: "internet", defaultForZone: true },
    { name: "default-c", zone: "c", cidr: "172.31.32.0/20", out: "internet", defaultForZone: true },
  ],
};
