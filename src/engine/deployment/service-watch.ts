/** Follows a service: its rollouts, its messages, and through them its tasks, targets and logs. */

import type { Attribution, DeployEvent } from "./events.ts";
import { attributeTask, gatherTargets, gatherTasks } from "./evidence-watch.ts";
import type { EcsDeployment, Service, ServiceMessage } from "./facts.ts";
import { lastPart, parseServiceArn } from "./outputs.ts";
import { isNews, type ServiceWatch } from "./service-state.ts";
import { type Attempt, attempt, enrich, type Session, warnOnce } from "./session.ts";

/** How often each is asked for while something is under way; at once whenever the service itself has changed. */
const every = { tasks: 4_000, targets: 5_000, deployments: 10_000 };
const earlierMessages = 10;

/** Notes what the service holds before our operation begins, so that everything else is ours; the service as it is. */
export async function* takeBaseline(session: Session, watch: ServiceWatch): AsyncGenerator<DeployEvent, Service | undefined> {
  watch.baseline = "exact";
  const service = yield* describe(session, watch);
  if (!service.ok || !service.value) return undefined;
  for (const deployment of service.value.deployments) watch.before.deployments.add(deployment.id);
  for (const message of service.value.events) watch.before.messages.add(message.id);
  const deployments = yield* enrich(session, "the service's deployments", (signal) =>
    session.cloud.serviceDeployments(watch.cluster, service.value?.arn ?? "", signal),
  );
  for (const deployment of deployments ?? []) watch.before.serviceDeployments.add(deployment.arn);
  const { clusterArn, name } = service.value;
  const tasks = yield* enrich(session, "the service's tasks", (signal) => session.cloud.tasks(clusterArn, name, signal));
  watch.tasksBefore = tasks && new Set(tasks.map((task) => task.arn));
  return service.value;
}

/**
 * Infers, for an operation that was not seen to begin, which rollouts were there before it: those of another task definition
 * than the operation's own or, when it made none, all but the newest if it touched the service, and all if it did not.
 */
export async function* inferBaseline(
  session: Session,
  watch: ServiceWatch,
  operation: { readonly taskDefinition: string | undefined; readonly touchedService: boolean; readonly createdService: boolean },
): AsyncGenerator<DeployEvent, void> {
  const service = yield* describe(session, watch);
  if (!service.ok || !service.value) return;
  watch.baseline = operation.createdService ? "exact" : "inferred";
  if (operation.createdService) watch.tasksBefore = new Set();
  for (const deployment of operation.createdService ? [] : service.value.deployments) {
    const ours = operation.taskDefinition ? deployment.taskDefinition === operation.taskDefinition : deployment.status === "PRIMARY";
    if (!ours || !operation.touchedService) watch.before.deployments.add(deployment.id);
  }
}

/** A service that our operation created has no history of anybody else: all of it is ours. */
export function ownFromTheStart(watch: ServiceWatch): void {
  if (watch.baseline !== "none") return;
  watch.baseline = "exact";
  watch.tasksBefore = new Set();
}

/** Turns to the service that the stack now has; a replaced service begins anew. */
export function pointAtService(watch: ServiceWatch, physicalId: string): void {
  if (watch.service === physicalId) return;
  watch.service = physicalId;
  watch.cluster = parseServiceArn(physicalId).cluster ?? watch.cluster;
  watch.latest = undefined;
}

/** Looks once: one call while nothing changes, the tasks and targets too when something does. `thorough`: everything now. */
export async function* pollService(session: Session, watch: ServiceWatch, thorough = false): AsyncGenerator<DeployEvent, void> {
  if (watch.service === undefined || watch.blind) return;
  const result = yield* describe(session, watch);
  if (!result.ok || !result.value) return;
  const service = result.value;
  watch.latest = service;
  for (const deployment of service.deployments) if (isOurs(watch, deployment)) watch.own.add(deployment.id);
  const { events, ...state } = service;
  const changed = isNews(watch, "service", state);
  if (changed) yield { type: "service", service: state, own: [...watch.own] };
  const spoke = yield* tellMessages(watch, service);
  const stirring = changed || spoke || thorough;
  if (stirring || isDue(session, watch, "deployments", isRolling(service))) yield* tellDeployments(session, watch, service.arn);
  if (stirring || isDue(session, watch, "tasks", isRolling(service))) yield* gatherTasks(session, watch, service);
  if (stirring || isDue(session, watch, "targets", !areSettled(watch))) yield* gatherTargets(session, watch, service);
}

