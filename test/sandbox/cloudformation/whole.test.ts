import { afterEach, expect, test } from "vitest";
import type { World } from "../../../src/sandbox/index.ts";
import { type Answer, type Still, serviceResources, still, template, topic } from "./support.ts";

let world: Still;
afterEach(() => world.sandbox.close());

test("an account saved in the middle of a deployment goes on where it was", async () => {
  world = await still();
  world.cfn("CreateStack", { StackName: "s", TemplateBody: template(serviceResources("shop/web:1.4.1")) });
  for (let saved = 0; saved < 12; saved += 1) {
    world.sandbox.advance(7_000);
    const text = JSON.stringify({ ...world.sandbox.world, savedAt: world.sandbox.clock.now() });
    world.sandbox.account.replace(JSON.parse(text) as World);
  }
  expect(world.settle("s")).toBe("CREATE_COMPLETE");
  const { services } = world.ecs("DescribeServices", { cluster: "production", services: ["hello"] });
  expect(services[0]).toMatchObject({ runningCount: 1, deployments: [{ rolloutState: "COMPLETED" }] });
});

test("turning ECS managed tags on replaces a service without a fixed name", async () => {
  world = await still();
  const body = (EnableECSManagedTags: boolean) =>
    template(serviceResources("shop/web:1.4.1", { service: { ServiceName: undefined, EnableECSManagedTags } }));
  world.cfn("CreateStack", { StackName: "s", TemplateBody: body(false) });
  world.settle("s");
  const before = world.cfn("DescribeStackResource", { StackName: "s", LogicalResourceId: "Service" }).StackResourceDetail
    .PhysicalResourceId;
  world.cfn("CreateChangeSet", { StackName: "s", ChangeSetName: "c", TemplateBody: body(true) });
  world.sandbox.advance(5_000);
  const { Changes } = world.cfn("DescribeChangeSet", { StackName: "s", ChangeSetName: "c" });
  expect(Changes).toMatchObject([{ ResourceChange: { LogicalResourceId: "Service", Replacement: "True" } }]);
  world.cfn("ExecuteChangeSet", { StackName: "s", ChangeSetName: "c" });
  expect(world.settle("s")).toBe("UPDATE_COMPLETE");
  const after = world.cfn("DescribeStackResource", { StackName: "s", LogicalResourceId: "Service" }).StackResourceDetail.PhysicalResourceId;
  expect(after).not.toBe(before);
  const { services } = world.ecs("DescribeServices", { cluster: "production", services: [before, after] });
  expect(services.map((one: Answer) => one.status)).toEqual(["INACTIVE", "ACTIVE"]);
});

test("what is denied to the caller is denied to the stack's resources", async () => {
  world = await still("denied:ecs:CreateService");
  world.cfn("CreateStack", { StackName: "s", TemplateBody: template(serviceResources("shop/web:1.4.1")) });
  expect(world.settle("s")).toBe("ROLLBACK_COMPLETE");
  expect(world.story("s").find((line) => line.startsWith("Service CREATE_FAILED"))).toMatch(
    /"User: arn:aws:.* is not authorized to perform: ecs:CreateService on resource: .* HandlerErrorCode: AccessDenied\)$/,
  );
});

test("calls stay fast with thousands of events", async () => {
  world = await still();
  const many = template(Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`T${index}`, topic({ DisplayName: "a" })])));
  for (let index = 0; index < 20; index += 1) {
    world.cfn("CreateStack", { StackName: `s${index}`, TemplateBody: many });
    world.settle(`s${index}`);
  }
  const times = Array.from({ length: 200 }, (_, index) => {
    const start = performance.now();
    world.cfn("DescribeStackEvents", { StackName: `s${index % 20}` });
    world.cfn("DescribeStacks", { StackName: `s${index % 20}` });
    world.ecs("DescribeServices", { cluster: "production", services: ["checkout"] });
    return (performance.now() - start) / 3;
  }).sort((a, b) => a - b);
  expect(times[100]).toBeLessThan(5);
});
