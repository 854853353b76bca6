/** A profile as it was deployed: with the values it was given besides its own, so that the same can be deployed again. */
import type { JsonObject } from "../schema.ts";
import { isObject } from "../values/reading.ts";
import { references } from "../variables/index.ts";

/** What stands in a record in the place of a secret value. */
export const secretMark = "•••";

const sameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
/** `Db.Host` and `Db[0]` are looked up in `Db` as well. */
const isOf = (used: string, name: string) =>
  sameName(used, name) || (sameName(used.slice(0, name.length), name) && /^[.[]/.test(used.slice(name.length)));

/**
 * The values among `given`, later ones over earlier ones, that a profile uses, directly or by way of another value, or that
 * become tags (`Octopus.…`). The variables the profile marks as sensitive are left out: their values are kept nowhere.
 */
export function usedVariables(
  profile: JsonObject,
  given: Readonly<Record<string, string>>,
  sensitive: readonly string[],
): Readonly<Record<string, string>> {
  const open = new Map(Object.entries(given).filter(([name]) => !sensitive.some((one) => sameName(one, name))));
  const used = new Map<string, string>();
  const take = (name: string, value: string) => {
    open.delete(name);
    used.set(name, value);
    look(value);
  };
  const look = (text: string) => {
    for (const { name: wanted } of references(text)) for (const [name, value] of open) if (isOf(wanted, name)) take(name, value);
  };
  for (const text of texts(profile)) look(text);
  for (const [name, value] of open) if (/^octopus\./i.test(name)) take(name, value);
  return Object.fromEntries(used);
}

function* texts(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) yield* texts(inner);
}

/** The profile of a record with the values it was deployed with; undefined where the record has no profile. */
export function profileAsDeployed({
  snapshot,
  variables = {},
}: {
  readonly snapshot?: JsonObject | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
}): JsonObject | undefined {
  const names = Object.keys(variables);
  if (!snapshot || names.length === 0) return snapshot;
  const own = Object.entries(isObject(snapshot["variables"] ?? null) ? (snapshot["variables"] as JsonObject) : {});
  const kept = own.filter(([name]) => !names.some((one) => sameName(one, name)));
  return { ...snapshot, variables: { ...Object.fromEntries(kept), ...variables } };
}
