import { AwsError } from "../errors.ts";
import type { Input } from "../service.ts";

type Node = string | { [key: string]: Node };

// Without a prototype, so that no member name can reach one.
const emptyNode = (): { [key: string]: Node } => Object.create(null);

const maxDepth = 32;

const put = (into: { [key: string]: Node }, path: readonly string[], value: string): void => {
  const [head = "", ...rest] = path;
  if (rest.length === 0) {
    into[head] = value;
    return;
  }
  const child = into[head];
  const node = typeof child === "object" ? child : emptyNode();
  into[head] = node;
  put(node, rest, value);
};

const isNumbered = (keys: readonly string[]): boolean => keys.length > 0 && keys.every((key) => /^\d+$/.test(key));

const simplify = (node: Node): unknown => {
  if (typeof node === "string") return node;
  const keys = Object.keys(node);
  if (keys.length === 1 && keys[0] === "member" && typeof node["member"] === "object") return simplify(node["member"]);
  if (isNumbered(keys)) return keys.sort((a, b) => Number(a) - Number(b)).map((key) => simplify(node[key] ?? ""));
  return Object.fromEntries(keys.map((key) => [key, simplify(node[key] ?? "")]));
};

/**
 * The members of a form-encoded call as a tree: `Tags.member.1.Key=a` and `Filter.1.Value.2=b` become lists of structures.
 * Scalars stay texts; an empty list arrives as the empty text.
 */
export const readForm = (params: URLSearchParams): Input => {
  const root = emptyNode();
  for (const [key, value] of params) {
    const path = key.split(".");
    if (path.length > maxDepth) throw new AwsError("MalformedQueryString", "The query string is malformed.", { status: 404 });
    put(root, path, value);
  }
  const { Action: _action, Version: _version, ...members } = root;
  return simplify({ ...members }) as Input;
};