async function* describe(session: Session, watch: ServiceWatch): AsyncGenerator<DeployEvent, Attempt<Service | undefined>> {
  const name = watch.service;
  if (name === undefined) return { ok: true, value: undefined };
  const result = yield* attempt(session, (signal) => session.cloud.describeServices(watch.cluster, [name], signal));
  if (result.ok) return { ok: true, value: result.value.find((one) => one.arn === name || one.name === lastPart(name)) };
  if (!result.transient && result.problem.kind !== "notFound") {
    watch.blind = true;
    yield* warnOnce(session, "the service", result.problem);
  }
  return result;
}

function isOurs(watch: ServiceWatch, deployment: EcsDeployment): boolean {
  return watch.baseline !== "none" && !watch.before.deployments.has(deployment.id);
}

/** Whether a rollout is under way. */
export function isRolling(service: Service): boolean {
  return service.deployments.some((one) => one.rollout === "IN_PROGRESS") || service.running !== service.desired;
}

function areSettled(watch: ServiceWatch): boolean {
  return [...watch.targets.values()].every((targets) => targets.every((target) => target.state === "healthy"));
}

function isDue(session: Session, watch: ServiceWatch, what: keyof typeof every, wanted: boolean): boolean {
  return wanted && session.clock.now() - watch.asked[what] >= every[what];
}

function* tellMessages(watch: ServiceWatch, service: Service): Generator<DeployEvent, boolean> {
  const earlier = service.events.filter((message) => watch.before.messages.has(message.id)).slice(0, earlierMessages);
  const fresh = service.events.filter((message) => !watch.before.messages.has(message.id));
  let told = false;
  for (const event of [...fresh, ...earlier].reverse()) {
    if (!isNews(watch, `message ${event.id}`, true)) continue;
    told ||= !watch.before.messages.has(event.id);
    yield { type: "serviceEvent", event, attribution: attributeMessage(watch, event) };
  }
  return told;
}

/** Whose a message is: by the rollout or task it names, else by whether it was there before us. */
function attributeMessage(watch: ServiceWatch, event: ServiceMessage): Attribution {
  if (watch.before.messages.has(event.id)) return "earlier";
  const rollout = /ecs-svc\/\d+/.exec(event.message)?.[0];
  if (rollout !== undefined) return attributeRollout(watch, rollout);
  const task = /\(task ([0-9a-f]{32})\)/.exec(event.message)?.[1];
  const known = [...watch.tasks.values()].find((one) => one.id === task);
  if (known) return attributeTask(watch, known);
  return watch.baseline === "exact" ? "own" : "unknown";
}

/** Whose a rollout is, also one that had ended before the service was first seen. */
function attributeRollout(watch: ServiceWatch, id: string): Attribution {
  if (watch.own.has(id)) return "own";
  if (watch.baseline === "exact" && !watch.before.deployments.has(id)) return "own";
  return watch.own.size > 0 || watch.before.deployments.has(id) ? "earlier" : "unknown";
}

async function* tellDeployments(session: Session, watch: ServiceWatch, arn: string): AsyncGenerator<DeployEvent, void> {
  watch.asked.deployments = session.clock.now();
  const found = yield* enrich(session, "the service's deployments", (signal) =>
    session.cloud.serviceDeployments(watch.cluster, arn, signal),
  );
  for (const deployment of (found ?? []).toReversed()) {
    if (watch.before.serviceDeployments.has(deployment.arn)) continue;
    const attribution = watch.baseline === "exact" ? "own" : "unknown";
    if (attribution === "own") watch.deployments.set(deployment.arn, deployment);
    if (isNews(watch, deployment.arn, deployment)) yield { type: "serviceDeployment", deployment, attribution };
  }
}
