/** When to look around in the account: with the first failure, once, beside the watching. */
import type { ExplainFacts } from "../diagnosis/context.ts";
import type { DeployEvent } from "./events.ts";
import type { Outcome } from "./outcome.ts";
import { isFailedTask } from "./task-failure.ts";

/** Looks up what explanations speak of; soon over, and silent about what it may not see. */
export type GatherFacts = () => Promise<ExplainFacts>;

/** Facts on their way; each is given out once. */
export interface FactGathering {
  /** Begins with the first fact that is a failure of this deployment. */
  notice(event: DeployEvent): void;
  /** What has arrived and was not given out yet. */
  arrived(): ExplainFacts | undefined;
  /** All there is to know for an outcome that is about to be explained; undefined when it was given out, or would not help. */
  atLast(outcome: Outcome): Promise<ExplainFacts | undefined>;
}

/** Nothing in the account explains these ends. */
const beside: ReadonlySet<Outcome["reason"]> = new Set(["access", "busy", "declined", "needsConsent"]);

/** Gathers with `gather`; without it, nothing. A rejection counts as nothing found. */
export function factGathering(gather: GatherFacts | undefined): FactGathering {
  let underWay: Promise<void> | undefined;
  let found: ExplainFacts | undefined;
  const begin = () => {
    underWay ??= gather?.().then(
      (facts) => {
        if (Object.keys(facts).length > 0) found = facts;
      },
      () => undefined,
    );
  };
  const take = () => {
    const facts = found;
    found = undefined;
    return facts;
  };
  return {
    notice(event) {
      if (isFailure(event)) begin();
    },
    arrived: take,
    async atLast({ reason }) {
      if (beside.has(reason)) return undefined;
      begin();
      await underWay;
      return take();
    },
  };
}

function isFailure(event: DeployEvent): boolean {
  if (event.type === "task") return event.attribution !== "earlier" && isFailedTask(event.task);
  return event.type === "stackEvent" && event.attribution === "own" && event.event.status.endsWith("_FAILED");
}
