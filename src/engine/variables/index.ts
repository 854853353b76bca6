/** The `#{…}` substitution language: a dictionary of variables, and questions about a text that need no variables. */
export { type Evaluation, type EvaluationOptions, VariableDictionary, type Variables, type VariableValue } from "./dictionary.ts";
export { type FailureKind, VariableError } from "./errors.ts";
export type { FilterTools } from "./filters/index.ts";
export { limits } from "./limits.ts";
export { canonical, hasExpression, parses, type Reference, type ReferenceUse, references, variablesWithoutValue } from "./references.ts";
