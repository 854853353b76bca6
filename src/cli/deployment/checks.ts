import { createClients } from "../../aws-discovery/clients.ts";
import { createAccount } from "../../aws-discovery/preflight/account.ts";
import type { Prediction } from "../../engine/deployment/with-predictions.ts";
import type { CheckReport, CheckResult } from "../../engine/preflight/check.ts";
import { stackReady } from "../../engine/preflight/checks/stack-ready.ts";
import { foundIssues, untoldReasons } from "../../engine/preflight/report.ts";
import { runChecks } from "../../engine/preflight/run.ts";
import { subjectOf } from "../../engine/preflight/subject.ts";
import { counted } from "../../engine/rules/text.ts";
import type { Issue } from "../../engine/schema.ts";
import type { Step } from "../../engine/sections/index.ts";
import { issueJson } from "../issues.ts";
import type { Reach } from "../sandbox.ts";
import { version } from "../version.ts";
import { targetOf } from "./target.ts";

/** So often a call is tried: a check that comes late is better than none. */
const maxAttempts = 8;

/** What is checked: a step, and the issues its values have by themselves. */
export interface Checked {
  readonly step: Step;
  readonly issues?: readonly Issue[];
}

/** Runs the checks over the real clients until the signal aborts; what is not answered by then counts as not told. */
export async function checkStep(
  { step, issues }: Checked,
  { endpointUrl, credentials }: Pick<Reach, "endpointUrl" | "credentials">,
  signal: AbortSignal,
  onResult?: (result: CheckResult) => void,
): Promise<CheckReport> {
  const clients = createClients(targetOf(step, endpointUrl), { version, credentials, maxAttempts });
  try {
    // The environment may say it where the step does not.
    const region = await clients.region();
    return await runChecks(subjectOf(step, issues, region), createAccount(clients, signal), signal, onResult);
  } finally {
    clients.destroy();
  }
}

/** A deployment waits so long for its checks; what has not been answered by then is left out. */
const patienceMs = 4_000;

/**
 * What the checks predict for a deployment that is about to begin, within seconds. Never rejects: that something could not be
 * checked, or that a check is broken, is no reason not to deploy; without access the deployment itself says so.
 */
export async function predictions(
  step: Step,
  reach: Pick<Reach, "endpointUrl" | "credentials">,
  signal: AbortSignal,
): Promise<readonly Prediction[]> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    const { results, problem } = await checkStep({ step }, reach, limit);
    if (problem) return [];
    // What state the stack is in, a deployment sees and says itself.
    const told = foundIssues(results.filter(({ id }) => id !== stackReady.id)).map(
      (issue): Prediction => ({ type: "prediction", ...issueJson(issue) }),
    );
    return [...told, ...untoldNote(results)];
  } catch (error) {
    return [{ type: "note", message: `The checks could not be made: ${error instanceof Error ? error.message : String(error)}` }];
  }
}

function untoldNote(results: readonly CheckResult[]): readonly Prediction[] {
  const reasons = untoldReasons(results).filter(({ quiet }) => !quiet);
  if (reasons.length === 0) return [];
  const concerned = new Set(reasons.flatMap(({ checks }) => checks)).size;
  const shown = reasons.slice(0, 3).map(({ reason }) => reason);
  const more = reasons.length > shown.length ? ` and ${reasons.length - shown.length} more reasons` : "";
  return [
    {
      type: "note",
      message: `${counted(concerned, "check")} of ${results.length} not made: ${shown.join(", ")}${more}; all: ecs-wizard check`,
    },
  ];
}
