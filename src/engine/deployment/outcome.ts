/** How a deployment ended, as far as it was seen. */
import { exitCode, type Problem } from "../problem.ts";

/** The words for an end, as the last line of `--json` has them. */
export type OutcomeStatus = "succeeded" | "unchanged" | "failed" | "timedOut" | "notWaited" | "cancelled";

/**
 * Why it ended so: `stack` (the stack's operation failed), `rollout` (the service's deployment failed or was rolled back),
 * `tasks` (its tasks stopped), `refused` (AWS did not accept the operation), `busy` (another operation is running),
 * `declined` (the operator did not agree), `needsConsent` (nobody could be asked; a flag is missing), `access`
 * (credentials, permissions or connection), `usage` (the profile or the command line cannot be used), `watching` (the operator stopped watching), `option` (not to be waited for),
 * `bug` (the program failed).
 */
export type OutcomeReason =
  | "stack"
  | "rollout"
  | "tasks"
  | "refused"
  | "busy"
  | "declined"
  | "needsConsent"
  | "access"
  | "usage"
  | "watching"
  | "option"
  | "bug";

/** The end of a deployment. Success is claimed only for what was seen. */
export interface Outcome {
  readonly status: OutcomeStatus;
  /** One sentence for a person: what happened, and what goes on without us. */
  readonly message: string;
  readonly reason?: OutcomeReason;
  readonly stackName: string;
  readonly stackId?: string;
  /** The stack's status as last seen. */
  readonly stackStatus?: string;
  /** What was not looked at, in words: `the service's tasks`. */
  readonly unchecked?: readonly string[];
  /** The output values, see step-reference.md, "Deployment workflow". */
  readonly outputs?: Readonly<Record<string, string>>;
  /** The call that made it impossible to go on. */
  readonly problem?: Problem;
}

/** An end with what was begun, as far as it is known. */
interface Ended {
  readonly status: string;
  readonly reason?: OutcomeReason;
  readonly activity?: string;
}

/** Whether the operation was not even begun: somebody else's is running, nobody agreed to it, or there was nothing to watch. What stands is as it was. */
export function beganNothing({ status, reason, activity }: Ended): boolean {
  const refused = reason === "busy" || reason === "declined" || reason === "needsConsent" || (activity === "watch" && reason === "refused");
  return refused && (status === "failed" || status === "cancelled" || status === "timedOut");
}

/** The program's exit code for an outcome. */
export function outcomeExitCode(outcome: Pick<Outcome, "status" | "reason">): number {
  switch (outcome.status) {
    case "succeeded":
    case "unchanged":
      return exitCode.done;
    case "timedOut":
      return exitCode.timedOut;
    case "cancelled":
      return exitCode.interrupted;
    case "notWaited":
      return outcome.reason === "access" ? exitCode.access : exitCode.done;
    case "failed":
      if (outcome.reason === "access" || outcome.reason === "busy") return exitCode.access;
      if (outcome.reason === "needsConsent" || outcome.reason === "usage") return exitCode.usage;
      if (outcome.reason === "bug") return exitCode.bug;
      return outcome.reason === "declined" ? exitCode.interrupted : exitCode.failed;
  }
}
