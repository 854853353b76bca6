import type { Target } from "../engine/discovery.ts";
import { sanitizeLine } from "../engine/sanitize.ts";
import { profileInUse, readSharedProfiles, type SharedProfiles } from "./shared-config.ts";
import { awsCommand } from "./support/aws-command.ts";

/** How the expired credentials of a profile are renewed: in words, and by which command where one does it. */
export interface Renewal {
  readonly hint: string;
  readonly command?: string;
}

const errorCodes = new Set(["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"]);

/** Whether AWS says that the credentials of a call have expired. */
export const isExpiry = (error: unknown): boolean => {
  const { name, Code } = (error ?? {}) as { name?: unknown; Code?: unknown };
  return errorCodes.has(String(name)) || errorCodes.has(String(Code));
};

/** The profile that holds the credentials in the end: roles take them from others. */
function holderOf(profiles: SharedProfiles, name: string): string {
  let holder = name;
  for (const seen = new Set<string>(); !seen.has(holder); ) {
    seen.add(holder);
    holder = profiles.get(holder)?.["source_profile"] ?? holder;
  }
  return holder;
}

/** What renews the credentials of the target's profile, by where the shared configuration says they come from; undefined for the environment's keys and without such a profile. */
export async function renewalOf({ awsProfile }: Target): Promise<Renewal | undefined> {
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID } = process.env;
  if (!awsProfile && !AWS_PROFILE && AWS_ACCESS_KEY_ID) return undefined;
  const profiles = await readSharedProfiles().catch((): SharedProfiles => new Map());
  const name = holderOf(profiles, profileInUse(awsProfile));
  const profile = profiles.get(name);
  if (!profile) return undefined;
  const retry = "then retry: everything entered stays.";
  if (profile["sso_session"] || profile["sso_start_url"])
    return { hint: `Sign in again, ${retry}`, command: awsCommand("sso login", name) };
  if (profile["login_session"]) return { hint: `Sign in again, ${retry}`, command: awsCommand("login", name) };
  if (profile["credential_process"])
    return {
      hint: `Sign in with the tool that gives them, ${retry} The profile's credential_process is: ${sanitizeLine(profile["credential_process"])}`,
    };
  return { hint: `They stand in the credentials file: let the tool that issued them write new ones, or put new keys there, ${retry}` };
}
