import { notSimulated } from "../errors.ts";
import { own } from "../input.ts";
import { matches } from "../wildcard.ts";
import type { World } from "../world.ts";
import { asList, parsePolicy } from "./policy.ts";
import type { PolicyDocument, Statement } from "./state.ts";

/** What is asked of a policy: may `principal` do `action` to `resource`, given these condition keys. */
export interface Question {
  /** `ecr:BatchGetImage` */
  readonly action: string;
  /** An ARN, or `*` for actions without resources. */
  readonly resource: string;
  /** ARN or service name of the asker, for documents that name principals. */
  readonly principal?: string;
  /** Condition key → value; absent keys are unknown. */
  readonly context?: Readonly<Record<string, string | undefined>>;
}

/** IAM's three answers, as SimulatePrincipalPolicy names them. */
export type Decision = "allowed" | "explicitDeny" | "implicitDeny";

/** A policy by the name IAM shows it under. */
export interface NamedPolicy {
  readonly name: string;
  readonly type: "IAM Policy" | "Resource Policy";
  readonly document: PolicyDocument;
}

type Operator = (expected: string, actual: string) => boolean;

const operators: Readonly<Record<string, Operator>> = {
  StringEquals: (expected, actual) => expected === actual,
  StringNotEquals: (expected, actual) => expected !== actual,
  StringEqualsIgnoreCase: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
  StringLike: (expected, actual) => matches(expected, actual),
  StringNotLike: (expected, actual) => !matches(expected, actual),
  ArnEquals: (expected, actual) => matches(expected, actual),
  ArnLike: (expected, actual) => matches(expected, actual),
  Bool: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
};

const conditionHolds = (name: string, expected: readonly string[], actual: string | undefined): boolean => {
  if (name === "Null") return expected.includes(String(actual === undefined));
  const optional = name.endsWith("IfExists");
  const operator = operators[optional ? name.slice(0, -8) : name];
  if (!operator) throw notSimulated(`the policy condition operator ${name}`);
  const negative = name.includes("Not");
  if (actual === undefined) return optional || negative;
  return negative ? expected.every((value) => operator(value, actual)) : expected.some((value) => operator(value, actual));
};

const conditionsHold = (statement: Statement, context: Question["context"]): boolean => {
  const known = Object.fromEntries(Object.entries(context ?? {}).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, expected]) => conditionHolds(operator, asList(expected).map(String), known[key.toLowerCase()])),
  );
};

const isRoot = (pattern: string, principal: string): boolean => {
  const account = /^(?:arn:aws[\w-]*:iam::)?(\d{12})(?::root)?$/.exec(pattern)?.[1];
  return account !== undefined && principal.split(":")[4] === account;
};

const principalFits = (statement: Statement, principal: string | undefined): boolean => {
  if (statement.Principal === undefined) return true;
  if (principal === undefined) return false;
  if (statement.Principal === "*") return true;
  const role = principal.replace(/:sts::(\d+):assumed-role\/([^/]+)\/.*/, ":iam::$1:role/$2");
  return Object.values(statement.Principal)
    .flatMap(asList)
    .some((each) => each === "*" || each === principal || each === role || isRoot(each, principal));
};

/** Whether a statement speaks about this question at all. */
export const applies = (statement: Statement, question: Question): boolean => {
  const action = (pattern: string) => matches(pattern, question.action, true);
  const resource = (pattern: string) => matches(pattern, question.resource);
  const named = statement.NotAction === undefined ? asList(statement.Action).some(action) : !asList(statement.NotAction).some(action);
  if (!named || !principalFits(statement, question.principal)) return false;
  const on =
    statement.NotResource !== undefined
      ? !asList(statement.NotResource).some(resource)
      : statement.Resource === undefined || asList(statement.Resource).some(resource);
  return on && conditionsHold(statement, question.context);
};

/** The answer of several policies together, and which of them gave it. */
export const decide = (policies: readonly NamedPolicy[], question: Question): { decision: Decision; by: readonly NamedPolicy[] } => {
  const speaking = (effect: Statement["Effect"]) =>
    policies.filter(({ document }) => asList(document.Statement).some((each) => each.Effect === effect && applies(each, question)));
  const denying = speaking("Deny");
  if (denying.length > 0) return { decision: "explicitDeny", by: denying };
  const allowing = speaking("Allow");
  return { decision: allowing.length > 0 ? "allowed" : "implicitDeny", by: allowing };
};

/** Whether one document allows it. */
export const allows = (document: PolicyDocument, question: Question): boolean =>
  decide([{ name: "", type: "IAM Policy", document }], question).decision === "allowed";

/** What identity policies a role or user has: inline ones and those attached. */
export const policiesOf = (
  world: World,
  identity: { readonly inlinePolicies: Record<string, string>; readonly attachedPolicies: readonly string[] },
): readonly NamedPolicy[] => [
  ...Object.entries(identity.inlinePolicies).map(([name, text]) => ({
    name,
    type: "IAM Policy" as const,
    document: parsePolicy(text, "identity"),
  })),
  ...identity.attachedPolicies.flatMap((arn) => {
    const policy = own(world.iam.policies, arn);
    const text = policy?.versions[policy.defaultVersion]?.document;
    return policy && text ? [{ name: policy.name, type: "IAM Policy" as const, document: parsePolicy(text, "identity") }] : [];
  }),
];

/** Whether a role (by ARN or name) may do something by its own policies and its permissions boundary; `implicitDeny` for a role that does not exist. */
export const decideForRole = (world: World, role: string, question: Question): Decision => {
  const found = own(world.iam.roles, role.slice(role.lastIndexOf("/") + 1));
  if (!found) return "implicitDeny";
  const { decision } = decide(policiesOf(world, found), question);
  if (decision !== "allowed" || !found.permissionsBoundary) return decision;
  return decide(policiesOf(world, { inlinePolicies: {}, attachedPolicies: [found.permissionsBoundary] }), question).decision;
};

/** Whether ECS may hand a role (by ARN or name) to a task: it exists and trusts `ecs-tasks.amazonaws.com`. */
export const trustsService = (world: World, role: string, service: string): boolean => {
  const found = own(world.iam.roles, role.slice(role.lastIndexOf("/") + 1));
  return found !== undefined && allows(found.trust, { action: "sts:AssumeRole", resource: "*", principal: service });
};
