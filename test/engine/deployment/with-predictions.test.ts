import { expect, it } from "vitest";
import type { DeployEvent } from "../../../src/engine/deployment/events.ts";
import type { Outcome } from "../../../src/engine/deployment/outcome.ts";
import { type Prediction, withPredictions } from "../../../src/engine/deployment/with-predictions.ts";

const outcome: Outcome = { status: "succeeded", message: "done", stackName: "shop" };
const prediction: Prediction = { type: "prediction", path: "a", severity: "error", rule: "r", message: "m", hint: "" };

/** A deployment that notes each call it makes. */
async function* deployment(calls: string[], events: readonly DeployEvent[]): AsyncGenerator<DeployEvent, Outcome> {
  for (const event of events) {
    yield event;
    if (event.type === "operation") calls.push(event.operation);
  }
  return outcome;
}

const stack: DeployEvent = { type: "stack", status: "UPDATE_COMPLETE" };
const operation = (name: "delete" | "create"): DeployEvent => ({ type: "operation", operation: name, token: "t" });

async function pull(facts: AsyncGenerator<DeployEvent, Outcome>, onEvent: (event: DeployEvent) => void): Promise<Outcome> {
  for (;;) {
    const step = await facts.next();
    if (step.done) return step.value;
    onEvent(step.value);
  }
}

it("predictions are told before the first operation, once, and before its call is made", async () => {
  const calls: string[] = [];
  const seen: string[] = [];
  const events = [stack, operation("delete"), operation("create")];
  const ended = await pull(
    withPredictions(deployment(calls, events), async () => [prediction]),
    ({ type }) => seen.push(`${type} after ${calls.length} calls`),
  );
  expect(seen).toEqual(["stack after 0 calls", "prediction after 0 calls", "operation after 0 calls", "operation after 1 calls"]);
  expect(ended).toBe(outcome);
});

it("the checks run while the deployment looks at the stack", async () => {
  let running = false;
  const facts = withPredictions(deployment([], [stack]), async () => {
    running = true;
    return [];
  });
  await facts.next();
  expect(running).toBe(true);
});

it("a deployment that begins nothing waits for nothing, whatever becomes of the checks", async () => {
  let given: AbortSignal | undefined;
  const never = (signal: AbortSignal) => {
    given = signal;
    return new Promise<readonly Prediction[]>(() => {});
  };
  expect(await pull(withPredictions(deployment([], [stack]), never), () => {})).toBe(outcome);
  expect(given?.aborted).toBe(true);
  const broken = () => Promise.reject(new Error("broken"));
  expect(await pull(withPredictions(deployment([], [stack]), broken), () => {})).toBe(outcome);
});
