import type { Sandbox } from "../../../src/sandbox/index.ts";

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** The Authorization header of a call to that service; the sandbox looks at the credential scope only. */
export const authorization = (scope: string, region = "eu-west-1"): string =>
  `AWS4-HMAC-SHA256 Credential=AKIASANDBOX000000000/20261123/${region}/${scope}/aws4_request, SignedHeaders=host, Signature=0`;

const send = async (sandbox: Sandbox, path: string, init: RequestInit): Promise<Answer> => {
  const response = await fetch(`${sandbox.endpoint}${path}`, init);
  return { status: response.status, headers: response.headers, body: await response.text() };
};

/** A call in the query protocols. */
export const form = (sandbox: Sandbox, scope: string, version: string, members: Record<string, string>, region?: string): Promise<Answer> =>
  send(sandbox, "/", {
    method: "POST",
    headers: { authorization: authorization(scope, region), "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
    body: new URLSearchParams({ Version: version, ...members }).toString(),
  });

/** A call in AWS JSON 1.1. */
export const json = (sandbox: Sandbox, scope: string, target: string, input: unknown, region?: string): Promise<Answer> =>
  send(sandbox, "/", {
    method: "POST",
    headers: { authorization: authorization(scope, region), "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
    body: typeof input === "string" ? input : JSON.stringify(input),
  });

/** A GET in REST-JSON. */
export const rest = (sandbox: Sandbox, scope: string, path: string): Promise<Answer> =>
  send(sandbox, path, { headers: { authorization: authorization(scope) } });

/** A request to the control endpoint. */
export const control = async (
  sandbox: Sandbox,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const { status, body: text } = await send(sandbox, `/_sandbox/${path}`, init);
  return { status, body: JSON.parse(text) as Record<string, unknown> };
};
