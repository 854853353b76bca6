import type { PickerItem, SourceState } from "../engine/discovery.ts";
import type { Clock } from "../engine/ports.ts";
import type { AwsClients } from "./clients.ts";
import { cleanItem, mergeItems } from "./items.ts";
import { loadSource } from "./load-source.ts";
import type { Inputs, Source } from "./source.ts";

/** A list as it was known last, and when (epoch ms). */
export interface KnownList {
  readonly items: readonly PickerItem[];
  readonly at: number;
}

/** What an answer needs of its surroundings. */
export interface AnswerParts {
  readonly source: Source;
  readonly inputs: Inputs;
  readonly clock: Clock;
  readonly clients: () => AwsClients;
  /** Drops clients with credentials that no longer count. */
  readonly renew: (stale: AwsClients) => void;
  readonly recall: () => KnownList | undefined;
  readonly keep: (list: KnownList) => void;
}

/** The answer to one question, shared by all who watch it. */
export interface Answer {
  state(): SourceState | undefined;
  watch(onChange: (state: SourceState) => void): () => void;
  refresh(): void;
  dispose(): void;
}

/** Without a page for so long a question counts as slow. */
const slowAfterMs = 3_000;
/** A watcher that comes back within this time finds the question still running. */
const graceMs = 400;

/** Problems that may have gone by the next look. */
const passing = new Set(["credentials", "throttled", "unreachable", "service", "unexpected"]);

/** Makes an answer; nothing is asked before it is watched or refreshed. */
export function createAnswer(parts: AnswerParts): Answer {
  const { source, clock } = parts;
  const watchers = new Set<(state: SourceState) => void>();
  let state: SourceState | undefined;
  let settled: SourceState | undefined;
  let running: AbortController | undefined;
  let wanted = false;
  let clients: AwsClients | undefined;

  const show = (next: SourceState) => {
    state = next;
    for (const watcher of [...watchers]) watcher(next);
  };

  const settle = (next: SourceState) => {
    running = undefined;
    wanted = false;
    settled = next;
    show(next);
  };

  const lastKnown = (): KnownList | undefined => {
    if (settled && settled.status !== "blocked" && settled.at !== undefined) return { items: settled.items, at: settled.at };
    const recalled = parts.recall();
    return recalled && { items: recalled.items.map(cleanItem), at: recalled.at };
  };

  const ask = async () => {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    const { signal } = controller;
    const known = lastKnown();
    let items = known?.items ?? [];
    let slow = false;
    const loading = () => {
      if (!signal.aborted) show({ status: "loading", items, ...(known ? { stale: true, at: known.at } : {}), ...(slow ? { slow } : {}) });
    };
    const nowSlow = () => {
      if (slow || running !== controller) return;
      slow = true;
      loading();
    };
    let pages = 0;
    const waitForPage = () => {
      const before = pages;
      const stillWaiting = () => {
        if (pages === before) nowSlow();
      };
      clock.sleep(slowAfterMs, signal).then(stillWaiting, () => {});
    };
    loading();
    waitForPage();
    const page = (fresh: readonly PickerItem[]) => {
      pages += 1;
      slow = false;
      waitForPage();
      items = known ? mergeItems(known.items, fresh, source.compare) : fresh;
      loading();
    };
    clients = parts.clients();
    const ending = await loadSource(source, clients, parts.inputs, clock, { page, slow: nowSlow }, signal);
    if (running !== controller || ending.status === "aborted") return;
    const at = clock.now();
    controller.abort(); // ends the wait for slowness
    if (ending.status === "failed") return settle({ status: "failed", problem: ending.problem, items, ...(known ? { at: known.at } : {}) });
    settle({ status: "ready", items: ending.items, at });
    parts.keep({ items: ending.items, at });
  };

  const stop = () => {
    running?.abort();
    running = undefined;
    wanted = false;
    state = settled;
  };

  const start = () => {
    const blocked = source.needs.find((input) => !parts.inputs[input]);
    if (blocked) return settle({ status: "blocked", by: lacking(blocked) });
    if (settled?.status === "failed" && settled.problem.kind === "credentials" && clients) parts.renew(clients);
    void ask();
  };

  const isOpen = () => !running && (!settled || (settled.status === "failed" && watchers.size <= 1 && passing.has(settled.problem.kind)));

  return {
    state: () => state,
    watch(onChange) {
      watchers.add(onChange);
      if (isOpen()) start();
      else if (state) onChange(state);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        watchers.delete(onChange);
        const mine = running;
        if (watchers.size > 0 || !mine) return;
        clock.sleep(graceMs).then(
          () => {
            if (watchers.size === 0 && running === mine && !wanted) stop();
          },
          () => {},
        );
      };
    },
    refresh() {
      const hold = watchers.size === 0;
      start();
      wanted = hold && running !== undefined;
    },
    dispose() {
      watchers.clear();
      stop();
    },
  };
}

const questions: Readonly<Record<string, string>> = {
  cluster: "Choose the cluster first.",
  vpcId: "Choose the VPC first.",
  repository: "Choose the repository first.",
  fileSystemId: "Choose the file system first: access points belong to one.",
};

const lacking = (input: string): string => questions[input] ?? `${input} is not known yet.`;
