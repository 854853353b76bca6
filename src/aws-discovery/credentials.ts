import type { STSClientConfig } from "@aws-sdk/client-sts";
import type { Target } from "../engine/discovery.ts";
import { ProblemError } from "../engine/problem.ts";
import { explainMissingCredentials } from "./missing-credentials.ts";

/** How the SDK asks for credentials. */
export type CredentialProvider = Extract<NonNullable<STSClientConfig["credentials"]>, (...args: never[]) => unknown>;
type Credentials = Awaited<ReturnType<CredentialProvider>>;

/** Asks the operator for the code of an MFA device; rejects to give up. */
export type AskMfa = (serial: string) => Promise<string>;

/** What calls made for credentials (STS, SSO) share with all other calls. */
export interface CallerConfig {
  readonly region: string;
  readonly endpoint?: string;
}

/** The SDK warns on the console otherwise, in the middle of the screen. */
export const silentLogger = { debug() {}, info() {}, warn() {}, error() {} };

const refreshBeforeMs = 5 * 60_000;

/** Shares credentials among clients: one look-up at a time, renewed five minutes before they expire; a failure is not kept. */
export function shareCredentials(provider: CredentialProvider): CredentialProvider {
  let known: Credentials | undefined;
  let asking: Promise<Credentials> | undefined;
  const fresh = () => known && (!known.expiration || known.expiration.getTime() - Date.now() > refreshBeforeMs);
  return async (properties) => {
    if (known && fresh()) return known;
    asking ??= provider(properties).finally(() => {
      asking = undefined;
    });
    known = await asking;
    return known;
  };
}

/**
 * The credentials of a target: the SDK's chain (environment, SSO, profile, process, web identity, container, instance)
 * with the named profile, then the assumed role. A chain that finds nothing rejects with the reason as ProblemError.
 */
export function credentialsOf(target: Target, caller: CallerConfig, askMfa: AskMfa | undefined): CredentialProvider {
  const { awsProfile, assumeRole } = target;
  const common = { ...(askMfa ? { mfaCodeProvider: askMfa } : {}), clientConfig: { ...caller }, logger: silentLogger };
  const chain: CredentialProvider = async (properties) => {
    const { fromNodeProviderChain } = await import("@aws-sdk/credential-providers");
    // A file changed since the last try (a login, a corrected profile) must count.
    const provider = fromNodeProviderChain({ ...common, ignoreCache: true, ...(awsProfile ? { profile: awsProfile } : {}) });
    try {
      return await provider(properties);
    } catch (error) {
      const problem = await explainMissingCredentials(error, target);
      throw problem ? new ProblemError(problem) : error;
    }
  };
  if (!assumeRole) return shareCredentials(chain);
  const base = shareCredentials(chain);
  const { roleArn, sessionName, externalId, durationSeconds } = assumeRole;
  return shareCredentials(async (properties) => {
    const { fromTemporaryCredentials } = await import("@aws-sdk/credential-providers");
    const provider = fromTemporaryCredentials({
      ...common,
      masterCredentials: base,
      params: {
        RoleArn: roleArn,
        RoleSessionName: sessionName ?? "ecs-wizard",
        ...(externalId ? { ExternalId: externalId } : {}),
        ...(durationSeconds ? { DurationSeconds: durationSeconds } : {}),
      },
    });
    return await provider(properties);
  });
}
