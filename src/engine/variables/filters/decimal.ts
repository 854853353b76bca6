/** An exact decimal number: digits × 10^-scale. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: bigint;
  readonly scale: number;
}

const decimalText = /^[\t-\r ]*([+-]?)(\d[\d,]*)?(?:\.(\d*))?([+-]?)[\t-\r ]*$/;
const largestDecimal = 79_228_162_514_264_337_593_543_950_335n;

/** Reads a decimal number as .NET does (no exponent, commas between digits ignored), or undefined. */
export function parseDecimal(text: string): Decimal | undefined {
  const found = decimalText.exec(text);
  if (!found || text.length > 1000) return undefined;
  const [, sign = "", whole = "", fraction = "", trailingSign = ""] = found;
  const digits = whole.replaceAll(",", "") + fraction;
  if (digits === "" || (sign !== "" && trailingSign !== "")) return undefined;
  const value = { negative: sign + trailingSign === "-", digits: BigInt(digits), scale: fraction.length };
  return value.digits / 10n ** BigInt(value.scale) > largestDecimal ? undefined : roundTo(value, Math.min(28, value.scale));
}

/** The decimal with the digits a finite double prints. */
export function decimalOf(value: number): Decimal {
  const [mantissa = "0", exponentText = "0"] = Math.abs(value).toExponential().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const exponent = Number(exponentText);
  const scale = fraction.length - exponent;
  const digits = BigInt(whole + fraction);
  const negative = value < 0;
  return scale >= 0 ? { negative, digits, scale } : { negative, digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** The decimal with exactly this many decimal places, half rounded away from zero. */
export function roundTo(value: Decimal, places: number): Decimal {
  if (value.scale <= places) return { ...value, digits: value.digits * 10n ** BigInt(places - value.scale), scale: places };
  const unit = 10n ** BigInt(value.scale - places);
  return { ...value, digits: (value.digits + unit / 2n) / unit, scale: places };
}

/** The decimal times a power of ten. */
export function timesTenTo(value: Decimal, power: number): Decimal {
  const scale = value.scale - power;
  return scale >= 0 ? { ...value, scale } : { ...value, digits: value.digits * 10n ** BigInt(-scale), scale: 0 };
}

/** The digits before and after the point, without a sign. */
export function decimalParts({ digits, scale }: Decimal): { whole: string; fraction: string } {
  const text = digits.toString().padStart(scale + 1, "0");
  return { whole: text.slice(0, text.length - scale), fraction: text.slice(text.length - scale) };
}

/** A comma between every three digits. */
export function grouped(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ",");
}
