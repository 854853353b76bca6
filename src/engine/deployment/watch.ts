/** Attaches to whatever is happening to a stack, or happened last, whoever began it and wherever. */
import { conclude } from "./conclude.ts";
import type { DeployEvent } from "./events.ts";
import type { StackEvent, StackResource } from "./facts.ts";
import { deadlineOf, findStack } from "./find-stack.ts";
import { guarded } from "./guarded.ts";
import type { Outcome } from "./outcome.ts";
import { type DeploymentPlan, operationTokens } from "./plan.ts";
import { watchService } from "./service-state.ts";
import { inferBaseline } from "./service-watch.ts";
import { type DeployPorts, enrich, insist, openSession, type Session } from "./session.ts";
import { operationEvents, operationHead, watchStack } from "./stack-watch.ts";

/** What is to be watched; without the ids of service and task definition, the first of the stack are taken. */
export type WatchPlan = Pick<DeploymentPlan, "stackName" | "region" | "cluster" | "wait" | "token"> &
  Partial<Pick<DeploymentPlan, "serviceId" | "taskDefinitionId" | "patience" | "usual">>;

/** Watches the stack's running – else its last – operation, its past events included; returns how it ended. Changes nothing unless told to cancel. */
export async function* watch(ports: DeployPorts, plan: WatchPlan, signal: AbortSignal): AsyncGenerator<DeployEvent, Outcome> {
  const session = openSession(ports, signal, plan.patience);
  const { stackName, region, cluster, wait } = plan;
  yield { type: "started", activity: "watch", stackName, region, ...(cluster && { cluster }), wait };
  return yield* guarded(session, plan, workflow(session, plan));
}

async function* workflow(session: Session, plan: WatchPlan): AsyncGenerator<DeployEvent, Outcome> {
  const { stackName } = plan;
  const stack = yield* findStack(session, stackName, "there");
  if (!stack && session.warned.size === 0) {
    return { status: "failed", reason: "refused", message: `There is no stack ${stackName}, so there is nothing to watch.`, stackName };
  }
  const stackId = stack?.id ?? stackName;
  const events = yield* insist(session, (signal) => operationEvents(session.cloud.stackEvents(stackId, signal)));
  session.underWay = true;
  const resources = yield* enrich(session, "the stack's resources", (signal) => session.cloud.stackResources(stackId, signal));
  const ofType = (type: string, id: string | undefined) =>
    resources?.find((one) => (id === undefined ? one.type === type : one.logicalId === id));
  const service = ofType("AWS::ECS::Service", plan.serviceId);
  const serviceId = plan.serviceId ?? service?.logicalId ?? "";
  const taskDefinitionId = plan.taskDefinitionId ?? ofType("AWS::ECS::TaskDefinition", undefined)?.logicalId ?? "";
  if (resources) yield { type: "resources", resources: expected(resources, plan.usual ?? {}) };
  const watched = watchService(plan.cluster, service?.physicalId);
  const ofService = events.filter((event) => event.logicalId === serviceId);
  yield* inferBaseline(session, watched, {
    taskDefinition: firstResult(events, taskDefinitionId),
    touchedService: ofService.length > 0,
    createdService: ofService.some((event) => event.status === "CREATE_IN_PROGRESS"),
  });
  const head = operationHead(events);
  const history = watchStack(stackId, head?.token === undefined ? [] : operationTokens(head.token));
  if (head?.operationId !== undefined) history.ownOperations.add(head.operationId);
  const following = {
    plan: { ...plan, serviceId, taskDefinitionId },
    operation: operationOf(head),
    stack: history,
    service: watched,
    deadline: deadlineOf(session, plan.wait),
  };
  return yield* conclude(session, following.plan, following);
}

function operationOf(head: StackEvent | undefined): "create" | "update" | "delete" | "continue" {
  if (head?.status.startsWith("CREATE")) return "create";
  if (head?.status.startsWith("DELETE")) return "delete";
  return head?.status.startsWith("UPDATE_ROLLBACK") ? "continue" : "update";
}

/** The physical id that an operation first gave a resource: that of its own version, not of the one it goes back to. */
export function firstResult(events: readonly StackEvent[], logicalId: string): string | undefined {
  return events.find((event) => event.logicalId === logicalId && /^(CREATE|UPDATE)_COMPLETE$/.test(event.status))?.physicalId;
}

function expected(resources: readonly StackResource[], usual: Readonly<Record<string, number>>) {
  return resources.map(({ logicalId, type }) => {
    const duration = usual[logicalId] ?? usual[type];
    return duration === undefined ? { logicalId, type } : { logicalId, type, usual: duration };
  });
}
