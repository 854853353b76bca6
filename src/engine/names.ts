/** The names made from the answers: stack, logical ids, log group. */
import camelCase from "lodash.camelcase";
import type { Step } from "./sections/index.ts";

/** Everything named after the service. Names are stable: changing one makes CloudFormation replace what bears it. */
export interface Names {
  readonly stackName: string;
  readonly serviceLogicalId: string;
  readonly taskDefinitionLogicalId: string;
  readonly executionRoleLogicalId: string;
  readonly logGroupLogicalId: string;
  readonly logGroupName: string;
}

/** The generated names of a step; an unresolved expression counts with the words in it. */
export function names({ target, configuration }: Pick<Step, "target" | "configuration">): Names {
  const camel = camelCase(configuration.name);
  const serviceLogicalId = `Service${camel}`;
  const parts = [clusterName(target.cluster), serviceLogicalId, target.environment].map((part) => camelCase(part));
  const tenant = target.tenant ? camelCase(target.tenant) : "untenanted";
  return {
    stackName: target.stackName ?? ["cf-ecs", ...parts, tenant].join("-").slice(0, 128),
    serviceLogicalId,
    taskDefinitionLogicalId: `TaskDefinition${camel}`,
    executionRoleLogicalId: `TaskExecutionRole${camel}`,
    logGroupLogicalId: `AwsLogGroup${camel}`,
    logGroupName: `/ecs/${configuration.name}`,
  };
}

/** The name in a cluster's ARN, or the name itself. */
export function clusterName(cluster: string): string {
  return /^arn:[^:]*:ecs:[^:]*:[^:]*:cluster\/(.+)$/.exec(cluster)?.[1] ?? cluster;
}
