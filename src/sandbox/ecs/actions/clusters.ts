import { AwsError } from "../../errors.ts";
import type { Context, Handler, Output } from "../../service.ts";
import { clusterArn, ecsArn } from "../arns.ts";
import { clientException, invalidParameter } from "../errors.ts";
import { clusterName, clusterOf } from "../find.ts";
import { needLinkedRole } from "../linked-role.ts";
import { page } from "../paging.ts";
import type { Cluster } from "../state.ts";
import { tagsOf } from "../tags.ts";

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,254}$/;

function described(ctx: Context, cluster: Cluster, include: string[]): Output {
  const tasks = Object.values(ctx.state.ecs.tasks).filter((task) => task.cluster === cluster.name && task.lastStatus !== "STOPPED");
  const services = Object.values(ctx.state.ecs.services).filter((one) => one.cluster === cluster.name && one.status !== "INACTIVE");
  const running = tasks.filter((task) => task.lastStatus === "RUNNING").length;
  const statistic = (name: string, value: number) => ({ name, value: String(value) });
  return {
    clusterArn: clusterArn(ctx, cluster.name),
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: 0,
    runningTasksCount: running,
    pendingTasksCount: tasks.length - running,
    activeServicesCount: services.length,
    statistics: include.includes("STATISTICS")
      ? [
          statistic("runningEC2TasksCount", 0),
          statistic("runningFargateTasksCount", running),
          statistic("pendingEC2TasksCount", 0),
          statistic("pendingFargateTasksCount", tasks.length - running),
          statistic("activeEC2ServiceCount", 0),
          statistic("activeFargateServiceCount", services.filter((one) => one.status === "ACTIVE").length),
          statistic("drainingEC2ServiceCount", 0),
          statistic("drainingFargateServiceCount", services.filter((one) => one.status === "DRAINING").length),
        ]
      : [],
    tags: include.includes("TAGS") ? cluster.tags : [],
    settings: include.includes("SETTINGS") ? cluster.settings : [],
    ...(include.includes("CONFIGURATIONS") && cluster.configuration ? { configuration: cluster.configuration } : {}),
    capacityProviders: cluster.capacityProviders,
    defaultCapacityProviderStrategy: cluster.defaultCapacityProviderStrategy,
    ...(cluster.serviceConnectDefaults ? { serviceConnectDefaults: cluster.serviceConnectDefaults } : {}),
  };
}

/** ListClusters. */
export const listClusters: Handler = (input, ctx) => {
  const active = Object.values(ctx.state.ecs.clusters).filter((one) => one.status === "ACTIVE");
  const { items, nextToken } = page(active, input);
  return { clusterArns: items.map((one) => clusterArn(ctx, one.name)), nextToken };
};

/** DescribeClusters: at most a hundred; those unknown are failures. */
export const describeClusters: Handler = (input, ctx) => {
  const names = ((input["clusters"] as string[] | undefined)?.length ? input["clusters"] : ["default"]) as string[];
  if (names.length > 100) throw invalidParameter("Clusters cannot be more than 100 elements");
  const include = (input["include"] ?? []) as string[];
  const found = names.map((name) => [name, ctx.state.ecs.clusters[clusterName(name)]] as const);
  return {
    clusters: found.flatMap(([, one]) => (one ? [described(ctx, one, include)] : [])),
    failures: found.flatMap(([name, one]) => (one ? [] : [{ arn: clusterArn(ctx, clusterName(name)), reason: "MISSING" }])),
  };
};

/** CreateCluster: an existing one of that name is answered as it is. */
export const createCluster: Handler = (input, ctx) => {
  const name = input["clusterName"] === undefined ? "default" : String(input["clusterName"]);
  if (!NAME.test(name)) throw invalidParameter("Identifier contains invalid characters.");
  const { clusters } = ctx.state.ecs;
  const existing = clusters[name];
  if (existing?.status === "ACTIVE") return { cluster: described(ctx, existing, ["TAGS", "SETTINGS", "CONFIGURATIONS"]) };
  needLinkedRole(ctx);
  const cluster: Cluster = {
    name,
    status: "ACTIVE",
    settings: input["settings"] ?? [{ name: "containerInsights", value: "disabled" }],
    capacityProviders: input["capacityProviders"] ?? [],
    defaultCapacityProviderStrategy: input["defaultCapacityProviderStrategy"] ?? [],
    tags: tagsOf(input["tags"]),
    ...(input["configuration"] === undefined ? {} : { configuration: input["configuration"] }),
    ...(input["serviceConnectDefaults"] === undefined ? {} : { serviceConnectDefaults: input["serviceConnectDefaults"] }),
  };
  clusters[name] = cluster;
  return { cluster: described(ctx, cluster, ["TAGS", "SETTINGS", "CONFIGURATIONS"]) };
};

/** UpdateCluster: settings, configuration and Service Connect defaults. */
export const updateCluster: Handler = (input, ctx) => {
  const cluster = clusterOf(ctx, input["cluster"]);
  for (const { name, value } of (input["settings"] ?? []) as Cluster["settings"]) {
    cluster.settings = [...cluster.settings.filter((one) => one.name !== name), { name, value }];
  }
  if (input["configuration"] !== undefined) cluster.configuration = input["configuration"];
  if (input["serviceConnectDefaults"] !== undefined) cluster.serviceConnectDefaults = input["serviceConnectDefaults"];
  return { cluster: described(ctx, cluster, ["SETTINGS", "CONFIGURATIONS"]) };
};

/** DeleteCluster: refused while it has services or tasks. */
export const deleteCluster: Handler = (input, ctx) => {
  const cluster = clusterOf(ctx, input["cluster"]);
  const { services, tasks } = ctx.state.ecs;
  if (Object.values(services).some((one) => one.cluster === cluster.name && one.status !== "INACTIVE")) {
    throw new AwsError("ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.", { status: 400 });
  }
  if (Object.values(tasks).some((one) => one.cluster === cluster.name && one.lastStatus !== "STOPPED")) {
    throw new AwsError("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.", { status: 400 });
  }
  cluster.status = "INACTIVE";
  return { cluster: described(ctx, cluster, []) };
};

/** DescribeCapacityProviders: the two of Fargate. */
export const describeCapacityProviders: Handler = (input, ctx) => {
  const known = ["FARGATE", "FARGATE_SPOT"];
  const wanted = (input["capacityProviders"] ?? known) as string[];
  const arn = (name: string) => ecsArn(ctx, `capacity-provider/${name}`);
  const short = (name: string) => name.slice(name.lastIndexOf("/") + 1);
  return {
    capacityProviders: wanted
      .map(short)
      .filter((name) => known.includes(name))
      .map((name) => ({ capacityProviderArn: arn(name), name, status: "ACTIVE", tags: [] })),
    failures: wanted
      .map(short)
      .filter((name) => !known.includes(name))
      .map((name) => ({ arn: arn(name), reason: "MISSING" })),
  };
};

/** PutClusterCapacityProviders. */
export const putClusterCapacityProviders: Handler = (input, ctx) => {
  const cluster = clusterOf(ctx, input["cluster"]);
  const unknown = ((input["capacityProviders"] ?? []) as string[]).find((name) => !["FARGATE", "FARGATE_SPOT"].includes(name));
  if (unknown !== undefined) throw clientException(`The specified capacity provider ${unknown} is not in an ACTIVE state.`);
  cluster.capacityProviders = input["capacityProviders"] ?? [];
  cluster.defaultCapacityProviderStrategy = input["defaultCapacityProviderStrategy"] ?? [];
  return { cluster: described(ctx, cluster, []) };
};
