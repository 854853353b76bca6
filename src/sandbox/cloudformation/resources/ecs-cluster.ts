import { ecs } from "./ecs-call.ts";
import { ecsMembers, ecsTags } from "./ecs-members.ts";
import { generatedName } from "./physical-names.ts";
import type { ResourceType } from "./resource-type.ts";

/** AWS::ECS::Cluster: `Ref` is its name. */
export const ecsCluster: ResourceType = {
  type: "AWS::ECS::Cluster",
  seconds: { create: 6, update: 4, delete: 3 },
  create(request) {
    const { clusterSettings, tags, ...rest } = ecsMembers("AWS::ECS::Cluster", request.properties);
    const clusterName = typeof rest["clusterName"] === "string" ? rest["clusterName"] : generatedName(request, 255);
    const all = ecsTags(request.tags, tags);
    const answer = ecs(request.ctx, "CreateCluster", {
      ...rest,
      clusterName,
      ...(clusterSettings === undefined ? {} : { settings: clusterSettings }),
      ...(all.length > 0 ? { tags: all } : {}),
    });
    return { physicalId: clusterName, attributes: { Arn: (answer["cluster"] as { clusterArn: string }).clusterArn } };
  },
  update(request, current) {
    const { clusterSettings, configuration, serviceConnectDefaults } = ecsMembers("AWS::ECS::Cluster", request.properties);
    ecs(request.ctx, "UpdateCluster", {
      cluster: String(current.physicalId),
      ...(clusterSettings === undefined ? {} : { settings: clusterSettings }),
      ...(configuration === undefined ? {} : { configuration }),
      ...(serviceConnectDefaults === undefined ? {} : { serviceConnectDefaults }),
    });
    return {};
  },
  delete({ ctx }, current) {
    ecs(ctx, "DeleteCluster", { cluster: String(current.physicalId) });
  },
};
