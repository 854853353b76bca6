import { secretMark } from "../../engine/deployment/as-deployed.ts";
import { formatPath, type JsonObject, type Path } from "../../engine/schema.ts";

/**
 * What differs from the one profile to the other, a line for each value: `path: before → after`. Values of variables may be secret and
 * stay hidden; what was kept without its value, as a secret, cannot be compared.
 */
export function compareProfiles(before: JsonObject, after: JsonObject): string[] {
  const old = leaves(before);
  const fresh = leaves(after);
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((path) => old.get(path) !== fresh.get(path) && !old.get(path)?.includes(secretMark))
    .map((path) => change(path, old.get(path), fresh.get(path)));
}

function change(path: string, before: string | undefined, after: string | undefined): string {
  if (!/^variables\b/.test(path)) return `${path}: ${before ?? "nothing"} → ${after ?? "nothing"}`;
  return `${path}: ${before === undefined ? "added" : after === undefined ? "removed" : "another value"}`;
}

function leaves(value: unknown, path: Path = [], into = new Map<string, string>()): Map<string, string> {
  if (typeof value === "object" && value !== null)
    for (const [key, inner] of Object.entries(value)) leaves(inner, [...path, Array.isArray(value) ? Number(key) : key], into);
  else if (path.length > 0) into.set(formatPath(path), String(value));
  return into;
}
