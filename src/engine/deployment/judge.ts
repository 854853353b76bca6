/** Whether a service has arrived where its deployment was to bring it. */
import { attributeTask } from "./evidence-watch.ts";
import type { EcsDeployment } from "./facts.ts";
import { lastPart } from "./outputs.ts";
import type { ServiceWatch } from "./service-state.ts";
import { groupFailures } from "./task-failure.ts";

/** Still on its way (and what is missing), arrived, overtaken by a later deployment of another revision, or failed. */
export type Verdict =
  | { readonly state: "settling"; readonly missing: string }
  | { readonly state: "settled" }
  | { readonly state: "overtaken"; readonly by: string }
  | { readonly state: "failed"; readonly reason: "rollout" | "tasks"; readonly message: string };

const failedDeployments = /^(STOPPED|STOPPING|STOP_REQUESTED|ROLLBACK_)/;
/** Tasks that fail alike this often after the stack was finished will not come up by themselves. */
const hopeless = 2;

/**
 * Judges a service after its stack's operation succeeded. `taskDefinition`: the revision the stack ended with; a service that
 * runs another one was rolled back, whatever the stack says.
 */
export function judgeService(watch: ServiceWatch, taskDefinition: string | undefined): Verdict {
  const service = watch.latest;
  if (!service) return { state: "settling", missing: "the service" };
  const primary = service.deployments.find((one) => one.status === "PRIMARY");
  if (primary && taskDefinition && isLater(primary.taskDefinition, taskDefinition))
    return { state: "overtaken", by: lastPart(primary.taskDefinition) };
  const undone = [...watch.deployments.values()].find((one) => failedDeployments.test(one.status));
  if (undone) return rolledBack(primary, undone.rollbackReason ?? undone.reason ?? undone.status);
  const failed = service.deployments.find((one) => one.rollout === "FAILED" && (watch.own.has(one.id) || one === primary));
  if (failed) return rolledBack(failed, failed.rolloutReason);
  if (primary && taskDefinition && lastPart(primary.taskDefinition) !== lastPart(taskDefinition))
    return rolledBack(primary, primary.rolloutReason);
  if (service.status !== "ACTIVE") return { state: "failed", reason: "rollout", message: `The service is ${service.status}.` };
  const arrived = service.running >= service.desired && service.pending === 0;
  if (!arrived || primary?.rollout === "IN_PROGRESS") {
    const group = groupFailures(
      [...watch.tasks.values()].filter((task) => attributeTask(watch, task) === "own" && task.startedBy === primary?.id),
    )[0];
    if (!arrived && primary?.rollout !== "IN_PROGRESS" && group && group.tasks.length >= hopeless) {
      return { state: "failed", reason: "tasks", message: `${group.tasks.length} tasks stopped: ${group.cause}` };
    }
    return { state: "settling", missing: `${service.running} of ${service.desired} tasks are running` };
  }
  return judgeTargets(watch, service.desired);
}

/** Whether a task definition is a later revision of the same family: a rollback only ever goes to an earlier one. */
function isLater(one: string, other: string): boolean {
  const [[family, revision], [otherFamily, otherRevision]] = [lastPart(one).split(":"), lastPart(other).split(":")];
  return family === otherFamily && Number(revision) > Number(otherRevision);
}

function judgeTargets(watch: ServiceWatch, desired: number): Verdict {
  for (const targets of watch.targets.values()) {
    const active = targets.filter((target) => target.state !== "draining");
    const healthy = active.filter((target) => target.state === "healthy").length;
    if (healthy < active.length || healthy < desired) {
      return { state: "settling", missing: `${healthy} of ${Math.max(desired, active.length)} targets are healthy` };
    }
  }
  return { state: "settled" };
}

function rolledBack(deployment: EcsDeployment | undefined, why: string | undefined): Verdict {
  return {
    state: "failed",
    reason: "rollout",
    message: `The service's deployment failed or was rolled back; it runs ${deployment ? lastPart(deployment.taskDefinition) : "nothing"}${why ? `: ${why}` : ""}`,
  };
}
