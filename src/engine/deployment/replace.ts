/** Stacks that can't be updated: what would be lost is shown, consent is asked where something runs, and then they go – or go on rolling back. */
import type { Decide, Question } from "./decide.ts";
import type { DeployEvent } from "./events.ts";
import type { Stack, StackResource } from "./facts.ts";
import { type FollowEnd, followStack } from "./follow.ts";
import { withoutAccess } from "./guarded.ts";
import type { Outcome } from "./outcome.ts";
import { parseServiceArn } from "./outputs.ts";
import type { DeploymentPlan } from "./plan.ts";
import { watchService } from "./service-state.ts";
import { takeBaseline } from "./service-watch.ts";
import { enrich, insist, nextToken, type Session } from "./session.ts";
import { watchStack } from "./stack-watch.ts";
import { expectedResources } from "./template-order.ts";

const serviceType = "AWS::ECS::Service";

type Replacing = Pick<DeploymentPlan, "stackName" | "cluster" | "serviceId" | "taskDefinitionId" | "token" | "resources" | "usual">;

/** Deletes the stack or continues its rollback, as decided. An outcome: it was not agreed to, or did not work. */
export async function* replaceStack(
  session: Session,
  plan: Replacing,
  stack: Stack,
  deadline: number,
): AsyncGenerator<DeployEvent, Outcome | undefined> {
  const question = yield* weighUp(session, plan, stack);
  const answer = yield* ask(session.decide, question);
  if (answer.kind === "abort") return refusal(stack, question, answer.why);
  const deleting = answer.kind === "delete";
  const operation = deleting ? "delete" : "continue";
  const skip = deleting ? [] : answer.skip;
  const service = watchService(plan.cluster, deleting ? undefined : serviceOf(question.resources));
  // What the service holds already is not of the rollback that is continued.
  if (!deleting) yield* takeBaseline(session, service);
  const token = nextToken(session, plan, operation);
  yield { type: "operation", operation, token, ...(skip.length > 0 && { skip }) };
  yield* insist(session, (signal) =>
    deleting ? session.cloud.deleteStack(stack.id, token, signal) : session.cloud.continueRollback(stack.id, token, skip, signal),
  );
  session.underWay = true;
  yield { type: "accepted", operation, stackId: stack.id };
  if (deleting) yield { type: "resources", resources: remaining(plan, question.resources) };
  const following = { plan, operation, stack: watchStack(stack.id, [token]), service, deadline } as const;
  const end = yield* followStack(session, following);
  if (end.kind !== "rest") return interrupted(session, stack, operation, end);
  session.underWay = false;
  if (deleting && end.status !== "DELETE_COMPLETE") {
    const message = `The stack ${stack.name} could not be deleted (${end.status})${end.reason ? `: ${end.reason}` : ""}`;
    return { status: "failed", reason: "stack", message, stackName: stack.name, stackId: stack.id, stackStatus: end.status };
  }
  return undefined;
}

/** What would be lost with the stack, and whether somebody has to agree to it. */
async function* weighUp(
  session: Session,
  plan: Replacing,
  stack: Stack,
): AsyncGenerator<DeployEvent, Question & { readonly valuable: boolean }> {
  const all = (yield* enrich(session, "the stack's resources", (signal) => session.cloud.stackResources(stack.id, signal))) ?? [];
  const resources = all.filter((one) => one.physicalId && one.status !== "DELETE_COMPLETE" && one.status !== "DELETE_SKIPPED");
  const service = serviceOf(resources);
  const found = service
    ? yield* enrich(session, "the service", (signal) =>
        session.cloud.describeServices(parseServiceArn(service).cluster ?? plan.cluster, [service], signal),
      )
    : undefined;
  const runningTasks = service ? found?.reduce((sum, one) => sum + one.running, 0) : 0;
  const canContinue = stack.status === "UPDATE_ROLLBACK_FAILED";
  const unseen = session.warned.has("the stack's resources");
  return {
    kind: "replaceStack",
    stackName: stack.name,
    status: stack.status,
    resources,
    canContinue,
    valuable: canContinue || unseen || runningTasks !== 0,
    ...(stack.reason && { reason: stack.reason }),
    ...(runningTasks !== undefined && !unseen && { runningTasks }),
    ...(canContinue && { failedResources: all.filter((one) => one.status.endsWith("_FAILED")).map((one) => one.logicalId) }),
  };
}

const serviceOf = (resources: readonly StackResource[]) => resources.find((one) => one.type === serviceType)?.physicalId;

async function* ask(decide: Decide, { valuable, ...question }: Question & { readonly valuable: boolean }) {
  const { stackName, status, resources } = question;
  if (!valuable) {
    const lost = resources.length === 0 ? "nothing is left in it" : `with it go ${resources.map((one) => one.logicalId).join(", ")}`;
    yield { type: "note", message: `The stack ${stackName} is ${status} and has to be deleted first; ${lost}.` } as DeployEvent;
    return { kind: "delete" } as const;
  }
  yield { type: "question", question } as DeployEvent;
  const answer = await decide(question);
  yield { type: "answer", answer } as DeployEvent;
  return answer;
}

function refusal(stack: Stack, { canContinue, failedResources = [] }: Question, why: "declined" | "needsConsent"): Outcome {
  const state = `The stack ${stack.name} is ${stack.status}: it has to be deleted before it can be deployed again`;
  const skip = failedResources.length > 0 ? ` (with --skip-resources ${failedResources.join(",")} for what can't go back)` : "";
  const rollback = canContinue ? `; or continue its rollback with --continue-rollback${skip}` : "";
  const message =
    why === "declined"
      ? `${state}, and was left as it is.`
      : `${state}, with all that runs in it. Agree with --replace-failed-stack${rollback}. How it came to that: ecs-wizard watch ${stack.name}`;
  return { status: "failed", reason: why, message, stackName: stack.name, stackId: stack.id, stackStatus: stack.status };
}

function interrupted(session: Session, stack: Stack, operation: string, end: Exclude<FollowEnd, { kind: "rest" }>): Outcome {
  const found = { stackName: stack.name, stackId: stack.id };
  if (end.kind === "timedOut")
    return { ...found, status: "timedOut", message: `The time was up; the ${operation} of the stack ${stack.name} goes on in AWS.` };
  return { ...withoutAccess(session, stack.name, end.problem), ...found };
}

function remaining(plan: Replacing, resources: readonly StackResource[]) {
  const order = expectedResources(plan.resources, "delete", plan.usual);
  const listed = order.filter((one) => resources.some((resource) => resource.logicalId === one.logicalId));
  const others = resources.filter((resource) => !order.some((one) => one.logicalId === resource.logicalId));
  return [...listed, ...others.map(({ logicalId, type }) => ({ logicalId, type }))];
}
