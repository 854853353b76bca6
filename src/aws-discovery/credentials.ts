import type { STSClientConfig } from "@aws-sdk/client-sts";
import type { Target } from "../engine/discovery.ts";
import { ProblemError } from "../engine/problem.ts";
import { noteCall } from "./call-notes.ts";
import { type AskMfa, withMfa } from "./mfa.ts";
import { explainMissingCredentials } from "./missing-credentials.ts";
import { requestHandler } from "./request-handler.ts";
import { mfaSource, profileInUse } from "./shared-config.ts";

/** How the SDK asks for credentials. */
export type CredentialProvider = Extract<NonNullable<STSClientConfig["credentials"]>, (...args: never[]) => unknown>;
type Credentials = Awaited<ReturnType<CredentialProvider>>;

/** What calls made for credentials (STS, SSO) share with all other calls. */
export interface CallerConfig {
  readonly region: string;
  readonly endpoint?: string;
}

/** The SDK warns on the console otherwise, in the middle of the screen. */
export const silentLogger = { debug() {}, info() {}, warn() {}, error() {} };

const refreshBeforeMs = 5 * 60_000;

/** Shares credentials among clients: one look-up at a time, renewed five minutes before they expire, used to their end when that fails; a failure is not kept. */
export function shareCredentials(provider: CredentialProvider): CredentialProvider {
  let known: Credentials | undefined;
  let asking: Promise<Credentials> | undefined;
  const fresh = () => known && (!known.expiration || known.expiration.getTime() - Date.now() > refreshBeforeMs);
  return async (properties) => {
    if (known && fresh()) return known;
    asking ??= provider(properties).finally(() => {
      asking = undefined;
    });
    try {
      known = await asking;
    } catch (error) {
      if (!known?.expiration || known.expiration.getTime() <= Date.now()) throw error;
    }
    return known;
  };
}

/** The credentials of every target in use, read once each. */
export interface CredentialStore {
  /** The credentials of a target, shared by equal profiles and roles whatever the region: an MFA code is typed once. */
  of(target: Target, caller: CallerConfig): CredentialProvider;
  /** Forgets credentials that were refused, unless others took their place: the next ones are read anew, e.g. after a sign-in. */
  forget(stale: CredentialProvider): void;
  /** Says who answers for MFA codes from now on; nobody before. */
  askWith(ask: AskMfa): void;
}

/** Opens an empty store. */
export function createCredentialStore(): CredentialStore {
  const known = new Map<string, CredentialProvider>();
  let ask: AskMfa | undefined;
  return {
    of(target, caller) {
      const key = JSON.stringify([target.awsProfile, target.endpointUrl, target.assumeRole]);
      const provider = known.get(key) ?? credentialsOf(target, caller, () => ask);
      known.set(key, provider);
      return provider;
    },
    forget(stale) {
      for (const [key, provider] of known) if (provider === stale) known.delete(key);
    },
    askWith(asker) {
      ask = asker;
    },
  };
}

/**
 * The credentials of a target: the SDK's chain (environment, SSO, profile, process, web identity, container, instance)
 * with the named profile, then the assumed role. A chain that finds nothing rejects with the reason as ProblemError.
 */
function credentialsOf(target: Target, caller: CallerConfig, askMfa: () => AskMfa | undefined): CredentialProvider {
  const { awsProfile, assumeRole } = target;
  // The region only for STS: SSO sessions have a region of their own, which one given here would overrule.
  const { region, ...reach } = { ...caller, requestHandler, logger: silentLogger };
  const chain: CredentialProvider = async (properties) => {
    const { fromNodeProviderChain } = await import("@aws-sdk/credential-providers");
    const find = async (profile: string | undefined, more: object) => {
      try {
        // A file changed since the last try (a login, a corrected profile) must count.
        const common = { clientConfig: reach, parentClientConfig: { region }, logger: silentLogger, ignoreCache: true };
        return await fromNodeProviderChain({ ...common, ...more, ...(profile ? { profile } : {}) })(properties);
      } catch (error) {
        const holder = { ...target, ...(profile ? { awsProfile: profile } : {}) };
        const problem = await explainMissingCredentials(error, holder);
        throw problem ? new ProblemError(problem) : noteCall(error, { target: holder });
      }
    };
    const source = await mfaSource(awsProfile);
    if (source) await find(source, {});
    return await withMfa(askMfa(), profileInUse(awsProfile), (mfaCodeProvider) => find(awsProfile, { mfaCodeProvider }));
  };
  if (!assumeRole) return shareCredentials(chain);
  const base = shareCredentials(chain);
  const { roleArn, sessionName, externalId, durationSeconds } = assumeRole;
  return shareCredentials(async (properties) => {
    const { fromTemporaryCredentials } = await import("@aws-sdk/credential-providers");
    const provider = fromTemporaryCredentials({
      clientConfig: { ...reach, region },
      logger: silentLogger,
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
