/** A deployment as plain lines, for pipes, CI logs and screen readers: no cursor movement, colours only when asked. */
import type { Progress } from "../engine/deployment/progress.ts";
import type { Run } from "../engine/deployment/run.ts";
import type { Clock } from "../engine/ports.ts";
import { plainLines, type Tone } from "./plain-lines.ts";

/** Where and how to write. */
export interface PlainOptions {
  /** Takes one line, with its line feed. */
  readonly write: (text: string) => void;
  readonly clock: Clock;
  readonly colours?: boolean;
}

const heartbeat = 30_000;
const colours: Readonly<Record<Tone, string>> = { plain: "", good: "32", bad: "31", warn: "33", dim: "2" };

/** Writes every fact of a run as it comes, and a sign of life after 30 s without one. Resolves at the end of the run. */
export async function reportPlain(run: Run, { write, clock, colours: coloured = false }: PlainOptions): Promise<void> {
  let lastWritten = clock.now();
  const put = (text: string, tone: Tone, progress: Progress, at: number) => {
    lastWritten = clock.now();
    const code = coloured ? colours[tone] : "";
    write(`${elapsed(progress, at)} ${code ? `\u001b[${code}m${text}\u001b[0m` : text}\n`);
  };
  let before = run.progress();
  const stop = run.subscribe((event, progress) => {
    for (const { text, tone } of plainLines(event, before)) put(text, tone, progress, Date.parse(event.at));
    before = progress;
  });
  const over = new AbortController();
  const beating = beat();
  try {
    await run.done;
  } finally {
    stop();
    over.abort();
    await beating;
  }

  async function beat(): Promise<void> {
    while (!over.signal.aborted) {
      const due = lastWritten + heartbeat - clock.now();
      if (due <= 0) put(signOfLife(run.progress(), clock.now()), "dim", run.progress(), clock.now());
      else await clock.sleep(due, over.signal).catch(() => undefined);
    }
  }
}

/** `01:42` since the start; hours where there are any. */
export function elapsed({ startedAt }: Pick<Progress, "startedAt">, now: number): string {
  const seconds = Math.max(0, Math.floor((now - (startedAt ? Date.parse(startedAt) : now)) / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  if (seconds >= 3600) parts.unshift(Math.floor(seconds / 3600));
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** What is known while nothing happens. */
export function signOfLife(progress: Progress, now: number): string {
  const { status, service, lost, resources } = progress;
  if (lost) return `no word from AWS for ${Math.round((now - Date.parse(lost.since)) / 1000)} s; the deployment goes on`;
  const working = resources.filter((resource) => resource.phase === "active").map((resource) => resource.logicalId);
  return [
    `still ${status ?? "starting"}`,
    working.length > 0 && `working on ${working.slice(0, 3).join(", ")}${working.length > 3 ? ` and ${working.length - 3} more` : ""}`,
    service && `${service.running} of ${service.desired} tasks running`,
  ]
    .filter((part) => part)
    .join("; ");
}
