import { expect, test } from "vitest";
import { outputValues, parseServiceArn } from "../../../src/engine/deployment/outputs.ts";
import { dependencyOrder, expectedResources } from "../../../src/engine/deployment/template-order.ts";

const resources = {
  Service: {
    Type: "AWS::ECS::Service",
    Properties: {
      Cluster: { Ref: "ClusterName" },
      TaskDefinition: { Ref: "Task" },
      Url: { "Fn::Sub": ["${Host}/x", { Host: { "Fn::GetAtt": ["Balancer", "DNSName"] } }] },
    },
    DependsOn: ["Log"],
  },
  Task: {
    Type: "AWS::ECS::TaskDefinition",
    Properties: { ExecutionRoleArn: { "Fn::GetAtt": "Role.Arn" }, Text: { "Fn::Sub": "${Log}-${!Literal}" } },
  },
  Role: { Type: "AWS::IAM::Role" },
  Balancer: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer" },
  Log: { Type: "AWS::Logs::LogGroup" },
};

test("resources stand behind what they refer to", () => {
  expect(dependencyOrder(resources)).toEqual(["Role", "Log", "Task", "Balancer", "Service"]);
  expect(dependencyOrder({ A: { Type: "x", DependsOn: "B" }, B: { Type: "x", DependsOn: "A" } })).toEqual(["B", "A"]);
});

test("usual durations come from the own history by name, then by type, then from the table", () => {
  const usual = (own: Record<string, number>) =>
    Object.fromEntries(expectedResources(resources, "create", own).map((one) => [one.logicalId, one.usual]));
  expect(usual({})).toMatchObject({ Service: 119_000, Balancer: 150_000 });
  expect(usual({ Service: 5, "AWS::IAM::Role": 7 })).toMatchObject({ Service: 5, Role: 7 });
  expect(expectedResources(resources, "delete").map((one) => one.logicalId)[0]).toBe("Service");
});

test("the output values are those of the specification", () => {
  const plan = { cluster: "arn:aws:ecs:eu-west-1:1:cluster/prod", region: "eu-west-1", serviceId: "Service", taskDefinitionId: "Task" };
  const of = (logicalId: string, physicalId: string) => ({ logicalId, physicalId, type: "", status: "CREATE_COMPLETE" });
  const found = [
    of("Service", "arn:aws:ecs:eu-west-1:1:service/prod/shop-x1"),
    of("Task", "arn:aws:ecs:eu-west-1:1:task-definition/shop:42"),
  ];
  expect(outputValues(plan, { id: "stack-arn", name: "cf-shop", outputs: { Url: "http://x" } }, found)).toEqual({
    ServiceName: "shop-x1",
    ClusterName: "prod",
    CloudFormationStackName: "cf-shop",
    TaskDefinitionFamily: "shop",
    TaskDefinitionRevision: "42",
    Region: "eu-west-1",
    "AwsOutputs[StackId]": "stack-arn",
    "AwsOutputs[Url]": "http://x",
  });
});

test("service ARNs of the new and the old form", () => {
  expect(parseServiceArn("arn:aws:ecs:eu-west-1:1:service/prod/shop")).toEqual({ cluster: "prod", name: "shop" });
  expect(parseServiceArn("arn:aws:ecs:eu-west-1:1:service/shop")).toEqual({ name: "shop" });
  expect(parseServiceArn("shop")).toEqual({ name: "shop" });
});
