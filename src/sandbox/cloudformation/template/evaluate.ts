import { badFunction, invalid } from "../invalid.ts";
import { isObject, type Json, scalarText } from "../json.ts";
import type { Template } from "./types.ts";

/** What the functions of a template are evaluated against. */
export interface Scope {
  template: Template;
  /** Values of parameters and pseudo parameters, lists already split. */
  values: Record<string, Json>;
  /** Truth of each condition of the template. */
  conditions: Record<string, boolean>;
  /** The value `Ref` yields for a resource, or undefined while there is none. */
  physicalId(logicalId: string): Json | undefined;
  /** The value `Fn::GetAtt` yields; undefined when the type has no such attribute. */
  attribute(logicalId: string, attribute: string): Json | undefined;
  /** The zones `Fn::GetAZs` yields for a region. */
  zones(region: string): string[];
  /** The value another stack exports under a name. */
  exported(name: string): Json | undefined;
  /** The value of an SSM parameter named by a dynamic reference. */
  ssmParameter(name: string): string | undefined;
}

/** Stands for `AWS::NoValue` while evaluating: the property or item that holds it vanishes. */
const NO_VALUE = Symbol("AWS::NoValue");
type Result = Json | typeof NO_VALUE;

type Evaluate = (value: Json) => Json;
type IntrinsicFunction = (argument: Json, evaluate: Evaluate, scope: Scope) => Result;

function reference(name: Json, scope: Scope): Result {
  if (name === "AWS::NoValue") return NO_VALUE;
  if (typeof name !== "string") throw badFunction("every Ref object must have a single String value.");
  const value = scope.values[name] ?? scope.physicalId(name);
  if (value === undefined) throw badFunction(`Unresolved resource dependencies [${name}] in the Resources block of the template`);
  return value;
}

function attribute(name: string, path: string, scope: Scope): Json {
  const value = scope.attribute(name, path);
  if (value === undefined) throw badFunction(`resource ${name} does not support attribute type ${path} in Fn::GetAtt`);
  return value;
}

function listOf(value: Json, message: string): Json[] {
  if (!Array.isArray(value)) throw badFunction(message);
  return value;
}

const JOIN =
  "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.";
const SPLIT =
  "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.";
const SELECT = "every Fn::Select object requires two parameters, the index of the element to be selected and a list of elements.";
const FIND = "every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value";
const GET_ATT = "every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute";
const SUB =
  "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string";

const FUNCTIONS: Record<string, IntrinsicFunction> = {
  Ref: (name, _evaluate, scope) => reference(name, scope),
  Condition: (name, _evaluate, scope) => conditionNamed(name, scope),
  "Fn::GetAtt": (argument, evaluate, scope) => {
    const parts = typeof argument === "string" ? argument.split(/\.(.*)/s, 2) : listOf(argument, GET_ATT);
    const [name, path] = [parts[0], evaluate(parts[1] ?? "")];
    if (typeof name !== "string" || typeof path !== "string" || name === "" || path === "") throw badFunction(GET_ATT);
    return attribute(name, path, scope);
  },
  "Fn::Join": (argument, evaluate) => {
    const [delimiter, items] = listOf(argument, JOIN);
    const list = evaluate(items ?? "");
    if (typeof delimiter !== "string" || !Array.isArray(list)) throw badFunction(JOIN);
    return list.map(scalarText).join(delimiter);
  },
  "Fn::Split": (argument, evaluate) => {
    const [delimiter, source] = listOf(argument, SPLIT);
    const text = evaluate(source ?? null);
    if (typeof delimiter !== "string" || typeof text !== "string") throw badFunction(SPLIT);
    return text.split(delimiter);
  },
  "Fn::Select": (argument, evaluate) => {
    const [index, items] = listOf(argument, SELECT);
    const list = evaluate(items ?? null);
    const at = Number(evaluate(index ?? null));
    if (!Array.isArray(list) || !Number.isInteger(at)) throw badFunction(SELECT);
    const chosen = list[at];
    if (chosen === undefined) throw badFunction(`Fn::Select cannot select nonexistent value at index ${at}`);
    return chosen;
  },
  "Fn::Sub": (argument, evaluate, scope) => {
    const [text, own] = Array.isArray(argument) ? argument : [argument, {}];
    if (typeof text !== "string" || !isObject(own)) throw badFunction(SUB);
    return text.replace(/\$\{([^}]+)\}/g, (_all, inside: string) => {
      if (inside.startsWith("!")) return `\${${inside.slice(1)}}`;
      const name = inside.trim();
      if (name in own) return scalarText(evaluate(own[name] ?? ""));
      const dot = name.indexOf(".");
      const value = dot < 0 ? reference(name, scope) : attribute(name.slice(0, dot), name.slice(dot + 1), scope);
      return value === NO_VALUE ? "" : Array.isArray(value) ? value.map(scalarText).join(",") : scalarText(value);
    });
  },
  "Fn::FindInMap": (argument, evaluate, scope) => {
    const [map, key, name, options] = listOf(argument, FIND).map(evaluate);
    if (name === undefined) throw badFunction(FIND);
    const value = scope.template.mappings[String(map)]?.[String(key)]?.[String(name)];
    if (value !== undefined) return value;
    if (isObject(options) && options["DefaultValue"] !== undefined) return options["DefaultValue"];
    throw badFunction(`Unable to get mapping for ${String(map)}::${String(key)}::${String(name)}`);
  },
  "Fn::If": (argument, evaluate, scope) => {
    const [name, yes, no] = listOf(argument, "Fn::If requires a list argument with three parameters");
    if (typeof name !== "string" || yes === undefined || no === undefined) {
      throw badFunction("Fn::If requires a list argument with three parameters");
    }
    return evaluateValue(conditionNamed(name, scope) ? yes : no, scope, evaluate);
  },
  "Fn::Equals": (argument, evaluate) => {
    const pair = listOf(argument, "Fn::Equals requires a list argument with two parameters");
    if (pair.length !== 2) throw badFunction("Fn::Equals requires a list argument with two parameters");
    return scalarText(evaluate(pair[0] ?? null)) === scalarText(evaluate(pair[1] ?? null));
  },
  "Fn::Not": (argument, evaluate) => {
    const [only] = listOf(argument, "Fn::Not requires a list argument with one parameter");
    return !evaluate(only ?? null);
  },
  "Fn::And": (argument, evaluate) =>
    listOf(argument, "every Fn::And object requires a list of at least 2 and at most 10 boolean parameters.").every(
      (one) => evaluate(one) === true,
    ),
  "Fn::Or": (argument, evaluate) =>
    listOf(argument, "every Fn::Or object requires a list of at least 2 and at most 10 boolean parameters.").some(
      (one) => evaluate(one) === true,
    ),
  "Fn::Base64": (argument, evaluate) => Buffer.from(scalarText(evaluate(argument))).toString("base64"),
  "Fn::GetAZs": (argument, evaluate, scope) => {
    const region = evaluate(argument);
    return scope.zones(typeof region === "string" && region !== "" ? region : String(scope.values["AWS::Region"]));
  },
  "Fn::ImportValue": (argument, evaluate, scope) => {
    const name = scalarText(evaluate(argument));
    const value = scope.exported(name);
    if (value === undefined) throw invalid(`No export named ${name} found.`);
    return value;
  },
};

