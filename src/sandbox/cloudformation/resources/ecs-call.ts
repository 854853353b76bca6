import { AwsError } from "../../errors.ts";
import type { Context, Input, Output } from "../../service.ts";
import { HandlerFailure, serviceFailure } from "./resource-type.ts";

/** Calls ECS for a resource handler; its refusals read "Invalid request provided: CreateService error: …". */
export function ecs(ctx: Context, action: string, input: Input): Output {
  try {
    return ctx.call("ecs", action, input);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (/AccessDenied/.test(error.code)) throw serviceFailure(ctx, "ecs", error);
    const before = action === "RegisterTaskDefinition" ? "Create TaskDefinition: " : `${action} error: `;
    const failure = serviceFailure(ctx, "ecs", error, `Invalid request provided: ${before}`);
    throw error.code === "ServiceNotFoundException" || error.code === "ClusterNotFoundException"
      ? new HandlerFailure(failure.message, "NotFound")
      : failure;
  }
}
