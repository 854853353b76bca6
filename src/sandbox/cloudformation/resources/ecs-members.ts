import { isObject, type Json, type JsonObject } from "../json.ts";
import { schemaOf } from "../schemas/index.ts";
import type { Shape } from "../schemas/schema.ts";

const OWN_NAMES: Record<string, string> = { FilesystemId: "fileSystemId", IAM: "iam", EFSVolumeConfiguration: "efsVolumeConfiguration" };

function memberName(name: string): string {
  return OWN_NAMES[name] ?? name.charAt(0).toLowerCase() + name.slice(1);
}

function convert(value: Json, shape: Shape | undefined): Json {
  if (Array.isArray(value)) return value.map((one) => convert(one, Array.isArray(shape) ? shape[0] : undefined));
  if (!isObject(value) || typeof shape === "string" || shape === undefined || Array.isArray(shape)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [memberName(key), convert(child, shape[key] ?? shape[`${key}!`])]));
}

/** The properties of an ECS resource with the member names of the ECS API; the keys of maps (labels, options) stay as they are. */
export function ecsMembers(type: string, properties: JsonObject): JsonObject {
  return convert(properties, schemaOf(type)?.properties ?? {}) as JsonObject;
}

/** Tags with ECS's member names: the stack's, then the resource's own. */
export function ecsTags(stackTags: { Key: string; Value: string }[], own: Json | undefined): { key: string; value: string }[] {
  const resource = (Array.isArray(own) ? own : [])
    .filter(isObject)
    .map((tag) => ({ key: String(tag["key"]), value: String(tag["value"]) }));
  const names = new Set(resource.map((tag) => tag.key));
  return [...stackTags.filter((tag) => !names.has(tag.Key)).map((tag) => ({ key: tag.Key, value: tag.Value })), ...resource];
}
