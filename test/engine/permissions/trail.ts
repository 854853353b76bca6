/** Profiles on a sandbox whose caller has a policy, with the trail of every permission that was used. */
import { createCredentialStore } from "../../../src/aws-discovery/credentials.ts";
import { checkCluster } from "../../../src/cli/deployment/check-cluster.ts";
import { createDeployer, type Deployer, type ReadyProfile } from "../../../src/cli/deployment/deployer.ts";
import { createIo } from "../../../src/cli/io.ts";
import { policyFor } from "../../../src/engine/permissions/policy.ts";
import { scopeOf } from "../../../src/engine/permissions/scope.ts";
import type { Clock } from "../../../src/engine/ports.ts";
import { parseProfile } from "../../../src/engine/profile-file.ts";
import { setPath } from "../../../src/engine/set-path.ts";
import { effective } from "../../../src/engine/values.ts";
import { VariableDictionary } from "../../../src/engine/variables/index.ts";
import { type Sandbox, startSandbox } from "../../../src/sandbox/index.ts";
import { openRecords } from "../../../src/store/records.ts";
import { useMadeUpCredentials as setMadeUpCredentials } from "../../aws-discovery/support/account.ts";
import { temporaryFolder } from "../../support/program.ts";

/** A use of a permission as the sandbox tells it. */
export interface Use {
  readonly action: string;
  readonly resources: readonly string[];
  readonly conditions: Readonly<Record<string, string | undefined>>;
  readonly by: "caller" | "aws";
}

/** An account with its trail. */
export interface Trail {
  readonly sandbox: Sandbox;
  readonly uses: readonly Use[];
  readonly deployer: Deployer;
  /** What `deploy` checks before. */
  check(profile: ReadyProfile): Promise<void>;
  /** The names of the actions used, sorted. */
  actions(by?: Use["by"]): readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** How an account is opened; the caller may do everything unless a policy is given. */
export interface TrailOptions {
  readonly scenario?: string;
  readonly policy?: unknown;
  /** How many times faster than real time runs. */
  readonly speed?: number;
}

/** Opens an account in a scenario. */
export async function openTrail({ scenario = "default", policy, speed = 1000 }: TrailOptions = {}): Promise<Trail> {
  setMadeUpCredentials();
  process.env["AWS_MAX_ATTEMPTS"] = "2";
  const uses: Use[] = [];
  const home = temporaryFolder();
  const sandbox = await startSandbox({
    scenario,
    speed,
    ...(policy ? { callerPolicy: JSON.stringify(policy) } : {}),
    onPermission: (use) => void uses.push(use),
  });
  const clock: Clock = {
    now: () => sandbox.clock.now(),
    sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, Math.max(5, ms / speed))),
  };
  const credentials = createCredentialStore();
  const endpointUrl = sandbox.endpoint;
  return {
    sandbox,
    uses,
    deployer: createDeployer({
      endpointUrl,
      records: openRecords(home.path),
      clock,
      credentials,
    }),
    check: ({ step }) => checkCluster(step, { endpointUrl, credentials }, createIo({ json: true })),
    actions: (by) => [...new Set(uses.filter((use) => !by || use.by === by).map(({ action }) => action))].sort(),
    async [Symbol.asyncDispose]() {
      home[Symbol.dispose]();
      await sandbox.close();
    },
  };
}

/** A profile's text with changes as `--set` makes them, ready to be deployed. */
export function ready(text: string, changes: Readonly<Record<string, string>> = {}): ReadyProfile {
  const { profile = {} } = parseProfile(text);
  const changed = Object.entries(changes).reduce((all, [path, value]) => setPath(all, path, value), profile);
  const variables = new VariableDictionary((changed["variables"] ?? {}) as Record<string, string>);
  const { step } = effective(changed, { variables });
  return { name: step.configuration.name, profile: changed, step, variables, sensitive: [] };
}

/** What `ecs-wizard permissions PROFILE` prints for a profile. */
export const policyOf = ({ step }: ReadyProfile) => policyFor(scopeOf(step), ["deploy"]);
