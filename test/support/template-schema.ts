import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import type { Property, PropertyType, Resource } from "@aws-cdk/service-spec-types";
import type { Template, TemplateObject } from "../../src/engine/template/values.ts";

const db = loadAwsServiceSpecSync();

/** The CloudFormation resource schema of a type, from AWS's own registry of schemas. */
export function resourceSchema(type: string): Resource | undefined {
  const found = [...db.lookup("resource", "cloudFormationType", "equals", type)];
  return found[0];
}

type Properties = Readonly<Record<string, Property>>;

/** Whether `AWS::X::Y.A.B` names a property of the schema; lists and maps are passed through. */
export function knowsProperty(name: string): boolean {
  const [type = "", ...path] = name.split(".");
  let properties: Properties | undefined = resourceSchema(type)?.properties;
  return path.every((part) => {
    const property: Property | undefined = properties?.[part];
    properties = property && innerProperties(property.type);
    return property !== undefined;
  });
}

function innerProperties(type: PropertyType): Properties | undefined {
  if (type.type === "ref") return db.get("typeDefinition", type.reference.$ref).properties;
  if (type.type === "array" || type.type === "map") return innerProperties(type.element);
  if (type.type === "tag") return { Key: { type: { type: "string" } }, Value: { type: { type: "string" } } };
  if (type.type === "union") return type.types.map(innerProperties).find((inner) => inner !== undefined);
  return undefined;
}

/** Everything in a template that the resource schemas do not allow: unknown, missing or wrongly typed properties, and references to nothing. */
export function schemaFaults(template: TemplateObject): string[] {
  const resources = template["Resources"] as Record<string, { Type: string; Properties: TemplateObject }>;
  const known = [...Object.keys(template["Parameters"] as object), ...Object.keys(resources), "AWS::Region"];
  return Object.entries(resources).flatMap(([id, { Type, Properties }]) => {
    const schema = resourceSchema(Type);
    if (!schema) return [`${id}: unknown type ${Type}`];
    return objectFaults(Properties, schema.properties, id, { known, resources });
  });
}

interface Scope {
  readonly known: readonly string[];
  readonly resources: Readonly<Record<string, { Type: string }>>;
}

function objectFaults(value: TemplateObject, properties: Properties, at: string, scope: Scope): string[] {
  const missing = Object.entries(properties).filter(([key, property]) => property.required && !(key in value));
  return [
    ...missing.map(([key]) => `${at}.${key} is required`),
    ...Object.entries(value).flatMap(([key, inner]) => {
      const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
      return property ? typeFaults(inner, property.type, `${at}.${key}`, scope) : [`${at}.${key} is unknown`];
    }),
  ];
}

function intrinsicFaults(value: TemplateObject, at: string, scope: Scope): string[] | undefined {
  if (Object.keys(value).length !== 1) return undefined;
  if ("Ref" in value) return scope.known.includes(String(value["Ref"])) ? [] : [`${at} refers to nothing: ${value["Ref"]}`];
  if (!("Fn::GetAtt" in value)) return undefined;
  const [id, attribute] = value["Fn::GetAtt"] as [string, string];
  const type = scope.resources[id]?.Type;
  return type && resourceSchema(type)?.attributes[attribute] ? [] : [`${at} asks for nothing: ${id}.${attribute}`];
}

function typeFaults(value: Template, type: PropertyType, at: string, scope: Scope): string[] {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (isObject) {
    const faults = intrinsicFaults(value as TemplateObject, at, scope);
    if (faults) return faults;
  }
  const wrong = [`${at} should be of type ${type.type}: ${JSON.stringify(value)}`];
  switch (type.type) {
    case "string":
      return typeof value === "string" && (!type.allowedValues || type.allowedValues.includes(value)) ? [] : wrong;
    case "integer":
      return Number.isInteger(value) ? [] : wrong;
    case "number":
      return typeof value === "number" ? [] : wrong;
    case "boolean":
      return typeof value === "boolean" ? [] : wrong;
    case "json":
      return [];
    case "array":
      return Array.isArray(value) ? value.flatMap((item, index) => typeFaults(item, type.element, `${at}[${index}]`, scope)) : wrong;
    case "map":
      return isObject ? Object.entries(value).flatMap(([key, item]) => typeFaults(item, type.element, `${at}.${key}`, scope)) : wrong;
    case "union":
      return type.types.some((option) => typeFaults(value, option, at, scope).length === 0) ? [] : wrong;
    case "ref":
    case "tag":
      return isObject ? objectFaults(value as TemplateObject, innerProperties(type) ?? {}, at, scope) : wrong;
    default:
      return wrong;
  }
}
