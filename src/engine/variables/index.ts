/** The `#{…}` substitution language: a dictionary of variables, and questions about a text that need no variables. */
export { type Evaluation, type Piece, VariableDictionary, type Variables } from "./dictionary.ts";
export { VariableError } from "./errors.ts";
export type { FilterTools } from "./filters/index.ts";
export { canonical, hasExpression, parses, type Reference, references } from "./references.ts";
