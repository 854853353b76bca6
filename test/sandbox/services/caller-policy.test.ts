import { DescribeServicesCommand, ECSClient, ListTasksCommand, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { AttachRolePolicyCommand, IAMClient, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, it } from "vitest";
import { clientOptions, start } from "../support/sandbox.ts";
import { control } from "../support/wire.ts";

const allow = (Action: string | string[], Resource: string | string[] = "*", Condition?: object) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition ? { Condition } : {}),
});
const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

const ground = async (...statements: object[]) => {
  const sandbox = await start({ callerPolicy: policy(...statements) });
  const options = { ...clientOptions(sandbox), maxAttempts: 1 };
  return { sandbox, ecs: new ECSClient(options), iam: new IAMClient(options), sts: new STSClient(options) };
};

const user = "User: arn:aws:sts::123456789012:assumed-role/Developer/sandbox is not authorized to perform:";
const services = "arn:aws:ecs:eu-west-1:123456789012:service/production";

describe("a caller with a policy", () => {
  it("may do what it allows on the resources it names, each of them, and is told which is refused", async () => {
    const { ecs, sts } = await ground(allow("ecs:Describe*", `${services}/check*`));
    const ask = (...names: string[]) => ecs.send(new DescribeServicesCommand({ cluster: "production", services: names }));
    expect((await ask("checkout")).services).toHaveLength(1);
    await expect(ask("checkout", "search")).rejects.toThrow(
      `${user} ecs:DescribeServices on resource: ${services}/search because no identity-based policy allows the ecs:DescribeServices action`,
    );
    await expect(ecs.send(new ListTasksCommand({ cluster: "production" }))).rejects.toThrow(/ecs:ListTasks on resource: \*/);
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe("123456789012");
  });

  it("is denied what a statement denies, whatever another allows", async () => {
    const { ecs } = await ground(allow("*"), { Effect: "Deny", Action: "ecs:ListTasks", Resource: "*" });
    await expect(ecs.send(new ListTasksCommand({ cluster: "production" }))).rejects.toThrow(
      `${user} ecs:ListTasks on resource: * with an explicit deny in an identity-based policy`,
    );
  });

  it("is held to conditions: the cluster of a list, the policy that is attached, the service a role is handed to", async () => {
    const inCluster = { ArnLike: { "ecs:cluster": "arn:aws:ecs:eu-west-1:*:cluster/production" } };
    const onlyRead = { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess" } };
    const toLambda = { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } };
    const { ecs, iam } = await ground(
      allow("ecs:ListTasks", "*", inCluster),
      allow("iam:AttachRolePolicy", "*", onlyRead),
      allow("ecs:RegisterTaskDefinition"),
      allow("iam:PassRole", "*", toLambda),
    );
    expect((await ecs.send(new ListTasksCommand({ cluster: "production" }))).taskArns?.length).toBeGreaterThan(0);
    await expect(ecs.send(new ListTasksCommand({ cluster: "staging" }))).rejects.toThrow(/not authorized/);
    const attach = new AttachRolePolicyCommand({ RoleName: "shop-task", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
    await expect(iam.send(attach)).rejects.toThrow(
      `${user} iam:AttachRolePolicy on resource: arn:aws:iam::123456789012:role/shop-task because`,
    );
    const containerDefinitions = [{ name: "web", image: "nginx" }];
    const sizes = { requiresCompatibilities: ["FARGATE" as const], networkMode: "awsvpc" as const, cpu: "256", memory: "512" };
    const register = { family: "web", containerDefinitions, ...sizes };
    await ecs.send(new RegisterTaskDefinitionCommand(register));
    await expect(ecs.send(new RegisterTaskDefinitionCommand({ ...register, taskRoleArn: "shop-task" }))).rejects.toThrow(
      `${user} iam:PassRole on resource: arn:aws:iam::123456789012:role/shop-task because no identity-based policy allows the iam:PassRole action`,
    );
    await expect(ecs.send(new RegisterTaskDefinitionCommand({ ...register, tags: [{ key: "a", value: "b" }] }))).rejects.toThrow(
      `${user} ecs:TagResource on resource: arn:aws:ecs:eu-west-1:123456789012:task-definition/web:* because`,
    );
  });

  it("is what the policy simulator says of the caller", async () => {
    const { iam } = await ground(allow("iam:SimulatePrincipalPolicy"), allow("ecs:ListTasks"));
    const { EvaluationResults = [] } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: "arn:aws:iam::123456789012:role/Developer",
        ActionNames: ["ecs:ListTasks", "ecs:StopTask"],
      }),
    );
    expect(EvaluationResults.map(({ EvalDecision }) => EvalDecision)).toEqual(["allowed", "implicitDeny"]);
  });

  it("is given and taken a policy over the control port; what is none is refused", async () => {
    const sandbox = await start();
    const ecs = new ECSClient({ ...clientOptions(sandbox), maxAttempts: 1 });
    const list = () => ecs.send(new ListTasksCommand({ cluster: "production" }));
    const none = JSON.parse(policy());
    expect((await control(sandbox, "caller-policy", none)).status).toBe(200);
    await expect(list()).rejects.toThrow(/not authorized/);
    expect((await control(sandbox, "caller-policy")).body).toEqual({ policy: none });
    expect((await control(sandbox, "caller-policy", { Statement: [{ Effect: "Maybe" }] })).status).toBe(400);
    await control(sandbox, "caller-policy", null);
    expect((await list()).taskArns?.length).toBeGreaterThan(0);
    await expect(start({ callerPolicy: "{}" })).rejects.toThrow(/it is no IAM policy/);
  });
});
