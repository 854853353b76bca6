import { structures } from "./input.ts";

/** Tags as the sandbox keeps them: key → value, in the order they were given. */
export type Tags = Record<string, string>;

/** Tags as most services write them: `[{Key, Value}]`. */
export const tagList = (tags: Tags): { Key: string; Value: string }[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** Tags as most services read them. */
export const readTags = (value: unknown): Tags =>
  Object.fromEntries(structures(value).map((tag) => [String(tag["Key"]), String(tag["Value"] ?? "")]));
