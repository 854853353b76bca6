/** Cancels what a deployment has begun, as its operator wishes. */

import type { DeployEvent } from "./events.ts";
import type { Following } from "./follow.ts";
import type { CancelCommand } from "./inbox.ts";
import { type Attempt, attempt, nextToken, type Session } from "./session.ts";
import { isRollback } from "./stack-status.ts";

/**
 * Carries a command out: an update is cancelled and goes back; a create is deleted or, to keep what there is for inspection,
 * its service's rollout is stopped so that CloudFormation gives up by itself.
 */
export async function* cancelOperation(session: Session, following: Following, command: CancelCommand): AsyncGenerator<DeployEvent, void> {
  const status = following.stack.own?.status ?? "";
  if (following.operation === "delete" || following.operation === "continue" || isRollback(status) || !/^$|IN_PROGRESS$/.test(status)) {
    yield { type: "note", message: `Nothing to cancel: the stack is ${status || "being worked on"}, and that can't be stopped.` };
    return;
  }
  const how = following.operation === "update" ? "rollback" : command.keep ? "keep" : "delete";
  yield { type: "cancelling", how };
  const result = how === "keep" ? yield* stopRollout(session, following) : yield* callOff(session, following, how);
  if (result.ok) following.cancelled = how;
  else {
    const { message, hint, action } = result.problem;
    yield { type: "warning", message: `Could not cancel: ${message}`, hint, ...(action && { action }) };
  }
}

async function* callOff(session: Session, following: Following, how: "rollback" | "delete"): AsyncGenerator<DeployEvent, Attempt<void>> {
  const operation = how === "delete" ? "delete" : "cancel";
  const token = nextToken(session, following.plan, operation);
  const { stackId } = following.stack;
  following.stack.ownTokens.add(token);
  yield { type: "operation", operation, token };
  const result = yield* attempt(session, (signal) =>
    how === "delete" ? session.cloud.deleteStack(stackId, token, signal) : session.cloud.cancelUpdate(stackId, token, signal),
  );
  if (result.ok) yield { type: "accepted", operation, stackId };
  return result;
}

async function* stopRollout(session: Session, following: Following): AsyncGenerator<DeployEvent, Attempt<void>> {
  const { cluster, service } = following.service;
  if (service === undefined) return nothingToStop;
  const found = yield* attempt(session, (signal) => session.cloud.serviceDeployments(cluster, service, signal));
  if (!found.ok) return found;
  const running = found.value.find((one) => one.status === "IN_PROGRESS" || one.status === "PENDING");
  if (!running) return nothingToStop;
  return yield* attempt(session, (signal) => session.cloud.stopServiceDeployment(running.arn, "ABORT", signal));
}

const nothingToStop: Attempt<void> = {
  ok: false,
  transient: false,
  problem: {
    kind: "conflict",
    message: "the service has no rollout that could be stopped.",
    hint: "Wait until the service is being created, or cancel and delete the stack.",
  },
};
