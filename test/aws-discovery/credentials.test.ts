/** The real clients with real configuration files, as far as they come without an answer from AWS. */
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ClientOptions, createClients } from "../../src/aws-discovery/clients.ts";
import { shareCredentials } from "../../src/aws-discovery/credentials.ts";
import { toProblem } from "../../src/aws-discovery/problems.ts";
import { regionInUse } from "../../src/aws-discovery/shared-config.ts";
import { awsProfiles } from "../../src/aws-discovery/sources/aws-profiles.ts";
import type { Target } from "../../src/engine/discovery.ts";
import { signInToSso } from "../support/aws-config.ts";
import { temporaryFolder } from "../support/program.ts";

let home: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  home = temporaryFolder();
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  vi.stubEnv("HOME", home.path);
  vi.stubEnv("AWS_CONFIG_FILE", join(home.path, "config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(home.path, "credentials"));
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
});
afterEach(() => {
  vi.unstubAllEnvs();
  home[Symbol.dispose]();
});

const config = (text: string) => writeFileSync(join(home.path, "config"), text);
const keys = () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "made-up");
};

async function problemOf(target: Target, options?: ClientOptions) {
  const clients = createClients(target, options);
  try {
    await (await clients.sts()).send(new GetCallerIdentityCommand({}));
    throw new Error("the call went through");
  } catch (error) {
    return toProblem(error, { target });
  } finally {
    clients.destroy();
  }
}

const nobody = { region: "eu-west-1", endpointUrl: "http://127.0.0.1:1" };

test("no credentials at all", async () => {
  expect(await problemOf(nobody)).toMatchObject({ kind: "credentials", message: "No AWS credentials were found." });
});

test("a profile that does not exist names those that do", async () => {
  config("[profile acme]\nregion = eu-west-1\n[sso-session corp]\nsso_region = eu-west-1\n");
  const problem = await problemOf({ ...nobody, awsProfile: "amce" });
  expect(problem).toMatchObject({ kind: "credentials", message: "There is no AWS profile named amce.", hint: "Choose one of: acme." });
});

test("a profile named by the environment says so", async () => {
  vi.stubEnv("AWS_PROFILE", "gone");
  expect((await problemOf(nobody)).message).toBe("There is no AWS profile named gone (it is set in AWS_PROFILE).");
});

test("half-set keys", async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
  expect((await problemOf(nobody)).message).toBe("AWS_ACCESS_KEY_ID is set but AWS_SECRET_ACCESS_KEY is not.");
});

test("a source profile that is missing", async () => {
  config("[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/ops\nsource_profile = base\n");
  const problem = await problemOf({ ...nobody, awsProfile: "ops" });
  expect(problem.kind).toBe("credentials");
  expect(problem.message).toContain("base");
});

test("a command for credentials that fails", async () => {
  config("[profile tool]\ncredential_process = /bin/false --password hush\n");
  const problem = await problemOf({ ...nobody, awsProfile: "tool" });
  expect(problem).toMatchObject({ kind: "credentials" });
  expect(problem.hint).toBe("Run the profile's credential_process by hand to see why: /bin/false ….");
  expect(JSON.stringify(problem)).not.toContain("hush");
});

test("an SSO profile nobody signed in to is fixed by a sign-in", async () => {
  config(
    "[profile acme]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://acme.awsapps.com/start\n",
  );
  expect(await problemOf({ ...nobody, awsProfile: "acme" })).toMatchObject({
    kind: "credentials",
    command: "aws sso login --profile acme",
  });
});

test("no region is said before anything is called", async () => {
  keys();
  expect(await problemOf({})).toMatchObject({ kind: "invalid", message: "No AWS region is set." });
});

test("a wrong endpoint is given up soon and named", async () => {
  keys();
  const begin = Date.now();
  const problem = await problemOf(nobody);
  expect(problem).toMatchObject({ kind: "unreachable", code: "ECONNREFUSED", action: "sts:GetCallerIdentity" });
  expect(problem.message).toContain("http://127.0.0.1:1");
  expect(Date.now() - begin).toBeLessThan(3_000);
});

test("an endpoint that is no AWS is not reached", async () => {
  keys();
  const server = createServer((_request, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<p>Please sign in"),
  ).listen(0);
  const { port } = server.address() as AddressInfo;
  try {
    expect(await problemOf({ region: "eu-west-1", endpointUrl: `http://127.0.0.1:${port}` })).toMatchObject({
      kind: "service",
      id: "service-unavailable",
      message: expect.stringContaining("a page of its own"),
    });
  } finally {
    server.close();
  }
});

test("the program names itself to AWS, and AWS_ENDPOINT_URL leads the way", async () => {
  keys();
  const agents: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    agents.push(request.headers["user-agent"]);
    response.writeHead(400).end();
  }).listen(0);
  vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    await problemOf({ region: "eu-west-1" }, { version: "1.2.3" });
    expect(agents[0]).toMatch(/ecs-wizard\/1\.2\.3/);
  } finally {
    server.close();
  }
});

