import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { deploy } from "../../../src/engine/deployment/deploy.ts";
import { recordVersion } from "../../../src/engine/deployment/record.ts";
import { remove } from "../../../src/engine/deployment/remove.ts";
import { startRun } from "../../../src/engine/deployment/run.ts";
import { withPredictions } from "../../../src/engine/deployment/with-predictions.ts";
import { diagnose, evidenceFrom } from "../../../src/engine/diagnosis/index.ts";
import { jsonLine } from "../../../src/reporters/json-lines.ts";
import { problem, service, task } from "./scripted.ts";
import { courses, denied, plan, scriptedAccount } from "./scripted-account.ts";

interface Schema {
  readonly $defs: Readonly<Record<string, { properties?: Record<string, unknown>; additionalProperties?: unknown }>>;
  readonly oneOf: readonly { readonly $ref: string }[];
}

const schema = JSON.parse(readFileSync(new URL("../../../docs/events.schema.json", import.meta.url), "utf8")) as Schema;

/** The schema as readers use it lets unknown properties pass; here every property has to be documented. */
function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict);
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, strict(inner)]));
  return "properties" in copy && !("additionalProperties" in copy) ? { ...copy, additionalProperties: false } : copy;
}

const ajv = new Ajv2020.default({ strict: false, formats: { "date-time": (text: string) => new Date(text).toISOString() === text } });
const validate = ajv.compile(strict(schema) as object);

async function linesOf(account: ReturnType<typeof scriptedAccount>, work: typeof deploy | typeof remove = deploy): Promise<string[]> {
  const run = startRun({
    ports: account.ports,
    decide: account.ports.decide,
    header: { record: recordVersion, id: "d1", activity: "deploy", stackName: "shop", region: "eu-west-1", cluster: "prod", startedAt: "" },
    work: (ports, signal) => work({ ...ports, inbox: account.inbox }, plan, signal),
    facts: async () => ({
      account: "123456789012",
      vpcId: "vpc-1",
      subnets: [{ id: "subnet-1", name: "private-a", route: "none", endpoints: ["s3"] }],
      newestTags: { "shop/web": ["1.4.2", "1.4.1"] },
    }),
    explain: (events) => diagnose(evidenceFrom(events)).findings,
  });
  await run.done;
  return run.events.map(jsonLine);
}

const executing: typeof deploy = (ports, given, signal) => deploy(ports, { ...given, changeSet: { id: "cs", type: "UPDATE" } }, signal);

const predicted: typeof deploy = (ports, given, signal) =>
  withPredictions(deploy(ports, given, signal), async () => [
    {
      type: "prediction",
      path: "containers[0].image",
      severity: "error",
      rule: "image-exists",
      message: "There is none.",
      hint: "Push it.",
    },
  ]);

async function allLines(): Promise<string[]> {
  const stuck = scriptedAccount({
    status: "UPDATE_ROLLBACK_FAILED",
    answer: { kind: "continue", skip: ["Service"] },
    onUpdate: courses.failedUpdate,
  });
  const stopped = (id: string) =>
    task({
      id,
      startedBy: "ecs-svc/2",
      lastStatus: "STOPPED",
      stopCode: "EssentialContainerExited",
      containers: [{ name: "web", status: "STOPPED", exitCode: 1 }],
    });
  const [rollout] = service().deployments;
  if (!rollout) throw new Error("no rollout");
  stuck.clock.at(14_000, () => {
    const events = [{ id: "m1", at: new Date(0).toISOString(), message: "(service shop) has started 1 tasks." }];
    stuck.state.services = [service({ loadBalancers: [{ targetGroupArn: "tg" }], events, deployments: [{ ...rollout, id: "ecs-svc/2" }] })];
    stuck.state.targets = [{ id: "10.0.0.1", port: 80, state: "unhealthy", reason: "Target.Timeout" }];
    stuck.state.tasks = [stopped("t1"), stopped("t2")];
    stuck.state.logs["ecs/web/t1"] = ["boom"];
  });
  const busy = scriptedAccount({ status: "UPDATE_IN_PROGRESS" });
  busy.unfold(courses.update, "theirs");
  busy.clock.at(60_000, () => busy.inbox.put({ kind: "cancel", keep: false }));
  let calls = 0;
  const flaky = scriptedAccount({
    cloud: (fallback) => ({
      tasks: denied("ecs:ListTasks"),
      serviceDeployments: async () => [
        { arn: "sd", status: "IN_PROGRESS", circuitBreaker: { status: "MONITORING", failures: 1, threshold: 3 } },
      ],
      stackEvents: async function* (...args) {
        calls++;
        if (calls === 3) throw problem("unreachable");
        if (calls === 5) throw problem("credentials", { command: "aws sso login" });
        yield* fallback.stackEvents?.(...args) ?? [];
      },
    }),
  });
  const invalid = scriptedAccount({
    status: "UPDATE_COMPLETE",
    cloud: () => ({
      executeChangeSet: async () => Promise.reject(problem("invalid")),
      describeChangeSet: async () => ({ id: "cs", name: "cs", stackId: "s", status: "FAILED", reason: "no", changes: [] }),
      changeSetFindings: async () => [{ logicalId: "Service", message: "Properties validation failed", severity: "error" }],
    }),
  });
  const gone = scriptedAccount({ status: "CREATE_COMPLETE" });
  const runs = [linesOf(stuck, predicted), linesOf(busy), linesOf(flaky), linesOf(gone, remove), linesOf(invalid, executing)];
  return (await Promise.all(runs)).flat();
}

test("every line of real runs fits the documented schema, and the runs show nearly every type", async () => {
  const lines = await allLines();
  const seen = new Set<string>();
  for (const line of lines) {
    const event = JSON.parse(line) as { type: string };
    seen.add(event.type);
    expect(validate(event), `${line}\n${ajv.errorsText(validate.errors)}`).toBe(true);
  }
  const documented = schema.oneOf.map(({ $ref }) => $ref.replace("#/$defs/event-", ""));
  // A note needs a stack that is being thrown away; deploy.test.ts sees those.
  expect(documented.filter((type) => !seen.has(type) && type !== "note")).toEqual([]);
});

test("the schema refuses what is not an event", () => {
  expect(validate({ type: "outcome", status: "fine", message: "", stackName: "s", v: 1, seq: 1, at: "2026-11-23T00:00:00.000Z" })).toBe(
    false,
  );
  expect(validate({ type: "surprise", v: 1, seq: 1, at: "2026-11-23T00:00:00.000Z" })).toBe(false);
});

test("the page lists every type", () => {
  const page = readFileSync(new URL("../../../docs/events.md", import.meta.url), "utf8");
  for (const { $ref } of schema.oneOf) expect(page).toMatch(new RegExp(`\\| \`${$ref.replace("#/$defs/event-", "")}\` +\\|`));
});
