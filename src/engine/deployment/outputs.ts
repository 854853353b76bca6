/** The values a deployment leaves for the steps after it. */
import type { Stack, StackResource } from "./facts.ts";
import type { DeploymentPlan } from "./plan.ts";

/** What stands behind the last `/` of an ARN, or the text itself. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** The cluster and the name of a service's ARN; the old short form names no cluster. */
export function parseServiceArn(arn: string): { readonly cluster?: string; readonly name: string } {
  const [, ...path] = (arn.split(":").slice(5).join(":") || arn).split("/");
  const name = path.at(-1) ?? arn;
  const cluster = path.length > 1 ? path[0] : undefined;
  return cluster === undefined ? { name } : { cluster, name };
}

/**
 * The output values of step-reference.md, "Deployment workflow": `ServiceName`, `ClusterName`, `CloudFormationStackName`,
 * `TaskDefinitionFamily`, `TaskDefinitionRevision`, `Region`, `AwsOutputs[StackId]` and every output of the stack.
 */
export function outputValues(
  plan: Pick<DeploymentPlan, "cluster" | "region" | "serviceId" | "taskDefinitionId">,
  stack: Pick<Stack, "id" | "name" | "outputs">,
  resources: readonly StackResource[],
): Readonly<Record<string, string>> {
  const physical = (logicalId: string) => resources.find((resource) => resource.logicalId === logicalId)?.physicalId;
  const service = physical(plan.serviceId);
  const taskDefinition = physical(plan.taskDefinitionId);
  const [family, revision] = taskDefinition ? lastPart(taskDefinition).split(":") : [];
  return Object.fromEntries(
    Object.entries({
      ServiceName: service && parseServiceArn(service).name,
      ClusterName: lastPart(plan.cluster) || (service && parseServiceArn(service).cluster),
      CloudFormationStackName: stack.name,
      TaskDefinitionFamily: family,
      TaskDefinitionRevision: revision,
      Region: plan.region,
      "AwsOutputs[StackId]": stack.id,
      ...Object.fromEntries(Object.entries(stack.outputs).map(([name, value]) => [`AwsOutputs[${name}]`, value])),
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
