import { exitCode, UserError } from "../engine/problem.ts";

/** The operator ended it: Ctrl+C, a closed terminal, or a signal. */
export class Interrupted extends UserError {
  constructor(message = "interrupted; nothing was changed") {
    super(message, { exitCode: exitCode.interrupted });
    this.name = "Interrupted";
  }
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Some libraries send a signal once more to the process when they have done their part: what comes so soon is no second wish. */
const echo = 500;

/** Calls `end` when a signal asks the process to end, instead of ending it at once, which a second one does; returns how to stop listening. */
export function onInterrupt(end: () => void): () => void {
  let first: number | undefined;
  const heard = () => {
    if (first === undefined) {
      first = Date.now();
      end();
    } else if (Date.now() - first > echo) process.exit(exitCode.interrupted);
  };
  for (const signal of signals) process.on(signal, heard);
  return () => {
    // Once asked, the process is about to end in order, and no echo may cut that short.
    if (first === undefined) for (const signal of signals) process.removeListener(signal, heard);
  };
}

/** Bears a terminal that is closed while it is read from: the SIGHUP that comes with it ends the program in order. */
export function bearClosedTerminal(reader: NodeJS.EventEmitter = process.stdin): void {
  reader.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EIO") throw error;
  });
}

/**
 * Does work that cleans up after itself when its signal is aborted; a signal to the process does so, and it then throws Interrupted.
 * `tell` says at once that it was heard, for cleaning up may take its time.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>, tell: () => void = () => {}): Promise<T> {
  const interrupt = new AbortController();
  const stop = onInterrupt(() => {
    tell();
    interrupt.abort();
  });
  try {
    return await work(interrupt.signal);
  } catch (error) {
    if (interrupt.signal.aborted) throw new Interrupted();
    throw error;
  } finally {
    stop();
  }
}
