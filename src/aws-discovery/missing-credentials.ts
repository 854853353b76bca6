import type { Target } from "../engine/discovery.ts";
import type { Problem } from "../engine/problem.ts";
import { sanitizeLine } from "../engine/sanitize.ts";
import { problemOf } from "./problems.ts";
import { profileInUse, readSharedProfiles, shownProcess } from "./shared-config.ts";

const list = (names: readonly string[]) =>
  names.length > 8 ? `${names.slice(0, 8).join(", ")} and ${names.length - 8} more` : names.join(", ");

/**
 * Why the SDK's chain found no credentials, told from the environment and the shared configuration files: the SDK's one
 * sentence covers an unknown profile, a broken source profile, a failing credential_process and half-set keys alike.
 * Undefined when the error says more by itself.
 */
export async function explainMissingCredentials(error: unknown, target: Target): Promise<Problem | undefined> {
  const text = error instanceof Error ? error.message : String(error);
  if (!/Could not load credentials from any providers|Could not resolve credentials using profile/i.test(text)) return undefined;
  const seen = { code: "CredentialsProviderError", detail: sanitizeLine(text) };
  const named = target.awsProfile || process.env["AWS_PROFILE"];
  const name = profileInUse(target.awsProfile);
  const profiles = await readSharedProfiles();
  const profile = profiles.get(name);
  const awsProfile = sanitizeLine(name);
  if (named && !profile) {
    const knownProfiles = list([...profiles.keys()].map(sanitizeLine));
    return {
      ...seen,
      ...problemOf("aws-profile-unknown", { awsProfile, knownProfiles, setIn: target.awsProfile ? undefined : "AWS_PROFILE" }),
    };
  }
  const { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret } = process.env;
  if (!named && (key === undefined) !== (secret === undefined)) {
    const [present, absent] = key ? ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] : ["AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"];
    return { ...seen, ...problemOf("credentials-half-set", { present, absent }) };
  }
  const source = profile?.["source_profile"];
  if (source && !profiles.has(source))
    return { ...seen, ...problemOf("source-profile-missing", { awsProfile, sourceProfile: sanitizeLine(source) }) };
  const giver = profile?.["credential_process"];
  if (giver) return { ...seen, ...problemOf("credential-process-failed", { awsProfile, credentialProcess: shownProcess(giver) }) };
  return { ...seen, ...(named && profile ? problemOf("profile-without-credentials", { awsProfile }) : problemOf("creds-none", {})) };
}
