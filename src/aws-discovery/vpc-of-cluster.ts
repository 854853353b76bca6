import type { AwsClients } from "./clients.ts";
import { batches, collect } from "./support/streams.ts";

/** More services of a cluster than these would hardly be in yet another VPC. */
const servicesLookedAt = 100;

/** The VPCs in which a cluster's services run, told from their subnets; the one with most subnets in use first. Rejects with SDK errors. */
export async function vpcsOfCluster(clients: AwsClients, cluster: string, signal?: AbortSignal): Promise<readonly string[]> {
  const { DescribeServicesCommand, ListServicesCommand } = await import("@aws-sdk/client-ecs");
  const options = signal ? { abortSignal: signal } : {};
  const ecs = await clients.ecs();
  const { serviceArns = [] } = await ecs.send(new ListServicesCommand({ cluster, maxResults: servicesLookedAt }), options);
  const described = await Promise.all(
    [...batches(serviceArns, 10)].map((services) => ecs.send(new DescribeServicesCommand({ cluster, services: [...services] }), options)),
  );
  const used = described.flatMap(({ services = [] }) =>
    services.flatMap((service) => service.networkConfiguration?.awsvpcConfiguration?.subnets ?? []),
  );
  if (used.length === 0) return [];
  const { paginateDescribeSubnets } = await import("@aws-sdk/client-ec2");
  const filter = { Name: "subnet-id", Values: [...new Set(used)] };
  const subnets = await collect(
    paginateDescribeSubnets({ client: await clients.ec2() }, { Filters: [filter] }, options),
    ({ Subnets }) => Subnets,
  );
  const vpcOf = new Map(subnets.map(({ SubnetId, VpcId }) => [SubnetId, VpcId]));
  const uses = new Map<string, number>();
  for (const subnet of used) {
    const vpc = vpcOf.get(subnet);
    if (vpc) uses.set(vpc, (uses.get(vpc) ?? 0) + 1);
  }
  return [...uses].sort(([, a], [, b]) => b - a).map(([vpc]) => vpc);
}

/** The VPC of a cluster, which has none of its own: that of its services; undefined when it has no services with a network. */
export const vpcOfCluster = async (clients: AwsClients, cluster: string, signal?: AbortSignal): Promise<string | undefined> =>
  (await vpcsOfCluster(clients, cluster, signal))[0];
