/** The deployment workflow: create, update or nothing to do, after whatever has to come first. See step-reference.md, "Deployment workflow". */

import { announceConsequences } from "./announce.ts";
import { conclude } from "./conclude.ts";
import type { DeployEvent } from "./events.ts";
import { awaitIdle, deadlineOf, findService, findStack } from "./find-stack.ts";
import type { Following } from "./follow.ts";
import { guarded } from "./guarded.ts";
import type { Outcome } from "./outcome.ts";
import type { DeploymentPlan } from "./plan.ts";
import { replaceStack } from "./replace.ts";
import { watchService } from "./service-state.ts";
import { takeBaseline } from "./service-watch.ts";
import { type DeployPorts, openSession, type Session } from "./session.ts";
import { isAbsent, isBusy, mustBeDeleted } from "./stack-status.ts";
import { watchStack } from "./stack-watch.ts";
import { type Submitted, submit } from "./submit.ts";
import { expectedResources } from "./template-order.ts";

/**
 * Deploys a plan, telling every fact as it is seen; returns how it ended. Aborting the signal stops the watching, not the
 * deployment. Pull one fact after the other: an `operation` is told before its call is made, so that it can be recorded first.
 */
export async function* deploy(ports: DeployPorts, plan: DeploymentPlan, signal: AbortSignal): AsyncGenerator<DeployEvent, Outcome> {
  const session = openSession(ports, signal, plan.patience);
  const { stackName, region, cluster, serviceId, wait, token } = plan;
  yield { type: "started", activity: "deploy", stackName, region, cluster, serviceId, wait, token };
  return yield* guarded(session, plan, workflow(session, plan));
}

async function* workflow(session: Session, plan: DeploymentPlan): AsyncGenerator<DeployEvent, Outcome> {
  const deadline = deadlineOf(session, plan.wait);
  for (;;) {
    const stack = yield* findStack(session, plan.stackName, "none");
    if (stack && isBusy(stack.status)) {
      const ended = yield* awaitIdle(session, plan, stack, deadline);
      if (ended) return ended;
      continue;
    }
    if (stack && mustBeDeleted(stack.status)) {
      const ended = yield* replaceStack(session, plan, stack, deadline);
      if (ended) return ended;
      continue;
    }
    const service = watchService(plan.cluster, stack && !isAbsent(stack.status) ? yield* findService(session, plan, stack.id) : undefined);
    yield* announceConsequences(session, plan, stack, yield* takeBaseline(session, service));
    if (session.inbox.take()) return notStarted(plan.stackName);
    const submitted = yield* submit(session, plan, stack);
    if (submitted.kind === "again") continue;
    if (submitted.kind === "ended") return submitted.outcome;
    const following = follow(plan, submitted, service, deadline);
    yield {
      type: "resources",
      resources: expectedResources(plan.resources, following.operation === "create" ? "create" : "update", plan.usual),
    };
    return yield* conclude(session, plan, following);
  }
}

function notStarted(stackName: string): Outcome {
  return {
    status: "cancelled",
    reason: "declined",
    message: `Cancelled before anything was changed in the stack ${stackName}.`,
    stackName,
  };
}

function follow(
  plan: DeploymentPlan,
  submitted: Extract<Submitted, { kind: "accepted" }>,
  service: Following["service"],
  deadline: number,
): Following {
  // What is in a stack of our making cannot be of anybody before us.
  if (submitted.operation === "create") service.tasksBefore = new Set();
  return {
    plan,
    operation: submitted.operation,
    stack: watchStack(submitted.stackId, [submitted.token], submitted.operationId),
    service,
    deadline,
  };
}
