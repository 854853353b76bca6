/** Deletes a stack; one that is not there counts as deleted. */
import { ProblemError } from "../problem.ts";
import { conclude } from "./conclude.ts";
import type { DeployEvent } from "./events.ts";
import { awaitIdle, deadlineOf, findStack } from "./find-stack.ts";
import { guarded } from "./guarded.ts";
import type { Outcome } from "./outcome.ts";
import type { DeploymentPlan } from "./plan.ts";
import { watchService } from "./service-state.ts";
import { type DeployPorts, enrich, insist, nextToken, openSession, type Session } from "./session.ts";
import { isBusy } from "./stack-status.ts";
import { watchStack } from "./stack-watch.ts";

/** What is to be deleted. */
export type RemovalPlan = Pick<
  DeploymentPlan,
  "stackName" | "region" | "cluster" | "serviceId" | "taskDefinitionId" | "wait" | "token" | "patience"
>;

/** Deletes the plan's stack, telling every fact as it is seen; returns how it ended. Aborting the signal stops the watching only. */
export async function* remove(ports: DeployPorts, plan: RemovalPlan, signal: AbortSignal): AsyncGenerator<DeployEvent, Outcome> {
  const session = openSession(ports, signal, plan.patience);
  const { stackName, region, cluster, serviceId, wait, token } = plan;
  yield { type: "started", activity: "delete", stackName, region, cluster, serviceId, wait, token };
  return yield* guarded(session, plan, workflow(session, plan));
}

async function* workflow(session: Session, plan: RemovalPlan): AsyncGenerator<DeployEvent, Outcome> {
  const { stackName } = plan;
  const deadline = deadlineOf(session, plan.wait);
  const nothing: Outcome = { status: "unchanged", message: `There is no stack ${stackName}: nothing to delete.`, stackName };
  for (;;) {
    const stack = yield* findStack(session, stackName, "there");
    const denied = session.warned.size > 0;
    if (!stack && !denied) return nothing;
    if (stack && isBusy(stack.status)) {
      const ended = yield* awaitIdle(session, plan, stack, deadline);
      if (ended) return ended;
      continue;
    }
    const stackId = stack?.id ?? stackName;
    const resources = yield* enrich(session, "the stack's resources", (signal) => session.cloud.stackResources(stackId, signal));
    const token = nextToken(session, plan, "delete");
    yield { type: "operation", operation: "delete", token };
    try {
      yield* insist(session, (signal) => session.cloud.deleteStack(stackId, token, signal));
    } catch (error) {
      if (error instanceof ProblemError && /_IN_PROGRESS state/.test(error.problem.detail ?? "")) continue;
      throw error;
    }
    session.underWay = true;
    yield { type: "accepted", operation: "delete", stackId };
    yield { type: "resources", resources: (resources ?? []).map(({ logicalId, type }) => ({ logicalId, type })).reverse() };
    const service = watchService(plan.cluster, resources?.find((one) => one.logicalId === plan.serviceId)?.physicalId);
    return yield* conclude(session, plan, { plan, operation: "delete", stack: watchStack(stackId, [token]), service, deadline });
  }
}
