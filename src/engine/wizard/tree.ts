import type { Json, JsonObject, Path } from "../schema.ts";

/** The value at a path, or undefined. */
export function getAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** The tree with `value` at `path`; what stands in the way (a text where an object is needed) is replaced. Shares what did not change. */
export function setAt(root: JsonObject, path: Path, value: Json): JsonObject {
  return put(root, path, value) as JsonObject;
}

function put(node: unknown, path: Path, value: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === "number") {
    const rows: Json[] = Array.isArray(node) ? [...(node as Json[])] : [];
    rows[Math.min(step, rows.length)] = put(rows[step], rest, value);
    return rows;
  }
  const object = isObject(node) ? node : {};
  return { ...object, [step]: put(Object.hasOwn(object, step) ? object[step] : undefined, rest, value) };
}

/** The tree without the value at `path`; objects and lists left empty go too, rows of a list stay. */
export function removeAt(root: JsonObject, path: Path): JsonObject {
  return (take(root, path) as JsonObject | undefined) ?? {};
}

function take(node: unknown, [step, ...rest]: Path): Json | undefined {
  if (step === undefined) return undefined;
  if (typeof step === "number") {
    if (!Array.isArray(node) || step >= node.length) return node as Json;
    const rows = node as Json[];
    if (rest.length === 0) return rows.length === 1 ? undefined : rows.toSpliced(step, 1);
    return rows.with(step, take(rows[step], rest) ?? {});
  }
  if (!isObject(node) || !Object.hasOwn(node, step)) return node as Json;
  const { [step]: old, ...others } = node;
  const left = take(old, rest);
  if (left === undefined) return Object.keys(others).length === 0 ? undefined : others;
  return { ...node, [step]: left };
}

/** The tree with a row put into the list at `path`, before the row `at`. */
export function insertAt(root: JsonObject, path: Path, at: number, row: Json): JsonObject {
  return setAt(root, path, rowsAt(root, path).toSpliced(at, 0, row));
}

/** The tree with row `from` of the list at `path` standing at `to`. */
export function moveAt(root: JsonObject, path: Path, from: number, to: number): JsonObject {
  const rows = rowsAt(root, path);
  const row = rows[from];
  if (row === undefined || to < 0 || to >= rows.length) return root;
  return setAt(root, path, rows.toSpliced(from, 1).toSpliced(to, 0, row));
}

/** The rows of the list at `path`; none when there is no list. */
export function rowsAt(root: unknown, path: Path): Json[] {
  const rows = getAt(root, path);
  return Array.isArray(rows) ? (rows as Json[]) : [];
}

/** True for a plain object of a profile. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True when `path` begins with `start`. */
export function startsWith(path: Path, start: Path): boolean {
  return start.every((step, at) => path[at] === step);
}
