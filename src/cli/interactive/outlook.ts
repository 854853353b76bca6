import { costLine } from "../../engine/cost.ts";
import { names } from "../../engine/names.ts";
import { buildTemplate, printTemplate } from "../../engine/template/index.ts";
import { effective } from "../../engine/values.ts";
import type { Outlook } from "../../screens/ports.ts";
import { variablesOf } from "../variables.ts";

/** What a profile comes to besides its answers. */
export const outlook: Outlook = {
  names: (profile) => {
    const { step } = effective(profile, { variables: variablesOf(profile, {}) });
    const made = names(step);
    return [
      { label: "Stack", value: made.stackName },
      { label: "Service", value: made.serviceLogicalId },
      { label: "Task definition", value: made.taskDefinitionLogicalId },
    ];
  },
  cost: (profile) => costLine(effective(profile, { variables: variablesOf(profile, {}) }).step),
  template: (profile) => printTemplate(buildTemplate(effective(profile).step), "yaml"),
};
