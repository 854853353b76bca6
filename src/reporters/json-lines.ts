/** A deployment as JSON lines: one fact a line, the outcome last. The shape is documented in docs/events.md. */
import type { RecordedEvent } from "../engine/deployment/events.ts";
import type { Run } from "../engine/deployment/run.ts";
import { jsonText } from "../engine/sanitize.ts";

/** One fact as a line, without its line feed; pure ASCII control-free, because JSON escapes what a terminal could act on. */
export function jsonLine(event: RecordedEvent): string {
  return jsonText(event);
}

/** Writes every fact of a run as it comes. Resolves at the end of the run. */
export async function reportJsonLines(run: Run, write: (text: string) => void): Promise<void> {
  const stop = run.subscribe((event) => write(`${jsonLine(event)}\n`));
  try {
    await run.done;
  } finally {
    stop();
  }
}
