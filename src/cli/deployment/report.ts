import { appendFileSync, writeFileSync } from "node:fs";
import { type Outcome, outcomeExitCode } from "../../engine/deployment/outcome.ts";
import type { Run } from "../../engine/deployment/run.ts";
import { exitCode, UserError } from "../../engine/problem.ts";
import { sanitize, sanitizeLine } from "../../engine/sanitize.ts";
import { reportJsonLines } from "../../reporters/json-lines.ts";
import { outputsFor, outputsForGitHub } from "../../reporters/outputs.ts";
import { reportPlain } from "../../reporters/plain.ts";
import { whyNot } from "../../store/why-not.ts";
import { createClock } from "../clock.ts";
import { onInterrupt } from "../interruptible.ts";
import type { Io } from "../io.ts";
import type { GlobalOptions } from "../options.ts";

/**
 * Watches a run to its end without a screen: plain lines on stderr, or JSON lines on stdout with `--json`. An interrupt stops the
 * watching, not the deployment. Returns the outcome and the exit code.
 */
export async function report(
  run: Run & { readonly id: string },
  options: GlobalOptions & { readonly outputs?: string },
  io: Io,
): Promise<{ outcome: Outcome; code: number }> {
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
    io.say(`No longer watching. What AWS is doing goes on; to come back: ecs-wizard watch ${run.id}`);
    run.stopWatching();
  };
  const stop = onInterrupt(interrupt);
  try {
    if (options.json) await reportJsonLines(run, io.data);
    else await reportPlain(run, { write: (text) => void process.stderr.write(text), clock: createClock(), colours: io.color });
    const outcome = await run.done;
    if (!options.json && outcome.outputs) for (const [name, value] of Object.entries(outcome.outputs)) io.data(`${name}=${value}`);
    if (!options.json) sayRemedy(outcome, io);
    if (!options.json && outcome.status === "failed") {
      const { findings, warnings } = run.progress();
      for (const { unseen, message, hint } of findings.length > 0 ? warnings : [])
        if (unseen) io.say(`  ! ${sanitizeLine([message, hint].filter((part) => part).join(" "))}`);
      if (findings.length > 0) io.say(`  all of it: ecs-wizard errors ${run.id} --all`);
    }
    writeOutputs(outcome, options.outputs);
    return { outcome, code: interrupted ? exitCode.interrupted : outcomeExitCode(outcome) };
  } finally {
    stop();
  }
}

/** What to do about a call that made it impossible to go on; causes of other failures are explained as they are found. */
function sayRemedy({ problem }: Outcome, io: Io): void {
  if (problem?.hint) io.say(`  → ${sanitize(problem.hint)}`);
  if (problem?.command) io.say(`  $ ${sanitize(problem.command)}`);
}

/** Writes the output values where they were asked for: `--outputs FILE`, and the file that GitHub Actions names. Throws a UserError. */
export function writeOutputs({ outputs }: Outcome, file: string | undefined): void {
  if (!outputs) return;
  const gitHub = process.env["GITHUB_OUTPUT"];
  try {
    if (file !== undefined) writeFileSync(file, outputsFor(file, outputs), { mode: 0o600 });
    if (gitHub) appendFileSync(gitHub, outputsForGitHub(outputs));
  } catch (error) {
    throw new UserError(`the deployment is done, but its output values could not be written: ${whyNot(error)}`, {
      hint: "Check the path given with --outputs, or GITHUB_OUTPUT.",
    });
  }
}
