import { distance } from "fastest-levenshtein";
import { ProblemError, UserError } from "../engine/problem.ts";
import type { JsonObject } from "../engine/schema.ts";
import type { AwsClients } from "./clients.ts";
import { toProblem } from "./problems.ts";

/** A service as ECS describes it, with its task definition; keys as the API writes them, dates as ISO 8601. */
export interface DescribedService {
  readonly service: JsonObject;
  readonly taskDefinition: JsonObject;
}

const plain = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value ?? {})) as JsonObject;

/** Describes a running service; rejects with ProblemError, and with a UserError that names others when there is none of that name. */
export async function describeRunningService(clients: AwsClients, cluster: string, name: string): Promise<DescribedService> {
  try {
    const { DescribeServicesCommand, DescribeTaskDefinitionCommand } = await import("@aws-sdk/client-ecs");
    const ecs = await clients.ecs();
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [name], include: ["TAGS"] }));
    const service = services.find(({ status }) => status !== "INACTIVE");
    if (!service?.taskDefinition) throw await missing(clients, cluster, name);
    const { taskDefinition, tags } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: service.taskDefinition, include: ["TAGS"] }),
    );
    return { service: plain(service), taskDefinition: plain({ ...taskDefinition, ...(tags?.length ? { tags } : {}) }) };
  } catch (error) {
    throw error instanceof UserError ? error : new ProblemError(toProblem(error));
  }
}

/** So many of a cluster's services are named to somebody who asked for one that is not there. */
const named = 5;

async function missing(clients: AwsClients, cluster: string, name: string): Promise<UserError> {
  const { ListServicesCommand } = await import("@aws-sdk/client-ecs");
  const ecs = await clients.ecs();
  const arns = await ecs.send(new ListServicesCommand({ cluster, maxResults: 100 })).then(
    ({ serviceArns = [] }) => serviceArns,
    () => undefined,
  );
  const rank = (other: string) => distance(name, other);
  const others = (arns ?? []).map((arn) => arn.split("/").at(-1) ?? arn).sort((a, b) => rank(a) - rank(b));
  const more = others.length > named ? `, … (${others.length})` : "";
  return new UserError(`there is no service ${name} in the cluster ${cluster}`, {
    hint:
      others.length > 0
        ? `There are: ${others.slice(0, named).join(", ")}${more}.`
        : arns
          ? "The cluster has no services."
          : `List them with: aws ecs list-services --cluster ${cluster}`,
  });
}
