import { isObject, type Json } from "../json.ts";

/** One place where a template points at something else by name. */
export type Reference =
  | { kind: "ref"; name: string }
  | { kind: "attribute"; name: string; attribute: string }
  | { kind: "condition"; name: string }
  | { kind: "mapping"; name: string };

const PLACEHOLDER = /\$\{([^!}][^}]*)\}/g;

/** The names between `${` and `}` of a `Fn::Sub` text; `${!Literal}` is not one. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => (match[1] ?? "").trim());
}

function ofPlaceholder(name: string): Reference {
  const dot = name.indexOf(".");
  return dot < 0 ? { kind: "ref", name } : { kind: "attribute", name: name.slice(0, dot), attribute: name.slice(dot + 1) };
}

function ofSub(argument: Json): Reference[] {
  const [text, own] = Array.isArray(argument) ? argument : [argument, undefined];
  const local = isObject(own) ? own : {};
  const names = typeof text === "string" ? placeholders(text).filter((name) => !(name in local)) : [];
  return [...names.map(ofPlaceholder), ...referencesIn(local)];
}

function ofAttribute(argument: Json): Reference[] {
  const [name, attribute] = typeof argument === "string" ? argument.split(/\.(.*)/s) : Array.isArray(argument) ? argument : [];
  if (typeof name !== "string") return [];
  return [{ kind: "attribute", name, attribute: typeof attribute === "string" ? attribute : "" }];
}

function ofFunction(key: string, argument: Json): Reference[] {
  switch (key) {
    case "Ref":
      return typeof argument === "string" ? [{ kind: "ref", name: argument }] : [];
    case "Condition":
      return typeof argument === "string" ? [{ kind: "condition", name: argument }] : [];
    case "Fn::GetAtt":
      return ofAttribute(argument);
    case "Fn::Sub":
      return ofSub(argument);
    case "Fn::If":
      return [
        ...(Array.isArray(argument) && typeof argument[0] === "string" ? [{ kind: "condition", name: argument[0] } as const] : []),
        ...referencesIn(argument),
      ];
    case "Fn::FindInMap":
      return [
        ...(Array.isArray(argument) && typeof argument[0] === "string" ? [{ kind: "mapping", name: argument[0] } as const] : []),
        ...referencesIn(argument),
      ];
    default:
      return referencesIn(argument);
  }
}

/** Every reference inside a value, in reading order. */
export function referencesIn(value: Json | undefined): Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only) return ofFunction(only[0], only[1]);
  return entries.flatMap(([, child]) => referencesIn(child));
}
