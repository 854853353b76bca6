/** The end of a deployment that found nothing to update. */
import type { DeployEvent } from "./events.ts";
import type { Stack, StackResource } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { outputValues, parseServiceArn } from "./outputs.ts";
import type { DeploymentPlan } from "./plan.ts";
import { enrich, type Session } from "./session.ts";

type Unchanged = Pick<DeploymentPlan, "stackName" | "cluster" | "region" | "serviceId" | "taskDefinitionId">;

/** The outcome, after a note for each container about the image it runs: the same tag pushed again is no change, so its digest tells. */
export async function* unchangedOutcome(session: Session, plan: Unchanged, stack: Stack | undefined): AsyncGenerator<DeployEvent, Outcome> {
  const { stackName } = plan;
  const message = `No changes: the stack ${stackName} already is as described, and its image references did not change. An image pushed again under the same tag is not a change.`;
  const outcome = { status: "unchanged", message, stackName } as const;
  if (!stack) return outcome;
  const known = { ...outcome, stackId: stack.id, stackStatus: stack.status };
  const resources = yield* enrich(session, "the stack's resources", (signal) => session.cloud.stackResources(stack.id, signal));
  if (!resources) return known;
  yield* tellImages(session, plan, resources);
  return { ...known, outputs: outputValues(plan, stack, resources) };
}

async function* tellImages(session: Session, plan: Unchanged, resources: readonly StackResource[]): AsyncGenerator<DeployEvent, void> {
  const arn = resources.find((one) => one.logicalId === plan.serviceId)?.physicalId;
  if (arn === undefined) return;
  const { cluster = plan.cluster, name } = parseServiceArn(arn);
  const tasks = yield* enrich(session, "the service's tasks", (signal) => session.cloud.tasks(cluster, name, signal));
  const running = (tasks ?? []).filter((task) => task.lastStatus === "RUNNING").flatMap((task) => task.containers);
  const told = new Set<string>();
  for (const { name: container, image, digest } of running) {
    if (image === undefined) continue;
    const message = `${container} runs ${image}${digest ? `, digest ${digest.slice(0, 19)}…` : ""}`;
    if (!told.has(message)) yield { type: "note", message };
    told.add(message);
  }
  if (told.size === 0) return;
  const anew = `aws ecs update-service --region ${plan.region} --cluster ${cluster} --service ${name} --force-new-deployment`;
  yield { type: "note", message: `To start its tasks anew with what these tags hold now: ${anew}` };
}
