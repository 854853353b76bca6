import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AwsClients, createClients } from "../../../src/aws-discovery/clients.ts";
import { createCloud } from "../../../src/aws-discovery/cloud/index.ts";
import type { StackInput } from "../../../src/engine/deployment/change-set.ts";
import type { Cloud } from "../../../src/engine/ports.ts";
import { ProblemError } from "../../../src/engine/problem.ts";
import { targetGroupArn } from "../../../src/sandbox/data/balancers.ts";
import { type Sandbox, startSandbox } from "../../../src/sandbox/index.ts";

let sandbox: Sandbox;
let cloud: Cloud;
let connections: AwsClients[];

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: "AKIASANDBOX",
    AWS_SECRET_ACCESS_KEY: "sandbox",
    AWS_RETRY_MODE: "standard",
    AWS_MAX_ATTEMPTS: "1",
  });
  sandbox = await startSandbox({ scenario: "default", speed: 0 });
  connections = [];
  cloud = createCloud(() => {
    const clients = createClients({ region: "eu-west-1", endpointUrl: sandbox.endpoint });
    connections.push(clients);
    return clients;
  });
});
afterAll(async () => {
  for (const clients of connections) clients.destroy();
  await sandbox.close();
});

const checkout = "cf-ecs-production-servicecheckout-default-untenanted";
const input = (stackName: string, count: number, token = `${stackName}-token`): StackInput => ({
  stackName,
  template: JSON.stringify({
    Parameters: { Days: { Type: "Number", Default: 7 } },
    Resources: Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `Log${i}`,
        { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: `/${stackName}/${i}`, RetentionInDays: { Ref: "Days" } } },
      ]),
    ),
    Outputs: { Region: { Value: { Ref: "AWS::Region" } } },
  }),
  parameters: { Days: "14" },
  capabilities: [],
  tags: [{ key: "team", value: "shop" }],
  token,
});

