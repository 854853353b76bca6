import type { Target } from "../engine/discovery.ts";
import { type AwsClients, type ClientOptions, createClients } from "./clients.ts";

/** The clients of every target in use, made once each. */
export interface ClientPool {
  /** The clients of a target; equal targets share them. */
  clientsFor(target: Target): AwsClients;
  /** Forgets these clients with their credentials, unless others took their place: the next ones read them anew, e.g. after a sign-in. */
  renew(stale: AwsClients): void;
  /** Closes everything. */
  destroy(): void;
}

/** A target as a key: equal by value, undefined and absent alike. */
export function targetKey({ awsProfile, region, endpointUrl, assumeRole }: Target): string {
  const { roleArn, sessionName, externalId, durationSeconds } = assumeRole ?? {};
  return JSON.stringify([awsProfile, region, endpointUrl, roleArn, sessionName, externalId, durationSeconds].map((part) => part ?? null));
}

/** Opens an empty pool. */
export function createClientPool(options: ClientOptions = {}): ClientPool {
  const pool = new Map<string, AwsClients>();
  return {
    clientsFor(target) {
      const key = targetKey(target);
      const existing = pool.get(key);
      if (existing) return existing;
      const clients = createClients(target, options);
      pool.set(key, clients);
      return clients;
    },
    renew(stale) {
      const key = targetKey(stale.target);
      if (pool.get(key) !== stale) return;
      pool.delete(key);
      stale.forgetCredentials();
      stale.destroy();
    },
    destroy() {
      for (const clients of pool.values()) clients.destroy();
      pool.clear();
    },
  };
}
