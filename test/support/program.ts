/** The built program in a pseudo-terminal, or as a child process with pipes: what a user and a pipeline meet. */
import { spawn as spawnProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { spawn } from "@lydell/node-pty";
import headless from "@xterm/headless";

const launcher = resolve(import.meta.dirname, "../../bin/ecs-wizard.cjs");

/** A temporary folder that is gone when the test is. */
export function temporaryFolder(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), "ecs-wizard-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** The environment of a program under test: none of the machine's AWS settings, its own home. */
export function environment(home: string, extra: Record<string, string> = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|ECS_WIZARD_|CI$|NO_COLOR$|FORCE_COLOR$|NODE_OPTIONS$|VITEST)/.test(name),
  );
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    ECS_WIZARD_HOME: home,
    HOME: home,
    AWS_CONFIG_FILE: join(home, "aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: join(home, "aws-credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
    LANG: "C.UTF-8",
    TERM: "xterm-256color",
    ECS_WIZARD_SANDBOX_SPEED: "200",
    ...extra,
  };
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly home: string;
  readonly env?: Record<string, string>;
  readonly input?: string;
  readonly cwd?: string;
}

/** The built program with pipes and no terminal, while it runs. */
export interface Running {
  readonly done: Promise<Finished>;
  /** Waits until stdout and stderr together show a text. */
  says(what: string | RegExp, timeoutMs?: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** What it has written to stdout so far. */
  stdout(): string;
}

/** Starts the built program with pipes and no terminal. */
export function start(args: readonly string[], options: RunOptions): Running {
  const child = spawnProcess(process.execPath, [launcher, ...args], {
    env: environment(options.home, options.env),
    cwd: options.cwd ?? options.home,
  });
  let stdout = "";
  let stderr = "";
  let ended = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const done = new Promise<Finished>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      ended = true;
      resolve({ code, stdout, stderr });
    });
  });
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  return {
    done,
    stdout: () => stdout,
    kill: (signal) => void child.kill(signal),
    says: async (what, timeoutMs = 15_000) => {
      const shown = () => (typeof what === "string" ? (stdout + stderr).includes(what) : what.test(stdout + stderr));
      for (const end = Date.now() + timeoutMs; !shown(); await new Promise((next) => setTimeout(next, 10)))
        if (ended || Date.now() > end) throw new Error(`never said ${what}, but:\n${stdout}${stderr}`);
    },
  };
}

/** Runs the built program with pipes and no terminal, to its end. */
export const run = (args: readonly string[], options: RunOptions): Promise<Finished> => start(args, options).done;

/** One simulated account for several runs of the program, served by `ecs-wizard sandbox`. */
export async function openAccount(home: string, ...args: string[]): Promise<{ endpoint: string; [Symbol.asyncDispose](): Promise<void> }> {
  const server = start(["sandbox", ...args], { home });
  await server.says("Ctrl+C ends it");
  return {
    endpoint: server.stdout().trim(),
    [Symbol.asyncDispose]: async () => {
      server.kill("SIGTERM");
      await server.done;
    },
  };
}

/** Keys by the names a person would use. */
export const key = {
  enter: "\r",
  escape: "\u001b",
  tab: "\t",
  backTab: "\u001b[Z",
  up: "\u001b[A",
  down: "\u001b[B",
  right: "\u001b[C",
  left: "\u001b[D",
  home: "\u001b[H",
  end: "\u001b[F",
  delete: "\u001b[3~",
  pageDown: "\u001b[6~",
  pageUp: "\u001b[5~",
  backspace: "\u007f",
  space: " ",
  ctrl: (letter: string) => String.fromCharCode(letter.toLowerCase().charCodeAt(0) - 96),
  paste: (text: string) => `\u001b[200~${text}\u001b[201~`,
} as const;

/** The program on a terminal: what is on the screen, and keys. */
export interface Session {
  /** The terminal itself, colours included. */
  readonly terminal: headless.Terminal;
  /** The screen's lines, without trailing blanks. */
  screen(): string;
  /** Waits until the screen shows a text, and returns it; fails with the screen as it then is. */
  see(what: string | RegExp, timeoutMs?: number): Promise<string>;
  /** Waits until the screen no longer shows a text. */
  gone(what: string | RegExp, timeoutMs?: number): Promise<string>;
  /** Sends keys in one chunk. */
  press(...keys: string[]): void;
  resize(columns: number, rows: number): void;
  kill(signal?: string): void;
  /** Closes the terminal itself: nothing can be read from it or written to it any more. */
  close(): void;
  /** Waits for the program's end; the lines of the normal screen that it left behind. */
  ended(timeoutMs?: number): Promise<{ code: number; screen: string }>;
  [Symbol.dispose](): void;
}

/** Opens the built program in a pseudo-terminal. */
export function open(
  args: readonly string[],
  options: { home: string; columns?: number; rows?: number; env?: Record<string, string> },
): Session {
  const columns = options.columns ?? 100;
  const rows = options.rows ?? 30;
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 500 });
  const child = spawn(process.execPath, [launcher, ...args], {
    cols: columns,
    rows,
    cwd: options.home,
    env: environment(options.home, options.env),
  });
  let exit: number | undefined;
  let pending = 0;
  child.onData((data) => {
    pending++;
    terminal.write(data, () => {
      pending--;
    });
  });
  child.onExit(({ exitCode, signal }) => {
    exit = signal ? 128 + signal : exitCode;
  });
  terminal.onData((answer) => {
    if (exit === undefined) child.write(answer);
  });

  const screen = () => {
    const buffer = terminal.buffer.active;
    return Array.from({ length: terminal.rows }, (_, row) => buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? "")
      .join("\n")
      .trimEnd();
  };
  const shows = (what: string | RegExp) => (typeof what === "string" ? screen().includes(what) : what.test(screen()));

  const until = async (condition: () => boolean, timeoutMs: number, complaint: () => string): Promise<string> => {
    const end = Date.now() + timeoutMs;
    while (!condition()) {
      if (Date.now() > end) throw new Error(`${complaint()}; the screen is\n${screen()}`);
      await new Promise((next) => setTimeout(next, 15));
    }
    return screen();
  };

  return {
    terminal,
    screen,
    see: (what, timeoutMs = 15_000) =>
      until(
        () => shows(what),
        timeoutMs,
        () => `${exit === undefined ? "" : `the program has ended (${exit}) and `}the screen does not show ${what}`,
      ),
    gone: (what, timeoutMs = 15_000) =>
      until(
        () => !shows(what),
        timeoutMs,
        () => `the screen still shows ${what}`,
      ),
    press: (...keys) => child.write(keys.join("")),
    resize: (cols, newRows) => {
      terminal.resize(cols, newRows);
      child.resize(cols, newRows);
    },
    kill: (signal = "SIGKILL") => child.kill(signal),
    close: () => (child as typeof child & { destroy(): void }).destroy(),
    ended: async (timeoutMs = 15_000) => {
      await until(
        () => exit !== undefined && pending === 0,
        timeoutMs,
        () => "the program is still running",
      );
      return { code: exit as number, screen: screen() };
    },
    [Symbol.dispose]: () => {
      if (exit === undefined) child.kill("SIGKILL");
      terminal.dispose();
    },
  };
}
