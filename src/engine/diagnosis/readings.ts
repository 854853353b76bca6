/** The ways in which one pasted or recorded text can be read, so that matching does not care how it was mutilated. */

/** One way to read a text. */
export interface Reading {
  /** White space collapsed to single blanks. */
  readonly spaced: string;
  /** Without any white space, in the original case. */
  readonly packed: string;
  /** Only to be looked at when no other reading is recognised. */
  readonly fallback: boolean;
}

/** Texts longer than this are cut down to what looks like an error, see {@link digest}. */
const limit = 48_000;

const escapeSequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]{0,2000}(?:\u0007|\u001b\\)|[@-Z\\-_])|\u009b[0-?]*[ -/]*[@-~]/g;
const controls = /[\u0000-\u0008\u000e-\u001f\u007f\u200b-\u200f\u2028\u2029\ufeff]/g;

const marks = /^(?:[\s#*>|│┃]|\/\/)+/;
const timestamps =
  /^(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z| ?[+-]\d\d:?\d\d| ?UTC)?\]?|\[?\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?[AP]M)?\]?)[\s|:-]*/i;

/** Words around which the essential of a very long text stands. */
const signal =
  /error|fail|denied|unable|cannot|can't|can’t|invalid|not found|does not exist|exceed|expired|exist|timed? ?out|unauthorized|refused|missing|exit|kill|reason|stopp|unhealthy|rollback|limit|platform/gi;

function digest(text: string): string {
  if (text.length <= limit) return text;
  const pieces = [text.slice(0, 6_000)];
  let size = 12_000;
  let done = 6_000;
  signal.lastIndex = done;
  for (let hit = signal.exec(text); hit && size < limit; hit = signal.exec(text)) {
    const from = Math.max(done, hit.index - 400);
    done = Math.min(text.length, hit.index + 800);
    pieces.push(text.slice(from, done));
    size += done - from;
    signal.lastIndex = done;
  }
  pieces.push(text.slice(Math.max(done, text.length - 6_000)));
  return pieces.join("\n");
}

function plain(text: string): string {
  return text
    .replace(escapeSequence, "")
    .replace(controls, "")
    .replace(/[\u2018\u2019\u201a\u201b\u2032\u00b4]|&#0?39;|&apos;/g, "'")
    .replace(/[\u201c-\u201f\u00ab\u00bb]|&quot;|&#34;/g, '"')
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/\u2026/g, "...");
}

function bare(line: string): string {
  return line
    .replace(marks, "")
    .replace(timestamps, "")
    .replace(marks, "")
    .replace(/^\[?(?:ERROR|WARN|WARNING|INFO|FATAL|DEBUG|CRITICAL)\b\]?[\s|:-]+/, "")
    .replace(/[\s|│┃]+$/, "");
}

/** Puts lines that a terminal cut at a fixed width together again; undefined when they were not cut like that. */
function rejoin(lines: readonly string[]): string | undefined {
  const ends = lines.map((line) => line.replace(/[\s|│┃]+$/, ""));
  const width = Math.max(...ends.slice(0, -1).map((line) => line.length));
  if (width < 20 || ends.slice(0, -1).some((line) => line.length < width - 3) || (ends.at(-1) as string).length > width) return undefined;
  const prefix = marks.exec(ends[1] as string)?.[0] ?? "";
  const shared = ends.slice(1).reduce((found, line) => {
    let same = 0;
    while (same < found.length && line[same] === found[same]) same++;
    return found.slice(0, same);
  }, prefix);
  const stamped = ends.every((line) => timestamps.test(line.replace(marks, "")));
  return ends
    .map((line, at) => {
      const body =
        stamped || at === 0 ? bare(line) : shared && line.startsWith(shared) ? line.slice(shared.length) : line.replace(marks, "");
      return at < ends.length - 1 && line.length < width ? `${body} ` : body;
    })
    .join("");
}

function reading(text: string, fallback = false): Reading {
  const spaced = text.replace(/\s+/g, " ").trim();
  return { spaced, packed: spaced.replaceAll(" ", ""), fallback };
}

/** Whether a text is one message that a terminal cut at a fixed width, rather than several lines. */
export function isWrapped(text: string): boolean {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== "");
  return lines.length > 1 && rejoin(lines) !== undefined;
}

function readLines(text: string): Reading[] {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== "");
  const rejoined = lines.length > 1 ? rejoin(lines) : undefined;
  const joined = lines.map(bare).join(" ");
  return rejoined === undefined ? [reading(joined)] : [reading(bare(rejoined)), reading(joined, true)];
}

function unescapeOnce(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|([nrt])|(["'\\/`]))/g,
    (_, code: string | undefined, space: string | undefined, mark: string) =>
      code !== undefined ? String.fromCharCode(Number.parseInt(code, 16)) : space !== undefined ? (space === "t" ? "\t" : "\n") : mark,
  );
}

/** The strings of a JSON document, at most 200; none when the text is no such document. */
function jsonStrings(text: string): string[] {
  if (!/^\s*["{[]/.test(text)) return [];
  let open: unknown[];
  try {
    open = [JSON.parse(text)];
  } catch {
    return [];
  }
  const strings: string[] = [];
  while (open.length > 0 && strings.length < 200) {
    const value = open.shift();
    if (typeof value === "string") strings.push(value, ...(/^\s*[{[]/.test(value) ? jsonStrings(value) : []));
    else if (typeof value === "object" && value !== null) open.push(...Object.values(value).slice(0, 1000));
  }
  return strings;
}

/** All readings of a text, the most faithful first: rejoined, line by line, unescaped, and the strings of a JSON document. */
export function readings(text: string): Reading[] {
  const clean = plain(digest(text));
  const found = readLines(clean);
  let unescaped = clean;
  for (let round = 0; round < 3 && /\\["'\\/`nrtu]/.test(unescaped); round++) unescaped = unescapeOnce(unescaped);
  if (unescaped !== clean) found.push(...readLines(plain(unescaped)));
  // A field of a CSV file doubles its quotes.
  if (/\w""|""\w/.test(clean)) found.push(...readLines(clean.replaceAll('""', '"')));
  const strings = text.length <= limit ? jsonStrings(clean.trim()) : [];
  for (const string of strings) if (string.length > 4 && string !== clean) found.push(...readLines(plain(string)));
  return found;
}
