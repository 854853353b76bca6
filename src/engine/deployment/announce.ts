/** What an update does to the running service that nobody should learn only afterwards. */
import type { DeployEvent } from "./events.ts";
import type { Service, Stack } from "./facts.ts";
import type { DeploymentPlan, TemplateResources } from "./plan.ts";
import { enrich, type Session } from "./session.ts";
import { resolvedResources } from "./template-changes.ts";

/** Warns, before the update, when it re-creates the service or resets the number of tasks that something else has set. */
export async function* announceConsequences(
  session: Session,
  plan: DeploymentPlan,
  stack: Stack | undefined,
  service: Service | undefined,
): AsyncGenerator<DeployEvent, void> {
  if (!stack || !service) return;
  const wanted = resolvedResources(plan.template, plan.resources, plan.parameters ?? {});
  yield* warnOfReplacement(service, String(property(wanted, plan, "EnableECSManagedTags") ?? false));
  const count = Number(property(wanted, plan, "DesiredCount"));
  if (Number.isNaN(count) || count === service.desired) return;
  const body = yield* enrich(session, "the stack's template", (signal) => session.cloud.getTemplate(stack.id, signal));
  if (body === undefined) return;
  const before = Number(property(resolvedResources(body, undefined, stack.parameters), plan, "DesiredCount"));
  if (before === service.desired || Number.isNaN(before)) return;
  yield {
    type: "warning",
    message: `${service.name} is at ${service.desired} tasks, set by its autoscaling or by hand; this deployment sets ${count}.`,
    hint: "Set the desired count to what should run, or scale again afterwards.",
  };
}

/** Changing the managed tags of a service re-creates it. */
function* warnOfReplacement(service: Service, wanted: string): Generator<DeployEvent> {
  if (service.managedTags === undefined || String(service.managedTags) === wanted) return;
  const message = `Changing enableEcsManagedTags to ${wanted} re-creates the service ${service.name}: its tasks are started anew.`;
  yield { type: "warning", message, hint: "Leave it as it is to keep the running service." };
}

function property(resources: TemplateResources, { serviceId }: DeploymentPlan, name: string): unknown {
  return resources[serviceId]?.Properties?.[name];
}
