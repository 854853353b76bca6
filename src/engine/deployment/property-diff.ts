/** What differs between two definitions of a resource, property by property. */
import { secretMark } from "./as-deployed.ts";
import { maskSecrets } from "./mask.ts";

/** One property that differs; values have their secrets masked. */
export interface PropertyChange {
  /** e.g. `ContainerDefinitions[web].Environment[LOG_LEVEL].Value`. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What CloudFormation puts for values of things that the change set has yet to make. */
const knownLater = "{{changeSet:KNOWN_AFTER_APPLY}}";

/** A property's value for a person; undefined where there is none. */
export function shownValue(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return (typeof value === "string" ? value : JSON.stringify(value)).replaceAll(knownLater, "(known after the change)");
}

/**
 * A value with everything hidden that is hidden at its place in `recorded`, an earlier definition of the same resource with marks in
 * the place of its secrets: nobody knows any more that the value was one.
 */
export function hiddenLike(value: unknown, recorded: unknown): unknown {
  if (typeof recorded === "string") return value !== undefined && recorded.includes(secretMark) ? secretMark : value;
  const rows = keyed(recorded);
  const own = keyed(value);
  if (!rows || !own) return value;
  const shown = Object.entries(own).map(([key, inner]) => [key, hiddenLike(inner, rows[key])] as const);
  return Array.isArray(value) ? shown.map(([, inner]) => inner) : Object.fromEntries(shown);
}

/** The value at a path as {@link PropertyChange} has it. */
export function valueAtPath(root: unknown, path: string): unknown {
  if (path === "") return root;
  const rows = keyed(root);
  if (!rows) return undefined;
  const list = Array.isArray(root);
  for (const [key, inner] of Object.entries(rows)) {
    const start = list ? `[${key}]` : key;
    const rest = path.startsWith(start) ? path.slice(start.length) : undefined;
    if (rest === "" || rest?.startsWith("[")) return valueAtPath(inner, rest);
    if (rest?.startsWith(".")) return valueAtPath(inner, rest.slice(1));
  }
  return undefined;
}

type Named = Readonly<Record<string, unknown>>;

/** The properties that differ, in the order of the newer definition. Rows with names are compared by name, not by place. */
export function diffProperties(before: unknown, after: unknown): readonly PropertyChange[] {
  return [...diff("", before, after, maskSecrets(before), maskSecrets(after))];
}

function* diff(path: string, before: unknown, after: unknown, shownBefore: unknown, shownAfter: unknown): Generator<PropertyChange> {
  if (isSame(before, after)) return;
  const rows = keyed(before) ?? (before === undefined ? {} : undefined);
  const newRows = keyed(after) ?? (after === undefined ? {} : undefined);
  if (!rows || !newRows || (before === undefined && path !== "" && !isContainer(after)) || (after === undefined && path !== "")) {
    yield { path, ...(before !== undefined && { before: shownBefore }), ...(after !== undefined && { after: shownAfter }) };
    return;
  }
  const shownRows = keyed(shownBefore) ?? {};
  const shownNewRows = keyed(shownAfter) ?? {};
  const list = Array.isArray(after ?? before);
  for (const key of new Set([...Object.keys(newRows), ...Object.keys(rows)])) {
    const inner = list ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    yield* diff(inner, rows[key], newRows[key], shownRows[key], shownNewRows[key]);
  }
}

/** An object as it is; a list by the names of its rows, else by their places. Undefined for anything else. */
function keyed(value: unknown): Named | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value)) return value as Named;
  const names = value.map((row) => rowName(row));
  const unique = names.every((name) => name !== undefined) && new Set(names).size === names.length;
  return Object.fromEntries(value.map((row, at) => [unique ? (names[at] as string) : String(at), row]));
}

function rowName(row: unknown): string | undefined {
  if (typeof row !== "object" || row === null) return undefined;
  const { Name, Key, ContainerPort } = row as Named;
  if (typeof Name === "string") return Name;
  if (typeof Key === "string") return Key;
  return ContainerPort === undefined ? undefined : String(ContainerPort);
}

function isContainer(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && rowName(value) !== undefined;
}

/** CloudFormation gives numbers and booleans back as text. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isScalar(a) && isScalar(b)) return String(a) === String(b);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const left = Object.entries(a);
  const right = b as Named;
  return left.length === Object.keys(b).length && left.every(([key, value]) => key in right && isSame(value, right[key]));
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
