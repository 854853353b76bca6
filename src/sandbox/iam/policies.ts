import { own, text } from "../input.ts";
import type { Context, Handler, Input, Output } from "../service.ts";
import { tagList } from "../tags.ts";
import { noSuchEntity, required } from "./errors.ts";
import { listing } from "./listing.ts";
import type { ManagedPolicy } from "./state.ts";

const policyOf = (input: Input, ctx: Context): ManagedPolicy => {
  const arn = required(input, "PolicyArn");
  const policy = own(ctx.world.iam.policies, arn);
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
};

const attachments = (policy: ManagedPolicy, ctx: Context): number =>
  [...Object.values(ctx.world.iam.roles), ...Object.values(ctx.world.iam.users)].filter((each) =>
    each.attachedPolicies.includes(policy.arn),
  ).length;

const wire = (policy: ManagedPolicy, ctx: Context): Output => ({
  PolicyName: policy.name,
  PolicyId: policy.id,
  Arn: policy.arn,
  Path: policy.path,
  DefaultVersionId: policy.defaultVersion,
  AttachmentCount: attachments(policy, ctx),
  PermissionsBoundaryUsageCount: Object.values(ctx.world.iam.roles).filter((role) => role.permissionsBoundary === policy.arn).length,
  IsAttachable: true,
  CreateDate: new Date(policy.createdAt),
  UpdateDate: new Date(policy.updatedAt),
});

const isOfScope = (policy: ManagedPolicy, scope: string): boolean =>
  scope === "All" || (scope === "AWS") === policy.arn.startsWith("arn:aws:iam::aws:");

/** The actions on managed policies, which can only be read here. */
export const policyActions: Readonly<Record<string, Handler>> = {
  ListPolicies: (input, ctx) =>
    listing(
      "Policies",
      Object.values(ctx.world.iam.policies).filter(
        (policy) =>
          isOfScope(policy, text(input["Scope"]) ?? "All") &&
          policy.path.startsWith(text(input["PathPrefix"]) ?? "/") &&
          (input["OnlyAttached"] !== "true" || attachments(policy, ctx) > 0),
      ),
      input,
      (policy) => wire(policy, ctx),
    ),
  GetPolicy: (input, ctx) => {
    const policy = policyOf(input, ctx);
    return { Policy: { ...wire(policy, ctx), Description: policy.description, Tags: tagList(policy.tags) } };
  },
  GetPolicyVersion: (input, ctx) => {
    const policy = policyOf(input, ctx);
    const id = required(input, "VersionId");
    const version = policy.versions[id];
    if (!version) throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
    return {
      PolicyVersion: {
        Document: encodeURIComponent(version.document),
        VersionId: id,
        IsDefaultVersion: id === policy.defaultVersion,
        CreateDate: new Date(version.createdAt),
      },
    };
  },
};
