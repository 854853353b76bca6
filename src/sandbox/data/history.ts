import type { Input } from "../service.ts";
import type { World } from "../world.ts";
import { targetGroupArn } from "./balancers.ts";
import { secretArn } from "./keepings.ts";
import { accountId } from "./names.ts";
import { groupId, subnetId } from "./network.ts";
import { type ServiceSpec, serviceTemplate, stackName } from "./service-template.ts";

/** Something that was done to the account in the past: a call, or a change AWS's APIs here have no action for. */
export interface Deed {
  /** Milliseconds before now. */
  readonly ago: number;
  readonly region?: string;
  readonly scope?: string;
  readonly action?: string;
  readonly input?: Input;
  readonly change?: (world: World) => void;
}

const minute = 60_000;
const day = 24 * 60 * minute;

const registry = `${accountId}.dkr.ecr.eu-west-1.amazonaws.com`;
const privateSubnets = [subnetId("main", "private-a", "0f3"), subnetId("main", "private-b", "09c")];

const cluster = (ago: number, clusterName: string, region = "eu-west-1"): Deed => ({
  ago,
  region,
  scope: "ecs",
  action: "CreateCluster",
  input: {
    clusterName,
    capacityProviders: ["FARGATE", "FARGATE_SPOT"],
    settings: [{ name: "containerInsights", value: clusterName === "production" ? "enabled" : "disabled" }],
  },
});

const tags = (spec: ServiceSpec) => [
  { Key: "Octopus.Environment.Name", Value: "default" },
  { Key: "team", Value: spec.cluster === "analytics" ? "analytics" : "shop" },
];

const createStack = (ago: number, spec: ServiceSpec): Deed => ({
  ago,
  scope: "cloudformation",
  action: "CreateStack",
  input: { StackName: stackName(spec), TemplateBody: serviceTemplate(spec), Tags: tags(spec), Capabilities: ["CAPABILITY_NAMED_IAM"] },
});

const updateStack = (ago: number, spec: ServiceSpec): Deed => ({
  ago,
  scope: "cloudformation",
  action: "UpdateStack",
  input: { StackName: stackName(spec), TemplateBody: serviceTemplate(spec), Tags: tags(spec), Capabilities: ["CAPABILITY_NAMED_IAM"] },
});

const checkout: ServiceSpec = {
  name: "checkout",
  cluster: "production",
  image: `${registry}/shop/checkout:5.0.4`,
  subnets: privateSubnets,
  groups: [groupId("main", "web-tasks")],
  desired: 2,
  port: 8080,
  targetGroup: targetGroupArn("checkout-tg"),
  environment: { LOG_LEVEL: "info" },
  secrets: { DATABASE_PASSWORD: `${secretArn("shop/db")}:password::` },
};

const ordersWorker: ServiceSpec = {
  name: "orders-worker",
  cluster: "production",
  image: `${registry}/shop/worker:1.4.0`,
  subnets: privateSubnets,
  groups: [groupId("main", "worker-tasks")],
};

const stagingWeb: ServiceSpec = {
  name: "staging-web",
  cluster: "staging",
  image: `${registry}/shop/web:1.4.1`,
  subnets: privateSubnets,
  groups: [groupId("main", "web-tasks")],
  port: 80,
};

// Deployed by hand, not by a stack: what an import of a service begins with.
const search: readonly Deed[] = [
  {
    ago: 29 * day,
    scope: "ecs",
    action: "RegisterTaskDefinition",
    input: {
      family: "search",
      cpu: "512",
      memory: "1024",
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
      executionRoleArn: `arn:aws:iam::${accountId}:role/ecsTaskExecutionRole`,
      taskRoleArn: `arn:aws:iam::${accountId}:role/shop-task`,
      containerDefinitions: [
        {
          name: "search",
          image: `${registry}/shop/search:0.9.2`,
          essential: true,
          portMappings: [{ containerPort: 9200, hostPort: 9200, protocol: "tcp" }],
          environment: [{ name: "INDEX", value: "products" }],
          logConfiguration: {
            logDriver: "awslogs",
            options: { "awslogs-group": "/ecs/search", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "ecs" },
          },
        },
      ],
    },
  },
  { ago: 29 * day, scope: "logs", action: "CreateLogGroup", input: { logGroupName: "/ecs/search" } },
  {
    ago: 29 * day - minute,
    scope: "ecs",
    action: "CreateService",
    input: {
      cluster: "production",
      serviceName: "search",
      taskDefinition: "search",
      desiredCount: 2,
      launchType: "FARGATE",
      networkConfiguration: {
        awsvpcConfiguration: { subnets: privateSubnets, securityGroups: [groupId("main", "web-tasks")], assignPublicIp: "DISABLED" },
      },
      propagateTags: "SERVICE",
      tags: [{ key: "team", value: "shop" }],
    },
  },
];

/** How the account of Acme's shop came to be what it is. */
export const acmeHistory: readonly Deed[] = [
  cluster(380 * day, "production"),
  cluster(380 * day - minute, "staging"),
  cluster(250 * day, "analytics"),
  cluster(200 * day, "production-us", "us-east-1"),
  createStack(39 * day, checkout),
  ...search,
  createStack(19 * day, ordersWorker),
  updateStack(11 * day, { ...checkout, image: `${registry}/shop/checkout:5.1.0` }),
  updateStack(5 * day, { ...ordersWorker, image: `${registry}/shop/worker:1.4.1` }),
  createStack(5 * day - minute, stagingWeb),
];

const shopWeb: ServiceSpec = {
  name: "shop-web",
  cluster: "production",
  image: `${registry}/shop/web:1.4.0`,
  subnets: privateSubnets,
  groups: [groupId("main", "web-tasks")],
  desired: 2,
  port: 80,
  targetGroup: targetGroupArn("shop-tg"),
};

const tagOf = (spec: ServiceSpec, tag: string): ServiceSpec => ({ ...spec, image: `${registry}/shop/web:${tag}` });

/** A first deployment of shop-web that failed: the tag was never pushed. */
export const failedCreate: readonly Deed[] = [createStack(5 * 60 * minute, tagOf(shopWeb, "1.5.0"))];

// One task at a time, so that there is something to watch for a while.
const oneByOne: ServiceSpec = { ...shopWeb, desired: 4, maximum: 125 };

/** An update of shop-web that began half a minute ago. */
export const updateInProgress: readonly Deed[] = [createStack(15 * day, oneByOne), updateStack(minute / 2, tagOf(oneByOne, "1.4.2"))];

const dropTag =
  (repository: string, tag: string) =>
  (world: World): void => {
    const images = Object.values(world.regions["eu-west-1"]?.ecr.repositories[repository]?.images ?? {});
    for (const image of images) image.tags = image.tags.filter((each) => each !== tag);
  };

/** An update of shop-web that failed, and whose rollback failed too: the registry's clean-up had taken the old tag away. */
export const stuckRollback: readonly Deed[] = [
  createStack(15 * day, { ...shopWeb, minimum: 0, maximum: 100 }),
  { ago: 5 * 60 * minute, change: dropTag("shop/web", "1.4.0") },
  updateStack(5 * 60 * minute - 1, { ...tagOf(shopWeb, "1.5.0"), minimum: 0, maximum: 100 }),
];
