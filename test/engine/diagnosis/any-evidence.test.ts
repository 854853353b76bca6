/** Whatever AWS, containers and profiles say: nothing makes the extraction, the explanations or the reports throw, and nothing is lost. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { explained } from "../../../src/cli/interactive/explained.ts";
import { catalogue } from "../../../src/engine/diagnosis/catalogue/index.ts";
import { diagnose } from "../../../src/engine/diagnosis/diagnose.ts";
import type { Evidence } from "../../../src/engine/diagnosis/evidence.ts";
import { reportText } from "../../../src/engine/diagnosis/report-text.ts";
import { reportJson, reportMarkdown } from "../../../src/engine/diagnosis/reports.ts";

/** What a terminal would act on. */
const active = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
const samples = [
  "Resource creation cancelled",
  "Role is not valid",
  "Essential container in task exited",
  "CannotPullContainerError: failed to resolve ref 123.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1: not found",
  "User: arn:aws:iam::1:user/dev is not authorized to perform: iam:CreateRole on resource: *",
  "(service web) (task 0123456789abcdef0123456789abcdef) (port 80) is unhealthy in (target-group arn) due to (reason Request timed out)",
];
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.constantFrom(...samples),
  fc.constantFrom("\u001b]0;x\u0007", "\r\n\u0085", ""),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const attribution = maybe(fc.constantFrom("own" as const, "earlier" as const, "unknown" as const));
const at = maybe(fc.integer({ min: 0, max: 2_000_000_000_000 }));
const status = fc.constantFrom(
  "CREATE_FAILED",
  "UPDATE_FAILED",
  "ROLLBACK_IN_PROGRESS",
  "CREATE_COMPLETE",
  "ROLLBACK_SUCCESSFUL",
  "STOPPED",
);
const type = fc.constantFrom("AWS::ECS::Service", "AWS::CloudFormation::Stack", "AWS::IAM::Role");

const evidence = fc.record(
  {
    operation: fc.record({ clientRequestTokens: fc.array(text), deploymentIds: fc.array(text) }),
    stackEvents: fc.array(
      fc.record({
        eventId: text,
        stackId: text,
        stackName: text,
        logicalId: text,
        physicalId: maybe(text),
        type,
        status,
        reason: maybe(text),
        at,
        attribution,
      }),
    ),
    validations: fc.array(fc.record({ message: text, logicalId: maybe(text), path: maybe(text), attribution })),
    apiErrors: fc.array(fc.record({ action: text, code: maybe(text), status: maybe(fc.integer()), message: text, attribution })),
    serviceEvents: fc.array(fc.record({ id: text, message: text, at, attribution })),
    serviceDeployments: fc.array(fc.record({ id: text, status, reason: maybe(text), rollbackReason: maybe(text), attribution })),
    stoppedTasks: fc.array(
      fc.record({
        arn: text,
        stopCode: maybe(text),
        stoppedReason: maybe(text),
        startedBy: maybe(text),
        at,
        attribution,
        containers: fc.array(fc.record({ name: text, exitCode: maybe(fc.integer()), reason: maybe(text) })),
      }),
    ),
    targetHealth: fc.array(
      fc.record({
        targetGroupArn: text,
        id: text,
        port: maybe(fc.integer()),
        state: fc.constantFrom("unhealthy", "unused", "healthy"),
        reason: maybe(text),
        description: maybe(text),
        attribution,
      }),
    ),
    logs: fc.array(fc.record({ taskArn: text, container: text, lines: fc.array(text) })),
    unseen: fc.array(text),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Evidence>;

/** A profile as a file may hold it: the right keys, and anything in them. */
const profile = fc.oneof(
  fc.dictionary(fc.constantFrom("containers", "network", "target", "volumes", "loadBalancerMappings", "taskSize", "x"), fc.jsonValue()),
  fc.constant({ containers: [{ name: "web", image: "shop/web:1" }], network: { subnets: ["subnet-1"] } }),
) as fc.Arbitrary<Record<string, unknown>>;

it("diagnosis, screen and reports cope with any evidence, and hold every message of it", () => {
  fc.assert(
    fc.property(evidence, profile, (given, about) => {
      const diagnosis = diagnose(given, { profile: about });
      const all = [...diagnosis.findings, ...diagnosis.unattributed, ...diagnosis.earlier];
      const told = new Set(all.flatMap(({ occurrences }) => occurrences.flatMap(({ messages }) => messages)));
      for (const { message } of [...(given.apiErrors ?? []), ...(given.validations ?? []), ...(given.serviceEvents ?? [])])
        expect(told).toContain(message);
      for (const { reason, status: ended } of given.stackEvents ?? [])
        if (reason !== undefined && ended.endsWith("FAILED")) expect(told).toContain(reason);
      for (const { stoppedReason } of given.stoppedTasks ?? []) if (stoppedReason) expect(told).toContain(stoppedReason);
      const shown = explained(diagnosis).flatMap(({ title, explanation, steps, evidence, said = [] }) => [
        title,
        explanation,
        ...steps,
        ...evidence,
        ...said,
      ]);
      expect(shown.join("")).not.toMatch(active);
      for (const report of [reportText(diagnosis), reportMarkdown(diagnosis), reportJson(diagnosis)]) expect(report).not.toMatch(active);
    }),
    { numRuns: 150 },
  );
});

it("every cause can be explained with any values", () => {
  fc.assert(
    fc.property(fc.constantFrom(...catalogue), fc.dictionary(fc.string(), text), profile, (cause, captures, about) => {
      const [finding] = diagnose({ apiErrors: [{ id: cause.id, captures, action: "a:B", message: "x" }] }, { profile: about }).findings;
      expect(finding?.id).toBe(cause.id);
      expect(finding?.explanation?.title).toBeTruthy();
    }),
    { numRuns: 300 },
  );
});
