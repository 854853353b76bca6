import type { Handler } from "../../service.ts";
import { invalid } from "../invalid.ts";
import { scalarText } from "../json.ts";
import { parseTemplateText } from "../template/parse.ts";
import { changeSetOf } from "./change-sets.ts";
import { describedStack } from "./find.ts";
import { checkedTemplate, neededCapabilities, templateText } from "./prepare.ts";
import { text } from "./read.ts";

function noEcho(value: unknown): boolean {
  return value === true || value === "true";
}

/** ValidateTemplate: structure, types and references; no parameter values, no properties. */
export const validateTemplate: Handler = (input) => {
  const template = checkedTemplate(templateText(input));
  const { capabilities, reason } = neededCapabilities(template);
  return {
    Description: template.description,
    Parameters: Object.entries(template.parameters).map(([ParameterKey, one]) => ({
      ParameterKey,
      DefaultValue: one.Default === undefined ? undefined : scalarText(one.Default),
      NoEcho: noEcho(one.NoEcho),
      Description: one.Description,
    })),
    ...(capabilities.length > 0 ? { Capabilities: capabilities, CapabilitiesReason: reason } : {}),
  };
};

/** GetTemplate: the text as it was sent, of the stack or of a change set. */
export const getTemplate: Handler = (input, ctx) => {
  const changeSet = text(input["ChangeSetName"]) === undefined ? undefined : changeSetOf(input, ctx).changeSet;
  const body = changeSet ? changeSet.desired.template : describedStack(input, ctx).desired.template;
  return { TemplateBody: body, StagesAvailable: ["Original", "Processed"] };
};

/** GetTemplateSummary: of a text or of a stack. */
export const getTemplateSummary: Handler = (input, ctx) => {
  const both = text(input["StackName"]) !== undefined && input["TemplateBody"] !== undefined;
  if (both) throw invalid("Only one of StackName, TemplateBody or TemplateURL can be specified.");
  const source = text(input["StackName"]) === undefined ? templateText(input) : describedStack(input, ctx).desired.template;
  const template = checkedTemplate(source);
  const { capabilities, reason } = neededCapabilities(template);
  return {
    Parameters: Object.entries(template.parameters).map(([ParameterKey, one]) => ({
      ParameterKey,
      DefaultValue: one.Default === undefined ? undefined : scalarText(one.Default),
      ParameterType: one.Type,
      NoEcho: noEcho(one.NoEcho),
      Description: one.Description,
      ParameterConstraints: { AllowedValues: (one.AllowedValues ?? []).map(scalarText) },
    })),
    Description: template.description,
    ...(capabilities.length > 0 ? { Capabilities: capabilities, CapabilitiesReason: reason } : {}),
    ResourceTypes: [...new Set(Object.values(template.resources).map((one) => one.Type))],
    Version: text(parseTemplateText(source)["AWSTemplateFormatVersion"]),
    Metadata: Object.keys(template.metadata).length > 0 ? JSON.stringify(template.metadata) : undefined,
  };
};
