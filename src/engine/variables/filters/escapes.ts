import { utf8 } from "./encodings.ts";

const markup = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
  ["/", "&#x2F;"],
]);
const control = new Map([
  ["\r", "\\r"],
  ["\n", "\\n"],
  ["\t", "\\t"],
  ["\\", "\\\\"],
]);

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function escapeUnits(text: string, pattern: RegExp, escapes: ReadonlyMap<string, string>): string {
  return text.replace(pattern, (unit) => escapes.get(unit) ?? unicodeEscape(unit));
}

/** Escapes for HTML text and attributes. */
export function htmlEscape(text: string): string {
  return escapeUnits(text, /[&<>"'/]/g, markup);
}

/** Escapes for XML text and attributes. */
export function xmlEscape(text: string): string {
  return escapeUnits(text, /[&<>"']/g, markup);
}

const quotedControl = new Map([...control, ['"', '\\"']]);

/** Escapes for a JSON string: quote, backslash and the three common control characters. */
export function jsonEscape(text: string): string {
  return escapeUnits(text, /["\\\r\n\t]/g, quotedControl);
}

/** Escapes for a single-quoted YAML string. */
export function yamlSingleQuoteEscape(text: string): string {
  return text.replace(/(?:\r?\n)+/g, (run) => (run.startsWith("\r") ? "\r\n" : "\n") + run).replaceAll("'", "''");
}

/** Escapes for a double-quoted YAML string. */
export function yamlDoubleQuoteEscape(text: string): string {
  return escapeUnits(text, /["\\]|[^\x20-\x7e]/g, quotedControl);
}

const keyEscapes = new Map([...control, [" ", "\\ "], [":", "\\:"], ["=", "\\="]]);

/** Escapes for a key of a Java properties file. */
export function propertiesKeyEscape(text: string): string {
  return escapeUnits(text, /[ :=\\\r\n\t]|[\u00ff-\uffff]/g, keyEscapes);
}

/** Escapes for a value of a Java properties file. */
export function propertiesValueEscape(text: string): string {
  return escapeUnits(text, /^ |[\\\r\n\t]|[\u00ff-\uffff]/g, keyEscapes);
}

function percentEncode(text: string, kept: RegExp): string {
  let encoded = "";
  for (const byte of utf8(text)) {
    const character = String.fromCharCode(byte);
    encoded += kept.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}

/** Percent-encodes what may not stand in an address. */
export function uriEscape(text: string): string {
  return percentEncode(text, /[-A-Za-z0-9._~:/?#[\]@!$&'()*+,;=]/);
}

/** Percent-encodes what may not stand in one part of an address. */
export function uriDataEscape(text: string): string {
  return percentEncode(text, /[-A-Za-z0-9._~]/);
}
