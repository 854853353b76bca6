/** A deployment as JSON lines: one fact a line, the outcome last. The shape is documented in docs/events.md. */
import type { RecordedEvent } from "../engine/deployment/events.ts";
import type { Run } from "../engine/deployment/run.ts";

/** One fact as a line, without its line feed; pure ASCII control-free, because JSON escapes what a terminal could act on. */
export function jsonLine(event: RecordedEvent): string {
  // JSON leaves the C1 controls as they are; terminals do not.
  return JSON.stringify(event).replace(/[\u007f-\u009f]/g, (mark) => `\\u00${mark.charCodeAt(0).toString(16)}`);
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
