import { AwsError } from "../errors.ts";
import { text } from "../input.ts";
import type { Handler, Service } from "../service.ts";
import { grantSession } from "../sessions.ts";

const hours = 60 * 60_000;

const getRoleCredentials: Handler = (input, ctx) => {
  const token = text(input["accessToken"]) ?? "";
  if (token === "" || token.startsWith("expired"))
    throw new AwsError("UnauthorizedException", "Session token not found or invalid", { status: 401 });
  const role = text(input["role_name"]);
  if (!role || text(input["account_id"]) !== ctx.accountId) throw new AwsError("ForbiddenException", "No access", { status: 403 });
  const name = `AWSReservedSSO_${role}_0123456789abcdef`;
  const session = grantSession(ctx, `arn:aws:sts::${ctx.accountId}:assumed-role/${name}/sandbox`);
  return { roleCredentials: { ...session, expiration: ctx.now() + hours } };
};

/** The portal of IAM Identity Center, where a sign-in becomes the credentials of a role. */
export const sso: Service = {
  scope: "sso",
  protocol: "rest-json",
  apiVersion: "",
  bearer: "x-amz-sso_bearer_token",
  routes: [
    { method: "GET", path: "/federation/credentials", action: "GetRoleCredentials", headers: { accessToken: "x-amz-sso_bearer_token" } },
  ],
  actions: { GetRoleCredentials: getRoleCredentials },
  notes: {
    GetRoleCredentials: {
      parameters: "accessToken, role_name, account_id",
      differs: "every role is assigned, and every token counts that does not begin with `expired`",
    },
  },
};
