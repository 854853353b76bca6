import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Need } from "../../../src/engine/permissions/grant.ts";
import { grants } from "../../../src/engine/permissions/grants.ts";
import { longestPolicy, type PolicyDocument, policyFor, policyLength } from "../../../src/engine/permissions/policy.ts";
import { anyScope, scopeOf } from "../../../src/engine/permissions/scope.ts";
import { checks } from "../../../src/engine/preflight/index.ts";
import { parsePolicy } from "../../../src/sandbox/iam/policy.ts";
import { example, webService } from "../../support/example-profiles.ts";
import { policyOf, ready } from "./trail.ts";

const statement = (policy: PolicyDocument, sid: string) => policy.Statement.find(({ Sid }) => Sid === sid);
const policyOfText = (text: string, changes?: Record<string, string>) => policyOf(ready(text, changes));
const everything = () => readFileSync(example("everything"), "utf8");
const all: readonly Need[] = ["deploy", "watch", "wizard", "check"];

test("every statement says what it is for, once, and IAM can read it", () => {
  for (const policy of [policyFor(anyScope(), all), policyOfText(everything()), policyOfText(webService)]) {
    const sids = policy.Statement.map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
    for (const sid of sids) expect(sid).toMatch(/^[A-Z][A-Za-z0-9]+$/);
    expect(parsePolicy(JSON.stringify(policy), "identity").Version).toBe("2012-10-17");
    for (const { Action } of policy.Statement) expect(new Set(Action).size).toBe(Action.length);
  }
});

test("what deploying needs fits into a managed policy", () => {
  for (const text of [webService, everything(), readFileSync(example("web-with-sidecar"), "utf8")])
    expect(policyLength(policyOfText(text))).toBeLessThan(longestPolicy);
  expect(policyLength(policyFor(anyScope("eu-west-1"), ["deploy"]))).toBeLessThan(longestPolicy);
});

