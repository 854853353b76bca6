import type { Condition, Need } from "./grant.ts";
import { grants } from "./grants.ts";
import type { Scope } from "./scope.ts";

/** A statement of an IAM policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

/** An IAM policy document. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** The policy that allows exactly what a scope needs for these purposes. */
export function policyFor(scope: Scope, needs: readonly Need[]): PolicyDocument {
  const statements = grants.flatMap((grant): Statement[] => {
    const resources = grant.needs.some((need) => needs.includes(need)) ? grant.on(scope) : [];
    const needed = grant.only?.(scope);
    const actions = [...(grant.calls ?? []), ...(grant.does ?? [])].filter((action) => needed?.includes(action) ?? true);
    if (resources.length === 0 || actions.length === 0) return [];
    return [
      {
        Sid: grant.sid,
        Effect: "Allow",
        Action: actions,
        Resource: resources,
        ...(grant.condition ? { Condition: grant.condition(scope) } : {}),
      },
    ];
  });
  return { Version: "2012-10-17", Statement: statements };
}

/** A managed policy may have so many characters, white space aside. */
export const longestPolicy = 6144;

/** The length of a policy as IAM counts it. */
export const policyLength = (policy: PolicyDocument): number => JSON.stringify(policy).length;
