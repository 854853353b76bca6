import { UserError } from "../engine/problem.ts";
import type { Issue, JsonObject } from "../engine/schema.ts";
import { type Effective, effective, validate } from "../engine/values.ts";
import type { Io } from "./io.ts";
import { countIssues, sayIssues } from "./issues.ts";
import type { ProfileOptions } from "./options.ts";
import type { SourcedProfile } from "./profile-source.ts";
import { printableVariables, secretTexts, variableEntries, variablesOf } from "./variables.ts";

/** A profile read into the effective answers, with everything found wrong. */
export interface ReadStep {
  /** Absent when the file holds no profile at all. */
  readonly profile?: JsonObject;
  readonly effective?: Effective;
  readonly issues: readonly Issue[];
}

export const hasErrors = (issues: readonly Issue[]) => issues.some(({ severity }) => severity === "error");

/**
 * Reads a profile with its variables; `toPrint` keeps the expressions of sensitive ones. A variable without a value is an error for a deployment; otherwise a warning, because it may
 * still be given with `--var` then.
 */
export function readStep(
  source: Pick<SourcedProfile, "profile" | "issues">,
  options: ProfileOptions,
  how: { readonly forDeployment: boolean; readonly toPrint?: boolean },
): ReadStep {
  const { profile } = source;
  if (!profile) return { issues: source.issues };
  const reading = {
    variables: how.toPrint ? printableVariables(profile, options) : variablesOf(profile, options),
    sensitiveValues: secretTexts(profile, variableEntries(profile, options)),
  };
  const found = [...source.issues, ...validate(profile, reading)];
  const issues = how.forDeployment
    ? found
    : found.map((issue) => (issue.rule === "variable-missing" ? { ...issue, severity: "warning" as const } : issue));
  return { profile, effective: effective(profile, reading), issues };
}

/** Says the issues and ends the command with a UserError when there are errors; otherwise returns the step. */
export function mustBeValid(read: ReadStep, name: string, io: Io): { profile: JsonObject; effective: Effective } {
  sayIssues(io, read.issues);
  if (!read.profile || !read.effective || hasErrors(read.issues)) {
    throw new UserError(`${name} has ${countIssues(read.issues)}; nothing was done`, {
      hint: `Correct them in the file${read.profile ? `, or with ecs-wizard edit ${name}` : ""}.`,
    });
  }
  return { profile: read.profile, effective: read.effective };
}
