/** The template's parameters, whose defaults are the profile's values. */
import type { Names } from "../names.ts";
import { partitionOf } from "../rules/arn.ts";
import type { Step } from "../sections/index.ts";
import { properties, ref, type Template, type TemplateObject } from "./values.ts";

/** The managed policy, which each partition has under its own ARN. */
const executionRolePolicy = (region: string) => `arn:${partitionOf(region)}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`;

const text = (value: string | number): TemplateObject => ({ Type: "String", Default: String(value) });

/** A number that has a parameter only where it differs from its default. */
function number(value: number | string, usual: number): TemplateObject | undefined {
  return value === usual ? undefined : { Type: "Number", Default: value };
}

/** Whether any container logs to the log group of the stack. */
export function createsLogGroup({ containers }: Pick<Step, "containers">): boolean {
  return containers.some(({ logging }) => logging.type !== "manual");
}

/** The parameters by name, in the order of the sections. */
export function parameters(step: Step, names: Names): TemplateObject {
  const { configuration, deployment, taskExecutionRole, taskSize, target } = step;
  return properties({
    ClusterName: text(target.cluster),
    TaskDefinitionName: text(configuration.name),
    TaskRole: configuration.taskRole === undefined ? undefined : text(configuration.taskRole),
    TaskExecutionRole: taskExecutionRole.roleArn === undefined ? undefined : text(taskExecutionRole.roleArn),
    AmazonECSTaskExecutionRolePolicyArn: taskExecutionRole.roleArn === undefined ? text(executionRolePolicy(target.region)) : undefined,
    TaskDefinitionCPU: text(taskSize.cpu),
    TaskDefinitionMemory: text(taskSize.memory),
    LogGroupName: createsLogGroup(step) ? text(names.logGroupName) : undefined,
    DesiredCount: number(deployment.desiredCount, 1),
    MinimumHealthPercent: number(deployment.minimumHealthyPercent, 100),
    MaximumHealthPercent: number(deployment.maximumPercent, 200),
  });
}

/** A reference to a parameter where there is one, else the literal. */
export function refOr<T extends Template | undefined>(declared: TemplateObject, name: string, literal: T): TemplateObject | T {
  return name in declared ? ref(name) : literal;
}
