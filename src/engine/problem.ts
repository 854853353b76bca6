/** What went wrong with a call to AWS, in a form every layer above the SDK understands. */
export type ProblemKind =
  | "denied" // a permission is missing: `action` names it
  | "credentials" // no, unknown, expired or unreadable credentials
  | "notFound"
  | "invalid" // AWS refuses the input
  | "conflict" // exists already, or busy with another operation
  | "throttled"
  | "unreachable" // DNS, connection, TLS, time-out
  | "service" // 5xx
  | "unexpected";

/** A failed call, explained: never a raw SDK error. Texts are sanitised, hints say what to do next. */
export interface Problem {
  readonly kind: ProblemKind;
  /** The IAM action of the call, e.g. `ecs:ListClusters`. */
  readonly action?: string;
  /** One sentence in plain words. */
  readonly message: string;
  readonly hint: string;
  /** Its class in the catalogue of causes, e.g. `expired-token`. */
  readonly id?: string;
  /** What the texts of its class speak of, by placeholder. */
  readonly captures?: Readonly<Record<string, string>>;
  /** AWS's error code, e.g. `ExpiredToken`, and what AWS said, verbatim. */
  readonly code?: string;
  readonly detail?: string;
  readonly status?: number;
  /** A command that fixes it, e.g. `aws sso login --profile acme`. */
  readonly command?: string;
  /** The serial number of the MFA device whose code is missing. */
  readonly mfa?: string;
}

/** A {@link Problem} on its way up through a `throw`. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** The exit codes of the program, see product.md. */
export const exitCode = { done: 0, failed: 1, usage: 2, access: 3, timedOut: 4, changes: 10, bug: 70, interrupted: 130 } as const;

/** Something the operator can fix; everything else that is thrown is a bug. */
export class UserError extends Error {
  readonly hint: string | undefined;
  readonly exitCode: number;
  constructor(message: string, options: { hint?: string; exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "UserError";
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? exitCode.usage;
  }
}
