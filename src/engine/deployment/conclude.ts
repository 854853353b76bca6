/** From an operation that AWS has accepted to its outcome: the stack first, then the service, its tasks and targets. */
import type { DeployEvent } from "./events.ts";
import { tellMissingLogs } from "./evidence-watch.ts";
import type { Stack } from "./facts.ts";
import { type FollowEnd, type Following, followStack } from "./follow.ts";
import { withoutAccess } from "./guarded.ts";
import { judgeService } from "./judge.ts";
import type { Outcome } from "./outcome.ts";
import { outputValues } from "./outputs.ts";
import type { DeploymentPlan } from "./plan.ts";
import { pollService } from "./service-watch.ts";
import { backoff, enrich, outOfPatience, pause, type Session } from "./session.ts";
import { isUnsuccessful } from "./stack-status.ts";
import { isAboutStack } from "./stack-watch.ts";

/** What concluding needs to know of a plan. */
export type Concluding = Pick<DeploymentPlan, "stackName" | "wait" | "cluster" | "region" | "serviceId" | "taskDefinitionId">;

const poll = 1_600;
const operationName = { create: "creation", update: "update", delete: "deletion", continue: "rollback" } as const;

/** Watches an accepted operation to the end that the plan wants to see, and says how it ended. */
export async function* conclude(session: Session, plan: Concluding, following: Following): AsyncGenerator<DeployEvent, Outcome> {
  const { stackName } = plan;
  const { stackId } = following.stack;
  if (plan.wait.kind === "none") {
    const unchecked =
      following.operation === "delete" ? ["the deletion"] : ["the stack's operation", "the service's deployment", "its tasks"];
    const message = `The ${operationName[following.operation]} of the stack ${stackName} was started and not waited for; whether it succeeds was not checked.`;
    return { status: "notWaited", reason: "option", message, stackName, stackId, unchecked };
  }
  const end = yield* followStack(session, following);
  if (end.kind !== "rest") return { ...early(session, plan, following, end), stackId };
  const found = { stackName, stackId, stackStatus: end.status };
  if (following.cancelled) return { ...found, status: "cancelled", message: cancelledMessage(stackName, following.cancelled, end.status) };
  if (following.operation === "delete" && end.status === "DELETE_COMPLETE") {
    return { ...found, status: "succeeded", message: `The stack ${stackName} is deleted.` };
  }
  if (following.operation === "continue" && end.status === "UPDATE_ROLLBACK_COMPLETE") {
    return { ...found, status: "succeeded", message: `The rollback of the stack ${stackName} is complete: it can be deployed again.` };
  }
  if (isUnsuccessful(end.status) || end.status === "DELETE_COMPLETE") {
    return {
      ...found,
      status: "failed",
      reason: "stack",
      message: `The stack ${stackName} ended as ${end.status}${why(following, end.reason)}`,
    };
  }
  return { ...(yield* settle(session, plan, following, end.stack)), ...found };
}

async function* settle(
  session: Session,
  plan: Concluding,
  following: Following,
  stack: Stack | undefined,
): AsyncGenerator<DeployEvent, Outcome> {
  const { stackName } = plan;
  const resources = yield* enrich(session, "the stack's resources", (signal) =>
    session.cloud.stackResources(following.stack.stackId, signal),
  );
  const physical = (logicalId: string) => resources?.find((one) => one.logicalId === logicalId)?.physicalId;
  // Without permission to describe the stack its own outputs are missing, and only they.
  const described = stack ?? { id: following.stack.stackId, name: stackName, outputs: {} };
  const outputs = resources && outputValues(plan, described, resources);
  const done = { stackName, ...(outputs && { outputs }) };
  following.service.service ??= physical(plan.serviceId);
  if (resources && !following.service.service)
    return { ...done, status: "succeeded", message: `The stack ${stackName} is complete; it holds no service.` };
  for (let first = true; ; first = false) {
    yield* pollService(session, following.service, first);
    if (following.service.blind || following.service.service === undefined) {
      const message = `The stack ${stackName} is complete, but whether its service runs could not be seen.`;
      return { ...done, status: "notWaited", reason: "access", message, unchecked: ["the service's deployment", "its tasks"] };
    }
    const taskDefinition = following.stack.results.get(plan.taskDefinitionId) ?? physical(plan.taskDefinitionId);
    const verdict = session.lost ? undefined : judgeService(following.service, taskDefinition);
    if (verdict?.state === "failed") {
      yield* tellMissingLogs(session, following.service);
      return { ...done, status: "failed", reason: verdict.reason, message: verdict.message };
    }
    if (verdict?.state === "overtaken") {
      const message = `The stack ${stackName} is complete; a later deployment is rolling ${verdict.by} out already, so its own tasks were not looked at.`;
      return { ...done, status: "succeeded", message, unchecked: ["its tasks"] };
    }
    if (verdict?.state === "settled") {
      const unseen = [
        ...(session.warned.has("the health of the targets") ? ["the health of the targets"] : []),
        ...(stack ? [] : ["the stack's outputs"]),
      ];
      const unchecked = unseen.length > 0 ? { unchecked: unseen } : {};
      return { ...done, ...unchecked, status: "succeeded", message: `${stackName} is deployed and its tasks are running.` };
    }
    if (session.clock.now() >= following.deadline) {
      const missing = verdict?.missing ?? "AWS does not answer";
      return {
        ...done,
        status: "timedOut",
        message: `The stack ${stackName} is complete, but the time was up before its service had settled: ${missing}.`,
      };
    }
    if (session.lost && outOfPatience(session)) return withoutAccess(session, stackName, session.lost.problem);
    if (session.inbox.take())
      yield { type: "note", message: "Nothing to cancel: the stack is complete; only its tasks are still settling." };
    await pause(session, session.lost ? backoff(session) : poll * session.pace);
  }
}

function early(session: Session, plan: Concluding, following: Following, end: Exclude<FollowEnd, { kind: "rest" }>): Outcome {
  const { stackName } = plan;
  if (end.kind === "lost") return withoutAccess(session, stackName, end.problem);
  if (end.kind === "blind") {
    const message = `The ${operationName[following.operation]} of the stack ${stackName} was started, but can't be waited for: ${end.problem.message}`;
    return {
      status: "notWaited",
      reason: "access",
      message,
      stackName,
      problem: end.problem,
      unchecked: ["the stack's operation", "its tasks"],
    };
  }
  const status = following.stack.own?.status;
  const message = `The time was up; the ${operationName[following.operation]} of the stack ${stackName} goes on in AWS. Come back with: ecs-wizard watch`;
  return { status: "timedOut", message, stackName, ...(status && { stackStatus: status }) };
}

/** The first real failure says more than the stack's own reason. */
function why({ stack }: Following, reason: string | undefined): string {
  const { failure } = stack;
  if (failure?.reason) return `: ${isAboutStack(failure) ? "" : `${failure.logicalId}: `}${failure.reason}`;
  return reason ? `: ${reason}` : "";
}

function cancelledMessage(stackName: string, how: NonNullable<Following["cancelled"]>, status: string): string {
  if (how === "delete")
    return status === "DELETE_COMPLETE"
      ? `Cancelled: the stack ${stackName} is deleted.`
      : `Cancelled; the stack ${stackName} is ${status}.`;
  if (how === "keep") return `Cancelled: the stack ${stackName} is kept for inspection (${status}).`;
  return status === "UPDATE_ROLLBACK_COMPLETE"
    ? `Cancelled: the stack ${stackName} is back at what it was before.`
    : `Cancelled; the stack ${stackName} is ${status}.`;
}
