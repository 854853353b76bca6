import { afterEach, beforeEach, expect, test } from "vitest";
import { type Answer, type Still, still, template } from "./support.ts";

let world: Still;
beforeEach(async () => {
  world = await still();
});
afterEach(() => world.sandbox.close());

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const managed = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
const inline = (...names: string[]) =>
  names.map((PolicyName) => ({ PolicyName, PolicyDocument: { Version: "2012-10-17", Statement: [] } }));

function deploy(resources: object): string {
  const input = { StackName: "s", TemplateBody: template(resources), Capabilities: ["CAPABILITY_NAMED_IAM"] };
  const exists = world
    .cfn("ListStacks")
    .StackSummaries.some((one: Answer) => one.StackName === "s" && one.StackStatus !== "DELETE_COMPLETE");
  world.cfn(exists ? "UpdateStack" : "CreateStack", input);
  return world.settle("s");
}

test("a role gets its policies, loses them, and goes with the stack", () => {
  const roles = () => world.sandbox.world.iam.roles;
  expect(
    deploy({
      Role: {
        Type: "AWS::IAM::Role",
        Properties: { RoleName: "r", AssumeRolePolicyDocument: trust, ManagedPolicyArns: [managed], Policies: inline("a", "b") },
      },
    }),
  ).toBe("CREATE_COMPLETE");
  expect(roles()["r"]?.attachedPolicies).toEqual([managed]);
  expect(Object.keys(roles()["r"]?.inlinePolicies ?? {})).toEqual(["a", "b"]);
  expect(
    deploy({
      Role: { Type: "AWS::IAM::Role", Properties: { RoleName: "r", AssumeRolePolicyDocument: trust, Policies: inline("b", "c") } },
    }),
  ).toBe("UPDATE_COMPLETE");
  expect(roles()["r"]?.attachedPolicies).toEqual([]);
  expect(Object.keys(roles()["r"]?.inlinePolicies ?? {}).sort()).toEqual(["b", "c"]);
  const { StackId } = world.cfn("DescribeStacks", { StackName: "s" }).Stacks[0];
  world.cfn("DeleteStack", { StackName: "s" });
  expect(world.settle(StackId)).toBe("DELETE_COMPLETE");
  expect(roles()["r"]).toBeUndefined();
});

test("a managed policy that does not exist fails the role", () => {
  expect(
    deploy({
      Role: {
        Type: "AWS::IAM::Role",
        Properties: { AssumeRolePolicyDocument: trust, ManagedPolicyArns: ["arn:aws:iam::aws:policy/Nothing"] },
      },
    }),
  ).toBe("ROLLBACK_COMPLETE");
  expect(world.story("s").find((line) => line.startsWith("Role CREATE_FAILED"))).toContain(
    "arn:aws:iam::aws:policy/Nothing does not exist or is not attachable.",
  );
});

test("a log group's retention is put, changed and taken away", () => {
  const group = (RetentionInDays?: number) => ({
    Logs: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/mine", ...(RetentionInDays ? { RetentionInDays } : {}) } },
  });
  const days = () => world.sandbox.world.regions["eu-west-1"]?.logs.groups["/mine"]?.retentionDays;
  expect(deploy(group(7))).toBe("CREATE_COMPLETE");
  expect(days()).toBe(7);
  expect(deploy(group(14))).toBe("UPDATE_COMPLETE");
  expect(days()).toBe(14);
  expect(deploy(group())).toBe("UPDATE_COMPLETE");
  expect(days()).toBeUndefined();
});

test("a parameter is kept in Parameter Store, a cluster among the clusters", () => {
  const resources = (Value: string) => ({
    P: { Type: "AWS::SSM::Parameter", Properties: { Name: "/mine/p", Type: "String", Value } },
    C: {
      Type: "AWS::ECS::Cluster",
      Properties: { ClusterName: "mine", ClusterSettings: [{ Name: "containerInsights", Value: "enabled" }] },
    },
  });
  expect(deploy(resources("1"))).toBe("CREATE_COMPLETE");
  expect(world.ecs("DescribeClusters", { clusters: ["mine"], include: ["SETTINGS"] }).clusters[0].settings).toEqual([
    { name: "containerInsights", value: "enabled" },
  ]);
  expect(deploy(resources("2"))).toBe("UPDATE_COMPLETE");
  expect(world.sandbox.world.regions["eu-west-1"]?.ssm.parameters["/mine/p"]?.value).toBe("2");
});

test("a stack that has only a change set can be looked at and deleted", () => {
  const { StackId } = world.cfn("CreateChangeSet", {
    StackName: "s",
    ChangeSetName: "c",
    ChangeSetType: "CREATE",
    TemplateBody: template({ C: { Type: "AWS::ECS::Cluster" } }),
  });
  expect(world.cfn("DescribeStacks", { StackName: "s" }).Stacks[0]).toMatchObject({ StackStatus: "REVIEW_IN_PROGRESS", Parameters: [] });
  world.cfn("DeleteStack", { StackName: "s" });
  expect(world.settle(StackId)).toBe("DELETE_COMPLETE");
});
