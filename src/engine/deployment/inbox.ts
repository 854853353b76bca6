/** What the operator asks of a deployment while it runs. */

/** Cancel: an update goes back; a create is deleted, or stopped and kept for inspection. */
export interface CancelCommand {
  readonly kind: "cancel";
  readonly keep: boolean;
}

/** The commands. */
export type Command = CancelCommand;

/** A queue of commands that wakes whoever waits for one. */
export interface Inbox {
  put(command: Command): void;
  take(): Command | undefined;
  /** Resolves when a command is there, or somebody wakes who waits. */
  arrival(): Promise<void>;
  /** Wakes who waits, without a command. */
  wake(): void;
}

/** An empty inbox. */
export function createInbox(): Inbox {
  const commands: Command[] = [];
  let waiting: { promise: Promise<void>; resolve: () => void } | undefined;
  const wake = () => {
    waiting?.resolve();
    waiting = undefined;
  };
  return {
    put(command) {
      commands.push(command);
      wake();
    },
    wake,
    take: () => commands.shift(),
    arrival() {
      if (commands.length > 0) return Promise.resolve();
      waiting ??= Promise.withResolvers<void>();
      return waiting.promise;
    },
  };
}
