import { expect, test } from "vitest";
import { explained } from "../../../src/cli/interactive/explained.ts";
import { diagnose } from "../../../src/engine/diagnosis/index.ts";

const arn = (id: string) => `arn:aws:ecs:eu-west-1:123456789012:task/prod/${id.repeat(32)}`;
const image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.3";
const notFound = `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${image}: not found`;
const stopped = (id: string, container: string) => ({
  arn: arn(id),
  attribution: "own" as const,
  stopCode: "TaskFailedToStart",
  stoppedReason: notFound,
  containers: [{ name: container, reason: notFound }],
});
const ofStack = {
  eventId: "e1",
  stackId: "s",
  stackName: "shop",
  logicalId: "Service",
  type: "AWS::ECS::Service",
  status: "CREATE_FAILED",
  reason: notFound,
  attribution: "own" as const,
};

test("a cause told by the tasks and by the stack is shown once, with the evidence of both", () => {
  const shown = explained(diagnose({ stackEvents: [ofStack], stoppedTasks: [stopped("a", "web")] }));
  expect(shown.filter(({ consequence }) => !consequence)).toHaveLength(1);
  const evidence = shown[0]?.evidence.join("\n");
  expect(evidence).toContain(`task ${"a".repeat(32)} container web`);
  expect(evidence).toContain("Service (AWS::ECS::Service)");
});

test("the same cause in another container, and messages nobody knows, stay apart", () => {
  const two = explained(diagnose({ stoppedTasks: [stopped("a", "web"), stopped("b", "worker")] }));
  expect(two).toHaveLength(2);
  const unknown = (id: string) => ({ ...ofStack, eventId: id, logicalId: id, reason: `The hamster ${id} stopped.` });
  expect(explained(diagnose({ stackEvents: [unknown("A"), unknown("B")] }))).toHaveLength(2);
});

test("what earlier attempts left stands apart, dated and folded", () => {
  const at = Date.UTC(2026, 10, 22, 9, 30);
  const [only] = explained(diagnose({ stackEvents: [{ ...ofStack, attribution: "earlier", at }] }));
  expect(only?.title).toMatch(/^2026-11-22 09:30 UTC {2}The image or tag does not exist/);
  expect(only?.apart).toBe("earlier");
  expect(only?.consequence).toBe(true);
});

test("the circuit breaker is folded where a cause is known, and open where it is all there is", () => {
  const breaker = { ...ofStack, reason: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'." };
  const [only] = explained(diagnose({ stackEvents: [breaker] }));
  expect(only?.consequence).toBe(false);
  const shown = explained(diagnose({ stackEvents: [breaker], stoppedTasks: [stopped("a", "web")] }));
  expect(shown.map(({ consequence }) => consequence)).toEqual([false, true]);
});

test("what the service said beside the failure is named without its own name, and stands verbatim in the evidence", () => {
  const message = "(service cf-ecs-production-shop) is being deleted.";
  const [, said] = explained(diagnose({ stackEvents: [ofStack], serviceEvents: [{ id: "1", attribution: "own", message }] }));
  expect(said).toMatchObject({ title: "is being deleted.", consequence: true, evidence: ["service event:", message] });
});

test("the evidence of a task holds the logs of all its containers, the one at fault first", () => {
  const task = {
    arn: arn("a"),
    attribution: "own" as const,
    stopCode: "EssentialContainerExited",
    containers: [
      { name: "proxy", exitCode: 143 },
      { name: "web", exitCode: 139 },
    ],
  };
  const log = (container: string, ...lines: string[]) => ({ taskArn: "a".repeat(32), container, lines });
  const [only] = explained(diagnose({ stoppedTasks: [task], logs: [log("proxy", "lost the upstream"), log("web", "starting", "boom")] }));
  const { evidence = [] } = only ?? {};
  expect(evidence.slice(evidence.indexOf("log of web:"))).toEqual([
    "log of web:",
    "| starting",
    "| boom",
    "log of proxy:",
    "| lost the upstream",
  ]);
});
