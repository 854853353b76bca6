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

/** Answers from the command line's flags, where nobody can be asked. */
export function decideByFlags(flags: { readonly replaceFailedStack: boolean }): Decide {
  return async () => (flags.replaceFailedStack ? { kind: "delete" } : { kind: "abort", why: "needsConsent" });
}
