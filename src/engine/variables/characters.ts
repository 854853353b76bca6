const whiteSpaceUnits = "\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const whiteSpace = new RegExp(`[${whiteSpaceUnits}]`);
const leading = new RegExp(`^[${whiteSpaceUnits}]+`);
const notWhiteSpace = new RegExp(`[^${whiteSpaceUnits}]`);
const letterOrDigit = /[\p{L}\p{Nd}]/u;

const asciiWord = /[A-Za-z0-9_\-:/~()@]/;
const wordUnits = Array.from({ length: 128 }, (_, unit) => asciiWord.test(String.fromCharCode(unit)));
const spaceUnits = Array.from({ length: 128 }, (_, unit) => whiteSpace.test(String.fromCharCode(unit)));

/** Whether a code unit (NaN past the end of a text) is white space as .NET sees it. */
export function isWhiteSpace(unit: number): boolean {
  return unit < 128 ? spaceUnits[unit] === true : whiteSpace.test(String.fromCharCode(unit));
}

/** Whether a code unit may stand in a name or in a bare filter option. */
export function isWordUnit(unit: number): boolean {
  return unit < 128 ? wordUnits[unit] === true : letterOrDigit.test(String.fromCharCode(unit));
}

/** Cuts white space as .NET sees it off the start. */
export function trimStart(text: string): string {
  return text.replace(leading, "");
}

/** Cuts white space as .NET sees it off the end. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isWhiteSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Cuts white space as .NET sees it off both ends. */
export function trim(text: string): string {
  return trimEnd(trimStart(text));
}

/** Whether a text holds nothing but white space. */
export function isBlank(text: string): boolean {
  return !notWhiteSpace.test(text);
}

const ascii = /^[\0-\x7f]*$/;
const uncased = new Set(["\u0131", "\u017f"]);

function mapUnits(text: string, change: (unit: string) => string): string {
  if (ascii.test(text)) return change(text);
  let mapped = "";
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at);
    const changed = change(unit);
    mapped += changed.length === 1 && !uncased.has(unit) ? changed : unit;
  }
  return mapped;
}

/** Upper case, one code unit to one (so `ß` stays), without a locale. */
export function toUpper(text: string): string {
  return mapUnits(text, (unit) => unit.toUpperCase());
}

/** Lower case, one code unit to one (so no final sigma), without a locale. */
export function toLower(text: string): string {
  return mapUnits(text, (unit) => unit.toLowerCase());
}

/** The form in which names are compared without regard to case. */
export function fold(name: string): string {
  return toUpper(name);
}
