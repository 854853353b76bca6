/** What all reports of a diagnosis say alike. */
import { sanitizeLine } from "../sanitize.ts";
import type { Finding } from "./finding.ts";

/** What a report says besides the diagnosis. */
export interface ReportOptions {
  /** e.g. `shop-web`. */
  readonly profile?: string;
  /** The deployment's id in the history. */
  readonly deployment?: string;
  readonly stackName?: string;
  readonly region?: string;
  readonly cluster?: string;
  readonly account?: string;
  /** The scenario, where the account is simulated. */
  readonly sandbox?: string;
  /** ISO 8601 in UTC. */
  readonly startedAt?: string;
  readonly outcome?: string;
  /** Why what is known is not all. */
  readonly incomplete?: string;
  /** Values that must not appear. */
  readonly secrets?: Iterable<string>;
}

/** A time in milliseconds as people read it, e.g. `2026-11-28 18:54:59 UTC`; empty where there is none. */
export const when = (at: number | undefined): string =>
  at === undefined ? "" : `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;

/** How often it happened, e.g. `3 ×`; empty for once. */
export const times = ({ occurrences }: Finding): string => (occurrences.length > 1 ? `${occurrences.length} ×` : "");

/** What a finding is called. */
export const title = (finding: Finding): string => sanitizeLine(finding.explanation?.title ?? "Not known to the catalogue");

/** An explanation's texts, each on a line: they hold values from outside. */
export function wordsOf({ explanation }: Finding): {
  readonly cause: string;
  readonly fix: readonly string[];
  readonly fields: readonly string[];
} {
  const { cause = "", fix = [], fields = [] } = explanation ?? {};
  return { cause: sanitizeLine(cause), fix: fix.map(sanitizeLine), fields: fields.map(sanitizeLine) };
}
