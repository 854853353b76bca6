/** The questions a deployment may have to ask, and how they are answered without a person. */
import type { StackResource } from "./facts.ts";

/** A stack that can't be updated and has to go first; asked when something of value may be lost with it. */
export interface ReplaceQuestion {
  readonly kind: "replaceStack";
  readonly stackName: string;
  /** e.g. `UPDATE_ROLLBACK_FAILED`. */
  readonly status: string;
  readonly reason?: string;
  /** What would be deleted with it. */
  readonly resources: readonly StackResource[];
  /** The tasks now running in its service; absent: could not be seen. */
  readonly runningTasks?: number;
  /** The resources whose rollback failed: what continuing could skip. Only where continuing is possible. */
  readonly failedResources?: readonly string[];
  readonly canContinue: boolean;
}

/** The kinds of questions. */
export type Question = ReplaceQuestion;

/** An answer: delete it (typed confirmation given), continue its rollback, or leave all as it is. */
export type Answer =
  | { readonly kind: "delete" }
  | { readonly kind: "continue"; readonly skip: readonly string[] }
  | { readonly kind: "abort"; readonly why: "declined" | "needsConsent" };

/** Asks whoever can answer. */
export type Decide = (question: Question) => Promise<Answer>;

/** Asks who may have an answer; undefined: somebody else has to be asked. */
export type MayDecide = (question: Question) => Promise<Answer | undefined>;

/** What the command line agrees to beforehand. */
export interface Consent {
  readonly replaceFailedStack: boolean;
  /** Continue a failed rollback instead of deleting, without these resources (logical ids). */
  readonly continueRollback?: { readonly skip: readonly string[] };
}

/** Answers from the command line's flags, where nobody can be asked. A rollback that can be continued is, before anything is deleted. */
export function decideByFlags({ replaceFailedStack, continueRollback }: Consent): Decide {
  return async ({ canContinue }) => {
    if (canContinue && continueRollback) return { kind: "continue", skip: continueRollback.skip };
    return replaceFailedStack ? { kind: "delete" } : { kind: "abort", why: "needsConsent" };
  };
}

/** The same where a person can be asked what the flags do not answer. */
export function answerByFlags(consent: Consent): MayDecide {
  const decide = decideByFlags(consent);
  return async (question) => {
    const answer = await decide(question);
    return answer.kind === "abort" ? undefined : answer;
  };
}
