import { afterEach, beforeEach, expect, test } from "vitest";
import { type Answer, type Still, serviceResources, still, template, topic } from "./support.ts";

let world: Still;
beforeEach(async () => {
  world = await still();
});
afterEach(() => world.sandbox.close());

function propose(body: string, more: object = {}): Answer {
  world.cfn("CreateChangeSet", { StackName: "s", ChangeSetName: "c", TemplateBody: body, ...more });
  world.sandbox.advance(10_000);
  return world.cfn("DescribeChangeSet", { StackName: "s", ChangeSetName: "c", IncludePropertyValues: "true" });
}

test("goes through its statuses, and executing it makes the stack", () => {
  const body = template({ A: topic(), B: topic({ DisplayName: { Ref: "A" } }) });
  const { StackId } = world.cfn("CreateChangeSet", { StackName: "s", ChangeSetName: "c", ChangeSetType: "CREATE", TemplateBody: body });
  const look = () => world.cfn("DescribeChangeSet", { StackName: "s", ChangeSetName: "c" });
  expect(look()).toMatchObject({ Status: "CREATE_PENDING", ExecutionStatus: "UNAVAILABLE" });
  expect(world.story("s")).toEqual(["s REVIEW_IN_PROGRESS User Initiated"]);
  expect(() => world.cfn("ExecuteChangeSet", { StackName: "s", ChangeSetName: "c" })).toThrow(
    "cannot be executed in its current status of [CREATE_PENDING]",
  );
  world.sandbox.advance(1_000);
  expect(look().Status).toBe("CREATE_IN_PROGRESS");
  world.sandbox.advance(5_000);
  expect(look()).toMatchObject({ Status: "CREATE_COMPLETE", ExecutionStatus: "AVAILABLE" });
  expect(look().Changes.map((one: Answer) => [one.ResourceChange.Action, one.ResourceChange.LogicalResourceId])).toEqual([
    ["Add", "A"],
    ["Add", "B"],
  ]);
  world.cfn("ExecuteChangeSet", { StackName: "s", ChangeSetName: "c", ClientRequestToken: "run" });
  expect(look().ExecutionStatus).toBe("EXECUTE_IN_PROGRESS");
  expect(world.settle(StackId)).toBe("CREATE_COMPLETE");
  expect(look().ExecutionStatus).toBe("EXECUTE_COMPLETE");
});

test("shows what changes, with values, causes and replacement", () => {
  const first = serviceResources("shop/web:1.4.1", { environment: [{ Name: "A", Value: "1" }] });
  world.cfn("CreateStack", { StackName: "s", TemplateBody: template(first) });
  world.settle("s");
  const next = {
    ...serviceResources("shop/web:1.4.2", {
      environment: [
        { Name: "A", Value: "2" },
        { Name: "B", Value: "3" },
      ],
    }),
    Extra: topic(),
  };
  const { Changes } = propose(template(next));
  const change = (id: string) => Changes.find((one: Answer) => one.ResourceChange.LogicalResourceId === id).ResourceChange;
  expect(change("Task")).toMatchObject({ Action: "Modify", Replacement: "True", PolicyAction: "ReplaceAndDelete", Scope: ["Properties"] });
  const targets = change("Task").Details.map((one: Answer) => one.Target);
  expect(targets).toContainEqual({
    Attribute: "Properties",
    Name: "ContainerDefinitions",
    RequiresRecreation: "Always",
    Path: "/Properties/ContainerDefinitions/0/Image",
    BeforeValue: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.1",
    AfterValue: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.2",
    AttributeChangeType: "Modify",
  });
  expect(targets.map((one: Answer) => [one.Path, one.AttributeChangeType])).toContainEqual([
    "/Properties/ContainerDefinitions/0/Environment/1",
    "Add",
  ]);
  expect(change("Service")).toMatchObject({
    Action: "Modify",
    Replacement: "False",
    Details: [
      {
        ChangeSource: "ResourceReference",
        CausingEntity: "Task",
        Evaluation: "Dynamic",
        Target: { Name: "TaskDefinition", AfterValue: "{{changeSet:KNOWN_AFTER_APPLY}}" },
      },
    ],
  });
  expect(JSON.parse(change("Task").BeforeContext).Properties.Cpu).toBe("256");
  const plain = world.cfn("DescribeChangeSet", { StackName: "s", ChangeSetName: "c" }).Changes;
  expect(JSON.stringify(plain)).not.toContain("BeforeValue");
});

