import { randomUUID } from "node:crypto";
import type { Account } from "./account.ts";
import { readBearer, readCredential } from "./authorization.ts";
import { AwsError, notSimulated } from "./errors.ts";
import { type Fault, strike } from "./faults.ts";
import { protocols } from "./protocols/index.ts";
import type { HttpRequest, HttpResponse } from "./protocols/protocol.ts";
import type { Service } from "./service.ts";

/** What becomes of a request: an answer, perhaps late, or a connection that breaks. */
export interface Verdict {
  /** Undefined: the connection is cut without an answer. */
  readonly response?: HttpResponse;
  /** Real milliseconds before the answer. */
  readonly delayMs: number;
}

const unknownAction = (service: Service, action: string): AwsError => notSimulated(`${service.scope}:${action}`);

const slowness = (faults: readonly Fault[]): number => faults.reduce((sum, fault) => sum + (fault.delayMs ?? 1000), 0);

// Without a known service nobody can say which protocol the caller reads, so the guess is what its request looks like.
const protocolFor = (service: Service | undefined, request: HttpRequest) =>
  protocols[service?.protocol ?? (request.headers["content-type"]?.includes("json") ? "json" : "query")];

/** Answers one request: finds the service by its credential scope, reads, invokes, writes. Never throws. */
export const dispatch = (account: Account, request: HttpRequest, onBug: (error: unknown, where: string) => void): Verdict => {
  const requestId = randomUUID();
  let service: Service | undefined;
  let where = `${request.method} ${request.path}`;
  let delayMs = 0;
  try {
    const credential = readBearer(request, account) ?? readCredential(request);
    service = account.services.find(({ scope }) => scope === credential.scope);
    if (!service) throw notSimulated(`the service "${credential.scope}"`);
    const protocol = protocols[service.protocol];
    const { action, input } = protocol.read(request, service);
    where = `${service.scope}:${action}`;
    if (!Object.hasOwn(service.actions, action)) throw unknownAction(service, action);
    delayMs = slowness(strike(account.world, where, ["slow"]));
    const [dropped] = strike(account.world, where, ["dropped"]);
    if (dropped && !dropped.afterwards) return { delayMs };
    const output = account.invoke({
      service,
      action,
      input,
      region: credential.region,
      accessKeyId: credential.accessKeyId,
      requestId,
      endpoint: `http://${request.headers["host"] ?? "127.0.0.1"}`,
    });
    return dropped ? { delayMs } : { response: protocol.write(output, { service, action, requestId }), delayMs };
  } catch (error) {
    if (!(error instanceof AwsError)) onBug(error, where);
    const message = error instanceof Error ? error.message : String(error);
    const failure =
      error instanceof AwsError ? error : new AwsError("InternalFailure", `The sandbox has a bug in ${where}: ${message}`, { status: 500 });
    return { response: protocolFor(service, request).fail(failure, { ...(service ? { service } : {}), requestId }), delayMs };
  }
};
