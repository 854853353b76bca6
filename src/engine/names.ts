/** The names made from the answers: stack, logical ids, log group. */
import camelCase from "lodash/camelCase.js";
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

type Named = Pick<Step, "target" | "configuration">;

/** The generated names of a step; an unresolved expression counts with the words in it. */
export function names({ target, configuration }: Named): Names {
  const camel = camelCase(configuration.name);
  return {
    stackName: target.stackName ?? wholeStackName({ target, configuration }).slice(0, 128),
    serviceLogicalId: `Service${camel}`,
    taskDefinitionLogicalId: `TaskDefinition${camel}`,
    executionRoleLogicalId: `TaskExecutionRole${camel}`,
    logGroupLogicalId: `AwsLogGroup${camel}`,
    logGroupName: `/ecs/${configuration.name}`,
  };
}

/** The stack name made from the answers, before it is cut to the 128 characters CloudFormation takes. */
export function wholeStackName({ target, configuration }: Named): string {
  const service = `Service${camelCase(configuration.name)}`;
  const parts = [clusterName(target.cluster), service, target.environment].map((part) => camelCase(part));
  return ["cf-ecs", ...parts, target.tenant ? camelCase(target.tenant) : "untenanted"].join("-");
}

/** The name in a cluster's ARN, or the name itself. */
export function clusterName(cluster: string): string {
  return /^arn:[^:]*:ecs:[^:]*:[^:]*:cluster\/(.+)$/.exec(cluster)?.[1] ?? cluster;
}
