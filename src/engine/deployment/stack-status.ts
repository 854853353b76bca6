/** What a stack's or resource's status means. See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */

const mustBeDeletedStates = new Set(["CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED", "UPDATE_ROLLBACK_FAILED"]);
const unsuccessfulStates = new Set([...mustBeDeletedStates, "UPDATE_ROLLBACK_COMPLETE", "UPDATE_FAILED"]);

/** Whether an operation is running. `REVIEW_IN_PROGRESS` is not: it is a stack of which only a change set exists. */
export function isBusy(status: string): boolean {
  return status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS";
}

/** Whether the stack can only be deleted (or, for `UPDATE_ROLLBACK_FAILED`, have its rollback continued). */
export function mustBeDeleted(status: string): boolean {
  return mustBeDeletedStates.has(status);
}

/** Whether an operation that ended so has failed. */
export function isUnsuccessful(status: string): boolean {
  return unsuccessfulStates.has(status);
}

/** Whether there is nothing to update yet: no stack, or only a change set for one. */
export function isAbsent(status: string | undefined): boolean {
  return status === undefined || status === "REVIEW_IN_PROGRESS" || status === "DELETE_COMPLETE";
}

/** Whether the stack is going back to what it was, or has gone back. */
export function isRollback(status: string): boolean {
  return status.includes("ROLLBACK");
}

/** The state of a resource for a person: still to come, under way, done, failed, gone. */
export type ResourcePhase = "waiting" | "active" | "done" | "failed" | "deleted";

/** The phase of a resource's status. */
export function resourcePhase(status: string | undefined): ResourcePhase {
  if (status === undefined) return "waiting";
  if (status.endsWith("_FAILED")) return "failed";
  if (status.endsWith("_IN_PROGRESS") || status === "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS") return "active";
  return status === "DELETE_COMPLETE" ? "deleted" : "done";
}
