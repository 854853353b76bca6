/** Virtual time: runs from a start at a multiple of real time. */
export interface Clock {
  /** Virtual time, epoch ms. */
  now(): number;
  /** Virtual milliseconds a real millisecond; 0 stands still. */
  readonly speed: number;
  setSpeed(speed: number): void;
  /** Jumps ahead. */
  advance(ms: number): void;
}

/** A clock that shows `start` (epoch ms) now and runs at `speed` times the real time. */
export const createClock = (start: number, speed = 1, real: () => number = () => performance.now()): Clock => {
  let base = start;
  let since = real();
  let rate = speed;
  const now = () => Math.floor(base + (real() - since) * rate);
  const rebase = (to: number) => {
    base = to;
    since = real();
  };
  return {
    now,
    get speed() {
      return rate;
    },
    setSpeed(next) {
      rebase(now());
      rate = next;
    },
    advance(ms) {
      rebase(now() + ms);
    },
  };
};
