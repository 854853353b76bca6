/** Keeps secrets out of reports: in messages, log lines and explanations. */

/** What stands in place of a secret. */
export const masked = "••••••";

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** Names that hold a secret in `NAME=value`, `"name": "value"` and headers. */
const assignment =
  /(?<![\w:/.-])((?:[\w.-]{0,40}(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|connection[_-]?string|authorization|auth|dsn|pwd))["']?\s{0,3}[=:]\s{0,3})("[^"\n]{1,2000}"|'[^'\n]{1,2000}'|(?:Bearer|Basic)\s{1,3}[^\s"',;]{4,2000}|[^\s"',;)}\]]{1,2000})/gi;

const shapes: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]{0,8000}?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
  /\b(?:AKIA|ASIA|AIDA|AROA)[0-9A-Z]{16}\b/g,
  /\beyJ[\w-]{8,2000}\.[\w-]{8,4000}(?:\.[\w-]{0,2000})?/g,
  /\b(?:gh[pousr]_\w{20,255}|github_pat_\w{20,255}|glpat-[\w-]{20,255}|xox[abpr]-[\w-]{10,255}|sk[_-](?:live|test|proj|ant)[\w-]{10,255}|npm_\w{30,255}|dckr_pat_[\w-]{20,255})/g,
  /\b(?:Bearer|Basic)\s{1,3}[\w+/=.~-]{16,4000}/g,
];

/** Values after such names that are no secret: references, ids of requests, and the words of a sentence that goes on after a colon. */
function harmless(name: string, value: string): boolean {
  const bare = value.replace(/^["']|["']$/g, "");
  if (uuid.test(bare) || /^arn:/.test(bare) || /^[=:]/.test(bare) || /RequestToken/i.test(name)) return true;
  if (/^(?:null|none|true|false|undefined|[^\w]*)$/i.test(bare)) return true;
  const sentence = /:\s+$/.test(name) && bare === value && !/["']\s*:/.test(name) && !/pass|pwd/i.test(name);
  return sentence && /^[A-Za-z/'’-]{1,20}[.,]?$/.test(value);
}

/** A text with the given values, and whatever looks like a key, a token or a password, masked. */
export function maskText(text: string, secrets: Iterable<string> = []): string {
  let result = text;
  const values = [...secrets].filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
  for (const secret of values) result = result.replaceAll(secret, masked);
  for (const shape of shapes) result = result.replace(shape, masked);
  result = result.replace(/([a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@]{0,200}:)[^\s@/]{1,500}@/gi, `$1${masked}@`);
  return result.replace(assignment, (whole, name: string, value: string) => (harmless(name, value) ? whole : `${name}${masked}`));
}

/** A copy of plain data with all its texts masked; what stood in it twice stands in the copy twice as well, as one and the same. */
export function maskAll<T>(value: T, secrets: Iterable<string> = []): T {
  const known = [...secrets];
  const copies = new Map<object, unknown>();
  const copy = (inner: object): unknown =>
    Array.isArray(inner) ? inner.map(walk) : Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, walk(item)]));
  const walk = (inner: unknown): unknown => {
    if (typeof inner === "string") return maskText(inner, known);
    if (typeof inner !== "object" || inner === null) return inner;
    if (!copies.has(inner)) copies.set(inner, copy(inner));
    return copies.get(inner);
  };
  return walk(value) as T;
}
