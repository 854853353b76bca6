import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Still, serviceResources, still, template, topic } from "./support.ts";

let world: Still;
beforeEach(async () => {
  world = await still();
});
afterEach(() => world.sandbox.close());

const three = template({ First: topic(), Second: topic({ DisplayName: { Ref: "First" } }), Third: topic({}, { DependsOn: "Second" }) });

describe("creating", () => {
  test("goes in dependency order, each resource through its three events", () => {
    world.cfn("CreateStack", { StackName: "s", TemplateBody: three, ClientRequestToken: "once" });
    expect(world.settle("s")).toBe("CREATE_COMPLETE");
    expect(world.story("s")).toEqual([
      "s CREATE_IN_PROGRESS User Initiated",
      "First CREATE_IN_PROGRESS",
      "First CREATE_IN_PROGRESS Resource creation Initiated",
      "First CREATE_COMPLETE",
      "Second CREATE_IN_PROGRESS",
      "Second CREATE_IN_PROGRESS Resource creation Initiated",
      "Second CREATE_COMPLETE",
      "Third CREATE_IN_PROGRESS",
      "Third CREATE_IN_PROGRESS Resource creation Initiated",
      "Third CREATE_COMPLETE",
      "s CREATE_COMPLETE",
    ]);
    const events = world.cfn("DescribeStackEvents", { StackName: "s" }).StackEvents;
    expect(new Set(events.map((event: { ClientRequestToken: string }) => event.ClientRequestToken))).toEqual(new Set(["once"]));
    expect(new Set(events.map((event: { EventId: string }) => event.EventId)).size).toBe(events.length);
    expect(new Set(events.map((event: { OperationId: string }) => event.OperationId)).size).toBe(1);
  });

  test("a repeated request with the same token is the same stack; another request with it is refused", () => {
    const first = world.cfn("CreateStack", { StackName: "s", TemplateBody: three, ClientRequestToken: "once" });
    expect(world.cfn("CreateStack", { StackName: "s", TemplateBody: three, ClientRequestToken: "once" }).StackId).toBe(first.StackId);
    expect(() => world.cfn("CreateStack", { StackName: "s", TemplateBody: three })).toThrow("Stack [s] already exists");
  });

  test("a failure rolls back in reverse order, cancelling what was under way", () => {
    const bad = template({ Good: topic(), Bad: topic({ Nonsense: 1 }, { DependsOn: "Good" }), Beside: topic({}, { DependsOn: "Good" }) });
    world.cfn("CreateStack", { StackName: "s", TemplateBody: bad });
    expect(world.settle("s")).toBe("ROLLBACK_COMPLETE");
    const story = world.story("s");
    expect(story).toContain(
      "Bad CREATE_FAILED Properties validation failed for resource Bad with message:\n#: extraneous key [Nonsense] is not permitted",
    );
    expect(story).toContain("s ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Bad]. Rollback requested by user.");
    expect(story.slice(-3)).toEqual(["Good DELETE_IN_PROGRESS", "Good DELETE_COMPLETE", "s ROLLBACK_COMPLETE"]);
    const id = world.cfn("DescribeStacks", { StackName: "s" }).Stacks[0].StackId;
    expect(() => world.cfn("UpdateStack", { StackName: "s", TemplateBody: three })).toThrow(
      `Stack:${id} is in ROLLBACK_COMPLETE state and can not be updated.`,
    );
    expect(() => world.cfn("CreateStack", { StackName: "s", TemplateBody: three })).toThrow("Stack [s] already exists");
  });

  test.each([
    [{ OnFailure: "DO_NOTHING" }, "CREATE_FAILED"],
    [{ DisableRollback: "true" }, "CREATE_FAILED"],
    [{ OnFailure: "DELETE" }, "DELETE_COMPLETE"],
    [{ OnFailure: "ROLLBACK" }, "ROLLBACK_COMPLETE"],
  ])("a failed creation with %o ends in %s", (options, status) => {
    const bad = template({ Good: topic(), Bad: topic({ Nonsense: 1 }, { DependsOn: "Good" }) });
    const { StackId } = world.cfn("CreateStack", { StackName: "s", TemplateBody: bad, ...options });
    expect(world.settle(StackId)).toBe(status);
  });

  test("gives up after its timeout", () => {
    world.cfn("CreateStack", {
      StackName: "s",
      TemplateBody: template(serviceResources("shop/web:9.9.9", { breaker: false })),
      TimeoutInMinutes: "10",
    });
    expect(world.settle("s", 60)).toBe("ROLLBACK_COMPLETE");
    expect(world.story("s")).toContain("Service CREATE_FAILED Resource creation cancelled");
    expect(world.story("s")).toContain(
      "s ROLLBACK_IN_PROGRESS Stack creation time exceeded the specified timeout. Rollback requested by user.",
    );
  });

  test("a service that never becomes steady fails after three hours", () => {
    world.cfn("CreateStack", { StackName: "s", TemplateBody: template(serviceResources("shop/web:9.9.9", { breaker: false })) });
    expect(world.settle("s", 240)).toBe("ROLLBACK_COMPLETE");
    expect(world.story("s").find((line) => line.includes("Service CREATE_FAILED"))).toMatch(
      /^Service CREATE_FAILED Resource handler returned message: "Exceeded attempts to wait" \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: NotStabilized\)$/,
    );
  });

  test("names that are taken, by another stack or outside, fail in the handler's words", () => {
    const group = template({ Logs: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/ecs/mine" } } });
    world.cfn("CreateStack", { StackName: "a", TemplateBody: group });
    world.settle("a");
    world.cfn("CreateStack", { StackName: "b", TemplateBody: group });
    expect(world.settle("b")).toBe("ROLLBACK_COMPLETE");
    expect(world.story("b").find((line) => line.startsWith("Logs CREATE_FAILED"))).toMatch(
      /"Resource of type 'AWS::Logs::LogGroup' with identifier '\{"\/properties\/LogGroupName":"\/ecs\/mine"\}' already exists\." \(RequestToken: .*, HandlerErrorCode: AlreadyExists\)/,
    );
  });
});

describe("updating", () => {
  const two = (name: string) => template({ First: topic(), Second: topic({ TopicName: name }) });

  test("replaces where a property demands it, and deletes the old one while cleaning up", () => {
    world.cfn("CreateStack", { StackName: "s", TemplateBody: two("a") });
    world.settle("s");
    const before = world.story("s").length;
    world.cfn("UpdateStack", { StackName: "s", TemplateBody: two("b") });
    expect(world.settle("s")).toBe("UPDATE_COMPLETE");
    expect(world.story("s").slice(before)).toEqual([
      "s UPDATE_IN_PROGRESS User Initiated",
      "Second UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.",
      "Second UPDATE_IN_PROGRESS Resource creation Initiated",
      "Second UPDATE_COMPLETE",
      "s UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
      "Second DELETE_IN_PROGRESS",
      "Second DELETE_COMPLETE",
      "s UPDATE_COMPLETE",
    ]);
  });

  test("the same again changes nothing", () => {
    world.cfn("CreateStack", { StackName: "s", TemplateBody: two("a") });
    world.settle("s");
    expect(() => world.cfn("UpdateStack", { StackName: "s", TemplateBody: two("a") })).toThrow("No updates are to be performed.");
    expect(() => world.cfn("UpdateStack", { StackName: "s", UsePreviousTemplate: "true" })).toThrow("No updates are to be performed.");
  });

  test("changed stack tags reach the resources", () => {
    world.cfn("CreateStack", {
      StackName: "s",
      TemplateBody: template(serviceResources("shop/web:1.4.1")),
      Tags: [{ Key: "a", Value: "1" }],
    });
    world.settle("s");
    world.cfn("UpdateStack", { StackName: "s", UsePreviousTemplate: "true", Tags: [{ Key: "a", Value: "2" }] });
    expect(world.settle("s")).toBe("UPDATE_COMPLETE");
    const { services } = world.ecs("DescribeServices", { cluster: "production", services: ["hello"], include: ["TAGS"] });
    expect(services[0].tags).toEqual([{ key: "a", value: "2" }]);
  });

  test("removed resources are deleted while cleaning up, retained ones are skipped", () => {
    world.cfn("CreateStack", {
      StackName: "s",
      TemplateBody: template({ A: topic(), B: topic(), C: topic({}, { DeletionPolicy: "Retain" }) }),
    });
    world.settle("s");
    world.cfn("UpdateStack", { StackName: "s", TemplateBody: template({ A: topic() }) });
    expect(world.settle("s")).toBe("UPDATE_COMPLETE");
    expect(world.story("s")).toContain("B DELETE_COMPLETE");
    expect(world.story("s")).toContain("C DELETE_SKIPPED");
    expect(world.cfn("ListStackResources", { StackName: "s" }).StackResourceSummaries).toHaveLength(1);
  });

  test("a failure goes back: the task definition first, then the service, then the new revision goes", () => {
    world.cfn("CreateStack", { StackName: "s", TemplateBody: template(serviceResources("shop/web:1.4.1")) });
    world.settle("s");
    const before = world.story("s").length;
    world.cfn("UpdateStack", { StackName: "s", TemplateBody: template(serviceResources("shop/web:9.9.9")) });
    expect(world.settle("s")).toBe("UPDATE_ROLLBACK_COMPLETE");
    const story = world
      .story("s")
      .slice(before)
      .map((line) => line.replace(/RequestToken: [0-9a-f-]+/, "RequestToken: T"));
    expect(story).toEqual([
      "s UPDATE_IN_PROGRESS User Initiated",
      "Task UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.",
      "Task UPDATE_IN_PROGRESS Resource creation Initiated",
      "Task UPDATE_COMPLETE",
      "Service UPDATE_IN_PROGRESS",
      `Service UPDATE_FAILED Resource handler returned message: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'." (RequestToken: T, HandlerErrorCode: GeneralServiceException)`,
      "s UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to update: [Service]. ",
      "Task UPDATE_IN_PROGRESS",
      "Task UPDATE_COMPLETE",
      "Service UPDATE_IN_PROGRESS",
      "Service UPDATE_COMPLETE",
      "s UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
      "Task DELETE_IN_PROGRESS",
      "Task DELETE_COMPLETE",
      "s UPDATE_ROLLBACK_COMPLETE",
    ]);
    const { services } = world.ecs("DescribeServices", { cluster: "production", services: ["hello"] });
    expect(services[0]).toMatchObject({ runningCount: 1, desiredCount: 1 });
    expect(services[0].taskDefinition).toMatch(/hello:1$/);
  });

  test("cancelling goes back as well", () => {
    world.cfn("CreateStack", { StackName: "s", TemplateBody: template(serviceResources("shop/web:1.4.1")) });
    world.settle("s");
    expect(() => world.cfn("CancelUpdateStack", { StackName: "s" })).toThrow(
      "CancelUpdateStack cannot be called from current stack status",
    );
    world.cfn("UpdateStack", { StackName: "s", TemplateBody: template(serviceResources("shop/web:1.4.2")) });
    world.sandbox.advance(20_000);
    world.cfn("CancelUpdateStack", { StackName: "s" });
    expect(world.settle("s")).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(world.story("s")).toContain("Service UPDATE_FAILED Resource update cancelled");
  });

  test("a resource with a fixed name cannot be replaced", () => {
    const group = (Cluster: string) => {
      const resources = serviceResources("shop/web:1.4.1") as { Service: { Properties: { Cluster: string } } };
      resources.Service.Properties.Cluster = Cluster;
      return template(resources);
    };
    world.cfn("CreateStack", { StackName: "s", TemplateBody: group("production") });
    world.settle("s");
    world.cfn("UpdateStack", { StackName: "s", TemplateBody: group("staging") });
    expect(world.settle("s")).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(world.story("s")).toContain(
      "Service UPDATE_FAILED CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename hello and update the stack again.",
    );
  });
});

describe("a rollback that gets stuck", () => {
  test("can be continued, also leaving resources out", () => {
    const percent = {
      service: {
        DeploymentConfiguration: {
          MinimumHealthyPercent: 0,
          MaximumPercent: 100,
          DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        },
      },
    };
    world.cfn("CreateStack", { StackName: "s", TemplateBody: template(serviceResources("shop/web:1.4.1", percent)) });
    world.settle("s");
    const images = world.sandbox.world.regions["eu-west-1"]?.ecr.repositories["shop/web"]?.images ?? {};
    for (const image of Object.values(images)) image.tags = image.tags.filter((tag) => tag !== "1.4.1");
    world.cfn("UpdateStack", { StackName: "s", TemplateBody: template(serviceResources("shop/web:9.9.9", percent)) });
    expect(world.settle("s")).toBe("UPDATE_ROLLBACK_FAILED");
    expect(world.cfn("DescribeStacks", { StackName: "s" }).Stacks[0].StackStatusReason).toBe(
      "The following resource(s) failed to update: [Service]. ",
    );
    expect(() => world.cfn("UpdateStack", { StackName: "s", TemplateBody: three })).toThrow(
      "is in UPDATE_ROLLBACK_FAILED state and can not be updated.",
    );
    expect(() => world.cfn("ContinueUpdateRollback", { StackName: "s", ResourcesToSkip: ["Task"] })).toThrow("Task");
    world.cfn("ContinueUpdateRollback", { StackName: "s" });
    expect(world.settle("s")).toBe("UPDATE_ROLLBACK_FAILED");
    world.cfn("ContinueUpdateRollback", { StackName: "s", ResourcesToSkip: ["Service"] });
    expect(world.settle("s")).toBe("UPDATE_ROLLBACK_COMPLETE");
  });
});

describe("what failed with its rollback disabled", () => {
  const wrong = template({ Good: topic({ DisplayName: "new" }), Bad: topic({ Nonsense: 1 }, { DependsOn: "Good" }) });

  test("stays as it is until it is rolled back: a creation", () => {
    world.cfn("CreateStack", { StackName: "s", TemplateBody: wrong, DisableRollback: "true" });
    expect(world.settle("s")).toBe("CREATE_FAILED");
    world.cfn("RollbackStack", { StackName: "s" });
    expect(world.settle("s")).toBe("ROLLBACK_COMPLETE");
    expect(world.story("s")).toContain("Good DELETE_COMPLETE");
    expect(() => world.cfn("RollbackStack", { StackName: "s" })).toThrow("is in ROLLBACK_COMPLETE state");
  });

  test("stays as it is until it is rolled back: an update", () => {
    world.cfn("CreateStack", { StackName: "s", TemplateBody: template({ Good: topic({ DisplayName: "old" }) }) });
    world.settle("s");
    world.cfn("UpdateStack", { StackName: "s", TemplateBody: wrong, DisableRollback: "true" });
    expect(world.settle("s")).toBe("UPDATE_FAILED");
    world.cfn("RollbackStack", { StackName: "s" });
    expect(world.settle("s")).toBe("UPDATE_ROLLBACK_COMPLETE");
    const resources = world.cfn("ListStackResources", { StackName: "s" }).StackResourceSummaries;
    expect(resources.map((one: { LogicalResourceId: string }) => one.LogicalResourceId)).toEqual(["Good"]);
    expect(() => world.cfn("UpdateStack", { StackName: "s", TemplateBody: template({ Good: topic({ DisplayName: "old" }) }) })).toThrow(
      "No updates are to be performed.",
    );
  });
});

describe("deleting", () => {
  test("succeeds for a stack that does not exist, and a deleted stack is found by its id only", () => {
    expect(world.cfn("DeleteStack", { StackName: "nothing" })).toEqual({});
    const { StackId } = world.cfn("CreateStack", { StackName: "s", TemplateBody: three });
    world.settle("s");
    world.cfn("DeleteStack", { StackName: "s" });
    expect(world.settle(StackId)).toBe("DELETE_COMPLETE");
    expect(world.story(StackId).slice(-8)).toEqual([
      "s DELETE_IN_PROGRESS User Initiated",
      "Third DELETE_IN_PROGRESS",
      "Third DELETE_COMPLETE",
      "Second DELETE_IN_PROGRESS",
      "Second DELETE_COMPLETE",
      "First DELETE_IN_PROGRESS",
      "First DELETE_COMPLETE",
      "s DELETE_COMPLETE",
    ]);
    expect(() => world.cfn("DescribeStacks", { StackName: "s" })).toThrow("Stack with id s does not exist");
    expect(() => world.cfn("DescribeStackEvents", { StackName: "s" })).toThrow("Stack [s] does not exist");
    expect(
      world.cfn("ListStacks", { StackStatusFilter: ["DELETE_COMPLETE"] }).StackSummaries.map((one: { StackId: string }) => one.StackId),
    ).toContain(StackId);
  });

  test("a creation under way is cancelled", () => {
    const { StackId } = world.cfn("CreateStack", { StackName: "s", TemplateBody: three });
    world.sandbox.advance(2_000);
    world.cfn("DeleteStack", { StackName: "s" });
    expect(world.settle(StackId)).toBe("DELETE_COMPLETE");
    expect(world.story(StackId)).toContain("First CREATE_FAILED Resource creation cancelled");
  });

  test("is refused under termination protection", () => {
    world.cfn("CreateStack", { StackName: "s", TemplateBody: three, EnableTerminationProtection: "true" });
    world.settle("s");
    expect(() => world.cfn("DeleteStack", { StackName: "s" })).toThrow(
      "Stack [s] cannot be deleted while TerminationProtection is enabled",
    );
    world.cfn("UpdateTerminationProtection", { StackName: "s", EnableTerminationProtection: "false" });
    expect(world.cfn("DeleteStack", { StackName: "s" })).toEqual({});
  });

  test("a resource that cannot go leaves DELETE_FAILED; retaining it lets the stack go", () => {
    const { StackId } = world.cfn("CreateStack", {
      StackName: "s",
      TemplateBody: template({ Cluster: { Type: "AWS::ECS::Cluster", Properties: { ClusterName: "busy" } } }),
    });
    world.settle("s");
    world.ecs("RegisterTaskDefinition", {
      family: "t",
      cpu: "256",
      memory: "512",
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      containerDefinitions: [{ name: "a", image: "nginx" }],
    });
    const [subnet] = Object.keys(world.sandbox.world.regions["eu-west-1"]?.ec2.subnets ?? {});
    world.ecs("RunTask", { cluster: "busy", taskDefinition: "t", networkConfiguration: { awsvpcConfiguration: { subnets: [subnet] } } });
    world.cfn("DeleteStack", { StackName: "s" });
    expect(world.settle(StackId)).toBe("DELETE_FAILED");
    expect(world.cfn("DescribeStacks", { StackName: "s" }).Stacks[0].StackStatusReason).toBe(
      "The following resource(s) failed to delete: [Cluster]. ",
    );
    world.cfn("DeleteStack", { StackName: "s", RetainResources: ["Cluster"] });
    expect(world.settle(StackId)).toBe("DELETE_COMPLETE");
  });
});

test("a stack of two hundred resources is made, listed in pages and deleted", () => {
  const resources = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`Topic${index}`, topic({}, index % 10 === 0 ? {} : { DependsOn: `Topic${index - 1}` })]),
  );
  const { StackId } = world.cfn("CreateStack", { StackName: "big", TemplateBody: template(resources) });
  expect(world.settle("big")).toBe("CREATE_COMPLETE");
  let token: string | undefined;
  const seen: string[] = [];
  do {
    const page = world.cfn("DescribeStackEvents", { StackName: "big", ...(token ? { NextToken: token } : {}) });
    expect(page.StackEvents.length).toBeLessThanOrEqual(100);
    seen.push(...page.StackEvents.map((event: { EventId: string }) => event.EventId));
    token = page.NextToken;
  } while (token);
  expect(new Set(seen).size).toBe(602);
  world.cfn("DeleteStack", { StackName: "big" });
  expect(world.settle(StackId)).toBe("DELETE_COMPLETE");
});
