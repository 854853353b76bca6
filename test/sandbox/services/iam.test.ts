import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  paginateListRoles,
  SimulatePrincipalPolicyCommand,
  TagRoleCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, it } from "vitest";
import { decide } from "../../../src/sandbox/iam/evaluate.ts";
import type { PolicyDocument } from "../../../src/sandbox/iam/state.ts";
import { begin, clientOptions, start } from "../support/sandbox.ts";

const open = async (scenario = "default") => {
  const sandbox = await start({ scenario });
  return { sandbox, iam: new IAMClient({ ...clientOptions(sandbox, "us-east-1"), maxAttempts: 1 }) };
};

const execution = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

describe("roles", () => {
  it("are listed in pages, with the documents that say who may assume them", async () => {
    const { iam } = await open();
    const pages: number[] = [];
    const trusting: (string | undefined)[] = [];
    for await (const page of paginateListRoles({ client: iam, pageSize: 5 }, {})) {
      pages.push(page.Roles?.length ?? 0);
      for (const role of page.Roles ?? []) {
        if (decodeURIComponent(role.AssumeRolePolicyDocument ?? "").includes("ecs-tasks.amazonaws.com")) trusting.push(role.RoleName);
      }
    }
    expect(pages.length).toBeGreaterThan(1);
    expect(trusting).toEqual([
      "ecsTaskExecutionRole",
      "ecsTaskExecutionRoleBasic",
      "ecsTaskExecutionRoleShop",
      "reports-task",
      "shop-task",
      "shop-worker-task",
    ]);
  });

  it("live from creation to deletion as IAM lets them", async () => {
    const { iam } = await open();
    const named = { RoleName: "web-execution" };
    const { Role } = await iam.send(
      new CreateRoleCommand({ ...named, AssumeRolePolicyDocument: trust, Tags: [{ Key: "team", Value: "shop" }] }),
    );
    expect(Role).toMatchObject({
      Arn: "arn:aws:iam::123456789012:role/web-execution",
      CreateDate: new Date(begin),
      Tags: [{ Key: "team", Value: "shop" }],
    });
    await expect(iam.send(new CreateRoleCommand({ ...named, AssumeRolePolicyDocument: trust }))).rejects.toMatchObject({
      name: "EntityAlreadyExistsException",
      message: "Role with name web-execution already exists.",
    });
    await iam.send(new AttachRolePolicyCommand({ ...named, PolicyArn: execution }));
    await iam.send(
      new PutRolePolicyCommand({
        ...named,
        PolicyName: "own",
        PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
      }),
    );
    await iam.send(new TagRoleCommand({ ...named, Tags: [{ Key: "env", Value: "prod" }] }));
    expect((await iam.send(new GetRoleCommand(named))).Role?.Tags).toEqual([
      { Key: "team", Value: "shop" },
      { Key: "env", Value: "prod" },
    ]);
    expect((await iam.send(new ListAttachedRolePoliciesCommand(named))).AttachedPolicies?.map((each) => each.PolicyName)).toEqual([
      "AmazonECSTaskExecutionRolePolicy",
    ]);
    expect((await iam.send(new ListRolePoliciesCommand(named))).PolicyNames).toEqual(["own"]);
    expect(decodeURIComponent((await iam.send(new GetRolePolicyCommand({ ...named, PolicyName: "own" }))).PolicyDocument ?? "")).toContain(
      "s3:*",
    );
    await expect(iam.send(new DeleteRoleCommand(named))).rejects.toMatchObject({
      name: "DeleteConflictException",
      message: "Cannot delete entity, must detach all policies first.",
    });
    await iam.send(new DetachRolePolicyCommand({ ...named, PolicyArn: execution }));
    await expect(iam.send(new DeleteRoleCommand(named))).rejects.toMatchObject({
      message: "Cannot delete entity, must delete policies first.",
    });
  });

  it.each([
    ["{", "This policy contains invalid Json"],
    ['{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}', "Missing required field Principal"],
    [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs"},"Action":"sts:AssumeRole"}]}',
      'Invalid principal in policy: "SERVICE":"ecs"',
    ],
    [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}]}',
      "Has prohibited field Resource",
    ],
    [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"assume"}]}',
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
  ])("are not created from %s", async (document, message) => {
    const { iam } = await open();
    const command = new CreateRoleCommand({ RoleName: "x", AssumeRolePolicyDocument: document });
    await expect(iam.send(command)).rejects.toMatchObject({ name: "MalformedPolicyDocumentException", message });
  });

  it("of services are there once the account used the service", async () => {
    const linked = { RoleName: "AWSServiceRoleForECS" };
    expect((await (await open()).iam.send(new GetRoleCommand(linked))).Role?.Path).toBe("/aws-service-role/ecs.amazonaws.com/");
    const { iam } = await open("empty");
    await expect(iam.send(new GetRoleCommand(linked))).rejects.toMatchObject({ name: "NoSuchEntityException" });
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: "ecs.amazonaws.com" }));
    expect((await iam.send(new GetRoleCommand(linked))).Role?.RoleName).toBe("AWSServiceRoleForECS");
  });
});

