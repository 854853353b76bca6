import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  paginateDescribeStackEvents,
  UpdateStackCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from "@aws-sdk/client-cloudformation";
import { DescribeServicesCommand, DescribeTasksCommand, ECSClient, ListTasksCommand, waitUntilServicesStable } from "@aws-sdk/client-ecs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../../src/sandbox/index.ts";
import { serviceResources, template } from "./support.ts";

const run = promisify(execFile);
const hasCli = await run("aws", ["--version"]).then(
  () => true,
  () => false,
);

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await startSandbox({ speed: 400 });
  folder = mkdtempSync(join(tmpdir(), "sandbox-clients-"));
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

const body = (tag: string) =>
  template(serviceResources(`shop/web:${tag}`), { Outputs: { Service: { Value: { "Fn::GetAtt": ["Service", "Name"] } } } });
const config = () => ({ endpoint: sandbox.endpoint, region: "eu-west-1", credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" } });

test("the SDK's clients, waiters and paginators: create, update, nothing to update, delete", async () => {
  const [client, ecs] = [new CloudFormationClient(config()), new ECSClient(config())];
  const waiting = { client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.1 };
  const { StackId } = await client.send(
    new CreateStackCommand({ StackName: "sdk", TemplateBody: body("1.4.1"), Tags: [{ Key: "a", Value: "b" }] }),
  );
  expect((await waitUntilStackCreateComplete(waiting, { StackName: "sdk" })).state).toBe("SUCCESS");
  await waitUntilServicesStable(
    { client: ecs, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.1 },
    { cluster: "production", services: ["hello"] },
  );
  const { taskArns } = await ecs.send(new ListTasksCommand({ cluster: "production", serviceName: "hello" }));
  const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: "production", tasks: taskArns ?? [] }));
  expect(tasks?.[0]).toMatchObject({ lastStatus: "RUNNING", desiredStatus: "RUNNING", launchType: "FARGATE" });
  expect(tasks?.[0]?.startedBy).toMatch(/^ecs-svc\/\d{19}$/);
  expect(tasks?.[0]?.createdAt).toBeInstanceOf(Date);
  await client.send(new UpdateStackCommand({ StackName: "sdk", TemplateBody: body("1.4.2") }));
  expect((await waitUntilStackUpdateComplete(waiting, { StackName: "sdk" })).state).toBe("SUCCESS");
  await expect(client.send(new UpdateStackCommand({ StackName: "sdk", TemplateBody: body("1.4.2") }))).rejects.toMatchObject({
    name: "ValidationError",
    message: "No updates are to be performed.",
    $metadata: { httpStatusCode: 400 },
  });
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: "sdk" }));
  expect(Stacks?.[0]).toMatchObject({ Outputs: [{ OutputKey: "Service", OutputValue: "hello" }], Tags: [{ Key: "a", Value: "b" }] });
  expect(Stacks?.[0]?.CreationTime).toBeInstanceOf(Date);
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster: "production", services: ["hello", "nothing"] }));
  expect(services?.[0]?.taskDefinition).toMatch(/:2$/);
  await client.send(new DeleteStackCommand({ StackName: "sdk" }));
  expect((await waitUntilStackDeleteComplete(waiting, { StackName: String(StackId) })).state).toBe("SUCCESS");
  let events = 0;
  for await (const page of paginateDescribeStackEvents({ client }, { StackName: String(StackId) })) events += page.StackEvents?.length ?? 0;
  expect(events).toBeGreaterThan(20);
}, 60_000);

