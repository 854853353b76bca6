import { createClients } from "../../aws-discovery/clients.ts";
import { createAccount } from "../../aws-discovery/preflight/account.ts";
import { type CheckReport, type CheckResult, runChecks } from "../../engine/preflight/run.ts";
import { subjectOf } from "../../engine/preflight/subject.ts";
import type { Issue } from "../../engine/schema.ts";
import type { Step } from "../../engine/sections/index.ts";
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
    return await runChecks(subjectOf(step, issues), createAccount(clients, signal), signal, onResult);
  } finally {
    clients.destroy();
  }
}
