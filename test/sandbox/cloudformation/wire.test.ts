import { expect, test } from "vitest";
import { start } from "../support/sandbox.ts";
import { form, json } from "../support/wire.ts";
import { template, topic } from "./support.ts";

const version = "2010-05-15";

test("CloudFormation's XML as it stands on the wire", async () => {
  const sandbox = await start({ scenario: "empty" });
  const cfn = (members: Record<string, string>) => form(sandbox, "cloudformation", version, members);
  const created = await cfn({
    Action: "CreateStack",
    StackName: "wire",
    TemplateBody: template({ A: topic({ DisplayName: "a & b" }) }),
    "Tags.member.1.Key": "team",
    "Tags.member.1.Value": "<shop>",
  });
  expect(created.status).toBe(200);
  expect(created.body).toMatch(
    /^<CreateStackResponse xmlns="http:\/\/cloudformation\.amazonaws\.com\/doc\/2010-05-15\/"><CreateStackResult><StackId>arn:aws:cloudformation:eu-west-1:\d{12}:stack\/wire\/[0-9a-f-]{36}<\/StackId>/,
  );
  sandbox.advance(60_000);
  const described = await cfn({ Action: "DescribeStacks", StackName: "wire" });
  expect(described.body).toContain("<StackStatus>CREATE_COMPLETE</StackStatus>");
  expect(described.body).toContain("<Tags><member><Key>team</Key><Value>&lt;shop&gt;</Value></member></Tags>");
  expect(described.body).toMatch(/<CreationTime>2026-11-23T12:00:00\.000Z<\/CreationTime>/);
  const events = await cfn({ Action: "DescribeStackEvents", StackName: "wire" });
  expect(events.body).toMatch(/<StackEvents><member><StackId>.*<ResourceStatusReason>User Initiated<\/ResourceStatusReason>/s);
  expect(events.body).toContain("<ResourceProperties>{&quot;DisplayName&quot;:&quot;a &amp; b&quot;}</ResourceProperties>");
  const missing = await cfn({ Action: "DescribeStacks", StackName: "nothing" });
  expect(missing.status).toBe(400);
  expect(missing.body).toContain(
    "<Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id nothing does not exist</Message></Error>",
  );
  const unknown = await cfn({ Action: "DetectStackDrift", StackName: "wire" });
  expect(unknown.body).toContain("<Code>NotSimulated</Code>");
});

test("ECS's JSON as it stands on the wire", async () => {
  const sandbox = await start();
  const ecs = async (action: string, input: unknown) => {
    const { status, body } = await json(sandbox, "ecs", `AmazonEC2ContainerServiceV20141113.${action}`, input);
    return { status, body: JSON.parse(body) };
  };
  const found = await ecs("DescribeServices", { cluster: "production", services: ["checkout", "nothing"] });
  expect(found.status).toBe(200);
  expect(found.body.failures).toEqual([{ arn: "arn:aws:ecs:eu-west-1:123456789012:service/production/nothing", reason: "MISSING" }]);
  expect(found.body.services[0]).toMatchObject({
    serviceName: "checkout",
    status: "ACTIVE",
    desiredCount: 2,
    runningCount: 2,
    pendingCount: 0,
  });
  expect(typeof found.body.services[0].createdAt).toBe("number");
  expect(found.body.services[0].createdAt).toBeLessThan(Date.UTC(2026, 10, 23) / 1_000);
  expect(await ecs("DescribeServices", { cluster: "nowhere", services: ["a"] })).toEqual({
    status: 400,
    body: { __type: "ClusterNotFoundException", message: "Cluster not found." },
  });
});