test("change sets and operation events come through the SDK with their types", async () => {
  const client = new CloudFormationClient(config());
  const waiting = { client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.1 };
  const ask = { StackName: "typed", ChangeSetName: "first", ChangeSetType: "CREATE", TemplateBody: body("1.4.1") } as const;
  const { Id } = await client.send(new CreateChangeSetCommand(ask));
  expect((await waitUntilChangeSetCreateComplete(waiting, { ChangeSetName: String(Id) })).state).toBe("SUCCESS");
  const described = await client.send(new DescribeChangeSetCommand({ ChangeSetName: String(Id), IncludePropertyValues: true }));
  expect(described.CreationTime).toBeInstanceOf(Date);
  expect(described.IncludeNestedStacks).toBe(false);
  expect(described.Changes?.map((one) => one.ResourceChange?.LogicalResourceId)).toEqual(["Task", "Service"]);
  expect(JSON.parse(described.Changes?.[0]?.ResourceChange?.AfterContext ?? "")).toMatchObject({ Properties: { Cpu: "256" } });
  await client.send(new ExecuteChangeSetCommand({ ChangeSetName: String(Id), ClientRequestToken: "typed-1" }));
  await waitUntilStackCreateComplete(waiting, { StackName: "typed" });
  const { OperationEvents } = await client.send(new DescribeEventsCommand({ StackName: "typed" }));
  expect(OperationEvents?.[0]).toMatchObject({
    OperationType: "CREATE_STACK",
    OperationStatus: "SUCCEEDED",
    EventType: "STACK_EVENT",
    ClientRequestToken: "typed-1",
  });
  expect(OperationEvents?.[0]?.EndTime).toBeInstanceOf(Date);
  const failed = await client.send(new DescribeEventsCommand({ StackName: "typed", Filters: { FailedEvents: true } }));
  expect(failed.OperationEvents).toEqual([]);
  await expect(client.send(new DescribeChangeSetCommand({ StackName: "typed", ChangeSetName: "none" }))).rejects.toMatchObject({
    name: "ChangeSetNotFoundException",
    $metadata: { httpStatusCode: 404 },
  });
  await expect(client.send(new CreateStackCommand({ StackName: "typed", TemplateBody: body("1.4.1") }))).rejects.toMatchObject({
    name: "AlreadyExistsException",
    message: "Stack [typed] already exists",
  });
  await client.send(new DeleteStackCommand({ StackName: "typed" }));
  await waitUntilStackDeleteComplete(waiting, { StackName: "typed" });
}, 60_000);

describe.skipIf(!hasCli)("the AWS CLI", () => {
  const aws = (...args: string[]) =>
    run("aws", [...args, "--endpoint-url", sandbox.endpoint], {
      env: {
        ...process.env,
        AWS_ACCESS_KEY_ID: "AKIA",
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_DEFAULT_REGION: "eu-west-1",
        AWS_CONFIG_FILE: "/dev/null",
      },
    });

  // The CLI's waiters sleep for up to 30 seconds between looks; at this speed the first look finds the end.
  beforeAll(() => sandbox.clock.setSpeed(100_000));

  test("deploys, deploys nothing new, updates, waits, reads and deletes", async () => {
    const file = (tag: string) => {
      const path = join(folder, `${tag}.json`);
      writeFileSync(path, body(tag));
      return path;
    };
    const deploy = (tag: string) =>
      aws("cloudformation", "deploy", "--stack-name", "cli", "--template-file", file(tag), "--no-fail-on-empty-changeset");
    expect((await deploy("1.4.1")).stdout).toContain("Successfully created/updated stack - cli");
    await aws("ecs", "wait", "services-stable", "--cluster", "production", "--services", "hello");
    // The CLI names its change sets by the second.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await deploy("1.4.1")).stdout).toContain("No changes to deploy. Stack cli is up to date");
    const events = await aws(
      "cloudformation",
      "describe-stack-events",
      "--stack-name",
      "cli",
      "--query",
      "StackEvents[].ResourceStatus",
      "--output",
      "json",
    );
    expect(JSON.parse(events.stdout)[0]).toBe("CREATE_COMPLETE");
    await expect(aws("cloudformation", "describe-stacks", "--stack-name", "nothing")).rejects.toThrow(
      "An error occurred (ValidationError) when calling the DescribeStacks operation: Stack with id nothing does not exist",
    );
    await aws("cloudformation", "delete-stack", "--stack-name", "cli");
  }, 120_000);
});
