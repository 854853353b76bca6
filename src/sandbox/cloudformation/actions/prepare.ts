import { AwsError, notSimulated } from "../../errors.ts";
import type { Context, Input } from "../../service.ts";
import { planChanges } from "../changes/plan.ts";
import { badFormat, badFunction, invalid } from "../invalid.ts";
import { isObject } from "../json.ts";
import { templateOf } from "../operations/scope.ts";
import { hasAttribute, schemaOf } from "../schemas/index.ts";
import { isRealType } from "../schemas/names.ts";
import type { Desired, Stack } from "../state.ts";
import { parameterValues } from "../template/parameters.ts";
import { referencesIn } from "../template/references.ts";
import type { Template } from "../template/types.ts";
import { flag, listOf, parametersOf, tagsOf } from "./read.ts";

const LONGEST_BODY = 51_200;

/** The template text of a request, or the stack's own where the request says so. */
export function templateText(input: Input, previous?: Desired): string {
  const body = input["TemplateBody"];
  if (flag(input["UsePreviousTemplate"])) {
    if (!previous) throw invalid("UsePreviousTemplate cannot be used when there is no previous template.");
    if (body !== undefined) throw invalid("You cannot specify both usePreviousTemplate and Template Body/Template URL.");
    return previous.template;
  }
  if (typeof body !== "string" || body === "") throw invalid("Either Template URL or Template Body must be specified.");
  if (Buffer.byteLength(body) > LONGEST_BODY) {
    throw invalid(
      `1 validation error detected: Value '${body.slice(0, 200)}...' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${LONGEST_BODY}`,
    );
  }
  return body;
}

/** The capabilities a template needs, none, or one of the two. */
export function neededCapabilities(template: Template): { capabilities: string[]; reason?: string } {
  const iam = Object.values(template.resources).filter((one) => schemaOf(one.Type)?.needsIamCapability);
  if (iam.length === 0) return { capabilities: [] };
  const named = iam.some((one) => isObject(one.Properties) && one.Properties["RoleName"] !== undefined);
  const types = [...new Set(iam.map((one) => one.Type))];
  return {
    capabilities: [named ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM"],
    reason: `The following resource(s) require capabilities: [${types.join(", ")}]`,
  };
}

function checkCapabilities(template: Template, given: string[]): void {
  const [needed] = neededCapabilities(template).capabilities;
  if (needed === undefined || given.includes(needed) || given.includes("CAPABILITY_NAMED_IAM")) return;
  throw new AwsError("InsufficientCapabilitiesException", `Requires capabilities : [${needed}]`, { status: 400 });
}

function checkTypes(template: Template): void {
  const types = [...new Set(Object.values(template.resources).map((one) => one.Type))].filter((type) => !schemaOf(type));
  const unknown = types.filter((type) => !isRealType(type));
  if (unknown.length > 0) throw badFormat(`Unrecognized resource types: [${unknown.join(", ")}]`);
  if (types[0] !== undefined) throw notSimulated(`resources of type ${types[0]}`);
  const special = Object.entries(template.resources).find(([, one]) => one.CreationPolicy !== undefined || one.UpdatePolicy !== undefined);
  if (special) throw notSimulated(`CreationPolicy and UpdatePolicy (resource ${special[0]})`);
}

function checkAttributes(template: Template): void {
  const places = [
    ...Object.values(template.resources).map((one) => one.Properties),
    ...Object.values(template.outputs).map((one) => one.Value),
  ];
  for (const reference of places.flatMap((place) => referencesIn(place))) {
    if (reference.kind !== "attribute") continue;
    const type = template.resources[reference.name]?.Type ?? "";
    if (!hasAttribute(type, reference.attribute))
      throw badFunction(`resource ${reference.name} does not support attribute type ${reference.attribute} in Fn::GetAtt`);
  }
}

/** A template text, read and checked as far as CloudFormation does before it starts anything. */
export function checkedTemplate(text: string): Template {
  const template = templateOf(text);
  checkTypes(template);
  checkAttributes(template);
  return template;
}

/** What a request wants a stack to be; throws the errors CloudFormation answers at once for template, parameters and capabilities. */
export function desiredOf(input: Input, stack: Stack | undefined): Desired {
  const previous = stack?.desired;
  const template = templateText(input, previous);
  const checked = checkedTemplate(template);
  const capabilities = listOf<string>(input["Capabilities"]);
  const parameters = parameterValues(checked.parameters, parametersOf(input), previous?.parameters);
  checkCapabilities(checked, capabilities);
  const tags = input["Tags"] === undefined && stack ? (previous?.tags ?? []) : tagsOf(input);
  return { template, parameters, tags, capabilities };
}

/** Evaluates everything that can be, so that a wrong mapping or condition is answered at once. */
export function checkEvaluation(stack: Stack, desired: Desired, ctx: Context): void {
  planChanges(stack, desired, ctx);
}
