/** An index over the needles of all patterns, so that reading a text once says which patterns are worth trying. */

const size = 4;

/** Four characters as one number; rare collisions only cost a try. */
const gram = (text: string, at: number): number =>
  ((text.charCodeAt(at) & 127) << 21) |
  ((text.charCodeAt(at + 1) & 127) << 14) |
  ((text.charCodeAt(at + 2) & 127) << 7) |
  (text.charCodeAt(at + 3) & 127);

function grams(text: string): number[] {
  return Array.from({ length: Math.max(0, text.length - size + 1) }, (_, at) => gram(text, at));
}

/** Marks, for a text, the needles that may be in it: 1 at their position. Needles shorter than four characters are always marked. */
export function needleIndex(needles: readonly string[]): (text: string) => Uint8Array {
  const frequency = new Map<number, number>();
  for (const needle of needles) for (const one of new Set(grams(needle))) frequency.set(one, (frequency.get(one) ?? 0) + 1);
  const always = new Uint8Array(needles.length);
  const byGram = new Map<number, number[]>();
  needles.forEach((needle, at) => {
    // The gram that the fewest needles share tells most.
    const [rarest] = grams(needle).sort((a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0));
    if (rarest === undefined) always[at] = 1;
    else byGram.set(rarest, [...(byGram.get(rarest) ?? []), at]);
  });
  return (text) => {
    const marked = always.slice();
    for (let at = 0; at + size <= text.length; at++) {
      for (const needle of byGram.get(gram(text, at)) ?? []) marked[needle] = 1;
    }
    return marked;
  };
}
