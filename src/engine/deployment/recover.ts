/** Takes a stack out of UPDATE_ROLLBACK_FAILED: its rollback goes on, without the resources that can't go back. */
import { conclude } from "./conclude.ts";
import type { DeployEvent } from "./events.ts";
import { deadlineOf, findService, findStack } from "./find-stack.ts";
import { guarded } from "./guarded.ts";
import type { Outcome } from "./outcome.ts";
import type { DeploymentPlan } from "./plan.ts";
import { watchService } from "./service-state.ts";
import { takeBaseline } from "./service-watch.ts";
import { type DeployPorts, insist, nextToken, openSession, type Session } from "./session.ts";
import { watchStack } from "./stack-watch.ts";

/** What is to be recovered; `skip`: the logical ids of the resources to leave as they are. */
export type RecoveryPlan = Pick<
  DeploymentPlan,
  "stackName" | "region" | "cluster" | "serviceId" | "taskDefinitionId" | "wait" | "token" | "patience"
> & { readonly skip: readonly string[] };

/** Continues the failed rollback of the plan's stack, telling every fact as it is seen; returns how it ended. Aborting the signal stops the watching only. */
export async function* recover(ports: DeployPorts, plan: RecoveryPlan, signal: AbortSignal): AsyncGenerator<DeployEvent, Outcome> {
  const session = openSession(ports, signal, plan.patience);
  const { stackName, region, cluster, serviceId, wait, token } = plan;
  yield { type: "started", activity: "deploy", stackName, region, cluster, serviceId, wait, token };
  return yield* guarded(session, plan, workflow(session, plan));
}

async function* workflow(session: Session, plan: RecoveryPlan): AsyncGenerator<DeployEvent, Outcome> {
  const { stackName, skip } = plan;
  const deadline = deadlineOf(session, plan.wait);
  const stack = yield* findStack(session, stackName, "there");
  const stackId = stack?.id ?? stackName;
  if (stack ? stack.status !== "UPDATE_ROLLBACK_FAILED" : session.warned.size === 0) {
    const state = stack ? `is ${stack.status}` : "does not exist";
    const message = `The stack ${stackName} ${state}: there is no failed rollback to continue.`;
    return { status: "unchanged", message, stackName, ...(stack && { stackId, stackStatus: stack.status }) };
  }
  const service = watchService(plan.cluster, yield* findService(session, plan, stackId));
  yield* takeBaseline(session, service);
  const token = nextToken(session, plan, "continue");
  yield { type: "operation", operation: "continue", token, ...(skip.length > 0 && { skip }) };
  yield* insist(session, (signal) => session.cloud.continueRollback(stackId, token, skip, signal));
  session.underWay = true;
  yield { type: "accepted", operation: "continue", stackId };
  return yield* conclude(session, plan, { plan, operation: "continue", stack: watchStack(stackId, [token]), service, deadline });
}
