import { badFormat, badFunction, invalid } from "../invalid.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import { dependenciesOf, refuseCircles } from "./dependencies.ts";
import { type Reference, referencesIn } from "./references.ts";
import type { ParameterDeclaration, ResourceDeclaration, Template } from "./types.ts";

const SECTIONS = [
  "AWSTemplateFormatVersion",
  "Description",
  "Metadata",
  "Parameters",
  "Rules",
  "Mappings",
  "Conditions",
  "Transform",
  "Resources",
  "Outputs",
];
const RESOURCE_KEYS = [
  "Type",
  "Properties",
  "DependsOn",
  "Condition",
  "Metadata",
  "DeletionPolicy",
  "UpdateReplacePolicy",
  "CreationPolicy",
  "UpdatePolicy",
];
const MOST_RESOURCES = 500;
const NAME = /^[a-zA-Z0-9]+$/;

/** The pseudo parameters of every template. */
export const PSEUDO_PARAMETERS = [
  "AWS::AccountId",
  "AWS::NotificationARNs",
  "AWS::NoValue",
  "AWS::Partition",
  "AWS::Region",
  "AWS::StackId",
  "AWS::StackName",
  "AWS::URLSuffix",
];

function section(template: JsonObject, name: string): JsonObject {
  const value = template[name];
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw badFormat(`[/${name}] map expected`);
  return value;
}

function checkSections(template: JsonObject): void {
  const unknown = Object.keys(template).filter((key) => !SECTIONS.includes(key));
  if (unknown.length > 0) throw invalid(`Invalid template property or properties [${unknown.join(", ")}]`);
  const version = template["AWSTemplateFormatVersion"];
  if (version !== undefined && version !== "2010-09-09") {
    throw badFormat(`${String(version)} is not a supported value for AWSTemplateFormatVersion.`);
  }
  if (template["Description"] !== undefined && typeof template["Description"] !== "string") {
    throw badFormat("Description must be a String.");
  }
}

function checkResource(name: string, resource: Json): asserts resource is JsonObject {
  if (!NAME.test(name)) throw badFormat(`Resource name ${name} is non alphanumeric.`);
  if (!isObject(resource)) throw badFormat(`[/Resources/${name}] resource definition is malformed`);
  if (typeof resource["Type"] !== "string") throw badFormat(`[/Resources/${name}] Every Resources object must contain a Type member.`);
  const stray = Object.keys(resource).find((key) => !RESOURCE_KEYS.includes(key));
  if (stray !== undefined) throw invalid(`Invalid template resource property '${stray}'`);
  const properties = resource["Properties"];
  if (properties !== undefined && properties !== null && !isObject(properties)) {
    throw badFormat(`[/Resources/${name}/Properties] map expected`);
  }
}

function checkReferences(where: string, references: Reference[], template: Template): void {
  const names = new Set([...Object.keys(template.parameters), ...Object.keys(template.resources), ...PSEUDO_PARAMETERS]);
  const missing = new Set<string>();
  for (const reference of references) {
    if (reference.kind === "ref" && !names.has(reference.name)) missing.add(reference.name);
    if (reference.kind === "attribute" && !(reference.name in template.resources)) {
      throw badFunction(`instance of Fn::GetAtt references undefined resource ${reference.name}`);
    }
    if (reference.kind === "condition" && !(reference.name in template.conditions)) {
      throw badFunction(`unresolved condition dependency ${reference.name} in Fn::If`);
    }
    if (reference.kind === "mapping" && !(reference.name in template.mappings)) {
      throw badFunction(`Mapping named '${reference.name}' is not present in the 'Mappings' section of template.`);
    }
  }
  if (missing.size > 0)
    throw badFormat(`Unresolved resource dependencies [${[...missing].join(", ")}] in the ${where} block of the template`);
}

function checkDependsOn(resources: Record<string, ResourceDeclaration>): void {
  const missing = Object.values(resources)
    .flatMap((resource) => resource.DependsOn ?? [])
    .filter((name) => !(name in resources));
  if (missing.length > 0)
    throw badFormat(`Unresolved resource dependencies [${missing.join(", ")}] in the Resources block of the template`);
}

function checkConditions(template: Template): void {
  for (const [id, resource] of Object.entries(template.resources)) {
    if (resource.Condition !== undefined && !(resource.Condition in template.conditions)) {
      throw badFormat(
        `Unresolved dependencies [${resource.Condition}]. Cannot find the condition of resource ${id} in the Conditions block of the template`,
      );
    }
  }
  for (const condition of Object.values(template.conditions)) {
    const foreign = referencesIn(condition).find((one) => one.kind === "ref" && one.name in template.resources);
    if (foreign) {
      throw badFunction(`Unresolved dependencies [${foreign.name}]. Cannot reference resources in the Conditions block of the template`);
    }
  }
}

/**
 * The template in a parsed text, structure and references checked. Throws the ValidationError CloudFormation
 * answers at CreateStack, UpdateStack, CreateChangeSet and ValidateTemplate.
 */
export function structured(parsed: JsonObject): Template {
  checkSections(parsed);
  if (parsed["Transform"] !== undefined || parsed["Rules"] !== undefined) {
    throw badFormat("not simulated: the Transform and Rules sections of a template.");
  }
  const resources = section(parsed, "Resources");
  const count = Object.keys(resources).length;
  if (count === 0) throw badFormat("At least one Resources member must be defined.");
  if (count > MOST_RESOURCES) throw badFormat(`Number of resources, ${count}, is greater than maximum allowed, ${MOST_RESOURCES}`);
  for (const [name, resource] of Object.entries(resources)) checkResource(name, resource);
  const parameters = section(parsed, "Parameters");
  for (const [name, parameter] of Object.entries(parameters)) {
    if (!NAME.test(name)) throw badFormat(`Parameter name ${name} is non alphanumeric.`);
    if (!isObject(parameter) || typeof parameter["Type"] !== "string")
      throw badFormat("Every Parameters object must contain a Type member.");
  }
  const outputs = section(parsed, "Outputs");
  for (const [name, output] of Object.entries(outputs)) {
    if (!NAME.test(name)) throw badFormat(`Output name ${name} is non alphanumeric.`);
    if (!isObject(output) || output["Value"] === undefined) throw badFormat("Every Outputs member must contain a Value object");
  }
  const template: Template = {
    description: parsed["Description"] as string | undefined,
    metadata: section(parsed, "Metadata"),
    parameters: parameters as unknown as Record<string, ParameterDeclaration>,
    mappings: section(parsed, "Mappings") as Template["mappings"],
    conditions: section(parsed, "Conditions"),
    resources: resources as unknown as Record<string, ResourceDeclaration>,
    outputs: outputs as unknown as Template["outputs"],
  };
  checkConditions(template);
  for (const resource of Object.values(template.resources)) checkReferences("Resources", referencesIn(resource.Properties ?? {}), template);
  checkDependsOn(template.resources);
  for (const output of Object.values(template.outputs)) checkReferences("Outputs", referencesIn(output.Value), template);
  refuseCircles(dependenciesOf(template.resources));
  return template;
}
