import { exception } from "../errors.ts";
import { parseInt32 } from "../evaluation/numbers.ts";
import { md5, sha1, sha256, sha384, sha512 } from "./digests.ts";

type Encoding = "utf8" | "unicode";

const encodings = new Map<string, Encoding>([
  ["utf8", "utf8"],
  ["utf-8", "utf8"],
  ["unicode", "unicode"],
]);

/** The bytes of a text in UTF-8 (lone surrogates become U+FFFD). */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function utf16(text: string): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(text.length * 2));
  const whole = text.toWellFormed();
  for (let at = 0; at < whole.length; at++) bytes.setUint16(at * 2, whole.charCodeAt(at), true);
  return new Uint8Array(bytes.buffer);
}

function encode(text: string, encoding: Encoding): Uint8Array {
  return encoding === "utf8" ? utf8(text) : utf16(text);
}

function decode(bytes: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding === "utf8" ? "utf-8" : "utf-16le", { ignoreBOM: true }).decode(bytes);
}

const base64Text = /^[A-Za-z0-9+/]*={0,2}$/;

function fromBase64Bytes(text: string): Uint8Array | undefined {
  const compact = text.replace(/[ \t\r\n]/g, "");
  if (compact.length % 4 !== 0 || !base64Text.test(compact)) return undefined;
  return Uint8Array.from(atob(compact), (unit) => unit.charCodeAt(0));
}

function encodingOption(options: readonly string[]): Encoding | undefined {
  if (options.length > 1) return undefined;
  return encodings.get((options[0] ?? "utf8").toLowerCase());
}

/** The filter `ToBase64`. */
export function toBase64(input: string, options: readonly string[]): string | undefined {
  const encoding = encodingOption(options);
  if (!encoding) return undefined;
  let binary = "";
  for (const byte of encode(input, encoding)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The filter `FromBase64`. Throws when the input is not base-64. */
export function fromBase64(input: string, options: readonly string[]): string | undefined {
  const bytes = fromBase64Bytes(input);
  if (!bytes) throw exception("the value is not valid base-64 (letters, digits, + and /, padded with = to a multiple of four)");
  const encoding = encodingOption(options);
  return encoding && decode(bytes, encoding);
}

/** The digest functions behind the hash filters, by the filter's name in lower case. */
export const digests = { md5, sha1, sha256, sha384, sha512 };

/** A hash filter: lower-case hexadecimal digits, cut to a number of bytes. */
export function hash(digest: (bytes: Uint8Array) => Uint8Array, input: string, options: readonly string[]): string | undefined {
  const sizes = options.filter((option) => parseInt32(option) !== undefined);
  const [encoding = "utf8", ...others] = options.filter((option) => parseInt32(option) === undefined).map((option) => option.toLowerCase());
  if (sizes.length > 1 || others.length > 0) return undefined;
  const size = sizes[0] === undefined ? undefined : parseInt32(sizes[0]);
  if (size !== undefined && size <= 0) return undefined;
  const bytes = hashedBytes(input, encoding);
  return bytes && Array.from(digest(bytes).subarray(0, size), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function hashedBytes(input: string, name: string): Uint8Array | undefined {
  if (name === "base64") return fromBase64Bytes(input);
  const encoding = encodings.get(name);
  return encoding && encode(input, encoding);
}
