import { type Instance, render } from "ink";
import type { ReactElement } from "react";
import type { JsonObject } from "../engine/schema.ts";
import { App } from "./app/app.tsx";
import { followDiscovery, followDraft } from "./app/follow.ts";
import { followAhead } from "./app/follow-ahead.ts";
import { followChecks } from "./app/follow-checks.ts";
import { followHome } from "./app/follow-home.ts";
import { followIdentity } from "./app/follow-identity.ts";
import { followMisfits } from "./app/follow-misfits.ts";
import { farewell } from "./app/leave.ts";
import { openNew, openProfile } from "./app/open-form.ts";
import { createProgram, type ExitInfo, initialState, type Program } from "./app/program.ts";
import { attachDeployment, attachStack, startDeployment } from "./deployment/watch.ts";
import type { DeployChoices, StackAtWork } from "./deployment-port.ts";
import type { About, Ports, SavedProfile } from "./ports.ts";
import { progressSequence, titleSequence } from "./ui/sequences.ts";
import { createTheme, ThemeProvider } from "./ui/theme.tsx";

/** The screen the program begins with. */
export type Start =
  | { readonly screen: "home" }
  /** The wizard on a new deployment, `profile` giving its first answers. */
  | { readonly screen: "new"; readonly profile?: JsonObject }
  | { readonly screen: "edit"; readonly saved: SavedProfile }
  /** The pane of a deployment that begins now, or of one by its id. */
  | { readonly screen: "deploy"; readonly profile: JsonObject; readonly choices: DeployChoices }
  | { readonly screen: "watch"; readonly id: string }
  /** The pane of whatever happens to a stack. */
  | { readonly screen: "stack"; readonly stack: StackAtWork };

/** How to run the screens. */
export interface RunAppOptions {
  readonly ports: Ports;
  readonly about: About;
  readonly start: Start;
  /** What the terminal can show; without colour also for `NO_COLOR`, without Unicode for `TERM=dumb` and other locales; whether its background is light. */
  readonly theme: { readonly color: boolean; readonly unicode: boolean; readonly light?: boolean };
  /** Ends the program when it aborts (SIGTERM, SIGHUP): the draft is written first. */
  readonly signal?: AbortSignal;
  readonly stdin?: NodeJS.ReadStream;
  readonly stdout?: NodeJS.WriteStream;
  readonly screenReader?: boolean;
}

const uncaughtEvents = ["uncaughtException", "unhandledRejection"];

/** Shows the screens until the operator leaves. Resolves with what to print on the normal screen; rejects on a bug, the terminal restored. */
export async function runApp(options: RunAppOptions): Promise<ExitInfo> {
  const stdout = options.stdout ?? process.stdout;
  let instance: Instance | undefined;
  let ended: ExitInfo | undefined;
  let bug: Error | undefined;
  const program = createProgram(
    options.ports,
    options.about,
    {
      exit: (info) => {
        ended = info;
        instance?.unmount();
      },
      fail: (error) => {
        bug ??= error instanceof Error ? error : new Error(String(error));
        instance?.unmount();
      },
      suspend: (work) => suspender.run(work),
      write: (sequence) => void stdout.write(sequence),
    },
    initialState(options.ports.now(), { columns: stdout.columns || 80, rows: stdout.rows || 24 }),
  );
  const suspender = createSuspender();
  begin(program, options.start);
  const draft = followDraft(program);
  const stops = [
    followDiscovery(program),
    followAhead(program),
    followIdentity(program),
    followMisfits(program),
    followChecks(program),
    followHome(program),
    draft.stop,
  ];
  const interrupted = () => program.terminal.exit({ ...farewell(program.state()), exitCode: 130 });
  options.signal?.addEventListener("abort", interrupted, { once: true });
  // What nobody caught, in a library say, ends the program like any other bug: the draft is written, the terminal restored.
  const uncaught = (error: unknown) => program.terminal.fail(error);
  for (const event of uncaughtEvents) process.on(event, uncaught);
  stdout.write(titleSequence("ecs-wizard"));
  try {
    const tree = () => (
      <ThemeProvider value={createTheme(options.theme)}>
        <App program={program} onSuspend={suspender.offer} />
      </ThemeProvider>
    );
    instance = render(tree(), {
      stdout,
      ...(options.stdin ? { stdin: options.stdin } : {}),
      exitOnCtrlC: false,
      alternateScreen: true,
      incrementalRendering: true,
      interactive: true,
      // A key that follows a frame waits for the next one: no longer than this.
      maxFps: 250,
      // The console is that of the process: it matters only when the process's own terminal is drawn on.
      patchConsole: options.stdout === undefined,
      isScreenReaderEnabled: options.screenReader ?? false,
    });
    if (!options.screenReader) stops.push(repaintOnResize(instance, stdout, tree, suspender.suspended));
    if (options.signal?.aborted) interrupted();
    if (bug) instance.unmount();
    await instance.waitUntilExit();
  } finally {
    options.signal?.removeEventListener("abort", interrupted);
    for (const event of uncaughtEvents) process.off(event, uncaught);
    for (const stop of stops) stop();
    stdout.write(titleSequence("") + progressSequence("none"));
  }
  if (bug) throw bug;
  return ended ?? farewell(program.state());
}

/**
 * Draws the whole frame anew once it has the new size. Ink draws the old, wider frame first, of which the terminal wraps lines and
 * scrolls some away; it then leaves out what it believes is still there.
 */
function repaintOnResize(instance: Instance, stdout: NodeJS.WriteStream, tree: () => ReactElement, suspended: () => boolean): () => void {
  let stopped = false;
  const repaint = async () => {
    await instance.waitUntilRenderFlush();
    // What another program has drawn meanwhile is not ours to clear.
    if (stopped || suspended()) return;
    instance.clear();
    stdout.write("\u001b[2J\u001b[H");
    instance.rerender(tree());
  };
  const resized = () => void repaint();
  stdout.on("resize", resized);
  return () => {
    stopped = true;
    stdout.off("resize", resized);
  };
}

function begin(program: Program, start: Start): void {
  switch (start.screen) {
    case "home":
      return;
    case "new":
      openNew(program, start.profile);
      return;
    case "edit":
      openProfile(program, start.saved);
      return;
    case "deploy":
      startDeployment(program, start.profile, start.choices);
      return;
    case "watch":
      attachDeployment(program, start.id);
      return;
    case "stack":
      attachStack(program, start.stack);
      return;
  }
}

type Suspend = (work: () => Promise<void>) => Promise<void>;

/** Ink hands its suspend function to the mounted program only; this hands it on. */
function createSuspender(): { offer: (suspend: Suspend) => void; run: Suspend; suspended: () => boolean } {
  let suspend: Suspend = (work) => work();
  let running = 0;
  return {
    offer: (given) => {
      suspend = given;
    },
    run: async (work) => {
      running++;
      try {
        await suspend(work);
      } finally {
        running--;
      }
    },
    suspended: () => running > 0,
  };
}
