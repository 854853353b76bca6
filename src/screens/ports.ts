/** What the screens ask of the world; the command line brings the real things, tests bring their own. */
import type { Discovery, Target } from "../engine/discovery.ts";
import type { JsonObject } from "../engine/schema.ts";
import type { Form } from "../engine/wizard/form.ts";
import type { DeploymentPort } from "./deployment-port.ts";

/** A saved profile; `broken` says why its file cannot be read, the file stays as it is. Times are milliseconds since the epoch. */
export interface SavedProfile {
  readonly name: string;
  readonly path: string;
  /** Changes with every change of the file. */
  readonly revision: string;
  readonly savedAt: number;
  readonly profile?: JsonObject;
  readonly broken?: string;
}

/** The saved profiles. Throws UserError when the folder cannot be used. */
export interface Profiles {
  list(): readonly SavedProfile[];
  read(name: string): SavedProfile | undefined;
  /** Saves unless the file's revision is another than `expected` (null: there must be none; undefined: over whatever is there). */
  save(
    name: string,
    profile: JsonObject,
    expected?: string | null,
  ): { readonly status: "saved"; readonly saved: SavedProfile } | { readonly status: "conflict"; readonly current: SavedProfile };
  /** Returns how to put the file back as it was. Throws UserError when it cannot. */
  remove(name: string): () => void;
  /** The text of the profile's file. */
  print(profile: JsonObject, format: "yaml" | "json"): string;
  /** Reads a profile file by its path. */
  readFile(path: string): Promise<SavedProfile>;
}

/** An unfinished form. */
export interface Draft {
  readonly id: string;
  readonly savedAt: number;
  readonly profile: JsonObject;
  /** The saved profile it began from, and its revision then. */
  readonly from?: { readonly name: string; readonly revision: string };
  /** Where the form stood: a formatted path; empty for the review. */
  readonly place?: string;
}

/** The drafts, kept side by side. `save` writes at once; the program debounces. */
export interface Drafts {
  list(): readonly Draft[];
  save(draft: Draft): void;
  remove(id: string): void;
}

/** A deployment as it is remembered. Times are milliseconds since the epoch. */
export interface PastDeployment {
  readonly id: string;
  readonly profile: string;
  readonly stackName: string;
  readonly status: "running" | "succeeded" | "unchanged" | "failed" | "timedOut" | "notWaited" | "cancelled" | "interrupted";
  readonly startedAt: number;
  readonly finishedAt?: number;
  readonly region?: string;
  /** It happened in the other world than the one at hand: in the sandbox, or in a real account. */
  readonly elsewhere?: "sandbox" | "real account";
  /** One sentence: how it ended, or why it failed. */
  readonly message?: string;
  /** Of a failure: its root cause in a few words. */
  readonly cause?: string;
  /** What was done; absent: a deployment. */
  readonly activity?: "deploy" | "delete" | "watch";
}

/** What a record keeps to be used again; secret values are left out. */
export interface KeptDeployment {
  /** The profile as it was deployed: its images with their versions, the values of its variables. */
  readonly profile?: JsonObject;
  /** The CloudFormation template, YAML. */
  readonly template?: string;
}

/** The remembered deployments, newest first. */
export interface History {
  list(): readonly PastDeployment[];
  /** The profile as it was deployed when it last succeeded in this world, sandbox or real account, its images with their versions. */
  lastDeployed?(profile: string): JsonObject | undefined;
  /** The profile of its last deployment in this world, where that failed: what is changed since then may be the remedy. */
  lastFailed?(profile: string): JsonObject | undefined;
  record?(id: string): KeptDeployment | undefined;
}

/** What a profile comes to besides its answers: names, template, cost. Pure; made of the engine by the command line. */
export interface Outlook {
  /** Generated names with their labels: stack, service, task definition, … */
  names(profile: JsonObject): readonly { readonly label: string; readonly value: string }[];
  /** The CloudFormation template as YAML. */
  template(profile: JsonObject): string;
  /** One line: the estimated cost a month, with the date of its prices; undefined when not known. */
  cost?(profile: JsonObject): string | undefined;
}

/** Everything the screens need. */
export interface Ports {
  readonly form: Form;
  readonly outlook: Outlook;
  readonly discovery: Discovery;
  readonly profiles: Profiles;
  readonly drafts: Drafts;
  readonly history: History;
  readonly deployments: DeploymentPort;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** An id nobody else has. */
  readonly newId: () => string;
  /** Lets a person edit a text in `$EDITOR`; undefined when there is no editor or nothing was changed. */
  readonly editText?: (text: string, ending: string) => Promise<string | undefined>;
  /** Runs a command that fixes credentials (e.g. `aws sso login`) in the released terminal; undefined: not possible here. */
  readonly runCommand?: (command: string) => Promise<void>;
  /** Whether such a command is there to be run; absent: it is. */
  readonly canRun?: (command: string) => boolean;
  /** Gives the code of an MFA device to the next sign-in that needs it; undefined: not possible here. */
  readonly giveMfaCode?: (serial: string, code: string) => void;
  /** Writes a text to a file; rejects with UserError. Returns its full path. */
  readonly writeFile: (path: string, text: string) => Promise<string>;
}

/** What the screens know of the program itself. */
export interface About {
  readonly version: string;
  /** The sandbox's scenario, when the account is simulated. */
  readonly sandbox?: string;
  /** What the command line said about the target, for fields left empty. */
  readonly target?: Target;
  /** The command as typed before the sub-command, for the equivalent command line, e.g. `ecs-wizard --sandbox`. */
  readonly command: string;
}
