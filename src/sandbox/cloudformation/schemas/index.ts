import { ECS_SERVICE } from "./ecs-service.ts";
import type { ResourceSchema } from "./schema.ts";
import { ECS_CLUSTER, IAM_ROLE, LOG_GROUP, SNS_TOPIC, SSM_PARAMETER, WAIT_CONDITION_HANDLE } from "./simple-types.ts";
import { TASK_DEFINITION } from "./task-definition.ts";

const SCHEMAS: Record<string, ResourceSchema> = Object.fromEntries(
  [ECS_SERVICE, TASK_DEFINITION, ECS_CLUSTER, IAM_ROLE, LOG_GROUP, SNS_TOPIC, SSM_PARAMETER, WAIT_CONDITION_HANDLE].map((schema) => [
    schema.type,
    schema,
  ]),
);

/** The schema of a simulated resource type, or undefined. */
export function schemaOf(type: string): ResourceSchema | undefined {
  return SCHEMAS[type];
}