async function problemOf(call: Promise<unknown>) {
  try {
    await call;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error("the call did not fail");
}

describe("stacks", () => {
  test("one that exists, as plain data", async () => {
    const stack = await cloud.describeStack(checkout);
    expect(stack).toMatchObject({
      name: checkout,
      status: "UPDATE_COMPLETE",
      outputs: { ServiceName: "checkout" },
      parameters: { ClusterName: "production" },
    });
    expect(stack?.tags).toContainEqual({ key: "team", value: "shop" });
    expect(structuredClone(stack)).toEqual(stack);
    expect(JSON.parse(await cloud.getTemplate(checkout))).toHaveProperty("Resources");
    expect((await cloud.stackResources(checkout)).map((resource) => resource.type).sort()).toEqual([
      "AWS::ECS::Service",
      "AWS::ECS::TaskDefinition",
      "AWS::Logs::LogGroup",
    ]);
  });

  test("one that does not", async () => {
    expect(await cloud.describeStack("nowhere")).toBeUndefined();
    expect(await problemOf(cloud.stackResources("nowhere"))).toMatchObject({ kind: "notFound" });
    expect(await problemOf(cloud.stackEvents("nowhere")[Symbol.asyncIterator]().next())).toMatchObject({ kind: "notFound" });
  });

  test("a life: token and operation id in every event, pages newest first, no update, deleted and found by its id", async () => {
    const made = await cloud.createStack(input("logs", 60));
    expect(made.operationId).toMatch(/./);
    sandbox.advance(120_000);
    expect(await cloud.describeStack("logs")).toMatchObject({
      status: "CREATE_COMPLETE",
      parameters: { Days: "14" },
      outputs: { Region: "eu-west-1" },
    });
    const pages = await Array.fromAsync(cloud.stackEvents(made.stackId));
    const events = pages.flat();
    expect(pages.length).toBeGreaterThan(1);
    expect(new Set(events.map((event) => event.token))).toEqual(new Set(["logs-token"]));
    expect(new Set(events.map((event) => event.operationId))).toEqual(new Set([made.operationId]));
    expect(events.map((event) => event.at)).toEqual(
      events
        .map((event) => event.at)
        .toSorted()
        .reverse(),
    );
    expect(await cloud.stackResources("logs")).toHaveLength(60);
    expect(await cloud.updateStack(input("logs", 60, "again"))).toBeUndefined();
    await cloud.deleteStack("logs", "gone");
    sandbox.advance(120_000);
    expect(await cloud.describeStack("logs")).toBeUndefined();
    expect(await cloud.describeStack(made.stackId)).toMatchObject({ status: "DELETE_COMPLETE" });
  });

  test("pages are fetched as they are asked for", async () => {
    await cloud.createStack(input("lazy", 60));
    sandbox.advance(120_000);
    const pages = cloud.stackEvents("lazy")[Symbol.asyncIterator]();
    expect((await pages.next()).value?.length).toBeGreaterThan(0);
    sandbox.setFaults([{ kind: "denied", action: "cloudformation:DescribeStackEvents" }]);
    expect(await problemOf(pages.next())).toMatchObject({ kind: "denied", action: "cloudformation:DescribeStackEvents" });
    sandbox.setFaults([]);
  });

  test("one that is there already, one that is busy", async () => {
    expect(await problemOf(cloud.createStack(input(checkout, 1)))).toMatchObject({ kind: "conflict", code: "AlreadyExistsException" });
    expect(await cloud.stacksAtWork()).toEqual([]);
    const { stackId } = await cloud.createStack(input("busy", 1));
    expect(await cloud.stacksAtWork()).toMatchObject([
      { id: stackId, name: "busy", status: "CREATE_IN_PROGRESS", since: expect.any(String) },
    ]);
    expect((await problemOf(cloud.updateStack(input("busy", 2, "other")))).detail).toContain("CREATE_IN_PROGRESS state");
  });
});

describe("services", () => {
  test("a service with its rollouts, messages and load balancer", async () => {
    const [service] = await cloud.describeServices("production", ["checkout"]);
    expect(service).toMatchObject({ name: "checkout", status: "ACTIVE", desired: 2, running: 2, managedTags: false });
    expect(service?.deployments).toMatchObject([{ status: "PRIMARY", rollout: "COMPLETED", running: 2 }]);
    expect(service?.loadBalancers).toMatchObject([{ targetGroupArn: targetGroupArn("checkout-tg"), containerPort: 8080 }]);
    expect(await cloud.describeServices("production", ["nothing"])).toEqual([]);
    expect(await problemOf(cloud.describeServices("nowhere", ["x"]))).toMatchObject({ kind: "notFound" });
  });

  test("its deployments with their circuit breaker, newest first", async () => {
    const deployments = await cloud.serviceDeployments("production", "checkout");
    expect(deployments[0]).toMatchObject({ status: "SUCCESSFUL", circuitBreaker: { threshold: 3 } });
    expect(deployments.map((one) => one.createdAt)).toEqual(
      deployments
        .map((one) => one.createdAt)
        .toSorted()
        .reverse(),
    );
  });

  test("its tasks, and where their containers log", async () => {
    const tasks = await cloud.tasks("production", "checkout");
    expect(tasks.filter((task) => task.lastStatus === "RUNNING")).toHaveLength(2);
    const [task] = tasks;
    expect(task).toMatchObject({
      startedBy: expect.stringMatching(/^ecs-svc\/\d+$/),
      containers: [{ name: "checkout", status: "RUNNING" }],
    });
    expect(await cloud.describeTasks("production", [task?.arn ?? ""])).toEqual([task]);
    const definition = await cloud.taskDefinition(task?.taskDefinition ?? "");
    expect(definition.containers).toMatchObject([
      { name: "checkout", essential: true, log: { group: "/ecs/checkout", prefix: "ecs", region: "eu-west-1" } },
    ]);
    const lines = await cloud.logTail("/ecs/checkout", `ecs/checkout/${task?.id}`, 3, "eu-west-1");
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(3);
  });

  test("a log that is not there is empty", async () => {
    expect(await cloud.logTail("/nowhere", "x", 10)).toEqual([]);
    expect(await cloud.logTail("/ecs/checkout", "x", 10)).toEqual([]);
  });

  test("targets and their health", async () => {
    const targets = await cloud.targetHealth(targetGroupArn("checkout-tg"));
    expect(targets.map((target) => target.state)).toEqual(["healthy", "healthy"]);
  });
});

test("refused credentials make the next call with new clients", async () => {
  const before = connections.length;
  sandbox.setFaults([{ kind: "expired", action: "*" }]);
  expect(await problemOf(cloud.describeStack(checkout))).toMatchObject({ kind: "credentials" });
  sandbox.setFaults([]);
  expect(await cloud.describeStack(checkout)).toBeDefined();
  expect(connections.length).toBe(before + 1);
});

test("a call that is aborted is no problem of AWS's", async () => {
  sandbox.setFaults([{ kind: "slow", action: "*", delayMs: 5_000 }]);
  const abort = new AbortController();
  const call = cloud.describeStack(checkout, abort.signal);
  setTimeout(() => abort.abort(), 30);
  await expect(call).rejects.toMatchObject({ name: "AbortError" });
  sandbox.setFaults([]);
});
