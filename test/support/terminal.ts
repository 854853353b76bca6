import { PassThrough } from "node:stream";
import xterm from "@xterm/headless";

/** A terminal in memory: what a program writes is drawn, what a test types is read. */
export interface TestTerminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Everything written, escapes included. */
  readonly written: () => string;
  /** Types a burst: all keys in one chunk. */
  type(keys: string): void;
  /** Pastes as a terminal does (bracketed). */
  paste(text: string): void;
  /** The lines on the screen, without blanks at their ends. */
  screen(): string[];
  text(): string;
  /** Resolves as soon as the screen satisfies the condition; rejects with the screen when it does not within five seconds. */
  until(condition: string | RegExp | ((screen: string) => boolean)): Promise<string>;
  resize(columns: number, rows: number): void;
}

/** Keys by their names, as a terminal sends them. */
export const key = {
  enter: "\r",
  esc: "\u001b",
  up: "\u001b[A",
  down: "\u001b[B",
  right: "\u001b[C",
  left: "\u001b[D",
  home: "\u001b[H",
  end: "\u001b[F",
  del: "\u001b[3~",
  backspace: "\u007f",
  tab: "\t",
  space: " ",
  altUp: "\u001b[1;3A",
  altDown: "\u001b[1;3B",
  ctrl: (letter: string) => String.fromCharCode(letter.charCodeAt(0) - 96),
} as const;

/** Opens a terminal of that size. */
export function openTerminal(columns = 100, rows = 30): TestTerminal {
  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0, convertEol: true });
  const waiting = new Set<() => void>();
  let output = "";
  const stdout = new PassThrough() as unknown as NodeJS.WriteStream;
  Object.assign(stdout, { columns, rows, isTTY: true });
  stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    screen.write(chunk, () => {
      for (const check of [...waiting]) check();
    });
  });
  const stdin = new PassThrough() as unknown as NodeJS.ReadStream;
  Object.assign(stdin, { isTTY: true, setRawMode: () => stdin, ref: () => stdin, unref: () => stdin });
  const lines = () => Array.from({ length: screen.rows }, (_, at) => screen.buffer.active.getLine(at)?.translateToString(true) ?? "");
  const text = () => lines().join("\n");
  return {
    stdin,
    stdout,
    written: () => output,
    type: (keys) => void (stdin as unknown as PassThrough).write(keys),
    paste: (pasted) => void (stdin as unknown as PassThrough).write(`\u001b[200~${pasted}\u001b[201~`),
    screen: lines,
    text,
    until(condition) {
      const holds = () => {
        const now = text();
        if (typeof condition === "string") return now.includes(condition);
        return condition instanceof RegExp ? condition.test(now) : condition(now);
      };
      return new Promise((resolve, reject) => {
        const check = () => {
          if (!holds()) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve(text());
        };
        const timer = setTimeout(() => {
          waiting.delete(check);
          reject(new Error(`The screen never satisfied ${String(condition)}:\n${text()}`));
        }, 5_000);
        waiting.add(check);
        check();
      });
    },
    resize(width, height) {
      screen.resize(width, height);
      Object.assign(stdout, { columns: width, rows: height });
      stdout.emit("resize");
    },
  };
}
