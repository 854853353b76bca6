import { AwsError } from "../errors.ts";
import type { Context } from "../service.ts";
import { invalidParameter } from "./errors.ts";

const ROLE = "AWSServiceRoleForECS";

/**
 * Sees to it that ECS's service-linked role exists, as ECS does itself on the first call that needs it, with the caller's
 * permission to create it; throws what ECS answers without that permission.
 */
export function needLinkedRole(ctx: Context): void {
  if (ctx.world.iam.roles[ROLE]) return;
  try {
    ctx.call("iam", "CreateServiceLinkedRole", { AWSServiceName: "ecs.amazonaws.com" });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalidParameter("Unable to assume the service linked role. Please verify that the ECS service linked role exists.");
  }
}