test("an update that would change nothing fails", () => {
  const body = template({ A: topic() });
  world.cfn("CreateStack", { StackName: "s", TemplateBody: body });
  world.settle("s");
  expect(propose(body)).toMatchObject({
    Status: "FAILED",
    ExecutionStatus: "UNAVAILABLE",
    StatusReason: "The submitted information didn't contain changes. Submit different information to create a change set.",
  });
  world.cfn("DeleteChangeSet", { StackName: "s", ChangeSetName: "c" });
  expect(() => world.cfn("DescribeChangeSet", { StackName: "s", ChangeSetName: "c" })).toThrow("ChangeSet [c] does not exist");
});

test("early validation fails it and says where, through DescribeEvents", () => {
  const body = template({ Logs: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/ecs/checkout" } } });
  const set = propose(body, { ChangeSetType: "CREATE" });
  expect(set.StatusReason).toContain("The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck].");
  const { OperationEvents } = world.cfn("DescribeEvents", { ChangeSetName: set.ChangeSetId });
  expect(OperationEvents).toMatchObject([
    {
      EventType: "VALIDATION_ERROR",
      LogicalResourceId: "Logs",
      ValidationName: "NAME_CONFLICT_VALIDATION",
      ValidationPath: "/Resources/Logs",
      ValidationStatusReason: "Resource of type 'AWS::Logs::LogGroup' with identifier '/ecs/checkout' already exists.",
    },
  ]);
  world.cfn("DeleteChangeSet", { StackName: "s", ChangeSetName: "c" });
  const wrong = propose(template({ A: topic({ Nonsense: 1 }) }), { ChangeSetType: "CREATE" });
  expect(wrong.StatusReason).toContain("[AWS::EarlyValidation::PropertyValidation]");
});

test.each([
  [{ ChangeSetType: "UPDATE" }, "Stack [s] does not exist"],
  [
    { ChangeSetType: "CREATE", StackName: "cf-ecs-production-servicecheckout-default-untenanted" },
    "already exists and cannot be created again with the changeSet [c].",
  ],
])("refused: %o", (more, message) => {
  expect(() =>
    world.cfn("CreateChangeSet", { StackName: "s", ChangeSetName: "c", TemplateBody: template({ A: topic() }), ...more }),
  ).toThrow(message);
});

test("DescribeEvents tells operations apart and failures from the rest", () => {
  const bad = template({ A: topic(), B: topic({ Nonsense: 1 }, { DependsOn: "A" }) });
  const { StackId, OperationId } = world.cfn("CreateStack", { StackName: "s", TemplateBody: bad });
  world.settle(StackId);
  const failed = world.cfn("DescribeEvents", { OperationId, Filters: { FailedEvents: "true" } }).OperationEvents;
  expect(failed).toMatchObject([
    { LogicalResourceId: "B", EventType: "PROVISIONING_ERROR", OperationType: "CREATE_STACK", ResourceStatus: "CREATE_FAILED" },
  ]);
  const types = world.cfn("DescribeEvents", { StackName: "s" }).OperationEvents.map((one: Answer) => one.OperationType);
  expect(new Set(types)).toEqual(new Set(["CREATE_STACK", "ROLLBACK"]));
  const last = world.cfn("DescribeStacks", { StackName: "s" }).Stacks[0].LastOperations;
  expect(last.map((one: Answer) => one.OperationType)).toEqual(["ROLLBACK", "CREATE_STACK"]);
  expect(() => world.cfn("DescribeEvents", { OperationId: "00000000-0000-4000-8000-000000000000" })).toThrow("does not exist");
});
