import { afterEach, beforeEach, expect, test } from "vitest";
import { type Still, still, template, topic } from "./support.ts";

const url = (name: string) => `https://acme-templates.s3.eu-west-1.amazonaws.com/${name}`;
const nested = (name: string, more: object = {}) => ({
  Type: "AWS::CloudFormation::Stack",
  Properties: { TemplateURL: url(name), ...more },
});
const group = (LogGroupName: string, more: object = {}) => ({ Type: "AWS::Logs::LogGroup", Properties: { LogGroupName }, ...more });

let account: Still;
beforeEach(async () => {
  account = await still();
});
afterEach(() => account.sandbox.close());

function put(name: string, body: string): void {
  const state = account.sandbox.account.world.regions["eu-west-1"]?.cloudformation;
  if (state) state.templates = { ...state.templates, [url(name)]: body };
}

function innerOf(stack: string, logicalId = "Inner"): string {
  return account.cfn("DescribeStackResource", { StackName: stack, LogicalResourceId: logicalId }).StackResourceDetail.PhysicalResourceId;
}

test("a stack in a stack is made, gets parameters, hands out its outputs, is updated and goes with the stack around it", () => {
  const body = template(
    { Topic: topic({ DisplayName: { Ref: "Title" } }) },
    {
      Parameters: { Title: { Type: "String" } },
      Outputs: { Arn: { Value: { Ref: "Topic" } }, Shown: { Value: { Ref: "Title" } } },
    },
  );
  put("topic.yaml", body);
  const outer = (Title: string) =>
    template(
      { Inner: nested("topic.yaml", { Parameters: { Title } }), Log: group("/nested") },
      {
        Outputs: { Shown: { Value: { "Fn::GetAtt": ["Inner", "Outputs.Shown"] } } },
      },
    );
  account.cfn("CreateStack", { StackName: "outer", TemplateBody: outer("one"), ClientRequestToken: "t-create" });
  expect(account.settle("outer")).toBe("CREATE_COMPLETE");
  const id = innerOf("outer");
  const [inner] = account.cfn("DescribeStacks", { StackName: id }).Stacks;
  expect(inner).toMatchObject({ StackStatus: "CREATE_COMPLETE", ParentId: expect.stringContaining("/outer/"), RootId: inner.ParentId });
  expect(inner.StackName).toMatch(/^outer-Inner-[A-Za-z0-9]{12}$/);
  expect(account.cfn("DescribeStackEvents", { StackName: id }).StackEvents[0].ClientRequestToken).toBe("t-create");
  expect(account.story("outer")).toContain("Inner CREATE_IN_PROGRESS Resource creation Initiated");
  const shown = () => account.cfn("DescribeStacks", { StackName: "outer" }).Stacks[0].Outputs[0].OutputValue;
  expect(shown()).toBe("one");

  account.cfn("UpdateStack", { StackName: "outer", TemplateBody: outer("two") });
  expect(account.settle("outer")).toBe("UPDATE_COMPLETE");
  expect(innerOf("outer")).toBe(id);
  expect(shown()).toBe("two");

  account.cfn("DeleteStack", { StackName: "outer" });
  account.sandbox.advance(600_000);
  expect(account.cfn("DescribeStacks", { StackName: id }).Stacks[0].StackStatus).toBe("DELETE_COMPLETE");
});

test("a failure inside fails the stack around it, which deletes what was made", () => {
  put("log.yaml", template({ Log: group("/ecs/taken") }));
  account.cfn("CreateStack", { StackName: "first", TemplateBody: template({ Log: group("/ecs/taken") }) });
  expect(account.settle("first")).toBe("CREATE_COMPLETE");
  account.cfn("CreateStack", { StackName: "outer", TemplateBody: template({ Inner: nested("log.yaml") }) });
  expect(account.settle("outer")).toBe("ROLLBACK_COMPLETE");
  const events = account.cfn("DescribeStackEvents", { StackName: "outer" }).StackEvents;
  const id = events.find(
    (event: { LogicalResourceId: string; PhysicalResourceId: string }) => event.LogicalResourceId === "Inner" && event.PhysicalResourceId,
  )?.PhysicalResourceId;
  expect(account.story("outer")).toContain(
    `Inner CREATE_FAILED Embedded stack ${id} was not successfully created: The following resource(s) failed to create: [Log]. `,
  );
  expect(account.story(id).some((line) => /^Log CREATE_FAILED .*already exists/.test(line))).toBe(true);
  expect(account.story(id).at(-1)).toMatch(/DELETE_COMPLETE/);
});

test("a failed update inside goes back by itself, and the stack around it after it", () => {
  put("one.yaml", template({ Topic: topic() }));
  put("two.yaml", template({ Topic: topic(), Log: group("/ecs/taken") }));
  account.cfn("CreateStack", { StackName: "first", TemplateBody: template({ Log: group("/ecs/taken") }) });
  account.cfn("CreateStack", { StackName: "outer", TemplateBody: template({ Inner: nested("one.yaml") }) });
  expect(account.settle("outer")).toBe("CREATE_COMPLETE");
  account.cfn("UpdateStack", { StackName: "outer", TemplateBody: template({ Inner: nested("two.yaml") }) });
  expect(account.settle("outer")).toBe("UPDATE_ROLLBACK_COMPLETE");
  const id = innerOf("outer");
  expect(
    account
      .story("outer")
      .some((line) =>
        line.startsWith(
          `Inner UPDATE_FAILED Embedded stack ${id} was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: The following resource(s) failed to create: [Log].`,
        ),
      ),
  ).toBe(true);
  expect(account.cfn("DescribeStacks", { StackName: id }).Stacks[0].StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
});

test("what was updated inside is put back when something outside fails", () => {
  put("one.yaml", template({ Topic: topic({ DisplayName: "one" }) }));
  put("two.yaml", template({ Topic: topic({ DisplayName: "two" }) }));
  account.cfn("CreateStack", { StackName: "first", TemplateBody: template({ Log: group("/ecs/taken") }) });
  account.cfn("CreateStack", { StackName: "outer", TemplateBody: template({ Inner: nested("one.yaml") }) });
  expect(account.settle("outer")).toBe("CREATE_COMPLETE");
  account.cfn("UpdateStack", {
    StackName: "outer",
    TemplateBody: template({ Inner: nested("two.yaml"), Log: group("/ecs/taken", { DependsOn: "Inner" }) }),
    ClientRequestToken: "t-update",
  });
  expect(account.settle("outer")).toBe("UPDATE_ROLLBACK_COMPLETE");
  expect(account.cfn("GetTemplate", { StackName: innerOf("outer") }).TemplateBody).toContain('"one"');
});

test("a template that is not in S3 is answered as S3 answers", () => {
  account.cfn("CreateStack", { StackName: "outer", TemplateBody: template({ Inner: nested("missing.yaml") }) });
  expect(account.settle("outer")).toBe("ROLLBACK_COMPLETE");
  expect(account.story("outer").some((line) => line.startsWith("Inner CREATE_FAILED S3 error: Access Denied"))).toBe(true);
});
