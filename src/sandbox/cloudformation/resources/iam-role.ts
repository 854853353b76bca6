import { AwsError } from "../../errors.ts";
import type { Context, Input, Output } from "../../service.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import { generatedName } from "./physical-names.ts";
import { type ResourceRequest, type ResourceType, serviceFailure } from "./resource-type.ts";

function iam(ctx: Context, action: string, input: Input): Output {
  try {
    return ctx.call("iam", action, input);
  } catch (error) {
    if (error instanceof AwsError) throw serviceFailure(ctx, "iam", error);
    throw error;
  }
}

function document(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? {});
}

function inlinePolicies(properties: JsonObject): Record<string, string> {
  const list = Array.isArray(properties["Policies"]) ? properties["Policies"] : [];
  return Object.fromEntries(list.filter(isObject).map((policy) => [String(policy["PolicyName"]), document(policy["PolicyDocument"])]));
}

function managedPolicies(properties: JsonObject): string[] {
  return Array.isArray(properties["ManagedPolicyArns"]) ? properties["ManagedPolicyArns"].map(String) : [];
}

function syncPolicies(ctx: Context, RoleName: string, next: JsonObject, current: JsonObject): void {
  const [wanted, had] = [inlinePolicies(next), inlinePolicies(current)];
  for (const [PolicyName, PolicyDocument] of Object.entries(wanted)) {
    if (had[PolicyName] !== PolicyDocument) iam(ctx, "PutRolePolicy", { RoleName, PolicyName, PolicyDocument });
  }
  for (const PolicyName of Object.keys(had)) if (!(PolicyName in wanted)) iam(ctx, "DeleteRolePolicy", { RoleName, PolicyName });
  const [attach, attached] = [managedPolicies(next), managedPolicies(current)];
  for (const PolicyArn of attach) if (!attached.includes(PolicyArn)) iam(ctx, "AttachRolePolicy", { RoleName, PolicyArn });
  for (const PolicyArn of attached) if (!attach.includes(PolicyArn)) iam(ctx, "DetachRolePolicy", { RoleName, PolicyArn });
}

/** The handler looks at the role after every change and before its deletion. */
function read(ctx: Context, RoleName: string): void {
  for (const action of ["GetRole", "ListRolePolicies", "ListAttachedRolePolicies"]) iam(ctx, action, { RoleName });
}

function ownTags(request: ResourceRequest): Json[] {
  return Array.isArray(request.properties["Tags"]) ? request.properties["Tags"] : [];
}

function optional(properties: JsonObject, names: string[]): Input {
  return Object.fromEntries(names.flatMap((name) => (properties[name] === undefined ? [] : [[name, String(properties[name])]])));
}

/** AWS::IAM::Role: created with its inline and managed policies, changed by putting and attaching what differs. */
export const iamRole: ResourceType = {
  type: "AWS::IAM::Role",
  seconds: { create: 15, update: 8, delete: 2 },
  create(request) {
    const { ctx, properties } = request;
    const RoleName = typeof properties["RoleName"] === "string" ? properties["RoleName"] : generatedName(request, 64);
    const answer = iam(ctx, "CreateRole", {
      RoleName,
      AssumeRolePolicyDocument: document(properties["AssumeRolePolicyDocument"]),
      ...optional(properties, ["Path", "Description", "MaxSessionDuration", "PermissionsBoundary"]),
      ...(ownTags(request).length + request.tags.length > 0 ? { Tags: [...request.tags, ...ownTags(request)] } : {}),
    });
    const role = answer["Role"] as { Arn: string; RoleId: string };
    syncPolicies(ctx, RoleName, properties, {});
    read(ctx, RoleName);
    return { physicalId: RoleName, attributes: { Arn: role.Arn, RoleId: role.RoleId } };
  },
  update({ ctx, properties }, current) {
    const RoleName = String(current.physicalId);
    if (document(properties["AssumeRolePolicyDocument"]) !== document(current.properties["AssumeRolePolicyDocument"])) {
      iam(ctx, "UpdateAssumeRolePolicy", { RoleName, PolicyDocument: document(properties["AssumeRolePolicyDocument"]) });
    }
    const details = optional(properties, ["Description", "MaxSessionDuration"]);
    if (JSON.stringify(details) !== JSON.stringify(optional(current.properties, ["Description", "MaxSessionDuration"]))) {
      iam(ctx, "UpdateRole", { RoleName, ...details });
    }
    syncPolicies(ctx, RoleName, properties, current.properties);
    read(ctx, RoleName);
    return {};
  },
  delete({ ctx }, current) {
    const RoleName = String(current.physicalId);
    try {
      read(ctx, RoleName);
      syncPolicies(ctx, RoleName, {}, current.properties);
      iam(ctx, "DeleteRole", { RoleName });
    } catch (error) {
      if (!(error instanceof Error && /cannot be found/.test(error.message))) throw error;
    }
  },
};
