import type { DeploymentPlan, TemplateResources, Wait } from "../../engine/deployment/plan.ts";
import { names } from "../../engine/names.ts";
import type { Step } from "../../engine/sections/index.ts";
import { stackTags } from "../../engine/tags.ts";
import { buildTemplate, capability, printTemplate } from "../../engine/template/index.ts";
import type { VariableDictionary } from "../../engine/variables/index.ts";

/** An id for a deployment: sorts by time, and is the root of its client request tokens. */
export function newDeploymentId(now: number, random: () => number = Math.random): string {
  const time = new Date(now)
    .toISOString()
    .replace(/[-:.Z]/g, "")
    .replace("T", "-");
  return `ecsw-${time}-${random().toString(36).slice(2, 8).padEnd(6, "0")}`;
}

/** How long the step says a deployment is waited for. */
export function waitOf({ deploymentOptions }: Pick<Step, "deploymentOptions">): Wait {
  if (deploymentOptions.wait === "dontWait") return { kind: "none" };
  const minutes = Number(deploymentOptions.timeoutMinutes);
  return deploymentOptions.wait === "waitWithTimeout" && minutes > 0 ? { kind: "timeout", minutes } : { kind: "untilCompleted" };
}

/** What a plan needs besides the step. */
export interface PlanChoices {
  readonly id: string;
  readonly wait?: Wait;
  readonly variables?: VariableDictionary;
  readonly usual?: Readonly<Record<string, number>>;
  readonly patience?: number;
}

/** A step whose variables all have values, as the plan of its deployment. */
export function planOf(step: Step, choices: PlanChoices): DeploymentPlan {
  const made = names(step);
  const template = buildTemplate(step);
  return {
    stackName: made.stackName,
    template: printTemplate(template, "yaml"),
    resources: template["Resources"] as unknown as TemplateResources,
    tags: stackTags(step, choices.variables).map(({ Key, Value }) => ({ key: Key, value: Value })),
    capabilities: [capability],
    region: step.target.region,
    cluster: step.target.cluster,
    serviceId: made.serviceLogicalId,
    taskDefinitionId: made.taskDefinitionLogicalId,
    wait: choices.wait ?? waitOf(step),
    token: choices.id,
    ...(choices.usual ? { usual: choices.usual } : {}),
    ...(choices.patience === undefined ? {} : { patience: choices.patience }),
  };
}
