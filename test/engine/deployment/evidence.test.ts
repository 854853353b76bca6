import { expect, test } from "vitest";
import { type DeployEvent, stampEvent } from "../../../src/engine/deployment/events.ts";
import { evidenceOf } from "../../../src/engine/deployment/evidence.ts";
import { foldAll } from "../../../src/engine/deployment/progress.ts";
import { diagnose } from "../../../src/engine/diagnosis/diagnose.ts";
import { stackEvent, task } from "./scripted.ts";

test("the diagnosis finds the cause in what a deployment gathered, and keeps earlier attempts apart", () => {
  const told = (status: string, logicalId: string, reason: string, attribution: "own" | "earlier"): DeployEvent => ({
    type: "stackEvent",
    event: stackEvent({ status, logicalId, reason, token: attribution === "own" ? "d1-update" : "old" }),
    attribution,
    nested: false,
  });
  const stopped = task({
    id: "7c1e0000000000000000000000000000",
    startedBy: "ecs-svc/2",
    lastStatus: "STOPPED",
    stopCode: "TaskFailedToStart",
    stoppedReason: "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'",
    containers: [{ name: "web", status: "STOPPED" }],
  });
  const events: DeployEvent[] = [
    { type: "started", activity: "deploy", stackName: "shop", region: "eu-west-1", wait: { kind: "untilCompleted" } },
    told("UPDATE_FAILED", "Old", "Some older failure", "earlier"),
    { type: "task", task: stopped, attribution: "own" },
    { type: "logs", task: stopped.id, container: "web", group: "/ecs/shop", lines: [{ text: "boom" }] },
    told("UPDATE_FAILED", "Service", "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.", "own"),
    { type: "outcome", status: "failed", reason: "stack", message: "", stackName: "shop" },
  ];
  const evidence = evidenceOf(foldAll(events.map((event, at) => stampEvent(event, at + 1, at))));
  expect(evidence.logs).toEqual([{ taskArn: stopped.arn, container: "web", lines: ["boom"] }]);
  expect(evidence.operation?.clientRequestTokens).toEqual(["d1-update"]);
  const diagnosis = diagnose(evidence);
  expect(diagnosis.root).toMatchObject({ id: "pull-platform-mismatch", attribution: "own" });
  expect(diagnosis.earlier.map((finding) => finding.message)).toEqual(["Some older failure"]);
});

test("a refused call is evidence too", () => {
  const problem = {
    kind: "denied",
    action: "cloudformation:CreateStack",
    code: "AccessDenied",
    status: 403,
    message: "Not allowed.",
    detail: "User: x is not authorized",
    hint: "",
  } as const;
  const outcome: DeployEvent = { type: "outcome", status: "failed", reason: "access", message: "", stackName: "shop", problem };
  expect(evidenceOf(foldAll([stampEvent(outcome, 1, 0)])).apiErrors).toEqual([
    { action: "cloudformation:CreateStack", code: "AccessDenied", status: 403, message: "User: x is not authorized", attribution: "own" },
  ]);
});
