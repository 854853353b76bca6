import { AwsError } from "../errors.ts";
import { own } from "../input.ts";
import type { Handler } from "../service.ts";
import { noSuchEntity, required, roleOf } from "./errors.ts";
import { listing } from "./listing.ts";
import { parsePolicy } from "./policy.ts";

const perRole = 10;

const limitExceeded = (message: string): AwsError => new AwsError("LimitExceeded", message, { status: 409 });

const putRolePolicy: Handler = (input, ctx) => {
  const role = roleOf(input, ctx);
  const document = required(input, "PolicyDocument");
  parsePolicy(document, "identity");
  const name = required(input, "PolicyName");
  const others = Object.entries(role.inlinePolicies).filter(([each]) => each !== name);
  const size = [document, ...others.map(([, text]) => text)].join("").replace(/\s/g, "").length;
  if (size > 10_240) throw limitExceeded(`Maximum policy size of 10240 bytes exceeded for role ${role.name}`);
  role.inlinePolicies[name] = document;
  return {};
};

const attachRolePolicy: Handler = (input, ctx) => {
  const role = roleOf(input, ctx);
  const arn = required(input, "PolicyArn");
  if (!own(ctx.world.iam.policies, arn)) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  if (role.attachedPolicies.includes(arn)) return {};
  if (role.attachedPolicies.length >= perRole) throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${perRole}`);
  role.attachedPolicies.push(arn);
  return {};
};

/** The actions on the policies of a role. */
export const rolePolicyActions: Readonly<Record<string, Handler>> = {
  PutRolePolicy: putRolePolicy,
  AttachRolePolicy: attachRolePolicy,
  DetachRolePolicy: (input, ctx) => {
    const role = roleOf(input, ctx);
    const arn = required(input, "PolicyArn");
    if (!role.attachedPolicies.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
    role.attachedPolicies = role.attachedPolicies.filter((each) => each !== arn);
    return {};
  },
  DeleteRolePolicy: (input, ctx) => {
    const role = roleOf(input, ctx);
    const name = required(input, "PolicyName");
    if (!Object.hasOwn(role.inlinePolicies, name)) throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
    delete role.inlinePolicies[name];
    return {};
  },
  GetRolePolicy: (input, ctx) => {
    const role = roleOf(input, ctx);
    const name = required(input, "PolicyName");
    const document = role.inlinePolicies[name];
    if (document === undefined) throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
    return { RoleName: role.name, PolicyName: name, PolicyDocument: encodeURIComponent(document) };
  },
  ListRolePolicies: (input, ctx) => listing("PolicyNames", Object.keys(roleOf(input, ctx).inlinePolicies), input, (name) => name),
  ListAttachedRolePolicies: (input, ctx) =>
    listing("AttachedPolicies", roleOf(input, ctx).attachedPolicies, input, (arn) => ({
      PolicyName: arn.slice(arn.lastIndexOf("/") + 1),
      PolicyArn: arn,
    })),
};
