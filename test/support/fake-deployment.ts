import { type DeployEvent, type RecordedEvent, stampEvent } from "../../src/engine/deployment/events.ts";
import type { Outcome } from "../../src/engine/deployment/outcome.ts";
import { foldAll } from "../../src/engine/deployment/progress.ts";
import type { RunListener } from "../../src/engine/deployment/run.ts";
import type { WatchedDeployment } from "../../src/screens/deployment-port.ts";

/** A deployment whose facts a test tells one by one. */
export interface ToldDeployment extends WatchedDeployment {
  tell(event: DeployEvent): void;
  /** What the screen asked for. */
  readonly asked: string[];
}

/** A deployment under way that waits to be told what happens. */
export function toldDeployment(profile: string, snapshot?: WatchedDeployment["snapshot"]): ToldDeployment {
  const events: RecordedEvent[] = [];
  const listeners = new Set<RunListener>();
  const asked: string[] = [];
  const ended = Promise.withResolvers<Outcome>();
  const progress = () => foldAll(events);
  return {
    id: "d-1",
    profile,
    ...(snapshot ? { snapshot } : {}),
    asked,
    progress,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stopWatching: () => void asked.push("stopWatching"),
    cancel: (options) => void asked.push(options?.keep ? "cancel and keep" : "cancel"),
    askAgain: () => void asked.push("askAgain"),
    answer: (answer) => void asked.push(`answer ${answer.kind}`),
    done: ended.promise,
    tell(event) {
      const recorded = stampEvent(event, events.length + 1, 1_000_000 + events.length * 1000);
      events.push(recorded);
      for (const listener of listeners) listener(recorded, progress());
      if (event.type === "outcome") ended.resolve(event);
    },
  };
}

/** The beginning of an update with two resources. */
export const beginning: readonly DeployEvent[] = [
  {
    type: "started",
    activity: "deploy",
    stackName: "cf-ecs-shop",
    region: "eu-west-1",
    cluster: "production",
    wait: { kind: "untilCompleted" },
  },
  {
    type: "resources",
    resources: [
      { logicalId: "TaskDefinitionshop", type: "AWS::ECS::TaskDefinition" },
      { logicalId: "Serviceshop", type: "AWS::ECS::Service", usual: 71_000 },
    ],
  },
  { type: "operation", operation: "update", token: "t-update" },
];

/** A line of the stack's history that is about this deployment. */
export function stackEvent(logicalId: string, status: string, at = 1_001_000, reason?: string): DeployEvent {
  const resourceType = logicalId.startsWith("Service") ? "AWS::ECS::Service" : "AWS::ECS::TaskDefinition";
  const event = {
    id: `${logicalId}-${status}`,
    at: new Date(at).toISOString(),
    stackId: "arn:stack",
    stackName: "cf-ecs-shop",
    logicalId,
    physicalId: logicalId,
    resourceType,
    status,
  };
  return { type: "stackEvent", attribution: "own", nested: false, event: { ...event, ...(reason ? { reason } : {}) } };
}
