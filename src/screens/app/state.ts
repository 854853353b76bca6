import type { Identity, SourceState } from "../../engine/discovery.ts";
import type { CheckResult } from "../../engine/preflight/check.ts";
import type { Problem } from "../../engine/problem.ts";
import type { JsonObject, Path } from "../../engine/schema.ts";
import type { TextState } from "../../engine/text-editing.ts";
import type { WizardState } from "../../engine/wizard/state.ts";
import type { DeploymentView } from "../deployment/state.ts";
import type { Line } from "../ui/spans.ts";
import type { Tone } from "../ui/theme.tsx";
import type { AtWork } from "./at-work.ts";

/** An open form: the wizard, and where its answers came from. */
export interface Session {
  readonly wizard: WizardState;
  readonly draftId: string;
  /** The saved profile it belongs to, with the revision last seen. */
  readonly saved?: { readonly name: string; readonly revision: string; readonly profile: JsonObject };
  /** The profile as the draft holds it; another one is yet to be written. */
  readonly drafted?: JsonObject;
  /** What the form was opened with, unless with a draft: nothing is kept of it yet. */
  readonly began?: JsonObject;
  /** The profile of the deployment that failed: the one that the form was opened to mend, or the profile's last. */
  readonly failed?: JsonObject;
}

/** Who we are, as far as known. */
export type IdentityState =
  | { readonly status: "unknown" | "asking" }
  | { readonly status: "known"; readonly identity: Identity }
  | { readonly status: "failed"; readonly problem: Problem };

/** A picker that stands open on a field. */
export interface PickerOverlay {
  readonly type: "picker";
  readonly path: Path;
  readonly many: boolean;
  readonly filter: TextState;
  /** Index of the highlighted row. */
  readonly cursor: number;
  /** The value the highlight was moved to: it stays there while rows come in above. */
  readonly on?: string | undefined;
  /** The last key moved the highlight: a blank selects, instead of joining the filter. */
  readonly moved?: boolean;
  /** The repository whose tags are shown. */
  readonly repository?: string;
}

/** What the checks of the review came to, so far. */
export interface ReviewChecks {
  /** By all that their answers depend on. */
  readonly key: string;
  readonly running: boolean;
  readonly results: readonly CheckResult[];
  /** Why nothing could be checked. */
  readonly problem?: Problem;
}

/** The options of a choice. */
export interface ChoiceOverlay {
  readonly type: "choice";
  readonly path: Path;
  readonly cursor: number;
}

/** A question with a few answers, each a key. */
export interface ConfirmOverlay {
  readonly type: "confirm";
  readonly title: string;
  readonly lines: readonly string[];
  /** The first line shown, where there is no room for all. */
  readonly offset?: number;
  readonly answers: readonly { readonly keys: readonly string[]; readonly label: string; readonly run: () => void }[];
  /** It is asked of somebody who pressed Ctrl+C: once more leaves at once. */
  readonly leaving?: boolean;
}

/** A question with a text as its answer. */
export interface PromptOverlay {
  readonly type: "prompt";
  readonly title: string;
  readonly help: string;
  readonly text: TextState;
  readonly multiline?: boolean;
  /** Its letters are never shown. */
  readonly mask?: boolean;
  /** Rows shown under the help: what there is to choose from. */
  readonly rows?: readonly string[];
  /** By which a prompt is found again while its rows come in. */
  readonly id?: string;
  /** Completed by Tab, in turn. */
  readonly suggestions?: readonly string[];
  /** Returns what is wrong, or undefined when the answer was taken. */
  readonly submit: (text: string) => string | undefined;
  readonly error?: string;
}

/** A text to copy or to write to a file; `json`: the same as JSON, for a file whose name says so. */
export interface ToKeep {
  readonly text: string;
  readonly file: string;
  readonly json?: string;
}

/** Something to read, page by page. */
export interface ViewerOverlay {
  readonly type: "viewer";
  readonly title: string;
  readonly lines: readonly Line[];
  readonly offset: number;
  /** What `y` copies and `w` writes to a file of that name. */
  readonly copy?: ToKeep;
  /** What can be answered to it, each with its keys. */
  readonly answers?: ConfirmOverlay["answers"];
}

export type Overlay =
  | PickerOverlay
  | ChoiceOverlay
  | ConfirmOverlay
  | PromptOverlay
  | ViewerOverlay
  | { readonly type: "search"; readonly filter: TextState; readonly cursor: number }
  | { readonly type: "sections"; readonly cursor: number }
  | { readonly type: "vpc"; readonly cursor: number }
  | { readonly type: "help"; readonly offset: number };

/** Which screen is shown. */
export type Screen = "home" | "wizard" | "profiles" | "history" | "deployment";

/** A word at the bottom until the next key. */
export interface Toast {
  readonly text: string;
  readonly tone: Tone;
}

/** The profile where no form is open; one object, so that what it comes to is worked out once. */
export const noProfile: JsonObject = {};

/** Everything that is on the screen, as plain data. */
export interface AppState {
  readonly screen: Screen;
  readonly session?: Session;
  /** Open overlays, the one with the keys last. */
  readonly overlays: readonly Overlay[];
  readonly identity: IdentityState;
  /** Answers of discovery by the key of their query. */
  readonly found: ReadonlyMap<string, SourceState>;
  /** The VPC chosen by hand, where none can be inferred. */
  readonly vpcId?: string;
  readonly toast?: Toast;
  readonly size: { readonly columns: number; readonly rows: number };
  /** Milliseconds since the epoch, moving while somebody looks at a clock. */
  readonly now: number;
  /** The highlighted line of the list screens. */
  readonly homeCursor: number;
  readonly profilesCursor: number;
  /** What was deleted last from a list, and how it comes back. */
  readonly deleted?: { readonly name: string; readonly putBack: () => void };
  readonly profilesFilter: TextState;
  readonly historyCursor: number;
  readonly historyFilter: TextState;
  /** The home screen shows every draft. */
  readonly allDrafts: boolean;
  /** What AWS is working on, by target. */
  readonly atWork: ReadonlyMap<string, AtWork>;
  readonly reviewOffset: number;
  /** The highlighted problem of the review. */
  readonly reviewCursor: number;
  readonly checks?: ReviewChecks;
  /** Grows when the checks are to be made again. */
  readonly checking: number;
  readonly deployment?: DeploymentView;
  /** Grows when AWS is to be asked again who we are. */
  readonly asking: number;
  /** Changes when files changed: lists are read again. */
  readonly reading: number;
}
