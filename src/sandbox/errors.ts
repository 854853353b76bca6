/** What may be said of an error beside its code and text. */
export interface AwsErrorOptions {
  /** HTTP status; 400 unless said otherwise. */
  readonly status?: number;
  /** Who is at fault, as the XML envelopes say it; derived from the status unless said otherwise. */
  readonly fault?: "Sender" | "Receiver";
  /** Further members of the error as the service's model has them, e.g. `resourceName`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** An error as an AWS service answers it: code (`__type` in JSON), text, HTTP status. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly fault: "Sender" | "Receiver";
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: AwsErrorOptions = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = options.status ?? 400;
    this.fault = options.fault ?? (this.status >= 500 ? "Receiver" : "Sender");
    this.members = options.members ?? {};
  }
}

/** The refusal of what this simulator does not know how AWS does: code `NotSimulated`, status 400 so that no client retries it. */
export const notSimulated = (what: string): AwsError =>
  new AwsError("NotSimulated", `The sandbox does not simulate ${what}.`, { status: 400, fault: "Sender" });
