import type { AwsError } from "../../errors.ts";
import type { Context } from "../../service.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Stack, StackResource, Tag } from "../state.ts";

/** What a resource handler is given. */
export interface ResourceRequest {
  ctx: Context;
  stack: Stack;
  logicalId: string;
  /** Evaluated properties, coerced to the schema. */
  properties: JsonObject;
  /** Tags of the stack, to be put on the resource. */
  tags: Tag[];
}

/** A resource that exists now. */
export interface Made {
  physicalId: string;
  attributes: Record<string, Json>;
}

/** How CloudFormation makes, changes and deletes one type of resource. */
export interface ResourceType {
  type: string;
  /** How long each takes at least, in seconds. */
  seconds: { create: number; update: number; delete: number };
  create(request: ResourceRequest): Made;
  /** Changes the resource in place; answers attributes that changed. */
  update(request: ResourceRequest, current: StackResource): Record<string, Json>;
  delete(request: ResourceRequest, current: StackResource): void;
  /** Milliseconds until the next look, or undefined when the resource is ready (or gone). Throws HandlerFailure. */
  pending?(request: ResourceRequest, current: StackResource, change: "create" | "update" | "delete", sinceMs: number): number | undefined;
}

/** A resource handler's own failure, with the code CloudFormation shows beside it. */
export class HandlerFailure extends Error {
  readonly handlerErrorCode: string;

  constructor(message: string, handlerErrorCode: string) {
    super(message);
    this.name = "HandlerFailure";
    this.handlerErrorCode = handlerErrorCode;
  }
}

const SERVICE_NAMES: Record<string, string> = { ecs: "Ecs", iam: "Iam", logs: "CloudWatchLogs", sns: "Sns", ssm: "Ssm" };

function handlerCode(error: AwsError): string {
  if (/AccessDenied|Unauthorized/.test(error.code)) return "AccessDenied";
  if (/AlreadyExists/.test(error.code)) return "AlreadyExists";
  if (/NotFound|NoSuchEntity/.test(error.code)) return "NotFound";
  if (/LimitExceeded/.test(error.code)) return "ServiceLimitExceeded";
  if (/Throttl|RequestLimitExceeded/.test(error.code)) return "Throttling";
  return "InvalidRequest";
}

/** The failure of a resource handler whose service call was refused: the text the SDK of the handler gives the error. */
export function serviceFailure(ctx: Context, scope: string, error: AwsError, before = ""): HandlerFailure {
  const service = SERVICE_NAMES[scope] ?? scope;
  return new HandlerFailure(
    `${before}${error.message} (Service: ${service}, Status Code: ${error.status}, Request ID: ${ctx.uuid()}) (SDK Attempt Count: 1)`,
    handlerCode(error),
  );
}

/** The sentence CloudFormation writes into the resource event. */
export function failureText(failure: HandlerFailure, token: string): string {
  return `Resource handler returned message: "${failure.message}" (RequestToken: ${token}, HandlerErrorCode: ${failure.handlerErrorCode})`;
}
