import type { ChangeSetChoice } from "../engine/deployment/plan.ts";
import type { Preview } from "../engine/deployment/preview.ts";
import type { Run } from "../engine/deployment/run.ts";
import type { Target } from "../engine/discovery.ts";
import type { CheckReport, CheckResult } from "../engine/preflight/check.ts";
import type { JsonObject, Path } from "../engine/schema.ts";

/** A deployment under way outside the screens – a Run – or one of the past read back; its `progress` holds all that is known. */
export interface WatchedDeployment extends Pick<Run, "progress" | "subscribe" | "stopWatching" | "cancel" | "answer" | "done"> {
  readonly id: string;
  /** Asks an AWS that was lost again now, not only when its time has come. */
  readonly askAgain?: () => void;
  /** The profile's name, or the stack's where there is no profile. */
  readonly profile: string;
  /** Read back from its record: nothing of it goes on here. */
  readonly past?: true;
  /** The profile as it was deployed, to edit and try again. */
  readonly snapshot?: JsonObject;
}

/** What the operator adds to a profile for one deployment. */
export interface DeployChoices {
  /** Versions of images, by container name: a tag, or a whole image. */
  readonly images: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  /** The change set that was shown and agreed to; executed once, a second attempt begins anew. */
  readonly changeSet?: ChangeSetChoice;
}

/** An explained error of a deployment, root cause first. */
export interface Explained {
  readonly title: string;
  readonly explanation: string;
  readonly steps: readonly string[];
  /** The lines of the container's log that say most; all of it is evidence. */
  readonly said?: readonly string[];
  /** What AWS said and the logs showed, verbatim, sanitised. */
  readonly evidence: readonly string[];
  /** The field to change. */
  readonly path?: Path;
  /** A consequence of another finding, folded away. */
  readonly consequence?: boolean;
  /** Not this deployment's: of an earlier attempt (the title begins with its date), or nothing tells whose. */
  readonly apart?: "earlier" | "unattributed";
}

/** A stack of ours that AWS is working on, whoever began it. */
export interface StackAtWork {
  readonly stackName: string;
  readonly status: string;
  /** Milliseconds since the epoch. */
  readonly since?: number;
  readonly target: Target;
  /** The saved profile it comes from, by its stack's name. */
  readonly profile?: string;
}

/** How deployments are begun, found again and explained. Rejects with ProblemError or UserError. */
export interface DeploymentPort {
  start(profile: JsonObject, choices: DeployChoices): Promise<WatchedDeployment>;
  /** Attaches to a deployment by its id, running or past. */
  attach(id: string): Promise<WatchedDeployment>;
  /** A deployment as its record has it, without asking AWS. */
  open?(id: string): Promise<WatchedDeployment>;
  /** The stacks of deployments that AWS is working on where `target` leads. */
  atWork?(target: Target, signal: AbortSignal): Promise<readonly StackAtWork[]>;
  /** Attaches to one of them, begun here or elsewhere. */
  attachStack?(stack: StackAtWork): Promise<WatchedDeployment>;
  /** Checks a profile, also an unfinished one, against the account; `onResult` hears of each check as it ends. */
  check?(profile: JsonObject, choices: DeployChoices, signal: AbortSignal, onResult?: (result: CheckResult) => void): Promise<CheckReport>;
  /** What a deployment of the profile would change. */
  preview(profile: JsonObject, choices: DeployChoices, signal: AbortSignal): Promise<Preview>;
  /** The same, its change set kept for `start` with `choices.changeSet`, or for `discard`. */
  propose?(profile: JsonObject, choices: DeployChoices, signal: AbortSignal): Promise<Preview>;
  /** Throws a proposal's change set away. */
  discard?(profile: JsonObject, choices: DeployChoices, proposal: Preview): Promise<void>;
  /** Continues the rollback that failed, leaving the resources `skip` (logical ids) as they are. */
  recover?(deployment: WatchedDeployment, skip: readonly string[]): Promise<WatchedDeployment>;
  /** Why a deployment failed. */
  explain(deployment: WatchedDeployment): readonly Explained[];
  /** The report of a deployment, to save or to send; secrets are masked. */
  report?(deployment: WatchedDeployment, format: "markdown" | "json"): string;
  /** The page of a stack in AWS's console. */
  consoleUrl?(deployment: WatchedDeployment): string | undefined;
}
