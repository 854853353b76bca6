import { ECS_SERVICE } from "./ecs-service.ts";
import type { ResourceSchema } from "./schema.ts";
import { ECS_CLUSTER, IAM_ROLE, LOG_GROUP, NESTED_STACK, SNS_TOPIC, SSM_PARAMETER, WAIT_CONDITION_HANDLE } from "./simple-types.ts";
import { TASK_DEFINITION } from "./task-definition.ts";

const SCHEMAS: Record<string, ResourceSchema> = Object.fromEntries(
  [ECS_SERVICE, TASK_DEFINITION, ECS_CLUSTER, IAM_ROLE, LOG_GROUP, NESTED_STACK, SNS_TOPIC, SSM_PARAMETER, WAIT_CONDITION_HANDLE].map(
    (schema) => [schema.type, schema],
  ),
);

/** The schema of a simulated resource type, or undefined. */
export function schemaOf(type: string): ResourceSchema | undefined {
  return SCHEMAS[type];
}

/** Whether `Fn::GetAtt` may ask a resource of the type for the attribute; `Outputs.*` stands for all outputs. */
export function hasAttribute(type: string, attribute: string): boolean {
  const known = schemaOf(type)?.attributes ?? [];
  return known.includes(attribute) || (attribute.startsWith("Outputs.") && known.includes("Outputs.*"));
}
