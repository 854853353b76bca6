import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeployEvent } from "../../../src/engine/deployment/events.ts";
import { type DeploymentRecord, incompleteness, recordVersion } from "../../../src/engine/deployment/record.ts";
import { refresh } from "../../../src/engine/deployment/refresh.ts";
import { diagnose, evidenceFrom } from "../../../src/engine/diagnosis/index.ts";
import { type Ground, openGround, planOf } from "./on-sandbox.ts";

let ground: Ground;
let record: DeploymentRecord;

beforeAll(async () => {
  ground = await openGround("crash-loop");
  const plan = planOf({ name: "fresh" }, {}, (resources) => {
    const service = Object.values(resources).find(({ Type }) => Type === "AWS::ECS::Service");
    if (service) service.Properties["DeploymentConfiguration"] = { DeploymentCircuitBreaker: { Enable: true, Rollback: true } };
  });
  const { outcome, events } = await ground.deploy(plan);
  expect(outcome.status).toBe("failed");
  record = {
    header: {
      record: recordVersion,
      id: plan.token,
      activity: "deploy",
      stackName: plan.stackName,
      region: plan.region,
      cluster: plan.cluster,
      serviceId: plan.serviceId,
      taskDefinitionId: plan.taskDefinitionId,
      startedAt: "",
    },
    events,
  };
}, 60_000);
afterAll(() => ground.close());

async function refreshed(known: DeploymentRecord): Promise<DeployEvent[]> {
  const facts: DeployEvent[] = [];
  for await (const fact of refresh(ground, known, new AbortController().signal)) facts.push(fact);
  return facts;
}
const upTo = (type: DeployEvent["type"]): DeploymentRecord => ({
  ...record,
  events: record.events.slice(0, record.events.findIndex((event) => event.type === type) + 1),
});
const own = (facts: readonly DeployEvent[], type: "stackEvent" | "task") =>
  facts.filter((fact) => fact.type === type && fact.attribution === "own").length;

test("a killed program's record is made good: the whole history of its operation, the tasks that outlive their service, and so a cause", async () => {
  const killed = upTo("accepted");
  expect(incompleteness(killed)).toContain("it breaks off at");
  expect(diagnose(evidenceFrom(killed.events)).root).toBeUndefined();
  const facts = await refreshed(killed);
  expect(own(facts, "stackEvent")).toBe(own(record.events, "stackEvent"));
  // The rollback deleted the service; its stopped tasks are found by the revision this operation made.
  expect(own(facts, "task")).toBeGreaterThan(0);
  expect(diagnose(evidenceFrom([...killed.events, ...facts])).root).toMatchObject({ kind: "task", container: "fresh", exitCode: 1 });
});

test("a whole record gains nothing of its own, and what a later deployment did is not taken for it", async () => {
  expect(incompleteness(record)).toBeUndefined();
  const again = await refreshed(record);
  expect(own(again, "stackEvent")).toBe(0);
  await ground.deploy(planOf({ name: "fresh", desired: 0 }), () => ({ kind: "delete" }));
  const later = await refreshed(record);
  expect(own(later, "stackEvent")).toBe(0);
  expect(later.some((fact) => "attribution" in fact && fact.attribution === "earlier")).toBe(false);
}, 60_000);

test("a deployment that never began an operation has nothing to be asked about", async () => {
  expect(await refreshed({ ...record, events: record.events.slice(0, 1) })).toEqual([]);
});
