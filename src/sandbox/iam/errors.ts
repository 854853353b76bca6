import { AwsError } from "../errors.ts";
import { text } from "../input.ts";
import type { Context, Input } from "../service.ts";
import type { Role } from "./state.ts";

/** IAM's answer to a name nothing has; status 404. */
export const noSuchEntity = (message: string): AwsError => new AwsError("NoSuchEntity", message, { status: 404 });

/** IAM's answer to members that break their constraints. */
export const invalid = (message: string): AwsError => new AwsError("ValidationError", message);

/** A required text member; throws IAM's validation error when it is absent. */
export const required = (input: Input, member: string): string => {
  const value = text(input[member]);
  if (value !== undefined) return value;
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  throw invalid(`1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`);
};

/** The role a call names; throws NoSuchEntity. */
export const roleOf = (input: Input, ctx: Context): Role => {
  const name = required(input, "RoleName");
  const role = Object.values(ctx.world.iam.roles).find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!role) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
};
