import { ecsCluster } from "./ecs-cluster.ts";
import { ecsService } from "./ecs-service.ts";
import { ecsTaskDefinition } from "./ecs-task-definition.ts";
import { iamRole } from "./iam-role.ts";
import { logGroup } from "./log-group.ts";
import { nestedStack } from "./nested-stack.ts";
import type { ResourceType } from "./resource-type.ts";
import { snsTopic, ssmParameter, waitConditionHandle } from "./small-types.ts";

const TYPES: Record<string, ResourceType> = Object.fromEntries(
  [ecsCluster, ecsService, ecsTaskDefinition, iamRole, logGroup, nestedStack, snsTopic, ssmParameter, waitConditionHandle].map((one) => [
    one.type,
    one,
  ]),
);

/** How a simulated resource type is made, changed and deleted; undefined for the others. */
export function resourceTypeOf(type: string): ResourceType | undefined {
  return TYPES[type];
}