describe("policies", () => {
  it("of AWS can be read", async () => {
    const { iam } = await open();
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: execution }));
    expect(Policy).toMatchObject({ PolicyName: "AmazonECSTaskExecutionRolePolicy", Path: "/service-role/", AttachmentCount: 3 });
    const { PolicyVersion } = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn: execution, VersionId: Policy?.DefaultVersionId ?? "" }),
    );
    expect(decodeURIComponent(PolicyVersion?.Document ?? "")).toContain("ecr:GetAuthorizationToken");
  });

  it("are simulated for a role", async () => {
    const { iam } = await open();
    const ask = async (role: string, resource: string) =>
      (
        await iam.send(
          new SimulatePrincipalPolicyCommand({
            PolicySourceArn: `arn:aws:iam::123456789012:role/${role}`,
            ActionNames: ["secretsmanager:GetSecretValue"],
            ResourceArns: [resource],
          }),
        )
      ).EvaluationResults?.[0]?.EvalDecision;
    const secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret";
    expect(await ask("ecsTaskExecutionRole", `${secret}:shop/db-AbCdEf`)).toBe("allowed");
    expect(await ask("ecsTaskExecutionRole", `${secret}:analytics/warehouse-AbCdEf`)).toBe("implicitDeny");
    expect(await ask("ecsTaskExecutionRoleBasic", `${secret}:shop/db-AbCdEf`)).toBe("implicitDeny");
    await expect(ask("nobody", "*")).rejects.toMatchObject({ name: "NoSuchEntityException" });
  });

  it("are decided as IAM decides: a deny above all, then an allow, else nothing", () => {
    const document = (...Statement: PolicyDocument["Statement"][]): PolicyDocument => ({
      Version: "2012-10-17",
      Statement: Statement.flat(),
    });
    const ask = (policy: PolicyDocument, action: string, resource: string, context = {}) =>
      decide([{ name: "p", type: "IAM Policy", document: policy }], { action, resource, context }).decision;
    const readButNotSecret = document(
      { Effect: "Allow", Action: "s3:Get*", Resource: "arn:aws:s3:::shop/*" },
      { Effect: "Deny", Action: "*", Resource: "arn:aws:s3:::shop/secret/*" },
    );
    expect(ask(readButNotSecret, "s3:GetObject", "arn:aws:s3:::shop/a")).toBe("allowed");
    expect(ask(readButNotSecret, "S3:getobject", "arn:aws:s3:::shop/a")).toBe("allowed");
    expect(ask(readButNotSecret, "s3:GetObject", "arn:aws:s3:::shop/secret/a")).toBe("explicitDeny");
    expect(ask(readButNotSecret, "s3:PutObject", "arn:aws:s3:::shop/a")).toBe("implicitDeny");
    const allBut = document({ Effect: "Allow", NotAction: "iam:*", Resource: "*" });
    expect([ask(allBut, "ecs:RunTask", "*"), ask(allBut, "iam:CreateRole", "*")]).toEqual(["allowed", "implicitDeny"]);
    const passing = document({
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: "*",
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    });
    expect(ask(passing, "iam:PassRole", "r", { "iam:PassedToService": "ecs-tasks.amazonaws.com" })).toBe("allowed");
    expect(ask(passing, "iam:PassRole", "r")).toBe("implicitDeny");
    const strange = document({ Effect: "Allow", Action: "*", Resource: "*", Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } });
    expect(() => ask(strange, "ecs:RunTask", "*")).toThrow("The sandbox does not simulate the policy condition operator IpAddress.");
  });
});

describe("assuming roles", () => {
  it("is for those a role trusts", async () => {
    const { sandbox } = await open();
    const sts = new STSClient({ ...clientOptions(sandbox), maxAttempts: 1 });
    const assume = (role: string, more = {}) =>
      sts.send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::123456789012:role/${role}`, RoleSessionName: "ci", ...more }));
    const { Credentials, AssumedRoleUser } = await assume("deploy-pipeline");
    expect(AssumedRoleUser?.Arn).toBe("arn:aws:sts::123456789012:assumed-role/deploy-pipeline/ci");
    expect(Credentials?.Expiration).toEqual(new Date(begin + 3_600_000));
    await expect(assume("ecsTaskExecutionRole")).rejects.toMatchObject({
      name: "AccessDenied",
      message:
        "User: arn:aws:sts::123456789012:assumed-role/Developer/sandbox is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
    });
    await expect(assume("deploy-pipeline", { DurationSeconds: 60 })).rejects.toMatchObject({ name: "ValidationError" });
  });
});

describe("a session's name", () => {
  it.each([
    ["x", "have length greater than or equal to 2"],
    ["x".repeat(65), "have length less than or equal to 64"],
    ["a b", "satisfy regular expression pattern: [\\w+=,.@-]*"],
  ])("%s is refused in STS's words", async (RoleSessionName, constraint) => {
    const { sandbox } = await open();
    const sts = new STSClient({ ...clientOptions(sandbox, "us-east-1"), maxAttempts: 1 });
    const assumed = sts.send(new AssumeRoleCommand({ RoleArn: "arn:aws:iam::123456789012:role/shop-task", RoleSessionName }));
    await expect(assumed).rejects.toMatchObject({
      name: "ValidationError",
      message: `1 validation error detected: Value '${RoleSessionName}' at 'roleSessionName' failed to satisfy constraint: Member must ${constraint}`,
    });
  });
});
