/** The built program on a pseudo-terminal, with the time at which each change reached its screen. */
import { resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { spawn } from "@lydell/node-pty";
import headless from "@xterm/headless";
import { environment } from "../../test/support/program.ts";

const launcher = resolve(import.meta.dirname, "../../bin/ecs-wizard.cjs");

/** A program on a terminal. */
export interface Terminal {
  readonly pid: number;
  /** The screen's lines. */
  screen(): string;
  press(keys: string): void;
  /** Waits until the screen shows something; the time (of `performance.now`) at which the bytes arrived that made it so. */
  until(shows: (screen: string) => boolean, timeoutMs?: number): Promise<number>;
  close(): void;
}

/** Opens the built program; `home` holds all its files. */
export function openTerminal(args: readonly string[], home: string, env: Record<string, string> = {}): Terminal {
  const [cols, rows] = [120, 40];
  const terminal = new headless.Terminal({ cols, rows, allowProposedApi: true });
  const child = spawn(process.execPath, [launcher, ...args], { cols, rows, cwd: home, env: environment(home, env) });
  let arrived = performance.now();
  let changed = () => {};
  child.onData((data) => {
    const at = performance.now();
    terminal.write(data, () => {
      arrived = at;
      changed();
    });
  });
  terminal.onData((answer) => child.write(answer));
  const screen = () => {
    const buffer = terminal.buffer.active;
    return Array.from({ length: rows }, (_, row) => buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? "").join("\n");
  };
  return {
    pid: child.pid,
    screen,
    press: (keys) => child.write(keys),
    until: (shows, timeoutMs = 20_000) =>
      new Promise((done, fail) => {
        const timer = setTimeout(() => fail(new Error(`not shown in ${timeoutMs} ms; the screen is\n${screen()}`)), timeoutMs);
        changed = () => {
          if (!shows(screen())) return;
          clearTimeout(timer);
          changed = () => {};
          done(arrived);
        };
        changed();
      }),
    close: () => {
      child.kill("SIGKILL");
      terminal.dispose();
    },
  };
}
