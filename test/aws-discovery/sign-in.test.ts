/** Signing in: SSO, MFA and assumed roles with the real SDK and files against the simulated account. */
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { noteCall } from "../../src/aws-discovery/call-notes.ts";
import { createClientPool } from "../../src/aws-discovery/client-pool.ts";
import { createClients } from "../../src/aws-discovery/clients.ts";
import { createCloud } from "../../src/aws-discovery/cloud/index.ts";
import { createCredentialStore } from "../../src/aws-discovery/credentials.ts";
import { createDiscovery } from "../../src/aws-discovery/discovery.ts";
import { identityOf } from "../../src/aws-discovery/identity.ts";
import type { AskMfa } from "../../src/aws-discovery/mfa.ts";
import { toProblem } from "../../src/aws-discovery/problems.ts";
import { renewalOf } from "../../src/aws-discovery/renewal.ts";
import { ProblemError } from "../../src/engine/problem.ts";
import { profiles, signInToSso } from "../support/aws-config.ts";
import { temporaryFolder } from "../support/program.ts";
import { type Account, clock, isSettled, openAccount, useMadeUpCredentials } from "./support/account.ts";

let home: ReturnType<typeof temporaryFolder>;
let account: Account;
beforeEach(async () => {
  useMadeUpCredentials();
  home = temporaryFolder();
  writeFileSync(join(home.path, "config"), profiles);
  vi.stubEnv("HOME", home.path);
  vi.stubEnv("AWS_CONFIG_FILE", join(home.path, "config"));
  account = await openAccount("default");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await account[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

const problemOf = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof ProblemError ? error.problem : undefined;
};

test("SSO without a sign-in names the command that signs in; after it the same discovery goes on", async () => {
  const target = { ...account.target, awsProfile: "sso" };
  const query = { ...account.query("vpcs"), target };
  expect(await problemOf(account.discovery.identity(target))).toMatchObject({
    kind: "credentials",
    message: "You are not signed in to AWS SSO with the profile sso.",
    command: "aws sso login --profile sso",
  });
  expect((await account.until(query, isSettled)).last).toMatchObject({
    status: "failed",
    problem: { command: "aws sso login --profile sso" },
  });
  signInToSso(home.path, "corp", "expired");
  expect(await problemOf(account.discovery.identity(target))).toMatchObject({
    kind: "credentials",
    command: "aws sso login --profile sso",
  });
  writeFileSync(join(home.path, "config"), profiles.replace("sso_account_id = 123456789012", "sso_account_id = 210987654321"));
  signInToSso(home.path, "corp", "valid");
  expect((await problemOf(account.discovery.identity(target)))?.message).toBe(
    "The sign-in of the profile sso may not take on its role in its account.",
  );
  writeFileSync(join(home.path, "config"), profiles);
  expect((await account.discovery.identity(target)).arn).toMatch(/assumed-role\/AWSReservedSSO_Developer_\w+\/sandbox$/);
  account.discovery.refresh(query);
  expect((await account.until(query, isSettled)).last).toMatchObject({ status: "ready" });
});

test("a stack that cannot be asked for without a sign-in is not taken for missing", async () => {
  const cloud = createCloud(() => createClients({ ...account.target, awsProfile: "sso" }));
  expect(await problemOf(cloud.describeStack("cf-ecs-production-servicecheckout-default-untenanted"))).toMatchObject({
    kind: "credentials",
    id: "sso-not-logged-in",
  });
});

test("MFA: where nobody can be asked, the way on is named", async () => {
  expect(await problemOf(account.discovery.identity({ ...account.target, awsProfile: "mfa" }))).toMatchObject({
    kind: "credentials",
    message: "The AWS profile mfa needs the MFA code of arn:aws:iam::123456789012:mfa/ann.",
    command: "aws configure export-credentials --format env --profile mfa",
    mfa: "arn:aws:iam::123456789012:mfa/ann",
  });
});

test("MFA: the credentials below the role are tried before a code is asked for, and what is wrong with them is said of their profile", async () => {
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  const role = "role_arn = arn:aws:iam::123456789012:role/deploy-pipeline\nmfa_serial = arn:aws:iam::123456789012:mfa/ann\n";
  writeFileSync(
    join(home.path, "config"),
    `${profiles}[profile over-sso]\n${role}source_profile = sso\n[profile empty]\nregion = eu-west-1\n[profile over-empty]\n${role}source_profile = empty\n[profile over-nothing]\n${role}source_profile = nothing\n`,
  );
  const credentials = createCredentialStore();
  const ask = vi.fn<AskMfa>(async () => "123456");
  credentials.askWith(ask);
  const asWhom = (awsProfile: string) => problemOf(identityOf(createClients({ ...account.target, awsProfile }, { credentials })));
  expect(await asWhom("over-sso")).toMatchObject({ id: "sso-not-logged-in", command: "aws sso login --profile sso" });
  expect((await asWhom("over-empty"))?.message).toBe("The AWS profile empty holds no usable credentials.");
  expect((await asWhom("over-nothing"))?.message).toContain("nothing");
  expect(ask).not.toHaveBeenCalled();
  await new Promise(setImmediate);
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

test("MFA: a refused code is asked for again, and one code does for every service, region and deployment", async () => {
  const credentials = createCredentialStore();
  const codes = ["000000", "123456"];
  const ask = vi.fn<AskMfa>(async () => codes.shift());
  credentials.askWith(ask);
  const pool = createClientPool({ credentials });
  const discovery = createDiscovery({ ...pool, clock });
  const target = { ...account.target, awsProfile: "mfa" };
  const [identity] = await Promise.all([discovery.identity(target), discovery.identity({ ...target, region: "eu-central-1" })]);
  expect(identity.arn).toBe("arn:aws:sts::123456789012:assumed-role/deploy-pipeline/ann");
  const serial = "arn:aws:iam::123456789012:mfa/ann";
  const asked = [[{ serial, refused: false }], [{ serial, refused: true }]];
  expect(ask.mock.calls).toEqual(asked);
  const deployer = createClients({ ...target, region: "us-east-1" }, { credentials });
  expect((await identityOf(deployer)).arn).toBe(identity.arn);
  expect(ask.mock.calls).toEqual(asked);
  deployer.forgetCredentials();
  const anew = createClients(target, { credentials });
  expect(await problemOf(identityOf(anew))).toMatchObject({ message: `The AWS profile mfa needs the MFA code of ${serial}.` });
  discovery.dispose();
  pool.destroy();
  for (const clients of [deployer, anew]) clients.destroy();
});

test("an assumed role is taken on with its session name, external id and length", async () => {
  const role = account.sandbox.world.iam.roles["deploy-pipeline"];
  if (!role) throw new Error("the account lacks the role");
  role.trust.Statement = [
    {
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": "acme-42" } },
    },
  ];
  role.maxSessionSeconds = 3600;
  const as = (more: object) => ({
    ...account.target,
    awsProfile: "keys",
    assumeRole: { roleArn: role.arn, sessionName: "release-7", externalId: "acme-42", durationSeconds: 900, ...more },
  });
  expect((await account.discovery.identity(as({}))).arn).toBe("arn:aws:sts::123456789012:assumed-role/deploy-pipeline/release-7");
  expect(await problemOf(account.discovery.identity(as({ externalId: "other" })))).toMatchObject({
    kind: "denied",
    action: "sts:AssumeRole",
  });
  expect((await problemOf(account.discovery.identity(as({ durationSeconds: 7200 }))))?.detail).toContain("MaxSessionDuration");
});

test("leaving a picker ends its call on the wire", async () => {
  vi.stubEnv("AWS_PROFILE", "keys");
  let gone = false;
  const asked = Promise.withResolvers<void>();
  const server = createServer((request) => {
    request.socket.on("close", () => {
      gone = true;
    });
    asked.resolve();
  }).listen(0);
  const pool = createClientPool();
  const discovery = createDiscovery({ ...pool, clock });
  const target = { region: "eu-west-1", endpointUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  const stop = discovery.watch({ source: "clusters", target, inputs: {} }, () => {});
  await asked.promise;
  expect(gone).toBe(false);
  stop();
  await expect.poll(() => gone).toBe(true);
  discovery.dispose();
  pool.destroy();
  server.close();
});

test.each([
  ["sso", /^Sign in again with aws sso login, then retry/, "aws sso login --profile sso"],
  ["keys", /^They stand in the credentials file: .*new keys/, undefined],
  ["process", /The profile's credential_process is: print-keys$/, undefined],
  ["console", /^Sign in again with aws login, then retry/, "aws login --profile console"],
  ["over-sso", /^Sign in again with aws sso login/, "aws sso login --profile sso"],
])("expired credentials of the profile %s name what renews these", async (awsProfile, hint, command) => {
  const more = "[profile process]\ncredential_process = print-keys\n[profile console]\nlogin_session = me\n";
  const over = "[profile over-sso]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = sso\n";
  writeFileSync(join(home.path, "config"), profiles + more + over);
  const expired = Object.assign(new Error("The security token included in the request is expired"), { name: "ExpiredToken" });
  const problem = toProblem(noteCall(expired, { target: { awsProfile }, renewal: await renewalOf({ awsProfile }) }));
  expect(problem.message).toBe(`The temporary credentials of the profile ${awsProfile} have expired.`);
  expect(problem.hint).toMatch(hint);
  expect(problem.command).toBe(command);
});

test("expired keys of a profile: the refused call itself says how they are renewed", async () => {
  account.sandbox.setFaults([{ kind: "expired", action: "*" }]);
  const problem = await problemOf(account.discovery.identity({ ...account.target, awsProfile: "keys" }));
  expect(problem).toMatchObject({
    kind: "credentials",
    message: expect.stringContaining("have expired"),
    hint: expect.stringContaining("credentials file"),
  });
  expect(problem?.command).toBeUndefined();
});
