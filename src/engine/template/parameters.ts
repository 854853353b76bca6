/** The template's parameters, whose defaults are the profile's values. */
import type { Names } from "../names.ts";
import { partitionOf } from "../rules/arn.ts";
import type { Container, Step } from "../sections/index.ts";
import { chosen, properties, ref, type Template, type TemplateObject } from "./values.ts";

/** The managed policy, which each partition has under its own ARN. */
const executionRolePolicy = (region: string) => `arn:${partitionOf(region)}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`;

/** A text; without a value there is no default either, so that CloudFormation asks for one. */
function text(value: string | number): TemplateObject {
  return value === "" ? { Type: "String" } : { Type: "String", Default: String(value) };
}

/** A number that has a parameter only where it differs from its default. */
function number(value: number | string, usual: number): TemplateObject | undefined {
  return value === usual ? undefined : { Type: "Number", Default: value };
}

/** Whether a container chooses its log driver itself, instead of writing to the log group of the stack. */
export function logsManually({ logging }: Pick<Container, "logging">): boolean {
  return chosen(logging.type, "manual", logging.logDriver);
}

/** Whether any container logs to the log group of the stack. */
export function createsLogGroup({ containers }: Pick<Step, "containers">): boolean {
  return !containers.every(logsManually);
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
