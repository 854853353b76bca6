import { unsupported } from "../errors.ts";
import { formatDouble } from "../evaluation/numbers.ts";
import { type Decimal, decimalOf, decimalParts, grouped, roundTo, timesTenTo } from "./decimal.ts";
import { formatCustom } from "./format-pattern.ts";

/** A number to be formatted: its type decides which standard formats it has. */
export type FormattedNumber =
  | { readonly type: "int"; readonly value: number }
  | { readonly type: "double"; readonly value: number }
  | { readonly type: "decimal"; readonly value: Decimal };

const standard = /^([A-Za-z])(\d{0,2})$/;

/** A number in a .NET format; undefined for a format its type does not have. Throws for a culture-bound one. */
export function formatNumber(number: FormattedNumber, format: string): string | undefined {
  if (number.type === "double" && !Number.isFinite(number.value)) return formatDouble(number.value);
  const decimal = number.type === "decimal" ? number.value : decimalOf(number.value);
  const [, letter, precisionText = ""] = standard.exec(format) ?? (format === "" ? ["", "G"] : []);
  if (letter === undefined) return formatCustom(decimal, format);
  const precision = precisionText === "" ? undefined : Number(precisionText);
  return formatStandard(number, decimal, letter, precision);
}

function formatStandard(number: FormattedNumber, decimal: Decimal, letter: string, precision: number | undefined): string | undefined {
  switch (letter.toUpperCase()) {
    case "F":
      return fixed(decimal, precision ?? 2, false);
    case "N":
      return fixed(decimal, precision ?? 2, true);
    case "P":
      return `${fixed(timesTenTo(decimal, 2), precision ?? 2, true)} %`;
    case "E":
      return exponential(decimal, precision ?? 6, letter, 3);
    case "D":
      return number.type === "int" ? signed(decimal, decimal.digits.toString().padStart(precision ?? 0, "0")) : undefined;
    case "X":
      return number.type === "int" ? hexadecimal(number.value, letter, precision ?? 0) : undefined;
    case "G":
      return general(number, decimal, letter, precision ?? 0);
    case "R":
      return number.type === "double" ? formatDouble(number.value) : undefined;
    case "C":
      throw unsupported("the culture-bound number format C");
    default:
      return undefined;
  }
}

function signed(decimal: Decimal, text: string): string {
  return decimal.negative && decimal.digits !== 0n ? `-${text}` : text;
}

function fixed(decimal: Decimal, places: number, inGroups: boolean): string {
  const rounded = roundTo(decimal, places);
  const { whole, fraction } = decimalParts(rounded);
  return signed(rounded, (inGroups ? grouped(whole) : whole) + (places > 0 ? `.${fraction}` : ""));
}

function hexadecimal(value: number, letter: string, width: number): string {
  const text = (value >>> 0).toString(16).padStart(width, "0");
  return letter === "X" ? text.toUpperCase() : text;
}

/** The leading digits of a number, rounded, and the power of ten of the first. */
function significant(decimal: Decimal, count: number): { digits: string; exponent: number } {
  const length = decimal.digits.toString().length;
  const exponent = decimal.digits === 0n ? 0 : length - 1 - decimal.scale;
  const rounded = roundTo({ ...decimal, scale: length - 1 }, count - 1);
  const digits = rounded.digits.toString();
  return digits.length > count ? { digits: digits.slice(0, count), exponent: exponent + 1 } : { digits, exponent };
}

function exponential(decimal: Decimal, places: number, letter: string, width: number): string {
  const { digits, exponent } = significant(decimal, places + 1);
  return signed(decimal, withExponent(digits.padEnd(places + 1, "0"), exponent, letter, width));
}

function withExponent(digits: string, exponent: number, letter: string, width: number): string {
  const mantissa = digits.length > 1 ? `${digits.charAt(0)}.${digits.slice(1)}` : digits;
  return `${mantissa}${letter}${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(width, "0")}`;
}

function general(number: FormattedNumber, decimal: Decimal, letter: string, precision: number): string {
  if (precision === 0 && number.type === "double") return formatDouble(number.value);
  const { whole, fraction } = decimalParts(decimal);
  if (precision === 0) return signed(decimal, fraction === "" ? whole : `${whole}.${fraction}`);
  const { digits, exponent } = significant(decimal, precision);
  if (exponent >= precision || exponent < -4)
    return signed(decimal, withExponent(digits.replace(/0+$/, "") || "0", exponent, letter === "g" ? "e" : "E", 2));
  const rounded = roundTo(decimal, Math.max(0, precision - 1 - exponent));
  const parts = decimalParts(rounded);
  const places = parts.fraction.replace(/0+$/, "");
  return signed(rounded, places === "" ? parts.whole : `${parts.whole}.${places}`);
}
