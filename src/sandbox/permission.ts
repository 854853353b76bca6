import { AwsError } from "./errors.ts";
import { accessDenied, strike } from "./faults.ts";
import { type Decision, decide } from "./iam/evaluate.ts";
import { asList, parsePolicy } from "./iam/policy.ts";
import type { Conditions, Context, Service } from "./service.ts";

/** A permission that a call needs: an action on resources, with the condition keys a policy may ask for. */
export interface Permission {
  readonly service: Service;
  /** `iam:PassRole` */
  readonly action: string;
  /** What the caller must be allowed to touch, all of it; an empty ARN for actions whose denial names none. */
  readonly resources: string | readonly string[];
  readonly conditions?: Conditions;
}

/** Everybody may ask who they are, whatever their policies say. */
const free = new Set(["sts:GetCallerIdentity"]);

/** Throws the service's denial where a fault, or the policy of whoever calls, does not let the action happen. */
export const mustBeAllowed = ({ service, action, resources, conditions = {} }: Permission, ctx: Context): void => {
  // Who shows a token has no policies: what they may do was said when they signed in.
  if (free.has(action) || service.bearer !== undefined) return;
  const wanted = asList(resources);
  const [fault] = strike(ctx.world, action, ["denied"], ctx.principalArn);
  if (fault) throw accessDenied(service, action, wanted[0] ?? "", ctx, fault.explicit);
  const { callerPolicy } = ctx.world;
  if (callerPolicy === undefined) return;
  for (const resource of wanted) {
    const decision = decisionOf(callerPolicy, action, resource, { "aws:RequestedRegion": ctx.region, ...conditions });
    if (decision !== "allowed") throw accessDenied(service, action, resource, ctx, decision === "explicitDeny");
  }
};

/** What is wrong with the text of a policy for the caller; undefined when nothing is. */
export const faultOfPolicy = (text: string): string | undefined => {
  try {
    parsePolicy(text, "identity");
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
};

const decisionOf = (policy: string, action: string, resource: string, context: Conditions): Decision =>
  decide([{ name: "caller", type: "IAM Policy", document: parsePolicy(policy, "identity") }], {
    action,
    resource: resource || "*",
    context,
  }).decision;
