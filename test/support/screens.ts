import { type RunAppOptions, runApp } from "../../src/screens/run-app.tsx";
import { type MemoryPorts, memoryPorts } from "./screen-ports.ts";
import { openTerminal, type TestTerminal } from "./terminal.ts";

/** The program on a terminal in memory. */
export interface RunningApp {
  readonly terminal: TestTerminal;
  readonly ports: MemoryPorts;
  readonly finished: ReturnType<typeof runApp>;
  /** Leaves with Ctrl+C and waits for the end. */
  close(): ReturnType<typeof runApp>;
  /** Ends it whatever it does, as a termination signal would. */
  end(): ReturnType<typeof runApp>;
}

/** Starts the screens over ports in memory. */
export function openApp(
  options: {
    ports?: MemoryPorts;
    columns?: number;
    rows?: number;
    start?: RunAppOptions["start"];
    about?: Partial<RunAppOptions["about"]>;
  } & Partial<Pick<RunAppOptions, "theme" | "screenReader">> = {},
): RunningApp {
  const {
    ports = memoryPorts(),
    columns,
    rows,
    start = { screen: "new" },
    about,
    theme = { color: false, unicode: true },
    ...rest
  } = options;
  const terminal = openTerminal(columns, rows);
  const stop = new AbortController();
  const finished = runApp({
    ports,
    about: { version: "0.0.0", command: "ecs-wizard", ...about },
    start,
    theme,
    stdin: terminal.stdin,
    stdout: terminal.stdout,
    signal: stop.signal,
    ...rest,
  });
  return {
    terminal,
    ports,
    finished,
    end: () => {
      stop.abort();
      return finished;
    },
    close: () => {
      terminal.type("\u0003");
      return finished;
    },
  };
}
