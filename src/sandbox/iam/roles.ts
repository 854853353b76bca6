import { AwsError } from "../errors.ts";
import { iamId } from "../ids.ts";
import { own, text, texts, whole } from "../input.ts";
import type { Context, Handler, Output } from "../service.ts";
import { readTags, tagList } from "../tags.ts";
import { invalid, noSuchEntity, required, roleOf } from "./errors.ts";
import { listing } from "./listing.ts";
import { parsePolicy } from "./policy.ts";
import type { Role } from "./state.ts";

const encode = (document: unknown): string => encodeURIComponent(typeof document === "string" ? document : JSON.stringify(document));

const summary = (role: Role): Output => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: role.arn,
  CreateDate: new Date(role.createdAt),
  AssumeRolePolicyDocument: encode(role.trust),
  Description: role.description,
  MaxSessionDuration: role.maxSessionSeconds,
});

const lastUsed = (role: Role): Output => (role.lastUsedAt ? { LastUsedDate: new Date(role.lastUsedAt), Region: role.lastUsedRegion } : {});

const full = (role: Role): Output => ({
  ...summary(role),
  ...(Object.keys(role.tags).length > 0 ? { Tags: tagList(role.tags) } : {}),
  ...(role.permissionsBoundary
    ? { PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: role.permissionsBoundary } }
    : {}),
  RoleLastUsed: lastUsed(role),
});

const rolesByPath = (ctx: Context, prefix: string): Role[] =>
  Object.values(ctx.world.iam.roles)
    .filter((role) => role.path.startsWith(prefix))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

const newName = (input: Record<string, unknown>, ctx: Context): string => {
  const name = required(input, "RoleName");
  if (name.length > 64) {
    throw invalid(
      `1 validation error detected: Value '${name}' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    );
  }
  if (!/^[\w+=,.@-]+$/.test(name)) {
    throw invalid(
      "The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
    );
  }
  if (Object.keys(ctx.world.iam.roles).some((each) => each.toLowerCase() === name.toLowerCase())) {
    throw new AwsError("EntityAlreadyExists", `Role with name ${name} already exists.`, { status: 409 });
  }
  return name;
};

const createRole: Handler = (input, ctx) => {
  const name = newName(input, ctx);
  const path = text(input["Path"]) ?? "/";
  if (!/^\/(.*\/)?$/.test(path))
    throw invalid(
      "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
    );
  const boundary = text(input["PermissionsBoundary"]);
  if (boundary && !own(ctx.world.iam.policies, boundary)) throw noSuchEntity(`Scope ARN: ${boundary} does not exist or is not attachable.`);
  const description = text(input["Description"]);
  const arn = `arn:aws:iam::${ctx.accountId}:role${path}${name}`;
  const tags = readTags(input["Tags"]);
  if (Object.keys(tags).length > 0) ctx.authorize("iam:TagRole", arn);
  const role: Role = {
    name,
    path,
    id: iamId("AROA", `${name}#${ctx.hex(8)}`),
    arn,
    createdAt: ctx.now(),
    trust: parsePolicy(required(input, "AssumeRolePolicyDocument"), "trust"),
    ...(description ? { description } : {}),
    maxSessionSeconds: whole(input["MaxSessionDuration"]) ?? 3600,
    ...(boundary ? { permissionsBoundary: boundary } : {}),
    inlinePolicies: {},
    attachedPolicies: [],
    tags,
  };
  ctx.world.iam.roles[name] = role;
  return { Role: full(role) };
};

const deleteRole: Handler = (input, ctx) => {
  const role = roleOf(input, ctx);
  if (role.path.startsWith("/aws-service-role/")) {
    const message = `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`;
    throw new AwsError("UnmodifiableEntity", message, { status: 400 });
  }
  if (role.attachedPolicies.length > 0)
    throw new AwsError("DeleteConflict", "Cannot delete entity, must detach all policies first.", { status: 409 });
  if (Object.keys(role.inlinePolicies).length > 0)
    throw new AwsError("DeleteConflict", "Cannot delete entity, must delete policies first.", { status: 409 });
  delete ctx.world.iam.roles[role.name];
  return {};
};

/** The actions on roles themselves. */
export const roleActions: Readonly<Record<string, Handler>> = {
  ListRoles: (input, ctx) => listing("Roles", rolesByPath(ctx, text(input["PathPrefix"]) ?? "/"), input, summary),
  GetRole: (input, ctx) => ({ Role: full(roleOf(input, ctx)) }),
  CreateRole: createRole,
  DeleteRole: deleteRole,
  UpdateRole: (input, ctx) => {
    const role = roleOf(input, ctx);
    if (input["Description"] !== undefined) role.description = String(input["Description"]);
    role.maxSessionSeconds = whole(input["MaxSessionDuration"]) ?? role.maxSessionSeconds;
    return {};
  },
  UpdateAssumeRolePolicy: (input, ctx) => {
    roleOf(input, ctx).trust = parsePolicy(required(input, "PolicyDocument"), "trust");
    return {};
  },
  PutRolePermissionsBoundary: (input, ctx) => {
    const boundary = required(input, "PermissionsBoundary");
    const role = roleOf(input, ctx);
    if (!own(ctx.world.iam.policies, boundary)) throw noSuchEntity(`Scope ARN: ${boundary} does not exist or is not attachable.`);
    role.permissionsBoundary = boundary;
    return {};
  },
  DeleteRolePermissionsBoundary: (input, ctx) => {
    delete roleOf(input, ctx).permissionsBoundary;
    return {};
  },
  ListRoleTags: (input, ctx) => listing("Tags", tagList(roleOf(input, ctx).tags), input, (tag) => tag),
  TagRole: (input, ctx) => {
    Object.assign(roleOf(input, ctx).tags, readTags(input["Tags"]));
    return {};
  },
  UntagRole: (input, ctx) => {
    const role = roleOf(input, ctx);
    for (const key of texts(input["TagKeys"])) delete role.tags[key];
    return {};
  },
};
