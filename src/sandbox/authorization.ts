import type { Account } from "./account.ts";
import { AwsError } from "./errors.ts";
import type { HttpRequest } from "./protocols/protocol.ts";

/** What a SigV4 signature says about a call; signatures themselves are not verified. */
export interface Credential {
  readonly accessKeyId: string;
  readonly region: string;
  readonly scope: string;
}

/** Tells a call that carries a token in the place of a signature, which belongs to no region; undefined for signed calls. */
export const readBearer = (request: HttpRequest, { services, world }: Pick<Account, "services" | "world">): Credential | undefined => {
  const service = services.find(({ bearer }) => bearer !== undefined && request.headers[bearer] !== undefined);
  return service && { accessKeyId: "", region: Object.keys(world.regions)[0] ?? "", scope: service.scope };
};

/** Reads the credential scope from the Authorization header or from a presigned URL; throws AwsError when there is none. */
export const readCredential = (request: HttpRequest): Credential => {
  const header = request.headers["authorization"];
  const text = header ? /Credential=([^,\s]+)/.exec(header)?.[1] : request.query.get("X-Amz-Credential");
  if (!text) {
    throw header
      ? new AwsError("IncompleteSignature", "Authorization header requires 'Credential' parameter.", { status: 403 })
      : new AwsError("MissingAuthenticationToken", "Missing Authentication Token", { status: 403 });
  }
  const [accessKeyId = "", date, region = "", scope = "", end] = text.split("/");
  if (!accessKeyId || !date || !region || !scope || end !== "aws4_request") {
    const message = "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term";
    throw new AwsError("IncompleteSignature", `${message}, got '${text}'`, { status: 403 });
  }
  return { accessKeyId, region, scope };
};
