import type { Context } from "../../service.ts";
import type { JsonObject } from "../json.ts";
import { schemaOf } from "../schemas/index.ts";

/** The identifier of a resource that already bears the name a new one asks for, or undefined. */
export function existingResource(type: string, properties: JsonObject, ctx: Context): string | undefined {
  const property = schemaOf(type)?.nameProperty;
  const name = property === undefined ? undefined : properties[property];
  if (typeof name !== "string") return undefined;
  const { ecs, logs, ssm } = ctx.state;
  switch (type) {
    case "AWS::IAM::Role":
      return name in ctx.world.iam.roles ? name : undefined;
    case "AWS::Logs::LogGroup":
      return name in logs.groups ? name : undefined;
    case "AWS::SSM::Parameter":
      return name in ssm.parameters ? name : undefined;
    case "AWS::ECS::Cluster":
      return ecs.clusters[name]?.status === "ACTIVE" ? name : undefined;
    case "AWS::ECS::Service": {
      const cluster = String(properties["Cluster"] ?? "default")
        .split("/")
        .at(-1);
      const service = ecs.services[`${cluster}/${name}`];
      return service && service.status !== "INACTIVE"
        ? `arn:aws:ecs:${ctx.region}:${ctx.accountId}:service/${cluster}/${name}|${cluster}`
        : undefined;
    }
    default:
      return undefined;
  }
}
