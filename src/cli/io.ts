import { jsonText } from "../engine/sanitize.ts";
import type { GlobalOptions } from "./options.ts";

/** Where a command writes: data to stdout, talk to stderr. */
export interface Io {
  /** One line (or several) of data. */
  data(text: string): void;
  /** One JSON document of data, or one line of JSON lines with `compact`. */
  json(value: unknown, compact?: boolean): void;
  /** One line of talk: progress, warnings, hints. */
  say(text: string): void;
  /** The data written last; undefined: there was none yet. */
  last(): string | undefined;
  /** Whether a person is at the terminal and can be asked. */
  readonly interactive: boolean;
  /** Why screens cannot be drawn; absent: they can. */
  readonly tooSmall?: string;
  /** The terminal says that it cannot move the cursor: screens only for who asks for them, in plain ASCII. */
  readonly dumb: boolean;
  readonly color: boolean;
}

/** The smallest terminal that the screens fit into. */
const smallest = { columns: 60, rows: 16 };

function tooSmall({ columns, rows }: { readonly columns?: number; readonly rows?: number }): { readonly tooSmall?: string } {
  if (!columns || !rows || (columns >= smallest.columns && rows >= smallest.rows)) return {};
  return { tooSmall: `the terminal has ${columns}×${rows} characters, and the screens need ${smallest.columns}×${smallest.rows}` };
}

/** Builds the output of a command from its options and the process. */
export function createIo(options: GlobalOptions): Io {
  let last: string | undefined;
  const write = (text: string) => {
    last = text;
    process.stdout.write(text);
  };
  return {
    data: (text) => write(text.endsWith("\n") ? text : `${text}\n`),
    json: (value, compact) => write(`${jsonText(value, compact ? 0 : 2)}\n`),
    last: () => last,
    say: (text) => void process.stderr.write(`${text}\n`),
    interactive: Boolean(process.stdin.isTTY && process.stdout.isTTY) && !options.plain && !options.json,
    dumb: process.env["TERM"] === "dumb",
    ...tooSmall(process.stdout),
    color:
      options.color !== false &&
      !process.env["NO_COLOR"] &&
      !options.plain &&
      Boolean(process.stderr.isTTY) &&
      process.env["TERM"] !== "dumb",
  };
}
