import type { CheckResult } from "../../engine/preflight/check.ts";
import { ProblemError, UserError } from "../../engine/problem.ts";
import type { JsonObject } from "../../engine/schema.ts";
import { sayFailure } from "../app/attempt.ts";
import type { Program } from "../app/program.ts";
import type { Overlay, ViewerOverlay } from "../app/state.ts";
import { startDeployment } from "../deployment/watch.ts";
import type { DeployChoices, DeploymentPort } from "../deployment-port.ts";
import { changeLines } from "./change-lines.ts";
import { predictionLines } from "./checks.ts";

type Shown = Awaited<ReturnType<NonNullable<DeploymentPort["propose"]>>>;

/** Shows what a deployment would change before it begins; what was shown is what is carried out, and is thrown away when declined. */
export function proposeDeployment(program: Program, profile: JsonObject, choices: DeployChoices): void {
  const { deployments } = program.ports;
  if (!deployments.propose) {
    startDeployment(program, profile, choices);
    return;
  }
  const stop = new AbortController();
  const discard = (shown: Shown) =>
    void deployments.discard?.(profile, choices, shown).catch((error: unknown) => sayFailure(program, error));
  let over = false;
  let predicted: readonly CheckResult[] = [];
  let answers: ViewerOverlay["answers"];
  const leave = (next: () => void) => () => {
    over = true;
    stop.abort(new Error("Not wanted any more"));
    program.close();
    next();
  };
  const plain = { keys: ["s"], label: "deploy without a preview", run: leave(() => startDeployment(program, profile, choices)) };
  const decline = { keys: ["escape"], label: "never mind", run: leave(() => {}) };
  const waiting: Overlay = {
    type: "confirm",
    title: "What would change",
    lines: ["Asking CloudFormation what this deployment would change…"],
    answers: [plain, decline],
  };
  program.open(waiting);
  predictionsOf(program, profile, choices, stop.signal).then((results) => {
    predicted = results;
    const lines = predictionLines(results);
    // The changes may be on the screen already, and scrolled.
    program.update((state) => ({
      ...state,
      overlays: state.overlays.map((one) =>
        one.type === "viewer" && answers !== undefined && one.answers === answers ? { ...one, lines: [...lines, ...one.lines] } : one,
      ),
    }));
  });
  const replace = (overlay: Overlay) =>
    program.update((state) => ({ ...state, overlays: [...state.overlays.filter((one) => one !== waiting), overlay] }));
  deployments.propose(profile, choices, stop.signal).then(
    (shown) => {
      if (over) return discard(shown);
      const overlay = proposalOverlay(program, profile, choices, shown, discard, () => stop.abort(new Error("Answered")));
      answers = overlay.answers;
      replace({ ...overlay, lines: [...predictionLines(predicted), ...overlay.lines] });
    },
    (error: unknown) => {
      if (over) return;
      if (!(error instanceof ProblemError || error instanceof UserError)) {
        program.terminal.fail(error);
        return;
      }
      replace({ ...waiting, title: "There is no preview", lines: [error.message, ...remedyOf(error)], answers: [plain, decline] });
    },
  );
}

/** What to do about it, and the command that does it. */
function remedyOf(error: ProblemError | UserError): string[] {
  const { hint, command } = error instanceof ProblemError ? error.problem : { hint: error.hint, command: undefined };
  return [hint, command].filter((line) => line !== undefined && line !== "") as string[];
}

/** What the checks find of this deployment: what the review knows of it already, else asked now. Without an answer nothing is said. */
async function predictionsOf(
  program: Program,
  profile: JsonObject,
  choices: DeployChoices,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  const { checks, session } = program.state();
  const asChecked = session?.wizard.profile === profile && Object.keys({ ...choices.images, ...choices.variables }).length === 0;
  if (asChecked && checks && !checks.running) return checks.results;
  const report = await program.ports.deployments.check?.(profile, choices, signal).catch(() => undefined);
  return report?.results ?? [];
}

function proposalOverlay(
  program: Program,
  profile: JsonObject,
  choices: DeployChoices,
  shown: Shown,
  discard: (shown: Shown) => void,
  answered: () => void,
): ViewerOverlay {
  const { changeSet } = shown;
  const go = () => {
    answered();
    program.close();
    startDeployment(program, profile, changeSet ? { ...choices, changeSet } : choices);
  };
  const decline = () => {
    answered();
    program.close();
    discard(shown);
  };
  const refused = shown.kind === "invalid" || shown.kind === "unchanged";
  return {
    type: "viewer",
    title: "What this deployment changes",
    lines: changeLines(shown),
    offset: 0,
    answers: [
      { keys: refused ? ["d"] : ["d", "return"], label: refused ? "deploy all the same" : "deploy", run: go },
      { keys: ["escape", "q"], label: "back", run: decline },
    ],
  };
}
