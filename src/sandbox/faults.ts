import { AwsError } from "./errors.ts";
import { draw } from "./ids.ts";
import type { Context, Service } from "./service.ts";
import { matches } from "./wildcard.ts";
import type { World } from "./world.ts";

/** What a fault does to a call: an error of the service's own wording, or a broken connection. */
export type FaultKind = "throttled" | "denied" | "expired" | "serverError" | "dropped" | "slow";

/** Every kind of fault, for checking what arrives from outside. */
export const faultKinds: readonly FaultKind[] = ["throttled", "denied", "expired", "serverError", "dropped", "slow"];

/** A fault that strikes calls: which, how, how often. Plain data, part of the World. */
export interface Fault {
  kind: FaultKind;
  /** `scope:Action` with `*` and `?` as in IAM policies, e.g. `ecs:List*`, `*`. */
  action: string;
  /** Of `denied` and `expired`: strikes this caller only, an ARN with `*` and `?`; absent: everyone. */
  principal?: string;
  /** Share of the calls struck, 0 to 1; 1 unless said otherwise. */
  rate?: number;
  /** Strikes only the first so many matching calls, then is spent. */
  times?: number;
  /** Of `dropped`: the call is carried out, only its answer is lost. */
  afterwards?: boolean;
  /** Of `slow`: how long an answer takes, real milliseconds. */
  delayMs?: number;
  /** Of `denied`: an explicit deny in an identity-based policy, instead of nothing that allows. */
  explicit?: boolean;
}

/** The faults that strike this call now, of a caller where that matters; counts their uses and draws their rates. */
export const strike = (world: World, action: string, kinds: readonly FaultKind[], caller = ""): Fault[] =>
  world.faults.filter((fault) => {
    if (!kinds.includes(fault.kind) || fault.times === 0) return false;
    if (fault.principal !== undefined && !matches(fault.principal, caller)) return false;
    if (!matches(fault.action, action, true)) return false;
    if (fault.rate !== undefined && draw(world) >= fault.rate) return false;
    if (fault.times !== undefined) fault.times -= 1;
    return true;
  });

const isXml = (service: Service): boolean => service.protocol === "query" || service.protocol === "ec2";

/** Code and text of a refused permission as the service words it; EC2 names neither policy nor action's reason. */
export const accessDenied = (service: Service, action: string, resource: string, ctx: Context, explicit = false): AwsError => {
  const user = `User: ${ctx.principalArn} is not authorized to perform: ${action}`;
  const because = explicit
    ? "with an explicit deny in an identity-based policy"
    : `because no identity-based policy allows the ${action} action`;
  if (service.protocol === "ec2") {
    return new AwsError("UnauthorizedOperation", `You are not authorized to perform this operation. ${user} ${because}`, { status: 403 });
  }
  const on = resource === "" ? "" : ` on resource: ${resource}`;
  const code = isXml(service) ? "AccessDenied" : "AccessDeniedException";
  return new AwsError(code, `${user}${on} ${because}`, { status: isXml(service) || service.protocol === "rest-json" ? 403 : 400 });
};

/** The answer to calls that come too fast, in the service's own code. */
export const throttled = (service: Service): AwsError => {
  if (service.protocol === "ec2") return new AwsError("RequestLimitExceeded", "Request limit exceeded.", { status: 503 });
  const code = service.throttledCode ?? (isXml(service) ? "Throttling" : "ThrottlingException");
  return new AwsError(code, "Rate exceeded", { status: service.protocol === "rest-json" ? 429 : 400 });
};

/** The answer to temporary credentials that are past their time. */
export const expired = (service: Service): AwsError => {
  if (service.protocol === "ec2") return new AwsError("RequestExpired", "Request has expired.", { status: 400 });
  return isXml(service)
    ? new AwsError("ExpiredToken", "The security token included in the request is expired", { status: 403 })
    : new AwsError("ExpiredTokenException", "The security token included in the request is expired", {
        status: service.protocol === "rest-json" ? 403 : 400,
      });
};

/** The answer of a service that fails by itself. */
export const serverError = (service: Service): AwsError => {
  if (service.protocol === "ec2") return new AwsError("InternalError", "An internal error has occurred", { status: 500 });
  return isXml(service)
    ? new AwsError("InternalFailure", "The request processing has failed because of an unknown error, exception or failure.", {
        status: 500,
      })
    : new AwsError("ServerException", "The service cannot complete the request because of an internal error.", { status: 500 });
};

/** Throws the error a fault makes of this call: expired credentials first, then throttling and failures. */
export const refuse = (service: Service, action: string, ctx: Context): void => {
  // A token in the place of a signature has an end of its own.
  if (service.bearer === undefined && strike(ctx.world, action, ["expired"], ctx.principalArn).length > 0) throw expired(service);
  if (strike(ctx.world, action, ["throttled"]).length > 0) throw throttled(service);
  if (strike(ctx.world, action, ["serverError"]).length > 0) throw serverError(service);
};
