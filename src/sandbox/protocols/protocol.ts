import type { AwsError } from "../errors.ts";
import type { Input, Output, Service } from "../service.ts";

/** A request as HTTP brings it; header names in lower case. */
export interface HttpRequest {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer as HTTP takes it. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a protocol reads calls and writes answers and errors. */
export interface Protocol {
  /** Which action is called with what; throws AwsError for what the protocol cannot read. */
  read(request: HttpRequest, service: Service): { action: string; input: Input };
  write(output: Output, call: { service: Service; action: string; requestId: string }): HttpResponse;
  fail(error: AwsError, call: { service?: Service; requestId: string }): HttpResponse;
}
