import { AwsError } from "../errors.ts";
import { own, structures, text, texts } from "../input.ts";
import type { Context, Handler, Output } from "../service.ts";
import { matches } from "../wildcard.ts";
import { noSuchEntity, required } from "./errors.ts";
import { type Decision, decide, type NamedPolicy, policiesOf } from "./evaluate.ts";
import { listing } from "./listing.ts";
import { parsePolicy } from "./policy.ts";

interface Source {
  readonly policies: readonly NamedPolicy[];
  readonly boundary?: readonly NamedPolicy[];
  /** Whether this is who calls, to whom the denials of faults apply too. */
  readonly isCaller: boolean;
}

const asCaller = (policy: string): NamedPolicy => ({ name: "caller", type: "IAM Policy", document: parsePolicy(policy, "identity") });

const sourceOf = (arn: string, ctx: Context): Source => {
  const { iam } = ctx.world;
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  if (arn.includes(":assumed-role/"))
    throw new AwsError("InvalidInput", `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  const found = arn.includes(":user/") ? own(iam.users, name) : own(iam.roles, name);
  if (!found || found.arn !== arn) throw noSuchEntity(`${arn.includes(":user/") ? "User" : "Role"} ${name} does not exist.`);
  const isCaller = ctx.principalArn.includes(`:assumed-role/${name}/`) || ctx.principalArn === arn;
  const { callerPolicy } = ctx.world;
  const boundary = arn.includes(":user/") ? undefined : iam.roles[name]?.permissionsBoundary;
  return {
    policies: isCaller && callerPolicy !== undefined ? [asCaller(callerPolicy)] : policiesOf(ctx.world, found),
    ...(boundary ? { boundary: policiesOf(ctx.world, { inlinePolicies: {}, attachedPolicies: [boundary] }) } : {}),
    isCaller,
  };
};

const isDeniedByFault = (action: string, ctx: Context): boolean =>
  ctx.world.faults.some(
    (fault) =>
      fault.kind === "denied" &&
      fault.times !== 0 &&
      matches(fault.principal ?? "*", ctx.principalArn) &&
      matches(fault.action, action, true),
  );

/** SimulatePrincipalPolicy: every action on every resource, by the identity's policies and boundary. */
export const simulatePrincipalPolicy: Handler = (input, ctx) => {
  const source = sourceOf(required(input, "PolicySourceArn"), ctx);
  const actions = texts(input["ActionNames"]);
  if (actions.length === 0) throw new AwsError("InvalidInput", "Invalid input: ActionNames must not be empty.");
  const invalid = actions.find((action) => !/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action));
  if (invalid) throw new AwsError("InvalidInput", `Invalid Action: ${invalid}`);
  const resources = texts(input["ResourceArns"]);
  const extra = texts(input["PolicyInputList"]).map((document, index) => ({
    name: `PolicyInputList.${index + 1}`,
    type: "IAM Policy" as const,
    document: parsePolicy(document, "identity"),
  }));
  const context = Object.fromEntries(
    structures(input["ContextEntries"]).map((entry) => [String(entry["ContextKeyName"]), texts(entry["ContextKeyValues"])[0]]),
  );
  const evaluate = (action: string, resource: string): Output => {
    const question = { action, resource, context };
    const { decision, by } = decide([...source.policies, ...extra], question);
    const within = source.boundary ? decide(source.boundary, question).decision === "allowed" : true;
    const denied = (source.isCaller && isDeniedByFault(action, ctx)) || (decision === "allowed" && !within);
    const answer: Decision = decision === "allowed" && denied ? "implicitDeny" : decision;
    return {
      EvalActionName: action,
      EvalResourceName: resource,
      EvalDecision: answer,
      MatchedStatements: answer === "implicitDeny" ? [] : by.map(({ name, type }) => ({ SourcePolicyId: name, SourcePolicyType: type })),
      MissingContextValues: [],
      ...(source.boundary ? { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: within } } : {}),
    };
  };
  const pairs = actions.flatMap((action) => (resources.length > 0 ? resources : ["*"]).map((resource) => [action, resource] as const));
  return listing("EvaluationResults", pairs, text(input["MaxItems"]) ? input : { ...input, MaxItems: "1000" }, ([action, resource]) =>
    evaluate(action, resource),
  );
};
