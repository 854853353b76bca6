import { expect, test } from "vitest";
import type { Outcome } from "../../src/engine/deployment/outcome.ts";
import type { Finding } from "../../src/engine/diagnosis/finding.ts";
import { diagnose } from "../../src/engine/diagnosis/index.ts";
import { findingLines, outcomeText } from "../../src/reporters/finding-lines.ts";

const { findings } = diagnose({
  stoppedTasks: [
    {
      arn: "arn:aws:ecs:eu-west-1:123456789012:task/prod/0123456789abcdef0123456789abcdef",
      attribution: "own",
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      containers: [{ name: "web", exitCode: 137, reason: "OutOfMemoryError: Container killed due to memory usage" }],
    },
  ],
  logs: [{ taskArn: "0123456789abcdef0123456789abcdef", container: "web", lines: Array.from({ length: 40 }, (_, at) => `line ${at + 1}`) }],
  serviceDeployments: [
    { id: "sd", attribution: "own", status: "FAILED", reason: "ECS deployment circuit breaker: tasks failed to start." },
  ],
});
const texts = (list: readonly Finding[]) => list.map((finding, at) => findingLines(finding, list.slice(0, at)).map(({ text }) => text));
const outcome: Outcome = {
  status: "failed",
  reason: "stack",
  message: "The stack shop ended as ROLLBACK_COMPLETE: Service: Resource handler returned message …",
  stackName: "shop",
  stackStatus: "ROLLBACK_COMPLETE",
};

test("the cause in full with the last 15 lines of the log and the steps, the rest a line each", () => {
  const [root = [], ...others] = texts(findings);
  const explanation = findings[0]?.explanation;
  expect(root[0]).toBe(`why it failed: ${explanation?.title}`);
  expect(root[1]).toContain("container web exit 137");
  expect(root[2]).toBe(`  ${explanation?.cause}`);
  expect(root.filter((line) => line.startsWith("  | "))).toEqual(Array.from({ length: 15 }, (_, at) => `  | line ${at + 26}`));
  expect(root.filter((line) => line.startsWith("  - "))).toEqual(explanation?.fix.map((step) => `  - ${step}`));
  expect(root.at(-1)).toBe(`  fields: ${explanation?.fields.join(", ")}`);
  expect(others.flat().length).toBeGreaterThan(0);
  for (const line of others.flat()) expect(line).toMatch(/^also: .+ – follows from it$/);
});

test("the same cause is said once, and what earlier attempts left is not said here", () => {
  const [first] = findings as [Finding];
  expect(findingLines(first, [first])).toEqual([]);
  expect(findingLines({ ...first, attribution: "earlier" }, [])).toEqual([]);
});

test("another cause is told in full as well; a message that nobody knows as it is", () => {
  const [first] = findings as [Finding];
  const { explanation: _, ...bare } = first;
  const unknown: Finding = { ...bare, id: null, rootness: "unknown", message: "The hamster stopped." };
  const [head, about] = findingLines(unknown, [first]);
  expect(head?.text).toBe("also: The hamster stopped.");
  expect(about?.text).toContain(unknown.subject);
});

test("the last line names the cause instead of AWS's words, where the cause is known", () => {
  const title = findings[0]?.explanation?.title;
  expect(outcomeText(outcome, { findings })).toBe(`failed: ${title} – the stack shop is ROLLBACK_COMPLETE.`);
  expect(outcomeText(outcome, { findings: [] })).toBe(`failed: ${outcome.message}`);
  expect(outcomeText({ ...outcome, status: "timedOut" }, { findings })).toBe(`timedOut: ${outcome.message} Until then: ${title}.`);
});
