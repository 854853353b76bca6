import { AwsError } from "../../errors.ts";
import type { Context, Input } from "../../service.ts";
import { isObject, type Json } from "../json.ts";
import { generatedName } from "./physical-names.ts";
import { HandlerFailure, type ResourceType, serviceFailure } from "./resource-type.ts";

function logs(ctx: Context, action: string, input: Input): void {
  try {
    ctx.call("logs", action, input);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.code === "ResourceAlreadyExistsException") {
      const identifier = JSON.stringify({ "/properties/LogGroupName": input["logGroupName"] });
      throw new HandlerFailure(`Resource of type 'AWS::Logs::LogGroup' with identifier '${identifier}' already exists.`, "AlreadyExists");
    }
    throw serviceFailure(ctx, "logs", error);
  }
}

function tagMap(tags: Json | undefined): Record<string, string> {
  return Object.fromEntries((Array.isArray(tags) ? tags : []).filter(isObject).map((tag) => [String(tag["Key"]), String(tag["Value"])]));
}

function retention(ctx: Context, logGroupName: string, days: Json | undefined, before: Json | undefined): void {
  if (days === before) return;
  if (days === undefined) logs(ctx, "DeleteRetentionPolicy", { logGroupName });
  else logs(ctx, "PutRetentionPolicy", { logGroupName, retentionInDays: days });
}

/** The handler looks at the group before and after it changes it. */
function read(ctx: Context, logGroupName: string): void {
  logs(ctx, "DescribeLogGroups", { logGroupNamePrefix: logGroupName });
  logs(ctx, "ListTagsForResource", { resourceArn: `arn:aws:logs:${ctx.region}:${ctx.accountId}:log-group:${logGroupName}` });
}

/** AWS::Logs::LogGroup. */
export const logGroup: ResourceType = {
  type: "AWS::Logs::LogGroup",
  seconds: { create: 4, update: 3, delete: 2 },
  create(request) {
    const { ctx, properties } = request;
    const logGroupName = typeof properties["LogGroupName"] === "string" ? properties["LogGroupName"] : generatedName(request, 512);
    const tags = { ...Object.fromEntries(request.tags.map((tag) => [tag.Key, tag.Value])), ...tagMap(properties["Tags"]) };
    logs(ctx, "CreateLogGroup", {
      logGroupName,
      ...(properties["KmsKeyId"] === undefined ? {} : { kmsKeyId: properties["KmsKeyId"] }),
      ...(Object.keys(tags).length === 0 ? {} : { tags }),
    });
    retention(ctx, logGroupName, properties["RetentionInDays"], undefined);
    read(ctx, logGroupName);
    return { physicalId: logGroupName, attributes: { Arn: `arn:aws:logs:${ctx.region}:${ctx.accountId}:log-group:${logGroupName}:*` } };
  },
  update({ ctx, properties }, current) {
    read(ctx, String(current.physicalId));
    retention(ctx, String(current.physicalId), properties["RetentionInDays"], current.properties["RetentionInDays"]);
    return {};
  },
  delete({ ctx }, current) {
    try {
      read(ctx, String(current.physicalId));
      logs(ctx, "DeleteLogGroup", { logGroupName: String(current.physicalId) });
    } catch (error) {
      if (!(error instanceof HandlerFailure && error.handlerErrorCode === "NotFound")) throw error;
    }
  },
};
