import { AwsError } from "../errors.ts";
import { iamId } from "../ids.ts";
import { own, text } from "../input.ts";
import type { Handler, Service } from "../service.ts";
import { invalid, noSuchEntity, required } from "./errors.ts";
import { listing } from "./listing.ts";
import { policyActions } from "./policies.ts";
import { rolePolicyActions } from "./role-policies.ts";
import { roleActions } from "./roles.ts";
import { serviceLinkedRole } from "./service-linked.ts";
import { simulatePrincipalPolicy } from "./simulate.ts";

const getUser: Handler = (input, ctx) => {
  const name = text(input["UserName"]);
  if (!name && !ctx.principalArn.includes(":user/")) throw invalid("Must specify userName when calling with non-User credentials");
  const user = own(ctx.world.iam.users, name ?? ctx.principalArn.slice(ctx.principalArn.lastIndexOf("/") + 1));
  if (!user) throw noSuchEntity(`The user with name ${name} cannot be found.`);
  return { User: { Path: user.path, UserName: user.name, UserId: user.id, Arn: user.arn, CreateDate: new Date(user.createdAt) } };
};

const createServiceLinkedRole: Handler = (input, ctx) => {
  const role = serviceLinkedRole(required(input, "AWSServiceName"), ctx.accountId, ctx.now());
  if (!role) throw new AwsError("InvalidInput", `Service role creation is not supported for ${input["AWSServiceName"]} in the sandbox.`);
  if (ctx.world.iam.roles[role.name]) {
    const message = `Service role name ${role.name} has been taken in this account, please try a different suffix.`;
    throw new AwsError("InvalidInput", message);
  }
  ctx.world.iam.roles[role.name] = { ...role, id: iamId("AROA", role.name) };
  return roleActions["GetRole"]?.({ RoleName: role.name }, ctx) ?? {};
};

/** IAM: roles and their policies, managed policies to read, the policy simulator. */
export const iam: Service = {
  scope: "iam",
  protocol: "query",
  apiVersion: "2010-05-08",
  xmlns: "https://iam.amazonaws.com/doc/2010-05-08/",
  actions: {
    ...roleActions,
    ...rolePolicyActions,
    ...policyActions,
    SimulatePrincipalPolicy: simulatePrincipalPolicy,
    CreateServiceLinkedRole: createServiceLinkedRole,
    GetUser: getUser,
    ListAccountAliases: (input, ctx) =>
      listing("AccountAliases", ctx.world.accountAlias ? [ctx.world.accountAlias] : [], input, (alias) => alias),
  },
  resourceOf: (action, input, ctx) => {
    const roles = `arn:aws:iam::${ctx.accountId}:role`;
    if (action === "ListRoles") return `${roles}${text(input["PathPrefix"]) ?? "/"}`;
    const role = text(input["RoleName"]);
    if (role) return own(ctx.world.iam.roles, role)?.arn ?? `${roles}${text(input["Path"]) ?? "/"}${role}`;
    const linked = serviceLinkedRole(text(input["AWSServiceName"]) ?? "", ctx.accountId, 0);
    return linked?.arn ?? text(input["PolicyArn"]) ?? text(input["PolicySourceArn"]) ?? "*";
  },
  conditionsOf: (_, input) => ({ "iam:PolicyARN": text(input["PolicyArn"]), "iam:AWSServiceName": text(input["AWSServiceName"]) }),
  notes: {
    ListRoles: { parameters: "PathPrefix, Marker, MaxItems" },
    GetRole: { parameters: "RoleName", differs: "RoleLastUsed of the seeded history only" },
    CreateRole: {
      parameters: "RoleName, Path, AssumeRolePolicyDocument, Description, MaxSessionDuration, PermissionsBoundary, Tags",
      differs: "visible at once everywhere",
    },
    DeleteRole: { parameters: "RoleName" },
    UpdateRole: { parameters: "RoleName, Description, MaxSessionDuration" },
    UpdateAssumeRolePolicy: { parameters: "RoleName, PolicyDocument" },
    PutRolePermissionsBoundary: { parameters: "RoleName, PermissionsBoundary" },
    DeleteRolePermissionsBoundary: { parameters: "RoleName" },
    ListRoleTags: { parameters: "RoleName, Marker, MaxItems" },
    TagRole: { parameters: "RoleName, Tags" },
    UntagRole: { parameters: "RoleName, TagKeys" },
    PutRolePolicy: {
      parameters: "RoleName, PolicyName, PolicyDocument",
      differs: "the grammar of policies is checked, not the existence of actions",
    },
    AttachRolePolicy: { parameters: "RoleName, PolicyArn", differs: "only AWS managed policies that deployments use exist" },
    DetachRolePolicy: { parameters: "RoleName, PolicyArn" },
    DeleteRolePolicy: { parameters: "RoleName, PolicyName" },
    GetRolePolicy: { parameters: "RoleName, PolicyName" },
    ListRolePolicies: { parameters: "RoleName, Marker, MaxItems" },
    ListAttachedRolePolicies: { parameters: "RoleName, Marker, MaxItems", differs: "PathPrefix is not looked at" },
    ListPolicies: { parameters: "Scope, PathPrefix, OnlyAttached, Marker, MaxItems" },
    GetPolicy: { parameters: "PolicyArn" },
    GetPolicyVersion: { parameters: "PolicyArn, VersionId" },
    SimulatePrincipalPolicy: {
      parameters: "PolicySourceArn, PolicyInputList, ActionNames, ResourceArns, ContextEntries, Marker, MaxItems",
      differs: "policy variables and ResourcePolicy are not evaluated; no statement positions; actions are not checked against a list",
    },
    CreateServiceLinkedRole: { parameters: "AWSServiceName", differs: "the services deployments need" },
    GetUser: { parameters: "UserName" },
    ListAccountAliases: { parameters: "Marker, MaxItems" },
  },
};
