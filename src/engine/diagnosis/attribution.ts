import { lastPart } from "../deployment/outputs.ts";
import type {
  Attribution,
  Evidence,
  ServiceDeploymentEvidence,
  ServiceEventEvidence,
  StackEventEvidence,
  StoppedTaskEvidence,
} from "./evidence.ts";

/** Tells whose facts are: by tokens and ids only, never by time. */
export interface Attributor {
  stackEvent(event: StackEventEvidence): Attribution;
  task(task: StoppedTaskEvidence): Attribution;
  serviceEvent(event: ServiceEventEvidence): Attribution;
  serviceDeployment(deployment: ServiceDeploymentEvidence): Attribution;
}

/** Compares an id with those of the deployment; undefined when there is nothing to compare. */
function among(id: string | undefined, own: ReadonlySet<string>): Attribution | undefined {
  if (id === undefined || own.size === 0) return undefined;
  return own.has(id) ? "own" : "earlier";
}

/**
 * The attributor of one deployment. Stack events are told by operation id, then by client request token, and those of a
 * nested stack also by the event that created or updated it; tasks by the ECS deployment that started them, then by task
 * definition revision; service events by the deployments and tasks they name.
 */
export function attributor({ operation = {}, stackEvents = [], stoppedTasks = [] }: Evidence): Attributor {
  const tokens = new Set(operation.clientRequestTokens);
  const operations = new Set(operation.operationIds);
  const deployments = new Set(operation.deploymentIds);
  const revisions = new Set(operation.taskDefinitionArns);

  const byIds = (event: StackEventEvidence): Attribution | undefined =>
    event.attribution ?? among(event.operationId, operations) ?? among(event.clientRequestToken, tokens);
  // A stack that this deployment created cannot have a history of anybody else.
  const created = new Set(
    stackEvents
      .filter((event) => event.type === "AWS::CloudFormation::Stack" && event.status === "CREATE_IN_PROGRESS" && byIds(event) === "own")
      .flatMap((event) => (event.physicalId && event.physicalId !== event.stackId ? [event.physicalId] : [])),
  );

  const task = (one: StoppedTaskEvidence): Attribution =>
    one.attribution ?? among(one.startedBy, deployments) ?? among(one.taskDefinitionArn, revisions) ?? "unknown";
  const tasks = new Map(stoppedTasks.map((one) => [lastPart(one.arn), task(one)]));

  return {
    stackEvent: (event) => byIds(event) ?? (created.has(event.stackId) ? "own" : "unknown"),
    task,
    serviceEvent: (event) => {
      if (event.attribution) return event.attribution;
      const named = event.message.match(/ecs-svc\/\d+/g)?.map((id) => among(id, deployments)) ?? [];
      const started = [...event.message.matchAll(/\(task ([0-9a-f-]{8,})\)/g)].map((match) => tasks.get(match[1] as string));
      // “rolling back to deployment X” names the deployment gone back to, not the one that failed.
      const goesBack = /rolling back to/.test(event.message);
      const told = [...(goesBack ? [] : named), ...started].filter((one) => one !== undefined);
      return told.includes("own") ? "own" : (told[0] ?? "unknown");
    },
    serviceDeployment: (deployment) =>
      deployment.attribution ?? among(deployment.id, deployments) ?? among(deployment.taskDefinitionArn, revisions) ?? "unknown",
  };
}
