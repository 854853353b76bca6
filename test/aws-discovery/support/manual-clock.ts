import type { Clock } from "../../../src/engine/ports.ts";

/** A clock that stands still until the test moves it. */
export function manualClock(start: number): Clock & { advance(ms: number): Promise<void> } {
  let now = start;
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  const breathe = () => new Promise<void>((done) => setTimeout(done, 0));
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((wake, fail) => {
        if (signal?.aborted) return fail(signal.reason);
        const sleeper = { at: now + ms, wake };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", () => {
          sleepers.delete(sleeper);
          fail(signal.reason);
        });
      }),
    async advance(ms) {
      now += ms;
      for (const sleeper of [...sleepers]) {
        if (sleeper.at > now) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await breathe();
    },
  };
}
