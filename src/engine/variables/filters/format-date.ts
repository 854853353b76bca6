import { unsupported } from "../errors.ts";
import { type DateParts, type DateTime, dateParts, formatOffset, padded, toUtc } from "./date-time.ts";

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const roundTrip = "yyyy-MM-ddTHH:mm:ss.fffffffK";
const standardFormats = new Map<string, { pattern: string; utc?: boolean }>(
  Object.entries({
    o: { pattern: roundTrip },
    O: { pattern: roundTrip },
    s: { pattern: "yyyy-MM-ddTHH:mm:ss" },
    u: { pattern: "yyyy-MM-dd HH:mm:ss'Z'", utc: true },
    r: { pattern: "ddd, dd MMM yyyy HH:mm:ss 'GMT'", utc: true },
    R: { pattern: "ddd, dd MMM yyyy HH:mm:ss 'GMT'", utc: true },
  }),
);
const cultureBound = /^[dDfFgGmMtTUyY]$/;

const specifier = /y+|M+|d+|H+|h+|m+|s+|f+|F+|t+|K|z+|g+|\\[\s\S]|'[^']*'|"[^"]*"|%|[\s\S]/g;
const known = /^(?:y+|M+|d+|H+|h+|m+|s+|f{1,7}|t+|K|z+)$/;

/** A date and time in a .NET format with English names; undefined for an invalid format. Throws for a culture-bound one. */
export function formatDate(date: DateTime, format: string): string | undefined {
  const standard = standardFormats.get(format);
  if (standard) return formatPattern(standard.utc ? toUtc(date) : date, standard.pattern);
  if (cultureBound.test(format)) throw unsupported(`the culture-bound date format ${format}`);
  if (format.length === 1) return undefined;
  return formatPattern(date, format === "" ? roundTrip : format);
}

function formatPattern(date: DateTime, pattern: string): string | undefined {
  const parts = dateParts(date);
  let text = "";
  for (const [piece] of pattern.matchAll(specifier)) {
    const formatted = formatPiece(piece, parts, date.zone);
    if (formatted === undefined) return undefined;
    text += formatted;
  }
  return text;
}

function formatPiece(piece: string, parts: DateParts, zone: DateTime["zone"]): string | undefined {
  if (known.test(piece)) return formatPart(piece.charAt(0), piece.length, parts, zone);
  if (/^[Fg]/.test(piece)) throw unsupported(`the date format ${piece}`);
  if (piece === "%") return "";
  if (/^(?:f|.$)/s.test(piece)) return /^[f\\'"]/.test(piece) ? undefined : piece;
  return piece.startsWith("\\") ? piece.slice(1) : piece.slice(1, -1);
}

function formatPart(letter: string, width: number, parts: DateParts, zone: DateTime["zone"]): string {
  switch (letter) {
    case "y":
      return width <= 2 ? padded(parts.year % 100, width) : padded(parts.year, width);
    case "M":
      return width <= 2 ? padded(parts.month, width) : named(months, parts.month - 1, width === 3);
    case "d":
      return width <= 2 ? padded(parts.day, width) : named(weekdays, parts.weekday, width === 3);
    case "H":
      return padded(parts.hour, Math.min(width, 2));
    case "h":
      return padded(parts.hour % 12 || 12, Math.min(width, 2));
    case "m":
      return padded(parts.minute, Math.min(width, 2));
    case "s":
      return padded(parts.second, Math.min(width, 2));
    case "f":
      return padded(parts.fraction, 7).slice(0, width);
    case "t":
      return (parts.hour < 12 ? "AM" : "PM").slice(0, width);
    case "K":
      return typeof zone === "number" ? formatOffset(zone) : (zone ?? "");
    default:
      return formatZone(typeof zone === "number" ? zone : 0, width);
  }
}

function named(names: readonly string[], index: number, short: boolean): string {
  const name = names[index] ?? "";
  return short ? name.slice(0, 3) : name;
}

function formatZone(minutes: number, width: number): string {
  const text = formatOffset(minutes);
  if (width >= 3) return text;
  return width === 2 ? text.slice(0, 3) : text.slice(0, 1) + Number(text.slice(1, 3));
}
