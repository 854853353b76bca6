import type { RouteTable, VpcEndpoint } from "@aws-sdk/client-ec2";

/** How traffic leaves a subnet. */
export interface WayOut {
  readonly kind: "public" | "nat" | "routed" | "endpoints" | "none";
  /** In a word or two, for a column. */
  readonly label: string;
  /** What it means for a task there. */
  readonly detail: string;
  /** The services with a VPC endpoint usable from the subnet, e.g. `ecr.api`, `s3`; none also when endpoints may not be read. */
  readonly endpoints: readonly string[];
}

/** The table that routes a subnet: its own, else the main one of its VPC. */
export function tableOf(subnetId: string, vpcId: string, tables: readonly RouteTable[]): RouteTable | undefined {
  const own = tables.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnetId));
  return own ?? tables.find((table) => table.VpcId === vpcId && table.Associations?.some(({ Main }) => Main));
}

/** The services a Fargate task needs before its container runs, with an `awslogs` log: Amazon ECR user guide, "Amazon ECR interface VPC endpoints (AWS PrivateLink)". */
const needed = ["ecr.api", "ecr.dkr", "s3", "logs"] as const;

/** The service of an endpoint: `ecr.api`. */
export const serviceOf = ({ ServiceName = "" }: VpcEndpoint): string => ServiceName.replace(/^.*?amazonaws\.[\w-]+\./, "");

/** The endpoints that a subnet of the VPC with that route table can use. */
export function usableEndpoints(vpcId: string, table: RouteTable, endpoints: readonly VpcEndpoint[]): readonly VpcEndpoint[] {
  const routed = new Set(table.Routes?.map(({ GatewayId }) => GatewayId));
  return endpoints.filter((endpoint) => {
    if (endpoint.VpcId !== vpcId || endpoint.State?.toLowerCase() !== "available") return false;
    if (endpoint.VpcEndpointType !== "Gateway") return endpoint.PrivateDnsEnabled !== false || serviceOf(endpoint) === "s3";
    return (
      routed.has(endpoint.VpcEndpointId) ||
      (table.RouteTableId !== undefined && (endpoint.RouteTableIds ?? []).includes(table.RouteTableId))
    );
  });
}

/** The services that a subnet of the VPC reaches through endpoints. */
const reached = (vpcId: string, table: RouteTable, endpoints: readonly VpcEndpoint[]): readonly string[] =>
  [...new Set(usableEndpoints(vpcId, table, endpoints).map(serviceOf))].sort();

/** The way out of a subnet, from its default route and the VPC's endpoints; undefined when what is known does not tell. */
export function wayOut(
  subnetId: string,
  vpcId: string,
  tables: readonly RouteTable[],
  endpoints: readonly VpcEndpoint[] | undefined,
): WayOut | undefined {
  const table = tableOf(subnetId, vpcId, tables);
  if (!table) return undefined;
  const reachable = endpoints ? reached(vpcId, table, endpoints) : [];
  const to = (range: string) => table.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === range);
  // Some routers announce the whole internet in two halves.
  const route = to("0.0.0.0/0") ?? to("0.0.0.0/1");
  const through =
    route?.NatGatewayId ??
    route?.TransitGatewayId ??
    route?.GatewayId ??
    route?.NetworkInterfaceId ??
    route?.VpcPeeringConnectionId ??
    route?.InstanceId ??
    route?.CarrierGatewayId ??
    route?.LocalGatewayId ??
    (route?.CoreNetworkArn ? "core-network" : undefined);
  if (route && route.State !== "blackhole" && through) {
    if (through.startsWith("igw-")) {
      return {
        kind: "public",
        label: "public",
        detail: "Public: tasks here need Auto-assign public IP to reach the internet and pull the image.",
        endpoints: reachable,
      };
    }
    if (through.startsWith("nat-"))
      return {
        kind: "nat",
        label: "NAT",
        detail: `Private: reaches the internet through the NAT gateway ${through}.`,
        endpoints: reachable,
      };
    return {
      kind: "routed",
      label: `via ${through.split("-")[0]}`,
      detail: `Private: everything outside goes to ${through}; whether that reaches the image is not known here.`,
      endpoints: reachable,
    };
  }
  if (!endpoints) return undefined;
  const found = needed.filter((service) => reachable.includes(service));
  const missing = needed.filter((service) => !found.includes(service));
  const gone = route?.State === "blackhole" ? ` Its default route leads to ${through ?? "something"} that is gone.` : "";
  if (missing.every((service) => service === "logs")) {
    return {
      kind: "endpoints",
      label: "endpoints only",
      detail: `Isolated, with VPC endpoints for ${found.join(", ")}: images of ECR in this region work, others do not.${missing.length > 0 ? " Without an endpoint for logs the log driver awslogs fails." : ""}${gone}`,
      endpoints: reachable,
    };
  }
  return {
    kind: "none",
    label: "no way out",
    detail: `No route to the internet, and no VPC endpoints for ${missing.join(", ")}: the image cannot be pulled here.${gone}`,
    endpoints: reachable,
  };
}