function conditionNamed(name: Json, scope: Scope): boolean {
  const truth = scope.conditions[String(name)];
  if (truth === undefined) throw badFunction(`unresolved condition dependency ${String(name)} in Fn::If`);
  return truth;
}

const DYNAMIC = /\{\{resolve:([a-z-]+):([^}]*)\}\}/g;

function dynamic(text: string, scope: Scope): string {
  return text.replace(DYNAMIC, (_all, service: string, rest: string) => {
    if (service !== "ssm") throw invalid(`not simulated: dynamic references to ${service}`);
    const value = scope.ssmParameter(rest.replace(/:\d+$/, ""));
    if (value === undefined) throw invalid(`Unable to fetch parameters [${rest}] from parameter store for this account.`);
    return value;
  });
}

function evaluateValue(value: Json, scope: Scope, evaluate: Evaluate): Result {
  if (typeof value === "string") return value.includes("{{resolve:") ? dynamic(value, scope) : value;
  if (Array.isArray(value)) return value.map((one) => evaluateValue(one, scope, evaluate)).filter((one): one is Json => one !== NO_VALUE);
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only) {
    const [key, argument] = only;
    const run = FUNCTIONS[key];
    if (run && !(key === "Condition" && typeof argument !== "string")) return run(argument, evaluate, scope);
    if (key.startsWith("Fn::")) throw badFunction(`not simulated: the function ${key}`);
  }
  const kept = entries
    .map(([key, child]) => [key, evaluateValue(child, scope, evaluate)] as const)
    .filter((entry): entry is readonly [string, Json] => entry[1] !== NO_VALUE);
  return Object.fromEntries(kept);
}

/** A value with every function in it evaluated; `AWS::NoValue` at the top becomes null. Throws CloudFormation's "Template error: …". */
export function evaluate(value: Json, scope: Scope): Json {
  const inner: Evaluate = (one) => {
    const result = evaluateValue(one, scope, inner);
    return result === NO_VALUE ? null : result;
  };
  return inner(value);
}

/** The truth of every condition of a template, each evaluated once, whatever their order. */
export function evaluateConditions(scope: Scope): Record<string, boolean> {
  const declared = scope.template.conditions;
  const truth: Record<string, boolean> = {};
  const pending = new Set<string>();
  const lookup = new Proxy(truth, {
    get: (known, name: string) => {
      if (name in known || !(name in declared)) return known[name];
      if (pending.has(name)) throw badFunction(`Circular dependency between conditions: [${[...pending].join(", ")}]`);
      pending.add(name);
      known[name] = evaluate(declared[name] ?? null, { ...scope, conditions: lookup }) === true;
      pending.delete(name);
      return known[name];
    },
  });
  for (const name of Object.keys(declared)) void lookup[name];
  return truth;
}
