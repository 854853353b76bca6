import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { toProblem } from "../../src/aws-discovery/problems.ts";
import { ProblemError } from "../../src/engine/problem.ts";

/** An error as the SDK throws it: the code as name, the HTTP status among the metadata. */
const sdk = (name: string, message: string, status?: number) =>
  Object.assign(new Error(message), { name, ...(status ? { $metadata: { httpStatusCode: status } } : {}) });
const node = (code: string, message: string) => Object.assign(new Error(message), { code });
const provider = (message: string) => sdk("CredentialsProviderError", message);

beforeEach(() => {
  vi.stubEnv("AWS_PROFILE", undefined);
  vi.stubEnv("AWS_ENDPOINT_URL", undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("credentials", () => {
  const target = { awsProfile: "acme", region: "eu-west-1" };
  test.each([
    [
      "an SSO session nobody signed in to",
      provider(
        "The SSO session token associated with profile=nologin was not found or is invalid. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
      ),
      /not signed in to AWS SSO with the profile nologin/,
      "aws sso login --profile nologin",
    ],
    [
      "an SSO session that expired",
      provider(
        "The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.",
      ),
      /sign-in of the profile acme has expired/,
      "aws sso login --profile acme",
    ],
    [
      "an SSO token that expired",
      sdk("TokenProviderError", "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile."),
      /sign-in of the profile acme has expired/,
      "aws sso login --profile acme",
    ],
    [
      "incomplete SSO settings",
      provider(
        'Profile is configured with invalid SSO credentials. Required parameters "sso_account_id", "sso_region", "sso_role_name", "sso_start_url". Got sso_start_url, sso_region, region',
      ),
      /SSO settings of the profile acme are incomplete/,
      "aws configure sso --profile acme",
    ],
    [
      "a missing aws login session",
      provider("Failed to load token from /home/dev/.aws/login/cache/4205.json: Error: ENOENT: no such file or directory"),
      /no valid aws login session for the profile acme/,
      "aws login --profile acme",
    ],
    [
      "a role that needs MFA",
      provider("Profile mfa requires multi-factor authentication, but no MFA code callback was provided."),
      /^The AWS profile mfa needs the MFA code\.$/,
      "aws configure export-credentials --format env --profile mfa",
    ],
    [
      "expired keys",
      sdk("ExpiredToken", "The security token included in the request is expired", 403),
      /temporary credentials of the profile acme have expired/,
      undefined,
    ],
    ["expired keys as EC2 says it", sdk("RequestExpired", "Request has expired.", 400), /have expired/, undefined],
    [
      "an unknown key",
      sdk("UnrecognizedClientException", "The security token included in the request is invalid.", 400),
      /^AWS does not accept the access key of the profile acme\.$/,
      "aws configure list --profile acme",
    ],
    [
      "a wrong secret",
      sdk("SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.", 403),
      /does not accept the access key of the profile acme/,
      "aws configure list --profile acme",
    ],
    [
      "a clock that is late",
      sdk(
        "InvalidSignatureException",
        "Signature expired: 20140325T143453Z is now earlier than 20140325T143751Z (20140325T145251Z - 15 min.)",
      ),
      /clock differs/,
      "sudo timedatectl set-ntp true",
    ],
    [
      "a clock that is early",
      sdk("InvalidSignatureException", "Signature not yet current: 20160316T092850Z is still later than 20160316T092236Z"),
      /clock differs/,
      "sudo timedatectl set-ntp true",
    ],
  ])("explains %s", (_what, error, message, command) => {
    const problem = toProblem(error, { target });
    expect(problem).toMatchObject({ kind: "credentials", detail: error.message });
    expect(problem.command).toBe(command);
    expect(problem.message).toMatch(message);
  });

  test("expired keys of the environment need no profile", () => {
    const problem = toProblem(sdk("ExpiredTokenException", "The security token included in the request is expired", 400));
    expect(problem.message).toBe("The temporary credentials have expired.");
    expect(problem.hint).toContain("AWS_SESSION_TOKEN");
    expect(problem).not.toHaveProperty("command");
  });

  test("a profile's name is quoted in a command", () => {
    const { command } = toProblem(provider("The SSO session associated with this profile has expired."), {
      target: { awsProfile: "my team's; rm -rf" },
    });
    expect(command).toBe("aws sso login --profile 'my team'\\''s; rm -rf'");
  });

  test("a region that is none and no region are the operator's to correct", () => {
    expect(toProblem(new Error('Region not accepted: region="us-east-1a!" is not a valid hostname component.'))).toMatchObject({
      kind: "invalid",
      message: "The region us-east-1a! is not a valid AWS region.",
    });
    expect(toProblem(new Error("Region is missing"))).toMatchObject({ kind: "invalid", message: "No AWS region is set." });
  });
});

describe("permissions", () => {
  const arn = "arn:aws:iam::123456789012:user/dev";

  test("names the action of AWS's own text", () => {
    const text = `User: ${arn} is not authorized to perform: ecs:ListClusters on resource: * because no identity-based policy allows the ecs:ListClusters action`;
    expect(toProblem(sdk("AccessDeniedException", text, 400))).toMatchObject({
      kind: "denied",
      action: "ecs:ListClusters",
      message: "The permission ecs:ListClusters is missing.",
      hint: `Allow ecs:ListClusters to ${arn}.`,
      code: "AccessDeniedException",
      status: 400,
    });
  });

  test("names the call's action where AWS hides it", () => {
    const problem = toProblem(sdk("UnauthorizedOperation", "You are not authorized to perform this operation.", 403), {
      action: "ec2:DescribeVpcs",
    });
    expect(problem).toMatchObject({ kind: "denied", action: "ec2:DescribeVpcs", message: "The permission ec2:DescribeVpcs is missing." });
  });

  test("tells a refusal by a policy from a permission nobody gave", () => {
    const text = `User: ${arn} is not authorized to perform: ecs:CreateService with an explicit deny in a service control policy`;
    expect(toProblem(sdk("AccessDeniedException", text)).hint).toBe(
      "Ask the organization's administrators to allow it; the message names action and resource.",
    );
  });

  test("an explicit deny of the identity's own policies is named", () => {
    const text = `User: ${arn} is not authorized to perform: ecs:CreateService on resource: * with an explicit deny in an identity-based policy`;
    expect(toProblem(sdk("AccessDeniedException", text)).hint).toMatch(/^It is denied explicitly by an identity-based policy,/);
    const bounded = `User: ${arn} is not authorized to perform: ecs:CreateService on resource: * because no permissions boundary allows the ecs:CreateService action`;
    expect(toProblem(sdk("AccessDeniedException", bounded)).hint).toMatch(/^The identity's permissions boundary does not allow it/);
  });

  test("a role that may not be assumed is about its trust", () => {
    const text = `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::210987654321:role/deployer`;
    expect(toProblem(sdk("AccessDenied", text, 403))).toMatchObject({
      kind: "denied",
      action: "sts:AssumeRole",
      message: `The role arn:aws:iam::210987654321:role/deployer may not be assumed by ${arn}.`,
    });
  });
});

describe("the way to AWS", () => {
  test("a refused connection names the endpoint", () => {
    const problem = toProblem(node("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:4566"), {
      target: { endpointUrl: "http://localhost:4566" },
    });
    expect(problem).toMatchObject({ kind: "unreachable", code: "ECONNREFUSED" });
    expect(problem.message).toBe("No connection to AWS (http://localhost:4566): it was refused.");
    expect(problem.hint).toContain("--endpoint-url");
  });

  test("both addresses of a name refusing is one refusal", () => {
    const error = Object.assign(new AggregateError([node("ECONNREFUSED", "connect ECONNREFUSED ::1:4566")]), { code: "ECONNREFUSED" });
    expect(toProblem(error)).toMatchObject({ kind: "unreachable", message: "No connection to AWS (::1:4566): it was refused." });
  });

  test.each([
    [node("ENOTFOUND", "getaddrinfo ENOTFOUND ecs.eu-wst-1.amazonaws.com"), /host name ecs\.eu-wst-1\.amazonaws\.com does not resolve/],
    [Object.assign(new Error("socket hang up"), { code: "ECONNRESET", name: "TimeoutError" }), /^No connection to AWS: it broke\.$/],
    [node("SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain"), /certificate is not trusted/],
    [sdk("TimeoutError", "Connection timed out after 5000 ms"), /^No connection to AWS: it took too long\.$/],
  ])("explains %s", (error, message) => {
    const problem = toProblem(error);
    expect(problem.kind).toBe("unreachable");
    expect(problem.message).toMatch(message);
  });
});

describe("the request", () => {
  test.each([
    [sdk("Throttling", "Rate exceeded", 400), "throttled"],
    [sdk("RequestLimitExceeded", "Request limit exceeded.", 503), "throttled"],
    [sdk("TooManyRequestsException", "", 429), "throttled"],
    [sdk("Unknown", "Unknown", 503), "service"],
    [sdk("ServerException", "The service cannot complete the request because of an internal error.", 500), "service"],
    [sdk("ClusterNotFoundException", "Cluster not found.", 400), "notFound"],
    [sdk("ValidationError", "Stack with id shop does not exist", 400), "notFound"],
    [sdk("NoSuchEntity", "The role with name x cannot be found.", 404), "notFound"],
    [sdk("AlreadyExistsException", "Stack [shop] already exists", 400), "conflict"],
    [sdk("ValidationError", "Stack:arn is in UPDATE_IN_PROGRESS state and can not be updated.", 400), "conflict"],
    [sdk("ValidationError", "Template format error", 400), "invalid"],
    [sdk("InvalidParameterException", "Invalid revision", 400), "invalid"],
    [new Error("Cannot do that"), "unexpected"],
    ["thrown text", "unexpected"],
    [undefined, "unexpected"],
  ])("%s is %s", (error, kind) => {
    const problem = toProblem(error, { action: "ecs:ListClusters" });
    expect(problem).toMatchObject({ kind, action: "ecs:ListClusters" });
    expect(problem.message).not.toBe("");
    expect(problem.hint).not.toBe("");
  });

  test("a problem stays the problem it is", () => {
    const problem = { kind: "denied", message: "No.", hint: "Ask." } as const;
    expect(toProblem(new ProblemError(problem))).toBe(problem);
  });

  test("nothing AWS says can drive the terminal", () => {
    const problem = toProblem(sdk("ValidationError\u001b[2J", "\u001b]0;x\u0007bad\u001b[31m value\u202e", 400));
    expect(JSON.stringify(problem)).not.toMatch(/\\u001b|\\u0007|\u202e/);
    expect(problem.detail).toBe("bad value");
  });
});

test("the collected messages about credentials, network and limits are all explained by kind", async () => {
  const kinds: Record<string, string> = {
    "sso-profile-incomplete": "credentials",
    "sso-not-logged-in": "credentials",
    "sso-session-expired": "credentials",
    "aws-login-session-missing": "credentials",
    "mfa-required": "credentials",
    "creds-none": "credentials",
    "region-invalid": "invalid",
    "region-missing": "invalid",
    "expired-token": "credentials",
    "invalid-client-token": "credentials",
    "clock-skew": "credentials",
    "network-dns": "unreachable",
    "network-connection": "unreachable",
    "network-tls": "unreachable",
    throttling: "throttled",
    "cfn-access-denied": "denied",
  };
  const { messages } = await import("./fixtures/messages.ts");
  const wrong = messages.filter(({ class: known, code, message }) => {
    const error = Object.assign(new Error(message), /^E[A-Z_]+$|_CERT_/.test(code ?? "") ? { code } : { name: code ?? "Error" });
    return toProblem(error).kind !== kinds[known];
  });
  expect(wrong).toEqual([]);
});

test("whatever our own calls fail with, the catalogue's words are said where it knows it", () => {
  const samples = readFileSync(new URL("../engine/diagnosis/messages.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { class: string; origin: string; code?: string; message: string })
    .filter((sample) => sample.class !== "unknown" && /sdk|api/.test(sample.origin));
  expect(samples.length).toBeGreaterThan(50);
  const raw = samples
    .map(({ code, message }) => toProblem(Object.assign(new Error(message), { name: code ?? "Error" })))
    .filter(({ message, hint }) => message.includes("in a way ecs-wizard does not know") || hint === "");
  expect(raw.map(({ detail }) => detail)).toEqual([]);
});
