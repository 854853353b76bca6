import type { Discovery, Identity, SourceQuery, Target } from "../engine/discovery.ts";
import type { Clock } from "../engine/ports.ts";
import { type Answer, createAnswer, type KnownList } from "./answer.ts";
import { type ClientPool, targetKey } from "./client-pool.ts";
import type { AwsClients } from "./clients.ts";
import { identityOf } from "./identity.ts";
import { sources } from "./sources/index.ts";

/** Where last known lists are kept between runs. May forget at any time; never throws. */
export interface DiscoveryCache {
  load(key: string): KnownList | undefined;
  save(key: string, items: KnownList["items"], at: number): void;
}

/** What the discovery is made of. */
export interface DiscoveryParts extends Pick<ClientPool, "clientsFor" | "renew"> {
  readonly clock: Clock;
  readonly cache?: DiscoveryCache;
  /** Tells accounts apart that targets alone do not, e.g. the sandbox's scenario or the environment's access key; part of the cache's keys. */
  readonly realm?: string;
}

/** The discovery of the screens, and what its owner needs besides. */
export interface LiveDiscovery extends Discovery {
  /** Aborts everything that runs. */
  dispose(): void;
}

/** A target as it is known in a later run: a server on this machine gets another port each time. */
const lastingKey = ({ endpointUrl, ...target }: Target): string =>
  targetKey({ ...target, endpointUrl: endpointUrl?.replace(/^(https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])):\d+/, "$1") });

const inputsKey = (query: SourceQuery): string => JSON.stringify(Object.entries(query.inputs).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Answers the pickers' questions over the SDK: equal questions share an answer, different ones are asked in parallel. */
export function createDiscovery(parts: DiscoveryParts): LiveDiscovery {
  const { clock, cache, realm = "" } = parts;
  const answers = new Map<string, Answer>();
  const identities = new Map<string, Promise<Identity>>();

  const renew = (stale: AwsClients) => {
    identities.delete(targetKey(stale.target));
    parts.renew(stale);
  };

  const answerTo = (query: SourceQuery): Answer => {
    const source = sources[query.source];
    const { target } = query;
    // The shared configuration is the same whatever the target says.
    const asks = source.actions.length > 0;
    const key = [source.id, asks ? targetKey(target) : "", inputsKey(query)].join(" ");
    const existing = answers.get(key);
    if (existing) return existing;
    const kept = asks ? cache : undefined;
    const cacheKey = [realm, source.id, lastingKey(target), inputsKey(query)].join(" ");
    const answer = createAnswer({
      source,
      clock,
      inputs: query.inputs,
      clients: () => parts.clientsFor(target),
      renew,
      recall: () => kept?.load(cacheKey),
      keep: ({ items, at }) => kept?.save(cacheKey, items, at),
    });
    answers.set(key, answer);
    return answer;
  };

  return {
    columns: (source) => sources[source].columns,
    peek: (query) => answerTo(query).state(),
    watch: (query, onChange) => answerTo(query).watch(onChange),
    refresh: (query) => answerTo(query).refresh(),
    identity(target) {
      const key = targetKey(target);
      const known = identities.get(key);
      if (known) return known;
      const clients = parts.clientsFor(target);
      const asked = identityOf(clients);
      identities.set(key, asked);
      asked.catch(() => {
        if (identities.get(key) === asked) renew(clients);
      });
      return asked;
    },
    dispose() {
      for (const answer of answers.values()) answer.dispose();
      answers.clear();
      identities.clear();
    },
  };
}
