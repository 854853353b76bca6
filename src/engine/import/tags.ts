/** The tags of what runs: the user's, and those that a deployment made of what it knew. */
import type { JsonObject } from "../schema.ts";
import { isFact, targetFacts } from "../tags.ts";
import { isObject } from "../values/reading.ts";
import type { Bag } from "./bag.ts";

/** Where the tags of a service or a task definition belong in a profile. */
export interface PlacedTags {
  /** What becomes generated tags again: the environment, project, tenant and space. */
  readonly target: JsonObject;
  /** Further facts of a deployment, by their names. */
  readonly variables: JsonObject;
  /** The user's: rows of `key` and `value`. */
  readonly additional: JsonObject[];
}

/** Takes the tags out of their rows; those that AWS set itself (`aws:…`) stay behind. */
export function placeTags(rows: readonly Bag[]): PlacedTags {
  const tags = rows
    .filter((row) => !/^aws:/i.test(String(row.peek("key") ?? "")))
    .map((row) => ({ key: row.take("key") ?? "", value: row.take("value") ?? "" }));
  const facts = tags.flatMap(({ key, value }) => (typeof key === "string" && isFact(key) ? [[key, value] as const] : []));
  return {
    target: Object.fromEntries(facts.flatMap(([key, value]) => (targetFacts[key] ? [[targetFacts[key], value]] : []))),
    variables: Object.fromEntries(facts.filter(([key]) => !targetFacts[key])),
    additional: tags.filter(({ key }) => typeof key !== "string" || !isFact(key)),
  };
}

/** The tags of a service with those in the profile of its task definition, which count where the service has none of that name. */
export function unitedTags(own: PlacedTags, definition: JsonObject): PlacedTags {
  const part = (key: string) => (isObject(definition[key]) ? definition[key] : {});
  const { additional } = part("tags");
  const others = Array.isArray(additional) ? additional.filter(isObject) : [];
  return {
    target: { ...part("target"), ...own.target },
    variables: { ...part("variables"), ...own.variables },
    additional: [...own.additional, ...others.filter(({ key }) => !own.additional.some((tag) => tag["key"] === key))],
  };
}
