import type { DeployEvent } from "./events.ts";
import type { Outcome } from "./outcome.ts";

/** What the checks before a deployment tell. */
export type Prediction = Extract<DeployEvent, { type: "prediction" | "note" }>;

/**
 * The facts of a deployment, with what the checks predict told before its first operation, that is before anything changes.
 * The checks run while the account is looked at; they say by themselves when they have waited long enough, and are given up when the deployment is over before.
 */
export async function* withPredictions(
  facts: AsyncGenerator<DeployEvent, Outcome>,
  predict: (signal: AbortSignal) => Promise<readonly Prediction[]>,
): AsyncGenerator<DeployEvent, Outcome> {
  const over = new AbortController();
  const predicting = predict(over.signal);
  predicting.catch(() => {}); // heard where it is waited for, if it ever is
  let told = false;
  try {
    for (;;) {
      const step = await facts.next();
      if (step.done) return step.value;
      if (!told && step.value.type === "operation") {
        told = true;
        yield* await predicting;
      }
      yield step.value;
    }
  } finally {
    over.abort(new Error("The deployment is over"));
  }
}
