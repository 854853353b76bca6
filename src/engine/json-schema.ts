/** The JSON Schema of profile files, made from the sections, for completion and checks in editors. */
import { type Field, type Fields, type Json, type JsonObject, namedChoices } from "./schema.ts";
import { sections } from "./sections/index.ts";
import { profileVersion } from "./values/shape.ts";

const expression: JsonObject = { type: "string", pattern: "#\\{", description: "An expression such as #{Name}" };

/** The schema of a profile (draft-07, which editors' YAML support understands best). Every scalar also takes an expression. */
export function profileSchema(): JsonObject {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "ecs-wizard profile",
    description: "One deployment step: a Fargate task definition and an ECS service, deployed together as one CloudFormation stack.",
    type: "object",
    additionalProperties: false,
    required: requiredSections(),
    properties: {
      version: { description: "The version of the file format.", enum: [profileVersion, String(profileVersion)] },
      name: { description: "The profile's own name.", type: "string" },
      ...Object.fromEntries(sections.map(({ key, field }) => [key, fieldSchema(field)])),
      variables: {
        description: "Values for #{Name}. A sensitive variable is announced with {sensitive: true} and its value given at each deployment.",
        type: "object",
        additionalProperties: {
          anyOf: [
            { type: ["string", "number", "boolean", "null"] },
            { type: "object", additionalProperties: false, required: ["sensitive"], properties: { sensitive: { const: true } } },
          ],
        },
      },
    },
  };
}

/** The sections that must be there because something in them is required and has no default. */
function requiredSections(): string[] {
  return sections
    .filter(({ field }) =>
      field.kind === "list" ? field.required === true : field.kind === "group" && requiredKeys(field.fields).length > 0,
    )
    .map(({ key }) => key);
}

function requiredKeys(fields: Fields): string[] {
  return Object.entries(fields)
    .filter(
      ([, field]) =>
        field.kind !== "group" && "required" in field && field.required === true && !("default" in field && field.default !== undefined),
    )
    .map(([key]) => key);
}

function fieldSchema(field: Field): JsonObject {
  const described = { title: field.label, description: description(field), ...defaultOf(field) };
  switch (field.kind) {
    case "number":
      return { ...described, anyOf: [numberSchema(field), { type: "string", pattern: "^\\s*[+-]?\\d+\\s*$" }, expression] };
    case "toggle":
      return { ...described, anyOf: [{ type: "boolean" }, { type: "string", pattern: "^([Tt]rue|[Ff]alse|TRUE|FALSE)$" }, expression] };
    case "choice":
      return { ...described, anyOf: [{ enum: choices(namedChoices(field)) }, expression] };
    case "texts":
    case "picks":
      return { ...described, anyOf: [{ type: "array", items: text, ...counts(field) }, single(field)] };
    case "map":
      return { ...described, type: "object", additionalProperties: text };
    case "group":
      return groupSchema(field, described);
    case "list":
      return { ...described, type: "array", ...counts(field), items: objectSchema(field.fields) };
    default:
      return { ...described, ...text };
  }
}

/** What may stand instead of a list of texts: an expression, which may give several; any text where that has a meaning of its own. */
const single = (field: Extract<Field, { kind: "texts" | "picks" }>): JsonObject =>
  field.kind === "texts" && field.wrap ? text : expression;

const text: JsonObject = { type: ["string", "number", "boolean"] };

function groupSchema(field: Extract<Field, { kind: "group" }>, described: JsonObject): JsonObject {
  const object = objectSchema(field.fields);
  return field.absentWord === undefined
    ? { ...described, ...object }
    : { ...described, anyOf: [{ const: field.absentWord }, expression, object] };
}

function objectSchema(fields: Fields): JsonObject {
  const known = Object.entries(fields).filter(([, field]) => field.kind !== "note");
  const required = requiredKeys(fields);
  return {
    type: "object",
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(known.map(([key, field]) => [key, fieldSchema(field)])),
  };
}

function description(field: Field): string {
  return [field.help, field.fargate ? `Not on Fargate: ${field.fargate}` : "", field.docs ?? ""].filter(Boolean).join("\n");
}

function defaultOf(field: Field): JsonObject {
  return "default" in field && field.default !== undefined && typeof field.default !== "object" ? { default: field.default } : {};
}

function numberSchema({ min, max }: { readonly min?: number; readonly max?: number }): JsonObject {
  return { type: "integer", ...(min === undefined ? {} : { minimum: min }), ...(max === undefined ? {} : { maximum: max }) };
}

function counts({ min, max }: { readonly min?: number; readonly max?: number }): JsonObject {
  return { ...(min === undefined ? {} : { minItems: min }), ...(max === undefined ? {} : { maxItems: max }) };
}

/** Numbers may also stand as text. */
function choices(values: readonly (string | number)[]): Json[] {
  return values.flatMap((value): Json[] => (typeof value === "number" ? [value, String(value)] : [value]));
}
