/** What deployments ask of the world: the cloud, the time, the keeping of records. Implemented outside the engine. */

/** Time as a port, so that tests and the sandbox run at full speed. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
