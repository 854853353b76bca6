import { formatPath, type Issue, type JsonObject } from "../../engine/schema.ts";
import { sections } from "../../engine/sections/index.ts";
import { effective, validate } from "../../engine/values.ts";
import { createForm, type Evaluation, type Form } from "../../engine/wizard/form.ts";
import { masked } from "../deployment/without-secrets.ts";
import { secretTexts, variableEntries, variablesOf } from "../variables.ts";

/** The form keeps hidden answers on purpose. A variable without a value is asked for when it comes to deploying; until then it stops nothing. */
const forTheForm = (issue: Issue): Issue => (issue.rule === "variable-missing" ? { ...issue, severity: "warning" } : issue);

function evaluate(profile: JsonObject): Evaluation {
  const reading = { variables: variablesOf(profile, {}), sensitiveValues: secretTexts(profile, variableEntries(profile, {})) };
  const { step, bound, missing } = effective(profile, reading);
  return {
    step: step as unknown as Evaluation["step"],
    issues: validate(profile, reading)
      .filter(({ rule }) => rule !== "no-effect")
      .map(forTheForm),
    bound: new Map(
      bound.flatMap(({ path, value }) => (value === undefined ? [] : [[formatPath(path), masked(value, reading.sensitiveValues)]])),
    ),
    missing: missing.map(({ variable }) => variable),
  };
}

/** The step as the form sees it. */
export const form: Form = createForm(sections, evaluate);
