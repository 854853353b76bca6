/** The kinds of failure: a text that is no template, a variable that needs itself, anything else that stops an evaluation, a required value that is absent. */
export type FailureKind = "parse" | "cycle" | "exception" | "required";

/** Why an evaluation stopped; `position` is an offset (UTF-16 code units) in the text that was evaluated. */
export class VariableError extends Error {
  readonly kind: FailureKind;
  readonly position: number | undefined;
  /** Whether the message already names the token that failed. */
  readonly named: boolean;

  constructor(kind: FailureKind, message: string, position?: number, named = kind !== "exception") {
    super(message);
    this.name = "VariableError";
    this.kind = kind;
    this.position = position;
    this.named = named;
  }
}

/** An evaluation error of kind `exception`, still without the token it belongs to. */
export function exception(message: string): VariableError {
  return new VariableError("exception", message);
}

/** The error of something the original language has and this one leaves out. */
export function unsupported(what: string): VariableError {
  return exception(`${what} is not supported here`);
}

/** The error with the token it belongs to: its offset, and its text unless a token inside it was named before. */
export function located(error: unknown, position: number, token: () => string): unknown {
  if (!(error instanceof VariableError) || error.position !== undefined) return error;
  const message = error.named ? error.message : `${token()}: ${error.message}`;
  return new VariableError(error.kind, message, position, true);
}

/** The error without its offset, which belonged to the text of a variable and means nothing in the text that uses it. */
export function unlocated(error: unknown): unknown {
  return error instanceof VariableError ? new VariableError(error.kind, error.message, undefined, error.named) : error;
}
