/** What of a log's end tells why a program gave up. */

const error = /(?:^|[^\w.])(?:[\w.]*(?:Error|Exception|Fault)\b|fatal\b|panic\b|panicked\b|FATAL|ERR!)/;
const frame = /^\s*(?:at\s|File "|in\s)/;
const shown = 3;

/** At most three lines: from the last one that names an error, not from the stack trace under it; else the end. */
export function tellingLines(log: readonly string[]): readonly string[] {
  const lines = log.filter((line) => line.trim() !== "");
  const at = lines.findLastIndex((line) => error.test(line) && !frame.test(line));
  if (at < 0) return lines.slice(-shown);
  const rest = lines.slice(at + 1, at + shown).filter((line) => !frame.test(line));
  return [lines[at] as string, ...rest];
}
