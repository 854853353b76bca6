import { goesOn } from "../../engine/deployment/undertaking.ts";
import { formatPath } from "../../engine/schema.ts";
import { textOf } from "../../engine/wizard/summary.ts";
import { askAgain, credentialKeys } from "../app/credentials.ts";
import { leaveTo } from "../app/leave.ts";
import { openForm } from "../app/open-form.ts";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { profileName, saveProfile } from "../profiles/save.ts";
import { launch } from "../review/launch.ts";
import type { Binding, Layer } from "../ui/bindings.ts";
import { copySequence } from "../ui/sequences.ts";
import { span, wrap } from "../ui/spans.ts";
import { page, paneBody, standsAtEnd } from "./body.ts";
import { cancelKey } from "./cancel.ts";
import { comeBack, nounOf } from "./come-back.ts";
import { failureKeys } from "./failure-keys.ts";
import { chrome, plain, set } from "./pane-view.ts";
import { answerQuestion } from "./question.ts";
import { recordKeys, versionKeys } from "./record-keys.ts";
import { recoverKeys } from "./recover-keys.ts";
import type { DeploymentView } from "./state.ts";

/** The keys of the deployment pane and of the error screen it ends in. */
export function deploymentLayer(program: Program, state: AppState): Layer {
  const view = state.deployment;
  if (!view) return { name: "deployment", bindings: [homeKey(program)] };
  const { outcome, question } = view.progress;
  const bindings = outcome ? endedKeys(program, view) : [...(question ? [questionKey(program, view)] : []), ...runningKeys(program, view)];
  const pane = paneKeys(program, view);
  // On a pane of its own, esc goes back to the progress and the arrows scroll.
  return { name: "deployment", bindings: view.pane === "progress" ? [...bindings, ...pane] : [...pane, ...bindings] };
}

function paneKeys(program: Program, view: DeploymentView): Binding[] {
  const show = (pane: DeploymentView["pane"]) => () => set(program, { pane: view.pane === pane ? "progress" : pane, offset: 0 });
  const toggle = (key: string, pane: DeploymentView["pane"]): Binding => ({
    keys: view.pane === pane ? [key, "escape"] : [key],
    label: view.pane === pane ? "back" : pane,
    run: show(pane),
  });
  return [
    toggle("l", "logs"),
    toggle("e", "events"),
    ...scrollKeys(program, view),
    ...consoleKey(program, view),
    { keys: ["?", "ctrl+o"], label: "help", run: () => program.open({ type: "help", offset: 0 }) },
  ];
}

/** Up and down, by a line where the arrows are free, and by a page; many resources that were folded unfold. */
function scrollKeys(program: Program, view: DeploymentView): Binding[] {
  const { size } = program.state();
  const place = { width: size.columns, height: Math.max(1, size.rows - chrome), now: program.ports.now(), frame: 0, theme: plain };
  const up = standsAtEnd(view) ? 1 : -1;
  const go = (by: number) => () => {
    const unfolded = { ...view, all: true };
    const { last } = paneBody(unfolded, place);
    set(program, { all: true, offset: Math.min(last, Math.max(0, view.offset + by)) });
  };
  const free = view.pane !== "progress" || view.progress.outcome?.status !== "failed";
  const many = view.pane === "progress" && view.progress.resources.length > place.height / 2;
  return [
    ...(many ? [{ keys: ["a"], label: view.all ? "fold" : "all resources", run: () => set(program, { all: !view.all, offset: 0 }) }] : []),
    ...(free
      ? [
          { keys: ["up"], label: "up", quiet: true, run: go(up) },
          { keys: ["down"], label: "down", quiet: true, run: go(-up) },
        ]
      : []),
    { keys: ["pageup"], label: "a page up", quiet: true, run: go(up * page) },
    { keys: ["pagedown"], label: "a page down", quiet: true, run: go(-up * page) },
  ];
}

/** The stack's page in AWS's console: as a link, and in the clipboard. */
function consoleKey(program: Program, view: DeploymentView): Binding[] {
  const { deployments } = program.ports;
  if (!deployments.consoleUrl) return [];
  const url = deployments.consoleUrl(view.watched);
  const show = () => {
    if (url === undefined) return;
    program.terminal.write(copySequence(url));
    const link = wrap(url, Math.max(20, program.state().size.columns - 4)).map((line) => [
      span("   "),
      span(line, "accent", { href: url }),
    ]);
    const copied = [span("   It is in the clipboard, if the terminal allows it (OSC 52).", "muted")];
    const copy = { text: url, file: "console-link.txt" };
    program.open({ type: "viewer", title: "The stack in AWS's console", lines: [...link, [], copied], offset: 0, copy });
  };
  const disabled = () => (url === undefined ? "The stack is not known yet." : undefined);
  return [{ keys: ["o"], label: "open the console", short: "console", run: show, disabled }];
}

