import type { Context } from "../../service.ts";
import { invalid } from "../invalid.ts";
import { scalarText } from "../json.ts";
import type { Desired, Stack, StackOutput } from "../state.ts";
import { evaluate } from "../template/evaluate.ts";
import { scopeOf } from "./scope.ts";

/** The outputs of a stack, evaluated over its resources as they are now. */
export function computeOutputs(stack: Stack, desired: Desired, ctx: Context): StackOutput[] {
  const scope = scopeOf(stack, desired, stack.resources, ctx);
  return Object.entries(scope.template.outputs).flatMap(([name, output]) => {
    if (output.Condition !== undefined && !scope.conditions[output.Condition]) return [];
    const value = evaluate(output.Value, scope);
    if (value === null || typeof value === "object") {
      throw invalid("Template format error: The Value field of every Outputs member must evaluate to a String.");
    }
    const exportName = output.Export ? scalarText(evaluate(output.Export.Name, scope)) : undefined;
    return [
      {
        OutputKey: name,
        OutputValue: scalarText(value),
        ...(output.Description === undefined ? {} : { Description: output.Description }),
        ...(exportName === undefined ? {} : { ExportName: exportName }),
      },
    ];
  });
}