test("a proxy of the environment stands between us and AWS", async () => {
  keys();
  const asked: (string | undefined)[] = [];
  const proxy = createServer().listen(0);
  proxy.on("connect", (request, socket) => {
    asked.push(request.url);
    socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
  });
  vi.stubEnv("HTTPS_PROXY", `http://me:hush@127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
  try {
    const problem = await problemOf({ region: "eu-west-1" });
    expect(problem).toMatchObject({
      kind: "unreachable",
      message: "The proxy does not let us through to AWS: 407 Proxy Authentication Required.",
    });
    expect(JSON.stringify(problem)).not.toContain("hush");
    expect(asked[0]).toBe("sts.eu-west-1.amazonaws.com:443");
  } finally {
    proxy.close();
  }
});

test("the region is the target's, a named profile's, the environment's, the default profile's", async () => {
  config("[default]\nregion = eu-north-1\n[profile acme]\nregion = eu-west-2\n[profile bare]\n");
  expect(await regionInUse({})).toBe("eu-north-1");
  vi.stubEnv("AWS_DEFAULT_REGION", "us-west-2");
  expect(await regionInUse({})).toBe("us-west-2");
  vi.stubEnv("AWS_REGION", "us-east-2");
  expect(await regionInUse({})).toBe("us-east-2");
  expect(await regionInUse({ awsProfile: "bare" })).toBe("us-east-2");
  expect(await regionInUse({ awsProfile: "acme" })).toBe("eu-west-2");
  expect(await regionInUse({ awsProfile: "acme", region: "eu-west-1" })).toBe("eu-west-1");
});

test("the profiles of the configuration files, sessions left out", async () => {
  config(
    "[default]\nregion = eu-west-1\n[profile acme]\nsso_session = corp\nsso_account_id = 123456789012\n[sso-session corp]\nsso_region = eu-west-1\n",
  );
  writeFileSync(join(home.path, "credentials"), "[ci]\naws_access_key_id = AKIA\naws_secret_access_key = hush\n");
  const clients = createClients({});
  const pages = await Array.fromAsync(awsProfiles.load(clients, {}, new AbortController().signal));
  expect(pages.flat().map(({ columns }) => columns)).toEqual([
    ["default", "no credentials", "eu-west-1", ""],
    ["acme", "SSO", "", "123456789012"],
    ["ci", "keys", "", ""],
  ]);
});

test("credentials that cannot be renewed are used to their end", async () => {
  const last = { accessKeyId: "a", secretAccessKey: "b", expiration: new Date(Date.now() + 60_000) };
  const shared = shareCredentials(vi.fn().mockResolvedValueOnce(last).mockRejectedValue(new Error("no code at hand")));
  await shared();
  expect(await shared()).toBe(last);
  last.expiration.setTime(Date.now() - 1);
  await expect(shared()).rejects.toThrow("no code at hand");
});

test("an SSO session is asked for in its own region, through the proxy of the environment", async () => {
  config(
    "[profile acme]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n[sso-session corp]\nsso_region = eu-central-1\nsso_start_url = https://acme.awsapps.com/start\n",
  );
  signInToSso(home.path, "corp", "token");
  vi.stubEnv("HOME", home.path);
  const proxy = createServer().listen(0);
  const asked: (string | undefined)[] = [];
  proxy.on("connect", (request, socket) => {
    asked.push(request.url);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
  try {
    await problemOf({ region: "us-east-1", awsProfile: "acme" });
    expect(asked[0]).toBe("portal.sso.eu-central-1.amazonaws.com:443");
  } finally {
    proxy.close();
  }
});

test("credentials are looked up once for all, again before they end, and failures are not kept", async () => {
  const at = (ms: number) => ({ accessKeyId: "a", secretAccessKey: "b", expiration: new Date(Date.now() + ms) });
  const provider = vi.fn().mockRejectedValueOnce(new Error("not yet")).mockResolvedValueOnce(at(60_000)).mockResolvedValue(at(3_600_000));
  const shared = shareCredentials(provider);
  await expect(shared()).rejects.toThrow("not yet");
  const [one, two] = await Promise.all([shared(), shared()]);
  expect(one).toBe(two);
  await shared();
  await shared();
  expect(provider).toHaveBeenCalledTimes(3);
});
