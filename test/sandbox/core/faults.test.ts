import { DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeRepositoriesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { IAMClient, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, it } from "vitest";
import { clientOptions, start } from "../support/sandbox.ts";
import { control, form, json, rest } from "../support/wire.ts";

const once = { maxAttempts: 1 };

describe("denials", () => {
  it("name principal, action and resource as each service words it", async () => {
    const sandbox = await start({ scenario: "denied" });
    const user = "User: arn:aws:sts::123456789012:assumed-role/Developer/sandbox is not authorized to perform:";
    const registry = await json(sandbox, "ecr", "AmazonEC2ContainerRegistry_V20150921.DescribeImages", { repositoryName: "shop/web" });
    expect([registry.status, JSON.parse(registry.body)]).toEqual([
      400,
      {
        __type: "AccessDeniedException",
        message: `${user} ecr:DescribeImages on resource: arn:aws:ecr:eu-west-1:123456789012:repository/shop/web because no identity-based policy allows the ecr:DescribeImages action`,
      },
    ]);
    const network = await form(sandbox, "ec2", "2016-11-15", { Action: "DescribeSubnets" });
    expect([network.status, network.body]).toEqual([
      403,
      expect.stringContaining("<Code>UnauthorizedOperation</Code><Message>You are not authorized to perform this operation. User:"),
    ]);
    const roles = await form(sandbox, "iam", "2010-05-08", { Action: "CreateRole", RoleName: "new", Path: "/app/" });
    expect([roles.status, roles.body]).toEqual([
      403,
      expect.stringContaining(`${user} iam:CreateRole on resource: arn:aws:iam::123456789012:role/app/new because`),
    ]);
    expect((await form(sandbox, "iam", "2010-05-08", { Action: "ListRoles" })).body).toContain(
      `${user} iam:ListRoles on resource: arn:aws:iam::123456789012:role/ because`,
    );
    expect((await json(sandbox, "secretsmanager", "secretsmanager.ListSecrets", {})).body).toContain(
      `${user} secretsmanager:ListSecrets because`,
    );
    const balancers = await form(sandbox, "elasticloadbalancing", "2015-12-01", { Action: "DescribeTargetGroups" });
    expect(balancers.body).toContain(`${user} elasticloadbalancing:DescribeTargetGroups because`);
    const files = await rest(sandbox, "elasticfilesystem", "/2015-02-01/file-systems");
    expect([files.status, files.headers.get("x-amzn-errortype")]).toEqual([403, "AccessDeniedException"]);
  });

  it("leave the caller their identity", async () => {
    const sandbox = await start({ scenario: "denied" });
    const identity = await new STSClient(clientOptions(sandbox)).send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe("arn:aws:sts::123456789012:assumed-role/Developer/sandbox");
  });

  it("are those of one identity: who takes on another one is not struck", async () => {
    const sandbox = await start({ scenario: "denied" });
    const sso = await fetch(`${sandbox.endpoint}/federation/credentials?account_id=123456789012&role_name=Developer`, {
      headers: { "x-amz-sso_bearer_token": "token" },
    });
    expect(sso.status).toBe(200);
    const { roleCredentials } = (await sso.json()) as {
      roleCredentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
    };
    const ecr = new ECRClient({
      ...clientOptions(sandbox),
      credentials: { ...roleCredentials, expiration: new Date(Date.now() + 60_000) },
    });
    expect((await ecr.send(new DescribeRepositoriesCommand({}))).repositories?.length).toBeGreaterThan(5);
    await expect(new ECRClient(clientOptions(sandbox)).send(new DescribeRepositoriesCommand({}))).rejects.toThrow(
      /assumed-role\/Developer\//,
    );
  });

  it("strike the one action of denied:ACTION, also in the policy simulator", async () => {
    const sandbox = await start({ scenario: "denied:ecr:DescribeImages" });
    const ecr = new ECRClient(clientOptions(sandbox));
    expect((await ecr.send(new DescribeRepositoriesCommand({}))).repositories?.length).toBeGreaterThan(5);
    const { EvaluationResults } = await new IAMClient(clientOptions(sandbox)).send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: "arn:aws:iam::123456789012:role/Developer",
        ActionNames: ["ecr:DescribeImages", "ecr:DescribeRepositories"],
      }),
    );
    expect(EvaluationResults?.map((each) => each.EvalDecision)).toEqual(["implicitDeny", "allowed"]);
  });
});

