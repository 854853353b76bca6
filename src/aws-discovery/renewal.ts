import type { Target } from "../engine/discovery.ts";
import { sanitizeLine } from "../engine/sanitize.ts";
import { profileInUse, readSharedProfiles, type SharedProfiles, shownProcess, usesEnvironmentKeys } from "./shared-config.ts";

/** How the expired credentials of a profile are renewed, as values of the catalogue's texts. */
export interface Renewal {
  /** The command of the AWS command line that signs in, and the profile it is for, unless that is the default one. */
  readonly signIn?: "sso login" | "login";
  readonly holder?: string;
  /** The command that gives them. */
  readonly credentialProcess?: string;
  /** Where they are written by hand or by another tool. */
  readonly keysFile?: string;
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
  if (usesEnvironmentKeys(awsProfile)) return undefined;
  const profiles = await readSharedProfiles().catch((): SharedProfiles => new Map());
  const name = holderOf(profiles, profileInUse(awsProfile));
  const profile = profiles.get(name);
  if (!profile) return undefined;
  const holder = name === "default" ? {} : { holder: sanitizeLine(name) };
  if (profile["sso_session"] || profile["sso_start_url"]) return { signIn: "sso login", ...holder };
  if (profile["login_session"]) return { signIn: "login", ...holder };
  if (profile["credential_process"]) return { credentialProcess: shownProcess(profile["credential_process"]) };
  return { keysFile: "the credentials file" };
}
