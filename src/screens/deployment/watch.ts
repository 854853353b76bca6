import type { JsonObject } from "../../engine/schema.ts";
import { sayFailure } from "../app/attempt.ts";
import { type Program, withoutToast } from "../app/program.ts";
import type { DeployChoices, StackAtWork, WatchedDeployment } from "../deployment-port.ts";
import type { PastDeployment } from "../ports.ts";
import { bell, progressSequence, titleSequence } from "../ui/sequences.ts";
import type { DeploymentView } from "./state.ts";

/** Begins a deployment and shows it. */
export function startDeployment(program: Program, profile: JsonObject, choices: DeployChoices): void {
  program.say("Starting the deployment…");
  showLater(program, program.ports.deployments.start(profile, choices));
}

/** Attaches to a deployment of the history and shows it. */
export function attachDeployment(program: Program, id: string): void {
  showLater(program, program.ports.deployments.attach(id));
}

/** Shows a deployment of the history: one that runs live, any other as its record has it, without AWS. */
export function openDeployment(program: Program, { id, status }: Pick<PastDeployment, "id" | "status">): void {
  const { open } = program.ports.deployments;
  if (status === "running" || !open) attachDeployment(program, id);
  else showLater(program, open(id));
}

/** Attaches to a stack that AWS is working on, begun here or elsewhere. */
export function attachStack(program: Program, stack: StackAtWork): void {
  const { attachStack: attach } = program.ports.deployments;
  if (attach) showLater(program, attach(stack));
}

/** Shows a deployment as soon as it is there. */
export function showLater(program: Program, coming: Promise<WatchedDeployment>): void {
  coming.then(
    (watched) => showDeployment(program, watched),
    (error: unknown) => sayFailure(program, error),
  );
}

function showDeployment(program: Program, watched: WatchedDeployment): void {
  const view: DeploymentView = {
    ...(program.state().screen === "history" ? { from: "history" as const } : {}),
    watched,
    progress: watched.progress(),
    pane: "progress",
    offset: 0,
    all: false,
    findings: [],
    open: new Set(),
    cursor: 0,
  };
  program.update((state) => ({
    ...withoutToast(state),
    screen: "deployment",
    overlays: [],
    deployment: explained(program, view),
    now: program.ports.now(),
  }));
  const live = view.progress.outcome === undefined;
  if (!live) return;
  program.terminal.write(titleSequence(`deploying ${watched.profile}`) + progressSequence("busy"));
  watched.subscribe(() => {
    const progress = watched.progress();
    program.update((state) =>
      state.deployment?.watched === watched ? { ...state, deployment: explained(program, { ...state.deployment, progress }) } : state,
    );
    program.terminal.write(progressSequence(progress.outcome ? "none" : percentage(progress.resources.map(({ phase }) => phase))));
  });
  watched.done.then((outcome) => {
    const good = outcome.status === "succeeded" || outcome.status === "unchanged";
    program.terminal.write(titleSequence(`${good ? "✓" : "✗"} ${watched.profile}`) + progressSequence(good ? "none" : "error") + bell);
    // What was said on leaving the pane stays; on the pane, the end says it all.
    program.update((state) => ({ ...(state.deployment?.watched === watched ? withoutToast(state) : state), reading: state.reading + 1 }));
  });
}

function explained(program: Program, view: DeploymentView): DeploymentView {
  if (view.progress.outcome?.status !== "failed" || view.findings.length > 0) return view;
  return { ...view, findings: program.ports.deployments.explain(view.watched) };
}

/** How far a deployment has come, by its resources; `busy` while that is not known. */
export function percentage(phases: readonly string[]): number | "busy" {
  if (phases.length === 0) return "busy";
  const done = phases.filter((phase) => phase !== "waiting" && phase !== "active").length;
  return (100 * done) / phases.length;
}
