import { AwsError } from "../errors.ts";
import type { Context, Handler } from "../service.ts";
import { clusterArn, lastPart, serviceArn, taskArn } from "./arns.ts";
import { invalidParameter } from "./errors.ts";
import { findDefinition } from "./find.ts";
import type { EcsTag } from "./state.ts";

/** The tags of a request; throws for reserved prefixes and more than fifty. */
export function tagsOf(value: unknown): EcsTag[] {
  const tags = (Array.isArray(value) ? value : []).map((tag: EcsTag) => ({ key: String(tag.key), value: String(tag.value ?? "") }));
  if (tags.length > 50) throw invalidParameter("Tags can not be more than 50 elements");
  if (tags.some((tag) => tag.key.toLowerCase().startsWith("aws:"))) {
    throw invalidParameter("Invalid tag provided: the prefix aws: is reserved for AWS use.");
  }
  if (new Set(tags.map((tag) => tag.key)).size !== tags.length) throw invalidParameter("Duplicate keys are not allowed");
  return tags;
}

/** Throws when something is created with tags and the caller may not put them on it. */
export function mayTag(ctx: Context, creating: string, arn: string, tags: unknown): void {
  if (Array.isArray(tags) && tags.length > 0) ctx.authorize("ecs:TagResource", arn, { "ecs:CreateAction": creating });
}

/** Tags as they are after `added` was put over `tags`. */
export function mergedTags(tags: EcsTag[], added: EcsTag[]): EcsTag[] {
  const names = new Set(added.map((tag) => tag.key));
  return [...tags.filter((tag) => !names.has(tag.key)), ...added];
}

interface Tagged {
  tags: EcsTag[];
}

function tagged(ctx: Context, arn: unknown): Tagged {
  const text = String(arn ?? "");
  const { ecs } = ctx.state;
  const found: Tagged | undefined = text.includes(":task-definition/")
    ? findDefinition(ctx, text)
    : ([
        ...Object.values(ecs.clusters).filter((one) => clusterArn(ctx, one.name) === text),
        ...Object.values(ecs.services).filter((one) => serviceArn(ctx, one.cluster, one.name) === text),
        ...[ecs.tasks[lastPart(text)]].filter((one) => one !== undefined && taskArn(ctx, one.cluster, one.id) === text),
      ][0] as Tagged | undefined);
  if (!found) throw new AwsError("InvalidParameterException", "The specified resource was not found.", { status: 400 });
  return found;
}

/** TagResource. */
export const tagResource: Handler = (input, ctx) => {
  const resource = tagged(ctx, input["resourceArn"]);
  resource.tags = mergedTags(resource.tags, tagsOf(input["tags"]));
  return {};
};

/** UntagResource. */
export const untagResource: Handler = (input, ctx) => {
  const resource = tagged(ctx, input["resourceArn"]);
  const keys = new Set<string>(Array.isArray(input["tagKeys"]) ? input["tagKeys"] : []);
  resource.tags = resource.tags.filter((tag) => !keys.has(tag.key));
  return {};
};

/** ListTagsForResource. */
export const listTagsForResource: Handler = (input, ctx) => ({ tags: tagged(ctx, input["resourceArn"]).tags });
