/** The simulated account with the real SDK clients and the real discovery on it. */
import { setTimeout as sleep } from "node:timers/promises";
import { type ClientPool, createClientPool } from "../../../src/aws-discovery/client-pool.ts";
import { createDiscovery, type DiscoveryParts, type LiveDiscovery } from "../../../src/aws-discovery/discovery.ts";
import type { PickerItem, SourceQuery, SourceState, Target } from "../../../src/engine/discovery.ts";
import type { SourceId } from "../../../src/engine/schema.ts";
import { type Sandbox, startSandbox } from "../../../src/sandbox/index.ts";

export interface Account {
  readonly sandbox: Sandbox;
  readonly target: Target;
  readonly pool: ClientPool;
  readonly discovery: LiveDiscovery;
  /** A question to this account. */
  query(source: SourceId, inputs?: Readonly<Record<string, string>>): SourceQuery;
  /** Watches a question until its state passes the test, and keeps all states seen. */
  until(
    query: SourceQuery,
    test: (state: SourceState) => boolean,
  ): Promise<{ readonly last: SourceState; readonly states: readonly SourceState[] }>;
  /** The items of a question's final answer; fails when there is none. */
  items(source: SourceId, inputs?: Readonly<Record<string, string>>): Promise<readonly PickerItem[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The real clock. */
export const clock = { now: () => Date.now(), sleep: (ms: number, signal?: AbortSignal) => sleep(ms, undefined, signal ? { signal } : {}) };

/** Made-up credentials for the process, and none of the machine's AWS settings. */
export function useMadeUpCredentials(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: "ASIASANDBOX000000000",
    AWS_SECRET_ACCESS_KEY: "made-up",
    AWS_SESSION_TOKEN: "made-up",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/nonexistent/config",
    AWS_SHARED_CREDENTIALS_FILE: "/nonexistent/credentials",
  });
}

/** Whether a question has come to its end. */
export const isSettled = ({ status }: SourceState): boolean => status === "ready" || status === "failed";

/** Opens an account of the sandbox in eu-west-1. */
export async function openAccount(scenario: string, parts: Partial<DiscoveryParts> = {}): Promise<Account> {
  const sandbox = await startSandbox({ scenario, speed: 100 });
  const target = { region: "eu-west-1", endpointUrl: sandbox.endpoint };
  const pool = createClientPool();
  const discovery = createDiscovery({ ...pool, clock, ...parts });
  const until: Account["until"] = (query, test) =>
    new Promise((done) => {
      const states: SourceState[] = [];
      let stop: (() => void) | undefined;
      stop = discovery.watch(query, (state) => {
        states.push(state);
        if (!test(state)) return;
        queueMicrotask(() => stop?.());
        done({ last: state, states });
      });
    });
  const query: Account["query"] = (source, inputs = {}) => ({ source, target, inputs });
  return {
    sandbox,
    target,
    pool,
    discovery,
    query,
    until,
    async items(source, inputs) {
      const { last } = await until(query(source, inputs), isSettled);
      if (last.status !== "ready") throw new Error(`${source}: ${JSON.stringify(last)}`);
      return last.items;
    },
    async [Symbol.asyncDispose]() {
      discovery.dispose();
      pool.destroy();
      await sandbox.close();
    },
  };
}
