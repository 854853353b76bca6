/** The step as a CloudFormation template. */
import { names as namesOf } from "../names.ts";
import type { Step } from "../sections/index.ts";
import { createsLogGroup, parameters } from "./parameters.ts";
import { service } from "./service.ts";
import { executionRole, logGroup, taskDefinition } from "./task-definition.ts";
import { properties, type TemplateObject } from "./values.ts";

export { type ImageChoice, imageOfVariable, imagesToChoose, withImageAt, withImages, withVariableImages } from "./images.ts";
export { printTemplate } from "./print.ts";

/** What CloudFormation must be allowed to do: create a role. */
export const capability = "CAPABILITY_NAMED_IAM";

/** The template of a step: parameters with the profile's values as defaults, and up to four resources. Unresolved expressions stay in it as texts. */
export function buildTemplate(step: Step): TemplateObject {
  const names = namesOf(step);
  const declared = parameters(step, names);
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Parameters: declared,
    Resources: properties({
      [names.executionRoleLogicalId]: step.taskExecutionRole.roleArn === undefined ? executionRole() : undefined,
      [names.logGroupLogicalId]: createsLogGroup(step) ? logGroup(step) : undefined,
      [names.taskDefinitionLogicalId]: taskDefinition(step, names, declared),
      [names.serviceLogicalId]: service(step, names, declared),
    }),
  };
}
