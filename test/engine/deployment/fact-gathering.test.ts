import { expect, test } from "vitest";
import type { DeployEvent } from "../../../src/engine/deployment/events.ts";
import { factGathering } from "../../../src/engine/deployment/fact-gathering.ts";
import type { Outcome } from "../../../src/engine/deployment/outcome.ts";
import { foldAll } from "../../../src/engine/deployment/progress.ts";
import { recordVersion } from "../../../src/engine/deployment/record.ts";
import { startRun } from "../../../src/engine/deployment/run.ts";
import { jumpingClock, scriptedCloud, stackEvent, task } from "./scripted.ts";

const failed: Outcome = { status: "failed", reason: "stack", message: "it failed", stackName: "shop" };
const stopped = (attribution: "own" | "earlier"): DeployEvent => ({
  type: "task",
  task: task({ id: "t1", lastStatus: "STOPPED", stopCode: "TaskFailedToStart" }),
  attribution,
});
const refused = (attribution: "own" | "earlier"): DeployEvent => ({
  type: "stackEvent",
  event: stackEvent({ status: "CREATE_FAILED" }),
  attribution,
  nested: false,
});

test.each([
  ["a task of this deployment that failed", stopped("own"), true],
  ["a failed task of an earlier one", stopped("earlier"), false],
  ["a resource that failed", refused("own"), true],
  ["a resource that failed earlier", refused("earlier"), false],
  ["a note", { type: "note", message: "hello" } satisfies DeployEvent, false],
])("%s: begun %o", (_what, event, begun) => {
  let asked = 0;
  const gathering = factGathering(async () => {
    asked++;
    return {};
  });
  gathering.notice(event);
  gathering.notice(event);
  expect(asked).toBe(begun ? 1 : 0);
});

test("nothing is looked up for an end that the account does not explain", async () => {
  let asked = 0;
  const gathering = factGathering(async () => ({ account: String(++asked) }));
  expect(await gathering.atLast({ ...failed, reason: "declined" })).toBeUndefined();
  expect(asked).toBe(0);
  expect(await gathering.atLast(failed)).toEqual({ account: "1" });
  expect(await gathering.atLast(failed)).toBeUndefined();
});

async function run(gather: () => Promise<{ account?: string }>) {
  const clock = jumpingClock();
  const heard: (string | undefined)[] = [];
  const started = startRun({
    ports: { cloud: scriptedCloud({}), clock },
    header: { record: recordVersion, id: "d", activity: "deploy", stackName: "shop", region: "eu-west-1", cluster: "prod", startedAt: "" },
    work: async function* () {
      yield refused("own");
      await new Promise((resolve) => setTimeout(resolve, 5));
      yield { type: "note", message: "rolling back" };
      return failed;
    },
    facts: gather,
    explain: (events) => {
      heard.push(foldAll(events).facts?.account);
      return [];
    },
  });
  await started.done;
  return { types: started.events.map(({ type }) => type), heard };
}

test("what arrives while it runs is told then, once, and known to the explanation", async () => {
  expect(await run(async () => ({ account: "1" }))).toEqual({ types: ["stackEvent", "note", "facts", "outcome"], heard: ["1"] });
});

test("what takes longer is waited for; a failure to look is no failure", async () => {
  const late = () => new Promise<{ account: string }>((resolve) => setTimeout(resolve, 30, { account: "1" }));
  expect(await run(late)).toEqual({ types: ["stackEvent", "note", "facts", "outcome"], heard: ["1"] });
  expect(await run(async () => Promise.reject(new Error("denied")))).toEqual({
    types: ["stackEvent", "note", "outcome"],
    heard: [undefined],
  });
});