describe("resources are as narrow as what is known", () => {
  test("the stack, the service, the family, the log group and the roles of a profile", () => {
    const policy = policyOfText(everything());
    const stack = "cf-ecs-production-serviceshopEverything-production-acme";
    const at = "eu-west-1:123456789012";
    expect(statement(policy, "DeployStack")?.Resource).toEqual([`arn:aws:cloudformation:${at}:stack/${stack}/*`]);
    expect(statement(policy, "DeployService")?.Resource).toEqual([`arn:aws:ecs:${at}:service/production/${stack}-*`]);
    expect(statement(policy, "RegisterTaskDefinition")?.Resource).toEqual([`arn:aws:ecs:${at}:task-definition/shop-everything:*`]);
    expect(statement(policy, "CreateLogGroup")?.Resource).toEqual([
      `arn:aws:logs:${at}:log-group:/ecs/shop-everything`,
      `arn:aws:logs:${at}:log-group:/ecs/shop-everything:*`,
    ]);
    expect(statement(policy, "PassRolesToTasks")).toMatchObject({
      Resource: ["arn:aws:iam::123456789012:role/ecsTaskExecutionRole", "arn:aws:iam::123456789012:role/shop-task"],
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    });
    expect(statement(policy, "ListTasks")?.Condition).toEqual({ ArnLike: { "ecs:cluster": `arn:aws:ecs:${at}:cluster/production` } });
    expect(statement(policy, "FindImages")?.Resource).toContain(`arn:aws:ecr:${at}:repository/shop/web`);
    expect(JSON.stringify(policy)).not.toMatch(/arn:[^"]*:\*:[^"]*stack|docker/);
  });

  test("a role and a log group only where the stack creates them, targets only where there is a load balancer", () => {
    const sids = (policy: PolicyDocument) => policy.Statement.map(({ Sid }) => Sid);
    expect(sids(policyOfText(webService))).toEqual(
      expect.arrayContaining(["CreateExecutionRole", "AttachExecutionPolicy", "CreateLogGroup"]),
    );
    expect(sids(policyOfText(webService))).not.toContain("WatchTargets");
    const manual = { "containers[0].logging.type": "manual", "containers[0].logging.logDriver": "none" };
    const other = sids(policyOfText(webService, { ...manual, "taskExecutionRole.roleArn": "arn:aws:iam::123456789012:role/run" }));
    for (const sid of ["CreateExecutionRole", "AttachExecutionPolicy", "CreateLogGroup", "FindLogGroup", "ReadLogs"])
      expect(other).not.toContain(sid);
    expect(sids(policyOfText(everything()))).toContain("WatchTargets");
  });

  test("the created role by the start of its name; only the execution role's policy can be attached", () => {
    const policy = policyOfText(webService);
    expect(statement(policy, "CreateExecutionRole")?.Resource).toEqual([
      "arn:aws:iam::*:role/cf-ecs-production-servic*-TaskExecutionRole*",
    ]);
    expect(statement(policy, "PassRolesToTasks")?.Resource).toEqual(["arn:aws:iam::*:role/cf-ecs-production-servic*-TaskExecutionRole*"]);
    expect(statement(policy, "AttachExecutionPolicy")?.Condition).toEqual({
      ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy" },
    });
  });

  test.each([
    [{ "target.cluster": "arn:aws:ecs:eu-west-1:111122223333:cluster/production" }, "111122223333"],
    [{ "configuration.taskRole": "arn:aws:iam::111122223333:role/shop" }, "111122223333"],
    [{ "target.assumeRole.roleArn": "arn:aws:iam::111122223333:role/deployer" }, "111122223333"],
    [{ "configuration.taskRole": "shop" }, "*"],
    [{ "containers[0].repositoryCredentials.secretArn": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:x-AbCdEf" }, "*"],
  ])("the account, where an ARN of the account deployed to tells it: %j", (changes, account) => {
    const policy = policyOfText(webService, changes);
    expect(statement(policy, "DeployStack")?.Resource[0]).toMatch(`:eu-west-1:${account}:stack/`);
    if (JSON.stringify(changes).includes('"shop"'))
      expect(statement(policy, "PassRolesToTasks")?.Resource).toContain("arn:aws:iam::*:role/shop");
  });

  test.each([
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["eu-west-1", "aws"],
  ])("the partition of %s", (region, partition) => {
    for (const policy of [policyOfText(webService, { "target.region": region }), policyFor(anyScope(region), all)]) {
      const arns = JSON.stringify(policy).match(/arn:[\w-]+:(?!ecr)/g) ?? [];
      expect(new Set(arns.map((arn) => arn.split(":")[1]))).toEqual(new Set([partition]));
    }
  });

  test("what an expression decides, or what is missing, may be anything", () => {
    const bound = scopeOf(ready(webService, { "target.cluster": "#{Cluster}", "configuration.name": "shop-#{Env}" }).step);
    expect(bound).toMatchObject({ cluster: "*", stack: "cf-ecs-*", family: "shop-*", logGroup: "/ecs/shop-*" });
    const tag = scopeOf(ready(webService.replace(":1.4.2", ":#{Tag}")).step);
    expect(tag.repositories).toEqual([{ account: "123456789012", region: "eu-west-1", name: "shop/web" }]);
    expect(scopeOf(ready(webService.replace(/image: .*/, "image: '#{Image}'")).step).repositories).toEqual([
      { account: "*", region: "eu-west-1", name: "*" },
    ]);
    expect(scopeOf(ready("version: 1").step)).toMatchObject({ region: "*", account: "*", cluster: "*", stack: "cf-ecs-*", family: "*" });
  });

  test("log groups that a container names itself, in their regions", () => {
    const manual = {
      "containers[0].logging.type": "manual",
      "containers[0].logging.logDriver": "awslogs",
      "containers[0].logging.options": '{"awslogs-group": "/shop/web", "awslogs-region": "us-east-1"}',
    };
    expect(statement(policyOfText(webService, manual), "ReadLogs")?.Resource).toEqual([
      "arn:aws:logs:us-east-1:*:log-group:/shop/web:log-stream:*",
    ]);
  });
});

describe("the checks of a profile", () => {
  const checkedBy = (text: string) => policyFor(scopeOf(ready(text).step), ["check"]);

  test("read only what it has, by name where IAM tells it apart", () => {
    const policy = checkedBy(everything());
    const at = "eu-west-1:123456789012";
    expect(statement(policy, "CheckSecrets")?.Resource).toContain(`arn:aws:secretsmanager:${at}:secret:shop/db-ITla7S`);
    expect(statement(policy, "CheckVolumes")?.Resource).toEqual([
      `arn:aws:elasticfilesystem:${at}:file-system/fs-0fd690f8421d13c03`,
      `arn:aws:elasticfilesystem:${at}:access-point/fsap-0cfae8b511d065963`,
    ]);
    expect(statement(policy, "CheckRoles")?.Resource).toContain("arn:aws:iam::123456789012:role/shop-task");
    expect(statement(policy, "CheckSurroundings")?.Action).toContain("elasticloadbalancing:DescribeTargetGroups");
    const simple = JSON.stringify(checkedBy(webService));
    expect(simple).toContain("ec2:DescribeSubnets");
    expect(simple).not.toMatch(/secretsmanager|elasticfilesystem|elasticloadbalancing|ssm:/);
  });

  test("the table has every action that a check names", () => {
    const table = new Set(grants.flatMap(({ needs, calls = [] }) => (needs.includes("check") ? calls : [])));
    expect(checks.flatMap(({ actions }) => actions).filter((action) => !table.has(action))).toEqual([]);
  });
});

describe("purposes", () => {
  const actions = (needs: readonly Need[]) => policyFor(anyScope(), needs).Statement.flatMap(({ Action }) => Action);

  test("who only watches, or only chooses, changes nothing", () => {
    for (const needs of [["watch"], ["wizard"], ["check"]] as const)
      for (const action of actions(needs)) expect(action).toMatch(/:(Describe|List|Get|BatchGet|Simulate)/);
  });

  test("all is all of the table", () => {
    expect(new Set(actions(all))).toEqual(new Set(grants.flatMap(({ calls = [], does = [] }) => [...calls, ...does])));
  });

  test("without a profile every stack of the program is meant, and no other", () => {
    const policy = policyFor(anyScope("eu-west-1"), ["deploy"]);
    expect(statement(policy, "DeployStack")?.Resource).toEqual(["arn:aws:cloudformation:eu-west-1:*:stack/cf-ecs-*/*"]);
    expect(statement(policy, "CreateExecutionRole")?.Resource).toEqual(["arn:aws:iam::*:role/cf-ecs-*-TaskExecutionRole*"]);
    expect(statement(policy, "DeployService")?.Resource).toEqual(["arn:aws:ecs:eu-west-1:*:service/*/cf-ecs-*"]);
  });
});
