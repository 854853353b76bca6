import type { Clock } from "../engine/ports.ts";

/** The shortest pause where time is hurried: AWS's simulator is asked often, but not without end. */
const shortest = 25;

/** The machine's clock. With a sandbox whose time runs `speed` times as fast, pauses are that much shorter, so that as little is missed as in real time. */
export function createClock(speed = 1): Clock {
  return {
    now: () => Date.now(),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const stop = () => {
          clearTimeout(timer);
          reject(signal?.reason);
        };
        const done = () => {
          signal?.removeEventListener("abort", stop);
          resolve();
        };
        const timer = setTimeout(done, speed > 1 ? Math.max(shortest, ms / speed) : ms);
        signal?.addEventListener("abort", stop, { once: true });
      }),
  };
}
