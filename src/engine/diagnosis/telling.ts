/** What of a log's end tells why a program gave up. */

const error = /(?:^|[^\w.])(?:[\w.]*(?:Error|Exception|Fault)\b|fatal\b|panic\b|panicked\b|FATAL|ERR!)/;
const frame = /^\s*(?:at\s|File "|in\s)/;
const shown = 3;

const spoken = (log: readonly string[]): readonly string[] => log.filter((line) => line.trim() !== "");
const errorIn = (lines: readonly string[]): number => lines.findLastIndex((line) => error.test(line) && !frame.test(line));

/** At most three lines: from the last one that names an error, not from the stack trace under it; else the end. */
export function tellingLines(log: readonly string[]): readonly string[] {
  const lines = spoken(log);
  const at = errorIn(lines);
  if (at < 0) return lines.slice(-shown);
  const rest = lines.slice(at + 1, at + shown).filter((line) => !frame.test(line));
  return [lines[at] as string, ...rest];
}

/** So many lines of a log: its end, or from the line that names the error where the end alone would miss it. */
export function excerpt(log: readonly string[], count: number): readonly string[] {
  const lines = spoken(log);
  const end = Math.max(0, lines.length - count);
  const at = errorIn(lines);
  const from = at < 0 ? end : Math.min(at, end);
  return lines.slice(from, from + count);
}
