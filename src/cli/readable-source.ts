import { UserError } from "../engine/problem.ts";
import type { Io } from "./io.ts";
import { issueJson } from "./issues.ts";
import type { ProfileOptions } from "./options.ts";
import { type SourcedProfile, sourceProfile } from "./profile-source.ts";

/** The source of a profile for a document `{valid, issues}`: that it cannot be read is an issue of the whole in it, too. Throws a UserError. */
export function readableSource(name: string, options: ProfileOptions, io: Io): SourcedProfile {
  try {
    return sourceProfile(name, options);
  } catch (error) {
    if (options.json && error instanceof UserError) {
      const { message, hint = "" } = error;
      io.json({ valid: false, issues: [issueJson({ path: [], severity: "error", rule: "readable", message, hint })] });
    }
    throw error;
  }
}
