import { type Problem, ProblemError } from "../engine/problem.ts";
import type { JsonObject } from "../engine/schema.ts";
import type { AwsClients } from "./clients.ts";
import { toProblem } from "./problems.ts";

/** A service as ECS describes it, with its task definition; keys as the API writes them, dates as ISO 8601. */
export interface DescribedService {
  readonly service: JsonObject;
  readonly taskDefinition: JsonObject;
}

const plain = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value ?? {})) as JsonObject;

/** Describes a running service; rejects with ProblemError, also when there is none of that name. */
export async function describeRunningService(clients: AwsClients, cluster: string, name: string): Promise<DescribedService> {
  try {
    const { DescribeServicesCommand, DescribeTaskDefinitionCommand } = await import("@aws-sdk/client-ecs");
    const ecs = await clients.ecs();
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [name], include: ["TAGS"] }));
    const service = services.find(({ status }) => status !== "INACTIVE");
    if (!service?.taskDefinition) throw new ProblemError(missing(cluster, name));
    const { taskDefinition, tags } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: service.taskDefinition, include: ["TAGS"] }),
    );
    return { service: plain(service), taskDefinition: plain({ ...taskDefinition, ...(tags?.length ? { tags } : {}) }) };
  } catch (error) {
    throw error instanceof ProblemError ? error : new ProblemError(toProblem(error));
  }
}

function missing(cluster: string, name: string): Problem {
  return {
    kind: "notFound",
    action: "ecs:DescribeServices",
    message: `There is no service ${name} in the cluster ${cluster}.`,
    hint: `List them with: aws ecs list-services --cluster ${cluster}`,
  };
}
