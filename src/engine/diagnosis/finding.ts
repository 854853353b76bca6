import type { Rootness } from "./catalogue/cause.ts";
import type { Attribution, LogTailEvidence } from "./evidence.ts";
import type { Explanation } from "./explain.ts";

/** Where a finding comes from. */
export type FindingKind = "apiError" | "validation" | "stackEvent" | "task" | "serviceEvent" | "serviceDeployment" | "target";

/** One message with what tells it apart. */
export interface Occurrence {
  /** Event id, task ARN, target: what it can be looked up by. */
  readonly ref: string;
  readonly at?: number;
  /** Every text of it, verbatim. */
  readonly messages: readonly string[];
}

/** Something that went wrong, or the echo of it. */
export interface Finding {
  readonly kind: FindingKind;
  /** The class of the catalogue; null: not known, then only the message speaks. */
  readonly id: string | null;
  /** `unknown` for a failure that the catalogue does not know: it may be the cause. */
  readonly rootness: Rootness | "unknown";
  readonly attribution: Attribution;
  /** What failed: `ServiceshopWeb (AWS::ECS::Service)`, `task 7c1e… container web exit 1`. */
  readonly subject: string;
  /** The message that says most, verbatim. */
  readonly message: string;
  readonly at?: number;
  readonly explanation?: Explanation;
  readonly container?: string;
  readonly exitCode?: number;
  /** The last lines of the container's log, of the sample. */
  readonly log?: readonly string[];
  /** All of them that are alike, the sample first. */
  readonly occurrences: readonly Occurrence[];
  /** Whether it only follows from another finding (or is none), so that it may be folded away. */
  readonly folded: boolean;
}

/** What was found, in the order in which it is worth reading. */
export interface Diagnosis {
  /** This deployment's: root causes, then unknown failures and symptoms, then what only follows. */
  readonly findings: readonly Finding[];
  /** Those of earlier attempts, newest first. */
  readonly earlier: readonly Finding[];
  /** Those of which nothing tells whose they are. */
  readonly unattributed: readonly Finding[];
  /** The finding to show first; absent when nothing failed. */
  readonly root?: Finding;
  /** Places in the profile worth looking at, the likeliest first. */
  readonly fields: readonly string[];
  /** What could not be looked at and why, each in a sentence: the cause may be there. */
  readonly unseen: readonly string[];
  /** The last lines of every container's log that was read, also of those whose finding shows another's as its sample. */
  readonly logs: readonly LogTailEvidence[];
}
