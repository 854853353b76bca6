import type { Conditions, Context, Input } from "../service.ts";
import { clusterArn, familyArn, lastPart, serviceArn, taskArn } from "./arns.ts";
import { clusterName } from "./find.ts";

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)]);

/** What a policy must allow a call on, as https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html has it. */
export function resourceOf(action: string, input: Input, ctx: Context): string | readonly string[] {
  const cluster = clusterName(input["cluster"]);
  const arns = texts(
    input["resourceArn"] ?? input["serviceDeploymentArns"] ?? input["serviceDeploymentArn"] ?? input["serviceRevisionArns"],
  );
  if (arns.length > 0) return arns;
  if (action === "RegisterTaskDefinition") return familyArn(ctx, String(input["family"]));
  if (/TaskDefinition/.test(action) || action === "ListClusters" || action === "CreateCluster") return "*";
  if (action === "DescribeClusters") return orOne(texts(input["clusters"]), "default").map((one) => clusterArn(ctx, clusterName(one)));
  const tasks = texts(input["tasks"] ?? input["task"]);
  if (tasks.length > 0) return tasks.map((one) => taskArn(ctx, cluster, lastPart(one)));
  const services = texts(input["services"] ?? input["serviceName"] ?? input["service"]);
  if (services.length > 0 && action !== "ListTasks")
    return services.map((one) => (one.startsWith("arn:") ? one : serviceArn(ctx, cluster, one)));
  return action.startsWith("List") ? "*" : clusterArn(ctx, cluster);
}

/** The cluster that most of ECS's actions happen in: the one a call names, or the one in the ARN of its service. */
export function conditionsOf(action: string, input: Input, ctx: Context): Conditions {
  if (/TaskDefinition|Clusters?$/.test(action)) return {};
  const [service = ""] = texts(input["service"] ?? input["services"] ?? input["serviceDeploymentArn"]);
  const ofService = /:service(?:-deployment)?\/([^/]+)\//.exec(service)?.[1];
  return { "ecs:cluster": clusterArn(ctx, clusterName(input["cluster"] ?? ofService)) };
}

const orOne = (all: readonly string[], one: string): readonly string[] => (all.length > 0 ? all : [one]);
