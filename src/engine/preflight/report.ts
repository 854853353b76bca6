/** What the checks found, as issues of the profile. */
import { counted } from "../rules/text.ts";
import type { Issue } from "../schema.ts";
import { sections } from "../sections/index.ts";
import type { CheckResult, Untold } from "./check.ts";

/** Everything found, and what could not be checked as warnings; what was not to be expected to be checked is left out. In the order of the sections. */
export function issuesOf(results: readonly CheckResult[]): readonly Issue[] {
  const rank = new Map(sections.map(({ key }, at) => [key, at]));
  const place = ({ path }: Issue) => rank.get(String(path[0])) ?? -1;
  return results.flatMap((result) => [...result.issues, ...untoldIssues(result)]).toSorted((a, b) => place(a) - place(b));
}

/** What is predicted to fail, or to go wrong. */
export function foundIssues(results: readonly CheckResult[]): readonly Issue[] {
  return issuesOf(results.map((result) => ({ ...result, untold: [] })));
}

function untoldIssues({ id, claim, untold }: CheckResult): readonly Issue[] {
  return untold
    .filter(({ quiet }) => !quiet)
    .map(({ path, reason, hint }) => ({
      path,
      severity: "warning",
      rule: id,
      message: `Not checked: ${reason}. It is not known whether ${claim}.`,
      hint,
    }));
}

/** Why some checks could not tell, and which these are by their ids. */
export interface UntoldReason extends Pick<Untold, "reason" | "quiet" | "permission"> {
  readonly checks: readonly string[];
}

/** Why some things were not checked, each reason once; the expected ones last. */
export function untoldReasons(results: readonly CheckResult[]): readonly UntoldReason[] {
  const all = results.flatMap(({ id, untold }) => untold.map((one) => ({ ...one, id })));
  return [...Map.groupBy(all, ({ reason }) => reason)]
    .map(([reason, some]) => {
      const { permission } = some[0] ?? {};
      return { reason, quiet: some.every(({ quiet }) => quiet), checks: some.map(({ id }) => id), ...(permission ? { permission } : {}) };
    })
    .toSorted((a, b) => Number(a.quiet) - Number(b.quiet));
}

/** `2 checks predict a failure`; empty where none does. */
export const predictionText = (failures: number): string =>
  failures === 0 ? "" : `${counted(failures, "check")} predict${failures === 1 ? "s" : ""} a failure`;

/** How many checks found nothing, and could tell of all they looked at. */
export function passed(results: readonly CheckResult[]): number {
  return results.filter(({ issues, untold, moot }) => issues.length === 0 && untold.length === 0 && !moot).length;
}
