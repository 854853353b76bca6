/** A date and time as it was written: wall-clock ticks of 100 ns since year 1, and its zone (none, `Z`, or minutes from UTC). */
export interface DateTime {
  readonly ticks: bigint;
  readonly zone: undefined | "Z" | number;
}

/** The parts of a date and time on the wall clock; `weekday` 0 is Sunday, `fraction` counts ticks of 100 ns. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly fraction: number;
  readonly weekday: number;
}

const ticksPerMillisecond = 10_000n;
const ticksPerSecond = 10_000_000n;
const ticksPerMinute = 60n * ticksPerSecond;
const unixEpoch = 621_355_968_000_000_000n;
const lastTick = 3_155_378_975_999_999_999n;

const zonePattern = "(Z|[+-]\\d{2}:?\\d{2})?";
const timePattern = "(\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,7})\\d*)?)?";
const jsonDate = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,7})\d*)?(Z|[+-]\d{2}:?\d{2})?$/;
const yearFirst = new RegExp(`^(\\d{4})([-/])(\\d{1,2})\\2(\\d{1,2})(?:[T ]${timePattern} ?${zonePattern})?$`, "i");
const monthFirst = new RegExp(`^(\\d{1,2})/(\\d{1,2})/(\\d{4})(?: ${timePattern} ?${zonePattern})?$`, "i");

/** Reads the one form of date that the original recognises in the strings of a JSON value. */
export function parseJsonDate(text: string): DateTime | undefined {
  const found = jsonDate.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = found;
  return dateTime([year, month, day, hour, minute, second], fraction, zone);
}

/** Reads ISO 8601, `yyyy/MM/dd HH:mm:ss` and `MM/dd/yyyy` dates, with or without a time and a zone. */
export function parseDateTime(text: string): DateTime | undefined {
  const trimmed = text.trim();
  const iso = yearFirst.exec(trimmed);
  if (iso) {
    const [, year, , month, day, hour, minute, second, fraction, zone] = iso;
    return dateTime([year, month, day, hour, minute, second], fraction, zone);
  }
  const american = monthFirst.exec(trimmed);
  if (!american) return undefined;
  const [, month, day, year, hour, minute, second, fraction, zone] = american;
  return dateTime([year, month, day, hour, minute, second], fraction, zone);
}

function dateTime(fields: (string | undefined)[], fraction = "", zoneText: string | undefined): DateTime | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields.map((field) => Number(field ?? 0));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const valid = year >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  const zone = readZone(zoneText);
  if (!valid || zone === null) return undefined;
  return { ticks: unixEpoch + BigInt(date.getTime()) * ticksPerMillisecond + BigInt(fraction.padEnd(7, "0")), zone };
}

function readZone(text: string | undefined): DateTime["zone"] | null {
  if (text === undefined) return undefined;
  if (text.toUpperCase() === "Z") return "Z";
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(-2));
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) return null;
  return (text.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

/** The UTC date and time of a count of milliseconds since 1970, or undefined outside the years 1 to 9999. */
export function fromUnixMilliseconds(milliseconds: number): DateTime | undefined {
  return inRange({ ticks: unixEpoch + BigInt(Math.trunc(milliseconds)) * ticksPerMillisecond, zone: "Z" });
}

/** The date and time moved by a count of ticks, or undefined outside the years 1 to 9999. */
export function addTicks(date: DateTime, ticks: bigint): DateTime | undefined {
  return inRange({ ...date, ticks: date.ticks + ticks });
}

function inRange(date: DateTime): DateTime | undefined {
  return date.ticks >= 0n && date.ticks <= lastTick ? date : undefined;
}

/** The same instant in UTC; a date without a zone counts as UTC already. */
export function toUtc(date: DateTime): DateTime {
  const minutes = typeof date.zone === "number" ? date.zone : 0;
  return { ticks: date.ticks - BigInt(minutes) * ticksPerMinute, zone: "Z" };
}

/** The wall-clock parts of a date and time. */
export function dateParts({ ticks }: DateTime): DateParts {
  const sinceEpoch = ticks - unixEpoch;
  const fraction = ((sinceEpoch % ticksPerSecond) + ticksPerSecond) % ticksPerSecond;
  const date = new Date(Number((sinceEpoch - fraction) / ticksPerMillisecond));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    fraction: Number(fraction),
    weekday: date.getUTCDay(),
  };
}

/** A number with leading zeros. */
export function padded(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

/** `MM/DD/YYYY HH:MM:SS`, an offset converted to UTC: how a date out of a JSON value reads. */
export function formatShortDate(date: DateTime): string {
  const { year, month, day, hour, minute, second } = dateParts(typeof date.zone === "number" ? toUtc(date) : date);
  return `${padded(month, 2)}/${padded(day, 2)}/${padded(year, 4)} ${[hour, minute, second].map((part) => padded(part, 2)).join(":")}`;
}

/** `±hh:mm` of a count of minutes from UTC. */
export function formatOffset(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${padded(Math.floor(size / 60), 2)}:${padded(size % 60, 2)}`;
}
