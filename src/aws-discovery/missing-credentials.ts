import type { Target } from "../engine/discovery.ts";
import type { Problem } from "../engine/problem.ts";
import { sanitizeLine } from "../engine/sanitize.ts";
import { profileInUse, readSharedProfiles } from "./shared-config.ts";
import { awsCommand } from "./support/aws-command.ts";

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
  const detail = sanitizeLine(text);
  const base = { kind: "credentials", code: "CredentialsProviderError", detail } as const;
  const named = target.awsProfile || process.env["AWS_PROFILE"];
  const name = profileInUse(target.awsProfile);
  const profiles = await readSharedProfiles();
  const profile = profiles.get(name);
  const shown = sanitizeLine(name);
  if (named && !profile) {
    const known = [...profiles.keys()].map(sanitizeLine);
    return {
      ...base,
      message: `There is no AWS profile named ${shown}${target.awsProfile ? "" : " (it is set in AWS_PROFILE)"}.`,
      hint: known.length > 0 ? `Choose one of: ${list(known)}.` : "No profiles are configured yet; the command makes one.",
      command: known.length > 0 ? "aws configure list-profiles" : awsCommand("configure sso", shown),
    };
  }
  const { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret } = process.env;
  if (!named && (key === undefined) !== (secret === undefined)) {
    const [there, missing] = key ? ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] : ["AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"];
    return { ...base, message: `${there} is set but ${missing} is not.`, hint: `Set ${missing} too, or unset ${there} to use a profile.` };
  }
  if (profile?.["source_profile"] && !profiles.has(profile["source_profile"])) {
    const source = sanitizeLine(profile["source_profile"]);
    return {
      ...base,
      message: `The AWS profile ${shown} takes its credentials from the profile ${source}, which does not exist.`,
      hint: `Correct source_profile of ${shown} in the AWS configuration file, or add the profile ${source}.`,
    };
  }
  if (profile?.["credential_process"]) {
    return {
      ...base,
      message: `The command that gives the AWS profile ${shown} its credentials failed.`,
      hint: `Run the profile's credential_process by hand to see why: ${sanitizeLine(profile["credential_process"])}`,
    };
  }
  if (named && profile) {
    return {
      ...base,
      message: `The AWS profile ${shown} holds no usable credentials.`,
      hint: "Add keys, a role or an SSO session to it; the AWS command line says more.",
      command: awsCommand("sts get-caller-identity", shown),
    };
  }
  return {
    ...base,
    message: "No AWS credentials were found.",
    hint: "Sign in with aws configure sso (or aws configure), set AWS_PROFILE, or try everything without an account with --sandbox.",
    command: "aws configure sso",
  };
}
