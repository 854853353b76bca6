import { badFormat, invalid } from "../invalid.ts";
import type { Json } from "../json.ts";
import { scalarText } from "../json.ts";
import type { ParameterDeclaration } from "./types.ts";

/** A parameter as a request gives it. */
export interface GivenParameter {
  ParameterKey: string;
  ParameterValue?: string;
  UsePreviousValue?: boolean;
}

/** The value of each parameter: the text as given or defaulted, before lists are split. */
export type ParameterValues = Record<string, string>;

const TYPES =
  /^(String|Number|CommaDelimitedList|List<Number>|AWS::[A-Za-z0-9:]+|List<AWS::EC2::[A-Za-z0-9:]+>|AWS::SSM::Parameter::Value<[^>]+>?>)$/;

function check(name: string, declared: ParameterDeclaration, value: string): void {
  const failed = (text: string) =>
    declared.ConstraintDescription === undefined
      ? invalid(`Parameter '${name}' ${text}`)
      : invalid(`Parameter ${name} failed to satisfy constraint: ${declared.ConstraintDescription}`);
  const numbers = declared.Type === "Number" ? [value] : declared.Type === "List<Number>" ? value.split(",") : [];
  for (const text of numbers) {
    const number = Number(text.trim());
    if (text.trim() === "" || Number.isNaN(number)) throw invalid(`Parameter '${name}' must be a number`);
    if (declared.MinValue !== undefined && number < Number(declared.MinValue))
      throw failed(`must be a number not less than ${declared.MinValue}`);
    if (declared.MaxValue !== undefined && number > Number(declared.MaxValue))
      throw failed(`must be a number not greater than ${declared.MaxValue}`);
  }
  const allowed = declared.AllowedValues?.map(scalarText);
  const single =
    declared.Type === "CommaDelimitedList" || declared.Type.startsWith("List<") ? value.split(",").map((one) => one.trim()) : [value];
  if (allowed && single.some((one) => !allowed.includes(one))) throw failed(`must be one of AllowedValues`);
  if (declared.MinLength !== undefined && value.length < Number(declared.MinLength))
    throw failed(`must contain at least ${declared.MinLength} characters`);
  if (declared.MaxLength !== undefined && value.length > Number(declared.MaxLength))
    throw failed(`must contain at most ${declared.MaxLength} characters`);
  if (declared.AllowedPattern !== undefined && !new RegExp(`^(?:${declared.AllowedPattern})$`).test(value)) {
    throw failed(`must match pattern ${declared.AllowedPattern}`);
  }
}

/**
 * The values a stack's parameters take: given, previous where asked for, else default. Throws the ValidationErrors
 * of CloudFormation for undeclared parameters, missing values and values their declaration forbids.
 */
export function parameterValues(
  declared: Record<string, ParameterDeclaration>,
  given: GivenParameter[],
  previous: ParameterValues = {},
): ParameterValues {
  const undeclared = given.map((one) => one.ParameterKey).filter((key) => !(key in declared));
  if (undeclared.length > 0) throw invalid(`Parameters: [${undeclared.join(", ")}] do not exist in the template`);
  const values: ParameterValues = {};
  const missing: string[] = [];
  for (const [name, declaration] of Object.entries(declared)) {
    if (!TYPES.test(declaration.Type)) throw badFormat(`Unrecognized parameter type: ${declaration.Type}`);
    const request = given.find((one) => one.ParameterKey === name);
    if (request?.UsePreviousValue && request.ParameterValue !== undefined) {
      throw invalid(`Invalid input for parameter key ${name}. Cannot specify usePreviousValue as true and non empty value for a parameter`);
    }
    if (request?.UsePreviousValue && !(name in previous)) {
      throw invalid(
        `Invalid input for parameter key ${name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
      );
    }
    const fallback = declaration.Default === undefined ? undefined : asText(declaration.Default);
    const value = request?.UsePreviousValue ? previous[name] : (request?.ParameterValue ?? fallback);
    if (value === undefined) missing.push(name);
    else values[name] = value;
  }
  if (missing.length > 0) throw invalid(`Parameters: [${missing.join(", ")}] must have values`);
  for (const [name, value] of Object.entries(values)) {
    const declaration = declared[name];
    if (declaration) check(name, declaration, value);
  }
  return values;
}

function asText(value: Json): string {
  return Array.isArray(value) ? value.map(scalarText).join(",") : scalarText(value);
}

/** What `Ref` yields for a parameter: a text, or a list of texts for the list types. */
export function parameterValue(declared: ParameterDeclaration, value: string): Json {
  const list = declared.Type === "CommaDelimitedList" || declared.Type.startsWith("List<") || /Value<(List<|Comma)/.test(declared.Type);
  return list ? (value === "" ? [] : value.split(",").map((one) => one.trim())) : value;
}
