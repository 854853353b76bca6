/** Stacks in stacks, over the wire: the cause is found where it is, and is this operation's. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/engine/deployment/events.ts";
import type { DeploymentPlan } from "../../../src/engine/deployment/plan.ts";
import { diagnose, evidenceFrom } from "../../../src/engine/diagnosis/index.ts";
import { type Ground, openGround, planOf } from "../deployment/on-sandbox.ts";

const url = (name: string) => `https://acme-templates.s3.eu-west-1.amazonaws.com/${name}`;
const nested = (name: string) => ({ Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: url(name) } });
const log = (LogGroupName: string) => ({ Type: "AWS::Logs::LogGroup", Properties: { LogGroupName } });

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.close());

function put(name: string, Resources: object): void {
  const state = ground.sandbox.account.world.regions["eu-west-1"]?.cloudformation;
  if (state) state.templates = { ...state.templates, [url(name)]: JSON.stringify({ Resources }) };
}

/** A stack that holds nothing but the stack in that template. */
function around(name: string): DeploymentPlan {
  const resources = { Outer: nested(name) };
  return {
    ...planOf(),
    stackName: "outer",
    template: JSON.stringify({ Resources: resources }),
    resources,
    serviceId: "none",
    taskDefinitionId: "none",
  };
}

const yes = () => ({ kind: "delete" }) as const;
const reading = (events: readonly RecordedEvent[]) => diagnose(evidenceFrom(events));

test("the cause in a stack two levels down stands first, named with its stack; the stacks around it follow, folded", {
  timeout: 60_000,
}, async () => {
  put("middle.yaml", { Middle: nested("inner.yaml") });
  put("inner.yaml", { Log: log("/ecs/search") });
  const { outcome, events } = await ground.deploy(around("middle.yaml"));
  expect(outcome.status).toBe("failed");
  const { root, findings, unattributed, earlier } = reading(events);
  expect(root).toMatchObject({ id: "resource-already-exists", kind: "stackEvent", attribution: "own", folded: false });
  expect(root?.subject).toMatch(/^Log \(AWS::Logs::LogGroup\) in outer-Outer-\w+-Middle-\w+$/);
  expect(root?.message).toContain("/ecs/search");
  const around2 = findings.filter(({ id }) => id === "nested-stack-failed");
  expect(around2.map(({ subject, folded }) => [subject.split(" ")[0], folded])).toEqual([
    ["Middle", true],
    ["Outer", true],
  ]);
  expect([...unattributed, ...earlier]).toEqual([]);

  put("inner.yaml", { Role: { Type: "AWS::IAM::Role", Properties: { RoleName: "ecsTaskExecutionRole", AssumeRolePolicyDocument: {} } } });
  const again = reading((await ground.deploy(around("middle.yaml"), yes)).events);
  expect(again.root?.subject).toMatch(/^Role \(AWS::IAM::Role\) in outer-Outer-/);
  expect([...again.findings, ...again.unattributed].filter(({ message }) => message.includes("/ecs/search"))).toEqual([]);

  put("inner.yaml", { Topic: { Type: "AWS::SNS::Topic" } });
  const { outcome: healed } = await ground.deploy(around("middle.yaml"), yes);
  expect(healed.status).toBe("succeeded");
});

test("a stack inside that fails in an update of the stack around it", { timeout: 60_000 }, async () => {
  put("middle.yaml", { Middle: nested("inner.yaml"), Note: { Type: "AWS::SNS::Topic" } });
  put("inner.yaml", { Topic: { Type: "AWS::SNS::Topic" }, Log: log("/ecs/search") });
  const plan = around("middle.yaml");
  const { outcome, events } = await ground.deploy({ ...plan, tags: [{ key: "team", value: "other" }] });
  expect(outcome.status).toBe("failed");
  expect(reading(events).root).toMatchObject({ id: "resource-already-exists", attribution: "own" });
});
