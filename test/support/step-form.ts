import { formatPath, type JsonObject } from "../../src/engine/schema.ts";
import { sections } from "../../src/engine/sections/index.ts";
import { shapeIssues } from "../../src/engine/values/shape.ts";
import { type Evaluator, effective } from "../../src/engine/values.ts";
import { createForm, type Form } from "../../src/engine/wizard/form.ts";

/** The form of the whole step; `variables` makes the values of a profile's variables known to expressions. */
export function stepForm(variables?: (profile: JsonObject) => Evaluator | undefined): Form {
  return createForm(sections, (profile) => {
    const read = effective(profile, { variables: variables?.(profile) });
    return {
      step: read.step,
      issues: [...shapeIssues(profile), ...read.issues],
      bound: new Map(read.bound.flatMap(({ path, value }) => (value === undefined ? [] : [[formatPath(path), value]]))),
      missing: read.missing.map(({ variable }) => variable),
    };
  });
}
