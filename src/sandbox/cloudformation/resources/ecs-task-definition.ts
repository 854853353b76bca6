import type { Input } from "../../service.ts";
import type { JsonObject } from "../json.ts";
import { ecs } from "./ecs-call.ts";
import { ecsMembers, ecsTags } from "./ecs-members.ts";
import type { ResourceRequest, ResourceType } from "./resource-type.ts";

function familyName(request: ResourceRequest): string {
  return `${request.stack.name}-${request.logicalId}-${request.ctx.hex(12)}`;
}

function registration(request: ResourceRequest): Input {
  const members = ecsMembers("AWS::ECS::TaskDefinition", request.properties) as JsonObject;
  const { tags, ...rest } = members;
  const all = ecsTags(request.tags, tags);
  return { ...rest, family: members["family"] ?? familyName(request), ...(all.length > 0 ? { tags: all } : {}) };
}

/** AWS::ECS::TaskDefinition: every change but of tags registers a new revision; the old one is deregistered in the clean-up. */
export const ecsTaskDefinition: ResourceType = {
  type: "AWS::ECS::TaskDefinition",
  seconds: { create: 2, update: 2, delete: 1 },
  create(request) {
    const answer = ecs(request.ctx, "RegisterTaskDefinition", registration(request));
    const { taskDefinitionArn } = answer["taskDefinition"] as { taskDefinitionArn: string };
    ecs(request.ctx, "DescribeTaskDefinition", { taskDefinition: taskDefinitionArn });
    return { physicalId: taskDefinitionArn, attributes: { TaskDefinitionArn: taskDefinitionArn } };
  },
  update(request, current) {
    const tags = ecsTags(request.tags, ecsMembers("AWS::ECS::TaskDefinition", request.properties)["tags"]);
    ecs(request.ctx, "TagResource", { resourceArn: String(current.physicalId), tags });
    return {};
  },
  delete({ ctx }, current) {
    ecs(ctx, "DeregisterTaskDefinition", { taskDefinition: String(current.physicalId) });
  },
};
