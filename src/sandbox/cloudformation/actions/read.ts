import { notSimulated } from "../../errors.ts";
import type { Input, Output } from "../../service.ts";
import { invalid } from "../invalid.ts";
import type { Tag } from "../state.ts";
import type { GivenParameter } from "../template/parameters.ts";

/** A list member of a form; an empty list arrives as an empty text. */
export function listOf<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}

/** A boolean member of a form. */
export function flag(value: unknown): boolean {
  return value === "true" || value === true;
}

/** A text member, or undefined. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The parameters of a request. */
export function parametersOf(input: Input): GivenParameter[] {
  return listOf<Record<string, unknown>>(input["Parameters"]).map((one) => ({
    ParameterKey: String(one["ParameterKey"]),
    ...(one["ParameterValue"] === undefined ? {} : { ParameterValue: String(one["ParameterValue"]) }),
    ...(flag(one["UsePreviousValue"]) ? { UsePreviousValue: true } : {}),
  }));
}

/** The tags of a request; throws for reserved or repeated keys and for more than fifty. */
export function tagsOf(input: Input): Tag[] {
  const tags = listOf<Record<string, unknown>>(input["Tags"]).map((tag) => ({
    Key: String(tag["Key"]),
    Value: String(tag["Value"] ?? ""),
  }));
  if (tags.length > 50) throw invalid("Maximum number of tags exceeded: 50");
  const reserved = tags.find((tag) => tag.Key.toLowerCase().startsWith("aws:"));
  if (reserved) throw invalid("aws: prefixed tag key names are not allowed for external use.");
  const repeated = tags.find((tag, index) => tags.findIndex((other) => other.Key === tag.Key) !== index);
  if (repeated) throw invalid("Duplicate tag keys found.");
  return tags;
}

const NOT_SIMULATED = [
  "TemplateURL",
  "StackPolicyBody",
  "StackPolicyURL",
  "StackPolicyDuringUpdateBody",
  "StackPolicyDuringUpdateURL",
  "RollbackConfiguration",
  "ResourcesToImport",
  "ImportExistingResources",
  "IncludeNestedStacks",
  "DeploymentMode",
  "DeploymentConfig",
  "ResourceTypes",
];

/** Refuses parameters whose effect is not simulated, unless they are empty or false. */
export function refuseUnknownEffects(input: Input): void {
  for (const name of NOT_SIMULATED) {
    const value = input[name];
    const absent = value === undefined || value === "" || value === "false";
    if (!absent && Object.keys(Object(value)).length !== 0) throw notSimulated(`the parameter ${name} of CloudFormation`);
  }
}

const STACK_NAME = /^[a-zA-Z][-a-zA-Z0-9]*$/;
const TOKEN = /^[a-zA-Z0-9][-a-zA-Z0-9]*$/;

function constraint(value: string, member: string, rule: string): never {
  throw invalid(`1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${rule}`);
}

/** A required member, or CloudFormation's complaint that it is null. */
export function required(input: Input, member: string): string {
  const value = text(input[member]);
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  if (value === undefined)
    throw invalid(`1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`);
  if (value === "") constraint(value, name, "Member must have length greater than or equal to 1");
  return value;
}

/** The name of a stack or change set to create; throws when it breaks the rules for names. */
export function newName(input: Input, member: "StackName" | "ChangeSetName"): string {
  const name = required(input, member);
  const place = member === "StackName" ? "stackName" : "changeSetName";
  if (name.length > 128) constraint(name, place, "Member must have length less than or equal to 128");
  if (!STACK_NAME.test(name)) constraint(name, place, "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
  return name;
}

/** The request's idempotency token, or undefined; throws when it breaks the rules for tokens. */
export function tokenOf(input: Input, member = "ClientRequestToken"): string | undefined {
  const token = text(input[member]);
  if (token === undefined) return undefined;
  const place = member.charAt(0).toLowerCase() + member.slice(1);
  if (token.length > 128) constraint(token, place, "Member must have length less than or equal to 128");
  if (!TOKEN.test(token)) constraint(token, place, "Member must satisfy regular expression pattern: [a-zA-Z0-9][-a-zA-Z0-9]*");
  return token;
}

/** The answer of actions whose result is an empty element: botocore insists on the element, which the protocol leaves out for `{}`. */
export const EMPTY_RESULT: Output = { Nothing: undefined };
