import type { Account } from "./account.ts";

/** Real milliseconds between two looks at the queue. */
const tickMs = 50;

/** Runs what is due also while nobody calls, until stopped; `onChange` hears when something happened. */
export const startTicking = (account: Account, onChange: () => void): { stop(): void } => {
  const timer = setInterval(() => {
    const next = account.world.events[0];
    if (!next || next.at > account.clock.now()) return;
    account.settle();
    onChange();
  }, tickMs).unref();
  return { stop: () => clearInterval(timer) };
};
