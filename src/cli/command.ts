import type { Io } from "./io.ts";
import type { OptionSpec } from "./options.ts";

/** What a command gets: its arguments in order, its options, and where to write. */
export interface CommandCall<O> {
  readonly args: readonly (string | string[] | undefined)[];
  readonly options: O;
  readonly io: Io;
  /** The whole table, for what describes the program itself. */
  readonly commands: readonly CommandSpec[];
}

/** A command as data: the parser, the help and the shell completion derive from it. */
export interface CommandSpec {
  readonly name: string;
  readonly help: string;
  readonly isDefault?: boolean;
  readonly args?: readonly { readonly name: string; readonly help: string }[];
  readonly options?: readonly OptionSpec[];
  readonly examples?: readonly string[];
  readonly commands?: readonly CommandSpec[];
  /** Its `--json` is the lines of docs/events.md, not one document. */
  readonly jsonLines?: true;
  /** Loads the code of the command only when it is run; `run` returns the exit code. */
  readonly load?: () => Promise<{ readonly run: (call: CommandCall<never>) => Promise<number> | number }>;
}
