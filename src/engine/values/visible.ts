/** The second step of the pipeline: hidden answers are dropped from what is effective. */
import type { Field, FieldScope, Fields, Path } from "../schema.ts";
import type { Values } from "./read.ts";

/** Whether a field is shown and effective, given what stands beside it. */
export function isVisible(field: Field, scope: FieldScope): boolean {
  return field.when?.(scope) ?? true;
}

/** The values without the hidden ones; their paths are added to `hidden`. A field hidden by a hidden one is hidden too. */
export function visibleValues(fields: Fields, values: Values, path: Path, step: Values, hidden: Path[]): Values {
  const shown: Values = { ...values };
  for (const [key, field] of Object.entries(fields)) {
    const at = [...path, key];
    const value = shown[key];
    if (!isVisible(field, { siblings: shown, step, path: at })) {
      delete shown[key];
      hidden.push(at);
    } else if (field.kind === "group" && value !== undefined) {
      shown[key] = visibleValues(field.fields, value as Values, at, step, hidden);
    } else if (field.kind === "list" && value !== undefined) {
      shown[key] = (value as Values[]).map((row, index) => visibleValues(field.fields, row, [...at, index], step, hidden));
    }
  }
  return shown;
}
