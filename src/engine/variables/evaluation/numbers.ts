const doubleText = /^[\t-\r ]*([+-]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)[\t-\r ]*$/i;
const namedDouble = /^[\t-\r ]*([+-]?)(infinity|nan|∞)[\t-\r ]*$/i;
const integerText = /^[\t-\r ]*([+-]?\d+)[\t-\r ]*$/;

/** Reads a double as .NET does in the invariant culture (commas between digits are ignored), or undefined. */
export function parseDouble(text: string): number | undefined {
  const digits = doubleText.exec(text)?.[1];
  if (digits !== undefined) return Number(digits.replaceAll(",", ""));
  const named = namedDouble.exec(text);
  if (!named) return undefined;
  const magnitude = named[2]?.toLowerCase() === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
  return named[1] === "-" ? -magnitude : magnitude;
}

/** Reads a 32-bit integer, white space and a sign allowed, or undefined. */
export function parseInt32(text: string): number | undefined {
  const digits = integerText.exec(text)?.[1];
  const value = Number(digits ?? Number.NaN) + 0;
  return value >= -2147483648 && value <= 2147483647 ? value : undefined;
}

/** The shortest digits that read back as the same double, in .NET's notation (`1E+15`, `1E-05`). */
export function formatDouble(value: number): string {
  if (Object.is(value, -0)) return "-0";
  if (!Number.isFinite(value)) return String(value);
  const [mantissa = "0", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent > -5 && exponent < 15) return String(value);
  const digits = String(Math.abs(exponent)).padStart(2, "0");
  return `${mantissa}E${exponent < 0 ? "-" : "+"}${digits}`;
}
