import { unsupported } from "../errors.ts";
import { type Decimal, decimalParts, roundTo, timesTenTo } from "./decimal.ts";

/** One piece of a custom number format: a digit's place, the point, a comma, or text. */
interface Piece {
  readonly kind: "zero" | "digit" | "point" | "comma" | "text";
  readonly text: string;
}

const pieces = /\\[\s\S]|'[^']*'|"[^"]*"|[eE][+-]?0+|[\s\S]/g;
const kinds: Record<string, Piece["kind"]> = { "0": "zero", "#": "digit", ".": "point", ",": "comma" };

/** A number in a pattern of `0`, `#`, `,`, `.`, `%`, quoted text and `;` sections. */
export function formatCustom(value: Decimal, pattern: string): string {
  const sections = splitSections(pattern);
  const [first = []] = sections;
  const chosen = value.digits === 0n ? sections[2] : value.negative ? sections[1] : undefined;
  const section = chosen && chosen.length > 0 ? chosen : first;
  const text = formatSection(value, section);
  return value.negative && section === first && /[1-9]/.test(text) ? `-${text}` : text;
}

function splitSections(pattern: string): Piece[][] {
  const sections: Piece[][] = [[]];
  for (const [text] of pattern.matchAll(pieces)) {
    if (text === ";") sections.push([]);
    else sections.at(-1)?.push(pieceOf(text));
  }
  return sections;
}

function pieceOf(text: string): Piece {
  const kind = kinds[text];
  if (kind) return { kind, text };
  if (/^[eE]./.test(text)) throw unsupported(`the exponent ${text} in a number format`);
  if (text.length === 1) return { kind: "text", text };
  return { kind: "text", text: text.startsWith("\\") ? text.slice(1) : text.slice(1, -1) };
}

function formatSection(value: Decimal, section: readonly Piece[]): string {
  const isPlace = ({ kind }: Piece) => kind === "zero" || kind === "digit";
  const point = section.findIndex(({ kind }) => kind === "point");
  const before = point < 0 ? section : section.slice(0, point);
  const after = point < 0 ? [] : section.slice(point + 1);
  const lastPlace = before.findLastIndex(isPlace);
  const firstPlace = before.findIndex(isPlace);
  const thousands = before.slice(lastPlace + 1).filter(({ kind }) => kind === "comma").length;
  const inGroups = before.slice(firstPlace + 1, Math.max(lastPlace, 0)).some(({ kind }) => kind === "comma");
  const percent = section.filter(({ text }) => text === "%").length;

  const scaled = timesTenTo(value, 2 * percent - (lastPlace < 0 ? 0 : 3 * thousands));
  const places = after.filter(isPlace);
  const { whole, fraction } = decimalParts(roundTo(scaled, places.length));
  const head = formatWhole(whole.replace(/^0+/, ""), before, inGroups);
  const tail = formatFraction(fraction, after, isPlace);
  return head + (tail.digits ? "." : "") + tail.text;
}

/** Fills the places before the point from the right; the first place takes all digits that are left. */
function formatWhole(digits: string, section: readonly Piece[], inGroups: boolean): string {
  const placeCount = section.filter(({ kind }) => kind === "zero" || kind === "digit").length;
  const firstZero = section.findIndex(({ kind }) => kind === "zero");
  const required = firstZero < 0 ? 0 : section.slice(firstZero).filter(({ kind }) => kind === "zero" || kind === "digit").length;
  const shown = digits.padStart(required, "0");
  let remaining = placeCount;
  let written = 0;
  let text = "";
  const take = (until: number): void => {
    for (; written < until; written++) {
      const behind = shown.length - written;
      text += (inGroups && written > 0 && behind % 3 === 0 ? "," : "") + shown.charAt(written);
    }
  };
  for (const piece of section) {
    if (piece.kind === "text") text += piece.text;
    if (piece.kind !== "zero" && piece.kind !== "digit") continue;
    remaining--;
    take(shown.length - remaining);
  }
  return text;
}

function formatFraction(
  fraction: string,
  section: readonly Piece[],
  isPlace: (piece: Piece) => boolean,
): { text: string; digits: boolean } {
  const required = section.filter(isPlace).findLastIndex(({ kind }) => kind === "zero") + 1;
  const shown = fraction.slice(0, Math.max(required, fraction.replace(/0+$/, "").length));
  let place = 0;
  let text = "";
  for (const piece of section) {
    if (piece.kind === "text") text += piece.text;
    else if (isPlace(piece)) text += shown.charAt(place++);
  }
  return { text, digits: shown.length > 0 };
}
