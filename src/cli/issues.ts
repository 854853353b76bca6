import { sanitize } from "../engine/sanitize.ts";
import { formatPath, type Issue } from "../engine/schema.ts";
import type { Io } from "./io.ts";

/** An issue as the JSON documents of `validate` and `check` hold it. */
export const issueJson = ({ path, severity, rule, message, hint }: Issue) => ({ path: formatPath(path), severity, rule, message, hint });

/** Says issues on stderr, errors first: place, what is wrong, and what to do. */
export function sayIssues(io: Io, issues: readonly Issue[]): void {
  for (const severity of ["error", "warning"] as const) {
    for (const issue of issues.filter((one) => one.severity === severity)) {
      const place = formatPath(issue.path);
      io.say(`${severity === "error" ? "✗" : "!"} ${place === "" ? "" : `${place}: `}${sanitize(issue.message)}`);
      if (issue.hint) io.say(`    → ${sanitize(issue.hint)}`);
    }
  }
}

/** `2 errors, 1 warning`. */
export function countIssues(issues: readonly Issue[]): string {
  const count = (severity: Issue["severity"], word: string) => {
    const n = issues.filter((issue) => issue.severity === severity).length;
    return n === 0 ? [] : [`${n} ${word}${n === 1 ? "" : "s"}`];
  };
  return [...count("error", "error"), ...count("warning", "warning")].join(", ");
}