describe("throttling", () => {
  it("speaks each service's code", async () => {
    const sandbox = await start();
    sandbox.setFaults([{ kind: "throttled", action: "*" }]);
    const codes = [
      (await form(sandbox, "ec2", "2016-11-15", { Action: "DescribeVpcs" })).body,
      (await form(sandbox, "iam", "2010-05-08", { Action: "ListRoles" })).body,
      (await json(sandbox, "logs", "Logs_20140328.DescribeLogGroups", {})).body,
      (await json(sandbox, "servicequotas", "ServiceQuotasV20190624.ListServices", {})).body,
    ].map((body) => /RequestLimitExceeded|Throttling(?:Exception)?|TooManyRequestsException/.exec(body)?.[0]);
    expect(codes).toEqual(["RequestLimitExceeded", "Throttling", "ThrottlingException", "TooManyRequestsException"]);
  });

  it("is a matter of retrying for the SDK, at the rate given and always alike", async () => {
    const run = async () => {
      const sandbox = await start({ scenario: "throttled" });
      const ec2 = new EC2Client({ ...clientOptions(sandbox), maxAttempts: 10, retryMode: "standard" });
      const attempts: (number | undefined)[] = [];
      for (let call = 0; call < 16; call += 1) attempts.push((await ec2.send(new DescribeVpcsCommand({}))).$metadata.attempts);
      return attempts;
    };
    const attempts = await run();
    expect(Math.max(...attempts.map(Number))).toBeGreaterThan(1);
    expect(await run()).toEqual(attempts);
  });

  it("can be spent after a number of calls", async () => {
    const sandbox = await start();
    sandbox.setFaults([{ kind: "serverError", action: "ec2:DescribeVpcs", times: 2 }]);
    const { $metadata, Vpcs } = await new EC2Client(clientOptions(sandbox)).send(new DescribeVpcsCommand({}));
    expect([$metadata.attempts, Vpcs?.length]).toEqual([3, 2]);
  });
});

describe("credentials past their time", () => {
  it("are told so by every protocol", async () => {
    const sandbox = await start({ scenario: "expired-credentials" });
    await expect(new STSClient({ ...clientOptions(sandbox), ...once }).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "ExpiredToken",
      message: "The security token included in the request is expired",
    });
    await expect(new ECRClient({ ...clientOptions(sandbox), ...once }).send(new DescribeRepositoriesCommand({}))).rejects.toMatchObject({
      name: "ExpiredTokenException",
    });
    await expect(new EC2Client({ ...clientOptions(sandbox), ...once }).send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: "RequestExpired",
    });
  });
});

describe("the network", () => {
  it("drops connections without an answer", async () => {
    const sandbox = await start();
    sandbox.setFaults([{ kind: "dropped", action: "ec2:*", times: 1 }]);
    const ec2 = new EC2Client({ ...clientOptions(sandbox), ...once });
    await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect((await ec2.send(new DescribeVpcsCommand({}))).Vpcs).toHaveLength(2);
  });

  it("loses answers of calls that were carried out", async () => {
    const sandbox = await start();
    sandbox.setFaults([{ kind: "dropped", action: "logs:CreateLogGroup", times: 1, afterwards: true }]);
    const create = () => json(sandbox, "logs", "Logs_20140328.CreateLogGroup", { logGroupName: "/once" });
    await expect(create()).rejects.toThrow();
    expect((await create()).body).toContain("ResourceAlreadyExistsException");
  });

  it("lets answers come late", async () => {
    const sandbox = await start();
    sandbox.setFaults([{ kind: "slow", action: "sts:GetCallerIdentity", delayMs: 120 }]);
    const began = performance.now();
    await form(sandbox, "sts", "2011-06-15", { Action: "GetCallerIdentity" });
    expect(performance.now() - began).toBeGreaterThan(110);
  });
});

describe("the control endpoint", () => {
  it("shows and changes the faults, and refuses what is none", async () => {
    const sandbox = await start();
    const faults = [{ kind: "denied", action: "ec2:DescribeVpcs" }];
    expect(await control(sandbox, "faults", { faults })).toEqual({ status: 200, body: { faults } });
    expect((await control(sandbox, "faults")).body).toEqual({ faults });
    expect((await form(sandbox, "ec2", "2016-11-15", { Action: "DescribeVpcs" })).status).toBe(403);
    expect((await control(sandbox, "faults", { faults: [{ kind: "rain" }] })).status).toBe(400);
    await control(sandbox, "faults", { faults: [] });
    expect((await form(sandbox, "ec2", "2016-11-15", { Action: "DescribeVpcs" })).status).toBe(200);
  });

  it("changes speed and time", async () => {
    const sandbox = await start();
    const before = (await control(sandbox, "clock")).body["now"] as number;
    const after = await control(sandbox, "clock", { advance: 90_000 });
    expect(after.body).toMatchObject({ now: before + 90_000, speed: 0 });
    expect((await control(sandbox, "clock", { speed: 600 })).body).toMatchObject({ speed: 600 });
    expect((await control(sandbox, "clock", { speed: -1 })).status).toBe(400);
  });

  it("gives the whole account away and takes it back", async () => {
    const sandbox = await start();
    const { body } = await control(sandbox, "state");
    const other = await start({ scenario: "empty" });
    expect((await control(other, "state", body)).status).toBe(200);
    expect((await form(other, "iam", "2010-05-08", { Action: "ListAccountAliases" })).body).toContain("acme-prod");
    for (const broken of [{ version: 99 }, { version: 1, regions: {}, iam: {} }, []])
      expect((await control(other, "state", broken)).status).toBe(400);
  });

  it("changes the scenario, and names those there are for one there is not", async () => {
    const sandbox = await start();
    expect((await control(sandbox, "scenario", { scenario: "empty" })).body).toEqual({ scenario: "empty" });
    expect((await form(sandbox, "iam", "2010-05-08", { Action: "ListAccountAliases" })).body).toContain("<AccountAliases/>");
    const unknown = await control(sandbox, "scenario", { scenario: "meteor" });
    expect([unknown.status, unknown.body["message"]]).toEqual([400, expect.stringContaining("crash-loop")]);
  });
});
