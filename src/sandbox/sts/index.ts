import { AwsError } from "../errors.ts";
import { allows } from "../iam/evaluate.ts";
import { iamId } from "../ids.ts";
import { text, whole } from "../input.ts";
import type { Context, Handler, Input, Service } from "../service.ts";
import { grantSession } from "../sessions.ts";

const idOf = (ctx: Context): string => {
  const [, kind = "", name = "", session] = /:(user|assumed-role|root)\/?([^/]*)\/?(.*)$/.exec(ctx.principalArn) ?? [];
  if (kind === "assumed-role") return `${ctx.world.iam.roles[name]?.id ?? iamId("AROA", name)}:${session}`;
  return kind === "user" ? (ctx.world.iam.users[name]?.id ?? iamId("AIDA", name)) : ctx.accountId;
};

/** Whether the call proves an MFA device; the code 000000 is always wrong. */
const mfaProven = (input: Input): boolean => {
  const [serial, code] = [text(input["SerialNumber"]), text(input["TokenCode"])];
  if (!serial && !code) return false;
  if (serial && code && /^\d{6}$/.test(code) && code !== "000000") return true;
  throw new AwsError("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ", { status: 403 });
};

const getCallerIdentity: Handler = (_, ctx) => ({ UserId: idOf(ctx), Account: ctx.accountId, Arn: ctx.principalArn });

const invalid = (message: string): AwsError => new AwsError("ValidationError", message);

/** What a session name breaks, in AWS's words; undefined for a good one. */
function brokenConstraint(session: string): string | undefined {
  if (session.length < 2) return "have length greater than or equal to 2";
  if (session.length > 64) return "have length less than or equal to 64";
  return /^[\w+=,.@-]*$/.test(session) ? undefined : "satisfy regular expression pattern: [\\w+=,.@-]*";
}

const assumeRole: Handler = (input, ctx) => {
  const arn = text(input["RoleArn"]);
  const session = text(input["RoleSessionName"]) ?? "";
  const seconds = whole(input["DurationSeconds"]) ?? 3600;
  if (!arn || !/^arn:aws[\w-]*:iam::\d{12}:role\//.test(arn)) throw invalid(`${arn ?? ""} is invalid`);
  const broken = brokenConstraint(session);
  if (broken) {
    throw invalid(
      `1 validation error detected: Value '${session}' at 'roleSessionName' failed to satisfy constraint: Member must ${broken}`,
    );
  }
  if (!(seconds >= 900 && seconds <= 43200)) {
    const bound = seconds < 900 ? "greater than or equal to 900" : "less than or equal to 43200";
    throw invalid(
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  const proven = mfaProven(input);
  const role = Object.values(ctx.world.iam.roles).find((each) => each.arn === arn);
  const trusted =
    role &&
    allows(role.trust, {
      action: "sts:AssumeRole",
      resource: "*",
      principal: ctx.principalArn,
      context: { "sts:ExternalId": text(input["ExternalId"]), "aws:MultiFactorAuthPresent": proven ? "true" : undefined },
    });
  if (!role || !trusted) {
    throw new AwsError("AccessDenied", `User: ${ctx.principalArn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`, {
      status: 403,
    });
  }
  if (seconds > role.maxSessionSeconds) throw invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  const principal = `arn:aws:sts::${ctx.accountId}:assumed-role/${role.name}/${session}`;
  const keys = grantSession(ctx, principal);
  return {
    Credentials: {
      AccessKeyId: keys.accessKeyId,
      SecretAccessKey: keys.secretAccessKey,
      SessionToken: keys.sessionToken,
      Expiration: new Date(ctx.now() + seconds * 1000),
    },
    AssumedRoleUser: { AssumedRoleId: `${role.id}:${session}`, Arn: principal },
  };
};

/** The Security Token Service. */
export const sts: Service = {
  scope: "sts",
  protocol: "query",
  apiVersion: "2011-06-15",
  xmlns: "https://sts.amazonaws.com/doc/2011-06-15/",
  actions: { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole },
  resourceOf: (_, input) => text(input["RoleArn"]) ?? "*",
  notes: {
    GetCallerIdentity: { parameters: "", differs: "every access key that was not given out here is the same identity" },
    AssumeRole: {
      parameters: "RoleArn, RoleSessionName, DurationSeconds, ExternalId, SerialNumber, TokenCode",
      differs: "every MFA code counts but 000000; sessions do not end, and their policies are not looked at",
    },
  },
};
