/** What an update does to the running service that nobody should learn only afterwards. */
import type { DeployEvent } from "./events.ts";
import type { Service, Stack } from "./facts.ts";
import type { DeploymentPlan, TemplateResources } from "./plan.ts";
import { enrich, type Session } from "./session.ts";
import { resolvedResources } from "./template-changes.ts";

/** What can't change on a service that stands, by the CloudFormation reference of AWS::ECS::Service: another value makes another service. */
const createOnly = ["Cluster", "DeploymentController", "LaunchType", "Role", "SchedulingStrategy", "ServiceName"] as const;

/** Warns, before the update, when it re-creates the service or resets the number of tasks that something else has set. */
export async function* announceConsequences(
  session: Session,
  plan: DeploymentPlan,
  stack: Stack | undefined,
  service: Service | undefined,
): AsyncGenerator<DeployEvent, void> {
  if (!stack || !service) return;
  const wanted = resolvedResources(plan.template, plan.resources, plan.parameters ?? {});
  yield* warnOfTags(service, String(property(wanted, plan, "EnableECSManagedTags") ?? false));
  const body = yield* enrich(session, "the stack's template", (signal) => session.cloud.getTemplate(stack.id, signal));
  if (body === undefined) return;
  const present = resolvedResources(body, undefined, stack.parameters);
  if (present[plan.serviceId]) yield* warnOfReplacement(plan, service, present, wanted);
  yield* warnOfCount(service, Number(property(present, plan, "DesiredCount")), Number(property(wanted, plan, "DesiredCount")));
}

/** Changing the managed tags of a service re-creates it. */
function* warnOfTags(service: Service, wanted: string): Generator<DeployEvent> {
  if (service.managedTags === undefined || String(service.managedTags) === wanted) return;
  const message = `Changing enableEcsManagedTags to ${wanted} re-creates the service ${service.name}: its tasks are started anew.`;
  yield { type: "warning", message, hint: "Leave it as it is to keep the running service." };
}

function* warnOfReplacement(
  plan: DeploymentPlan,
  service: Service,
  present: TemplateResources,
  wanted: TemplateResources,
): Generator<DeployEvent> {
  const text = (resources: TemplateResources, name: string) => JSON.stringify(property(resources, plan, name));
  const changed = createOnly.filter((name) => text(present, name) !== text(wanted, name));
  if (changed.length === 0) return;
  const message = `Changing ${changed.join(", ")} re-creates the service ${service.name}: a new one starts its tasks, then the running one is deleted.`;
  yield { type: "warning", message, hint: "ecs-wizard preview shows what differs." };
}

/** The stack's own count differs from what runs: something else has set it, and would be undone. */
function* warnOfCount(service: Service, present: number, wanted: number): Generator<DeployEvent> {
  if (Number.isNaN(wanted) || Number.isNaN(present) || wanted === service.desired || present === service.desired) return;
  yield {
    type: "warning",
    message: `${service.name} is at ${service.desired} tasks, set by its autoscaling or by hand; this deployment sets ${wanted}.`,
    hint: "Set the desired count to what should run, or scale again afterwards.",
  };
}

function property(resources: TemplateResources, { serviceId }: DeploymentPlan, name: string): unknown {
  return resources[serviceId]?.Properties?.[name];
}
