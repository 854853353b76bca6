/** Asks AWS once more about a recorded deployment, by its identity: what it still knows, and what its record lacks. */
import { ProblemError } from "../problem.ts";
import type { DeployEvent } from "./events.ts";
import { gatherTasksOf } from "./evidence-watch.ts";
import { operationTokens } from "./plan.ts";
import { foldAll } from "./progress.ts";
import type { DeploymentRecord } from "./record.ts";
import { type ServiceWatch, watchService } from "./service-state.ts";
import { inferBaseline, pollService } from "./service-watch.ts";
import { type DeployPorts, openSession, type Session } from "./session.ts";
import { pollStack, type StackWatch, watchStack } from "./stack-watch.ts";
import { firstResult } from "./watch.ts";

/** What a refresh works with; it asks nobody and changes nothing. */
export type RefreshPorts = Pick<DeployPorts, "cloud" | "clock">;

type Fact = Extract<DeployEvent, { readonly attribution: unknown }>;

/**
 * The facts of a recorded deployment that AWS still tells and that its record does not have; none when it never had an
 * operation. What operations after it did is left out. Throws ProblemError when AWS can't be asked for the stack's history.
 */
export async function* refresh(
  ports: RefreshPorts,
  { header, events }: DeploymentRecord,
  signal: AbortSignal,
): AsyncGenerator<DeployEvent> {
  const { stackId, own, service } = foldAll(events);
  const tokens = events.flatMap((event) => (event.type === "operation" ? operationTokens(event.token) : []));
  if (tokens.length === 0) return;
  const session = openSession({ ...ports, decide: async () => ({ kind: "abort", why: "needsConsent" }) }, signal, 0);
  const known = knownFacts(events);
  const watch = resumed(watchStack(stackId ?? header.stackName, tokens), events);
  const all: DeployEvent[] = [...events];
  for await (const fact of unknownOnly(followed(session, watch), known)) {
    all.push(fact);
    yield fact;
  }
  const told = all.flatMap((event) => (event.type === "stackEvent" && event.attribution === "own" ? [event.event] : []));
  const arn = service?.arn ?? told.findLast((event) => event.logicalId === header.serviceId && event.physicalId)?.physicalId;
  if (arn === undefined) return;
  const watched = watchService(header.cluster, arn);
  for (const id of own) watched.own.add(id);
  if (own.length === 0) {
    const ofService = told.filter((event) => event.logicalId === header.serviceId);
    yield* inferBaseline(session, watched, {
      taskDefinition: firstResult(told, header.taskDefinitionId ?? ""),
      touchedService: ofService.length > 0,
      createdService: ofService.some((event) => event.status === "CREATE_IN_PROGRESS"),
    });
  }
  // Tasks that were still stopping when they were last seen are asked for by name.
  for (const event of events) if (event.type === "task") watched.tasks.set(event.task.arn, event.task);
  for await (const fact of unknownOnly(whatIsLeft(session, watched, firstResult(told, header.taskDefinitionId ?? "")), known)) {
    // How things are now says nothing of how they were then.
    if (fact.type !== "targets" && fact.type !== "service") yield fact;
  }
}

/** The tasks of the revision this operation made, which ECS remembers for an hour even where their service is gone; and the service as it is now. */
async function* whatIsLeft(session: Session, watch: ServiceWatch, taskDefinition: string | undefined): AsyncGenerator<DeployEvent> {
  if (taskDefinition !== undefined) yield* gatherTasksOf(session, watch, taskDefinition);
  yield* pollService(session, watch, true);
}

async function* followed(session: Session, watch: StackWatch): AsyncGenerator<DeployEvent> {
  const result = yield* pollStack(session, watch);
  if (!result.ok) throw new ProblemError(result.problem);
}

/** A history that goes on behind the events of a record, as far back as to the last of them. */
function resumed(watch: StackWatch, events: DeploymentRecord["events"]): StackWatch {
  for (const event of events) {
    if (event.type !== "stackEvent") continue;
    watch.seen.add(event.event.id);
    if (event.attribution === "own" && event.event.operationId !== undefined) watch.ownOperations.add(event.event.operationId);
  }
  watch.reads = 1;
  return watch;
}

function keyOf(fact: Fact): string {
  switch (fact.type) {
    case "task":
      return `${fact.task.arn} ${fact.task.lastStatus}`;
    case "serviceDeployment":
      return `${fact.deployment.arn} ${fact.deployment.status}`;
    default:
      return fact.event.id;
  }
}

const isAttributed = (fact: DeployEvent): fact is Fact => "attribution" in fact;

function knownFacts(events: readonly DeployEvent[]): ReadonlySet<string> {
  return new Set(events.filter(isAttributed).map(keyOf));
}

/** Without what is known already, and what is of other operations. */
async function* unknownOnly(facts: AsyncIterable<DeployEvent>, known: ReadonlySet<string>): AsyncGenerator<DeployEvent> {
  for await (const fact of facts) if (!isAttributed(fact) || (fact.attribution !== "earlier" && !known.has(keyOf(fact)))) yield fact;
}
