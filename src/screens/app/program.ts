import { createStore, type Store } from "../../engine/store.ts";
import { textState } from "../../engine/text-editing.ts";
import type { WizardAction } from "../../engine/wizard/reduce.ts";
import { reduceWizard } from "../../engine/wizard/reduce.ts";
import type { About, Ports } from "../ports.ts";
import type { Tone } from "../ui/theme.tsx";
import type { AppState, Overlay, Session } from "./state.ts";

/** How the program ended: lines for the normal screen, and the exit code. */
export interface ExitInfo {
  readonly outcome: readonly string[];
  readonly exitCode: number;
  /** The operator wants to go on in the simulated account. */
  readonly next?: "sandbox";
}

/** What only the terminal can do; given by the running Ink instance. */
export interface Terminal {
  exit(info: ExitInfo): void;
  /** Ends the program over a bug: the terminal is restored and `runApp` rejects with it. */
  fail(error: unknown): void;
  /** Releases the terminal to another program while `work` runs. */
  suspend(work: () => Promise<void>): Promise<void>;
  /** Writes control sequences that draw nothing: title, bell, clipboard. */
  write(sequence: string): void;
}

/** The running program: state, world and terminal, for everything that handles keys. */
export interface Program {
  readonly ports: Ports;
  readonly about: About;
  readonly terminal: Terminal;
  readonly store: Store<AppState, (state: AppState) => AppState>;
  state(): AppState;
  update(change: (state: AppState) => AppState): void;
  /** Something happens to the open form. */
  wizard(action: WizardAction): void;
  setSession(change: (session: Session) => Session): void;
  /** Opens an overlay over the others. */
  open(overlay: Overlay): void;
  /** Closes the overlay on top. */
  close(): void;
  /** Changes the overlay on top. */
  change<O extends Overlay>(overlay: O, patch: Partial<O>): void;
  /** Shows a word until the next key. */
  say(text: string, tone?: Tone): void;
}

/** The state before anything has happened. */
export function initialState(now: number, size: AppState["size"]): AppState {
  return {
    screen: "home",
    overlays: [],
    identity: { status: "unknown" },
    found: new Map(),
    size,
    now,
    homeCursor: 0,
    profilesCursor: 0,
    profilesFilter: textState(""),
    historyCursor: 0,
    historyFilter: textState(""),
    allDrafts: false,
    atWork: new Map(),
    reviewOffset: 0,
    reviewCursor: -1,
    checking: 0,
    reading: 0,
    asking: 0,
  };
}

/** Builds the program around its world; nothing runs yet. */
export function createProgram(ports: Ports, about: About, terminal: Terminal, initial: AppState): Program {
  const store = createStore<AppState, (state: AppState) => AppState>((state, change) => change(state), initial);
  const program: Program = {
    ports,
    about,
    terminal,
    store,
    state: store.getState,
    update: store.dispatch,
    wizard: (action) => program.setSession((session) => withWizard(session, reduceWizard(ports.form, session.wizard, action))),
    setSession: (change) => store.dispatch((state) => (state.session ? withSession(state, change(state.session)) : state)),
    open: (overlay) => store.dispatch((state) => ({ ...state, overlays: [...state.overlays, overlay] })),
    close: () => store.dispatch((state) => ({ ...state, overlays: state.overlays.slice(0, -1) })),
    change: (overlay, patch) =>
      store.dispatch((state) => ({
        ...state,
        overlays: state.overlays.map((one) => (one === overlay ? { ...one, ...patch } : one)) as Overlay[],
      })),
    say: (text, tone = "plain") => store.dispatch((state) => ({ ...state, toast: { text, tone } })),
  };
  return program;
}

function withWizard(session: Session, wizard: Session["wizard"]): Session {
  return wizard === session.wizard ? session : { ...session, wizard };
}

function withSession(state: AppState, session: Session): AppState {
  if (session === state.session) return state;
  const entered = session.wizard.level.length === 0 && (state.session?.wizard.level.length ?? 0) > 0;
  // The review is read from its top, where the problems stand.
  return { ...state, session, ...(entered ? { reviewOffset: 0 } : {}) };
}

/** The state without the word at the bottom. */
export function withoutToast(state: AppState): AppState {
  if (!state.toast) return state;
  const { toast: _, ...rest } = state;
  return rest;
}
