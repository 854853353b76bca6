import { expect, test } from "vitest";
import type { ChangeSet, ValidationFinding } from "../../../src/engine/deployment/change-set.ts";
import { deploy } from "../../../src/engine/deployment/deploy.ts";
import type { DeployEvent } from "../../../src/engine/deployment/events.ts";
import { diagnose, evidenceFrom } from "../../../src/engine/diagnosis/index.ts";
import { problem } from "./scripted.ts";
import { plan, scriptedAccount } from "./scripted-account.ts";

const set: ChangeSet = { id: "cs", name: "cs", stackId: "s", status: "FAILED", reason: "Validation failed.", changes: [] };
const error: ValidationFinding = {
  logicalId: "Service",
  path: "/Resources/Service/Properties/LaunchType",
  message: "Properties validation failed for resource Service with message: #/LaunchType: FARGAT is not a valid enum value",
  severity: "error",
};

async function executed(described: ChangeSet, findings: readonly ValidationFinding[]) {
  const account = scriptedAccount({
    status: "UPDATE_COMPLETE",
    cloud: () => ({
      executeChangeSet: async () => Promise.reject(problem("invalid")),
      describeChangeSet: async () => described,
      changeSetFindings: async () => findings,
    }),
  });
  const ports = { ...account.ports, inbox: account.inbox };
  const events: DeployEvent[] = [];
  for await (const event of deploy(ports, { ...plan, changeSet: { id: "cs", type: "UPDATE" } }, new AbortController().signal))
    events.push(event);
  return events;
}

test("a change set that failed its validation: the findings are told and diagnosed before the refused call", async () => {
  const events = await executed(set, [error, { message: "only a warning", severity: "warning" }]);
  expect(events).toContainEqual({ type: "validations", changeSet: "cs", findings: [error] });
  const { findings } = diagnose(evidenceFrom(events));
  expect(findings[0]).toMatchObject({ kind: "validation", subject: `Service ${error.path}`, message: error.message });
  expect(findings.filter(({ kind }) => kind === "validation")).toHaveLength(1);
});

test("without findings the change set's own reason speaks; a sound one is left alone", async () => {
  expect(await executed(set, [])).toContainEqual({
    type: "validations",
    changeSet: "cs",
    findings: [{ message: "Validation failed.", severity: "error" }],
  });
  const types = (await executed({ ...set, status: "CREATE_COMPLETE" }, [])).map(({ type }) => type);
  expect(types).not.toContain("validations");
});
