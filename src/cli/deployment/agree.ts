import type { ChangeSetChoice } from "../../engine/deployment/plan.ts";
import type { Preview } from "../../engine/deployment/preview.ts";
import type { Prediction } from "../../engine/deployment/with-predictions.ts";
import { predictionText } from "../../engine/preflight/report.ts";
import { exitCode } from "../../engine/problem.ts";
import { sanitize } from "../../engine/sanitize.ts";
import { confirm } from "../confirm.ts";
import { interruptible } from "../interruptible.ts";
import type { Io } from "../io.ts";
import type { Reach } from "../sandbox.ts";
import { predictions } from "./checks.ts";
import type { Deployer, ReadyProfile } from "./deployer.ts";
import { previewText } from "./preview-text.ts";
import { masked } from "./without-secrets.ts";

/** Says what a deployment would change, and what stands against it with its explanation. */
export function showPreview(shown: Preview, io: Io): void {
  for (const warning of shown.warnings) io.say(`! ${warning}`);
  for (const { severity, logicalId, message } of shown.findings)
    io.say(`${severity === "error" ? "✗" : "!"} ${logicalId ? `${logicalId}: ` : ""}${message}`);
  for (const { explanation } of shown.causes ?? [])
    if (explanation) for (const text of [explanation.cause, ...explanation.fix.map((step) => `- ${step}`)]) io.say(`  ${text}`);
  if (shown.kind === "busy") io.say(`Another operation is running on ${shown.stackName} (${shown.stackStatus}).`);
  else if (shown.kind !== "invalid") io.data(previewText(shown, io.interactive ? process.stdout.columns : undefined));
}

/** Says what the checks predict; returns how many of them predict a failure. */
function sayPredictions(all: readonly Prediction[], io: Io): number {
  for (const one of all) {
    if (one.type === "note") io.say(`! ${one.message}`);
    else {
      io.say(`${one.severity === "error" ? "✗" : "!"} ${one.path === "" ? "" : `${one.path}: `}${sanitize(one.message)}`);
      if (one.hint !== "") io.say(`    → ${sanitize(one.hint)}`);
    }
  }
  return new Set(all.flatMap((one) => (one.type === "prediction" && one.severity === "error" ? one.rule : []))).size;
}

/** Says that an interrupt was heard while a change set is made or shown. */
export const tidying = (io: Io) => () => io.say("Interrupted: the change set is thrown away; a second Ctrl+C leaves it behind.");

/** What was agreed to: the change set that was shown, if there was one. */
export interface Agreed {
  readonly changeSet?: ChangeSetChoice;
}

/**
 * Shows what would change and asks. Gives the very change set that was shown – none where there was none – or the exit code
 * when there is nothing to go on with; the change set is then discarded, also when the operator interrupts.
 */
export async function agree(deployer: Deployer, ready: ReadyProfile, io: Io, reach: Reach | undefined): Promise<Agreed | number> {
  return await interruptible(async (signal) => {
    // The change set takes its time: the checks are made meanwhile.
    const checking = reach ? predictions(ready.step, reach, signal) : [];
    const proposal = await deployer.propose(ready, signal);
    showPreview(proposal, io);
    const failures = sayPredictions(masked(await checking, ready.sensitive), io);
    if (proposal.kind === "invalid") return exitCode.usage;
    let agreed = proposal.kind === "unchanged";
    try {
      agreed ||= await confirm(io, [predictionText(failures), "Deploy?"].filter(Boolean).join(". "), "--yes", signal);
    } finally {
      if (!agreed) await deployer.discard(ready, proposal);
    }
    if (!agreed) return exitCode.interrupted;
    return proposal.changeSet ? { changeSet: proposal.changeSet } : {};
  }, tidying(io));
}
