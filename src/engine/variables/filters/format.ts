import { parseDouble, parseInt32 } from "../evaluation/numbers.ts";
import { addTicks, type DateTime, parseDateTime, toUtc } from "./date-time.ts";
import { parseDecimal } from "./decimal.ts";
import { formatDate } from "./format-date.ts";
import { formatNumber } from "./format-number.ts";

type Formatter = (input: string, format: string) => string | undefined;

/** A date without an offset belongs to the local zone, which is UTC here. */
function withOffset(date: DateTime): DateTime {
  return typeof date.zone === "number" ? date : { ...date, zone: 0 };
}

const asInteger: Formatter = (input, format) => {
  const value = parseInt32(input);
  return value === undefined ? undefined : formatNumber({ type: "int", value }, format);
};
const asDouble: Formatter = (input, format) => {
  const value = parseDouble(input);
  return value === undefined ? undefined : formatNumber({ type: "double", value }, format);
};
const asDecimal: Formatter = (input, format) => {
  const value = parseDecimal(input);
  return value === undefined ? undefined : formatNumber({ type: "decimal", value }, format);
};
const asDate: Formatter = (input, format) => {
  const date = parseDateTime(input);
  return date && formatDate(date.zone === undefined ? date : { ...toUtc(date), zone: 0 }, format);
};
const asDateWithOffset: Formatter = (input, format) => {
  const date = parseDateTime(input);
  return date && formatDate(withOffset(date), format);
};

const formatters = new Map<string, Formatter>([
  ["int", asInteger],
  ["int32", asInteger],
  ["double", asDouble],
  ["decimal", asDecimal],
  ["date", asDate],
  ["datetime", asDate],
  ["datetimeoffset", asDateWithOffset],
]);

/** The filter `Format`: a number or date in a format, its type given or guessed. */
export function format(input: string, options: readonly string[]): string | undefined {
  const [first = "", second] = options;
  if (options.length === 1) return asDecimal(input, first) ?? asDateWithOffset(input, first);
  if (options.length !== 2 || second === undefined) return undefined;
  return formatters.get(first.toLowerCase())?.(input, second);
}

const ticksPerHour = 36_000_000_000;

/** The filters `AddHours` and `AddDays`: a date and time moved by a number of hours. */
export function addHours(input: string, amount: string, hoursEach: number): string | undefined {
  const date = parseDateTime(input);
  const ticks = (parseDouble(amount) ?? Number.NaN) * hoursEach * ticksPerHour;
  if (!date || !Number.isFinite(ticks)) return undefined;
  const moved = addTicks(date, BigInt(Math.round(ticks)));
  return moved && formatDate(moved, "o");
}
