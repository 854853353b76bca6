import type { Profile } from "@smithy/shared-ini-file-loader";
import { sanitizeLine } from "../engine/sanitize.ts";

/** Profiles by name: the settings of the shared configuration file joined with those of the credentials file. */
export type SharedProfiles = ReadonlyMap<string, Profile>;

/** Reads `~/.aws/config` and `~/.aws/credentials` (or the files of AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE); missing files hold nothing. */
export async function readSharedProfiles(): Promise<SharedProfiles> {
  const { loadSharedConfigFiles } = await import("@smithy/shared-ini-file-loader");
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const isSection = (name: string) => /^(sso-session|services)\./.test(name);
  const names = [...Object.keys(configFile), ...Object.keys(credentialsFile)].filter((name) => !isSection(name));
  return new Map([...new Set(names)].map((name) => [name, { ...configFile[name], ...credentialsFile[name] }]));
}

/** The profile in use: the target's, that of AWS_PROFILE, or `default`. */
export const profileInUse = (awsProfile: string | undefined): string => awsProfile || process.env["AWS_PROFILE"] || "default";

/** Whether the keys of the environment are in use: they win over the default profile, not over one that is named. */
export function usesEnvironmentKeys(awsProfile: string | undefined): boolean {
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID } = process.env;
  return !awsProfile && !AWS_PROFILE && AWS_ACCESS_KEY_ID !== undefined && AWS_ACCESS_KEY_ID !== "";
}

/**
 * The profile whose credentials a role with MFA is taken on with; undefined without such a role in use. The SDK looks it up while
 * the code is asked for and leaves its failure unhandled then, which would end the program: who uses it tries it first.
 */
export async function mfaSource(awsProfile: string | undefined): Promise<string | undefined> {
  if (usesEnvironmentKeys(awsProfile)) return undefined;
  const profiles = await readSharedProfiles();
  const profile = profiles.get(profileInUse(awsProfile));
  const source = profile?.["mfa_serial"] ? profile["source_profile"] : undefined;
  return source && !profiles.get(source)?.["mfa_serial"] ? source : undefined;
}

/** A credential_process as it may be shown and kept: its arguments may hold a secret. */
export const shownProcess = (command: string): string => sanitizeLine(command.trim()).replace(/^("[^"]*"|\S+)\s.*$/, "$1 …");

/** The region in use: the target's, that of AWS_REGION or AWS_DEFAULT_REGION, or the profile's; undefined when nothing says. */
export async function regionInUse(target: {
  readonly region?: string | undefined;
  readonly awsProfile?: string | undefined;
}): Promise<string | undefined> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  // A profile named on purpose knows its region better than the environment does.
  const ofProfile = async () => (await readSharedProfiles()).get(profileInUse(target.awsProfile))?.["region"];
  const named = target.region || (target.awsProfile ? await ofProfile() : undefined);
  return named || AWS_REGION || AWS_DEFAULT_REGION || (await ofProfile()) || undefined;
}