function runningKeys(program: Program, view: DeploymentView): Binding[] {
  const going = goesOn(view.progress);
  const watching: Binding = {
    keys: ["s", "escape"],
    label: going ? `stop watching (the ${nounOf(view)} goes on)` : "leave",
    short: going ? "stop watching" : "leave",
    run: () => stopWatching(program, view),
  };
  return [...signInKeys(program, view), watching, cancelKey(program, view)];
}

/** While AWS does not accept our credentials: the form's keys for that; the watching then goes on at once. */
function signInKeys(program: Program, { progress: { lost }, watched }: DeploymentView): Binding[] {
  return credentialKeys(program, lost?.kind === "credentials" ? lost.problem : undefined, () => {
    askAgain(program);
    watched.askAgain?.();
  });
}

function questionKey(program: Program, view: DeploymentView): Binding {
  return { keys: ["return"], label: "answer the question", run: () => answerQuestion(program, view) };
}

/** Leaves the pane; the deployment goes on and can be watched again. */
export function stopWatching(program: Program, view: DeploymentView): void {
  view.watched.stopWatching();
  program.update((state) => {
    const { deployment: _, ...rest } = state;
    return { ...rest, screen: "home", reading: state.reading + 1 };
  });
  program.say(comeBack(view));
}

function endedKeys(program: Program, view: DeploymentView): Binding[] {
  const status = view.progress.outcome?.status;
  const failed = status === "failed";
  const good = status === "succeeded" || status === "unchanged";
  const leave: Binding[] = [
    { keys: ["q", ...(failed || view.watched.past ? [] : ["return"])], label: "leave", run: () => leaveTo(program) },
    homeKey(program),
  ];
  const { snapshot } = view.watched;
  const why = () => (snapshot ? undefined : "The profile of this deployment is not known.");
  const again: Binding[] = [
    { keys: ["i"], label: "edit", run: () => edit(program, view), disabled: why },
    {
      keys: ["r"],
      label: "retry",
      run: () => snapshot && launch(program, snapshot),
      disabled: why,
    },
  ];
  const kept = recordKeys(program, view);
  if (good) return [...saveKey(program, view), ...versionKeys(program, view), ...kept, ...leave];
  if (!failed) return [...again, ...saveKey(program, view), ...kept, ...leave];
  return [...recoverKeys(program, view), fieldKey(program, view, why), ...again, ...failureKeys(program, view), ...kept, ...leave];
}

/** To the field that the highlighted finding points at. */
function fieldKey(program: Program, view: DeploymentView, why: () => string | undefined): Binding {
  const path = view.findings[view.cursor]?.path;
  return {
    keys: ["f"],
    label: path ? `go to ${formatPath(path)}` : "go to the field",
    short: "go to the field",
    run: () => edit(program, view, path),
    disabled: () => why() ?? (path ? undefined : "No single field is at fault."),
  };
}

/** After a first deployment its form can be kept as a profile. */
function saveKey(program: Program, { watched }: DeploymentView): Binding[] {
  const { session } = program.state();
  if (!session || watched.past || session.saved?.profile === session.wizard.profile) return [];
  return [{ keys: ["s", "ctrl+s"], label: "save as profile", run: () => saveProfile(program) }];
}

/** Home, or back to the list of all deployments where it was opened. */
function homeKey(program: Program): Binding {
  const screen = program.state().deployment?.from ?? "home";
  const run = () =>
    program.update((state) => {
      const { deployment: _, ...rest } = state;
      return { ...rest, screen, reading: state.reading + 1 };
    });
  return { keys: ["h", "escape"], label: screen === "home" ? "home" : "back", run };
}

function edit(program: Program, { watched, progress }: DeploymentView, path?: readonly (string | number)[]): void {
  const { snapshot, past } = watched;
  if (!snapshot) return;
  const { session } = program.state();
  const name = textOf(snapshot["name"]);
  const saved = name === "" ? undefined : program.ports.profiles.read(name);
  if (session && !past && profileName(session.wizard.profile) === profileName(snapshot))
    program.update((state) => ({ ...state, screen: "wizard" }));
  else openForm(program, { profile: snapshot, known: true, ...(saved?.profile ? { saved } : {}) });
  if (progress.outcome?.status === "failed") program.setSession((present) => ({ ...present, failed: present.wizard.profile }));
  program.wizard({ type: "reveal" });
  program.wizard({ type: "jump", path: path ?? [] });
}
