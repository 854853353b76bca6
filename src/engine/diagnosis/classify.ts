import type { Cause } from "./catalogue/cause.ts";
import { catalogue } from "./catalogue/index.ts";
import { needleIndex } from "./needles.ts";
import { compile, once, packedSafe } from "./pattern.ts";
import { type Reading, readings } from "./readings.ts";

/** What was recognised: the class, and the values the message named. */
export interface Classification {
  readonly id: string;
  readonly captures: Readonly<Record<string, string>>;
  readonly entry: Cause;
}

interface Hit {
  readonly rank: number;
  readonly captures: Readonly<Record<string, string>>;
}

/** Every pattern with the rank of its class, in the order of the catalogue; read when first needed, not when the program starts. */
const prepared = once(() => {
  const patterns = catalogue.flatMap((cause, rank) => cause.match.flatMap(compile).map((pattern) => ({ ...pattern, rank })));
  return { patterns, mark: needleIndex(patterns.map((pattern) => pattern.needle)) };
});

function tidy(groups: Record<string, string | undefined> | undefined, keep: (name: string) => boolean): Record<string, string> {
  const captures: Record<string, string> = {};
  for (const [name, value] of Object.entries(groups ?? {})) {
    const text = value?.trim().replace(/^["'`]+|["'`.:,;]+$/g, "");
    if (text && keep(name)) captures[name] = text;
  }
  return captures;
}

/** The first class, in the catalogue's order and before `below`, that fits one reading; tools also wrap inside words, hence the packed form. */
function firstHit(reading: Reading, below: number, accept: (cause: Cause) => boolean): Hit | undefined {
  const { patterns, mark } = prepared();
  const haystack = reading.packed.toLowerCase();
  const marked = mark(haystack);
  for (let at = 0; at < patterns.length; at++) {
    if (marked[at] === 0) continue;
    const pattern = patterns[at] as (typeof patterns)[number];
    const { rank, needle, guarded, bounded } = pattern;
    if (rank >= below) return undefined;
    if (!haystack.includes(needle) || !accept(catalogue[rank] as Cause)) continue;
    const spaced = pattern.spaced().exec(reading.spaced);
    const dense = bounded || (spaced && !guarded) ? null : pattern.packed().exec(reading.packed);
    if (spaced && (dense || bounded || !guarded)) return { rank, captures: tidy(spaced.groups, () => true) };
    if (dense) return { rank, captures: tidy(dense.groups, (name) => packedSafe.has(name)) };
  }
  return undefined;
}

/** What any other expression or reading of the same class captures: a broken text may fit best where it names nothing. */
function otherCaptures(all: readonly Reading[], rank: number): Hit["captures"] {
  for (const pattern of prepared().patterns) {
    if (pattern.rank !== rank) continue;
    for (const { spaced } of all) {
      const captures = tidy(pattern.spaced().exec(spaced)?.groups, () => true);
      if (Object.keys(captures).length > 0) return captures;
    }
  }
  return {};
}

const everything = (): boolean => true;

/**
 * Recognises a message: the class that stands first in the catalogue among all that fit any reading of the text;
 * undefined when it is unknown. Never throws, on any text.
 */
export function classify(text: string, accept: (cause: Cause) => boolean = everything): Classification | undefined {
  const all = readings(text);
  let best: Hit | undefined;
  for (const fallback of [false, true]) {
    for (const reading of all) {
      if (reading.fallback === fallback) best = firstHit(reading, best?.rank ?? catalogue.length, accept) ?? best;
    }
    if (best) break;
  }
  if (!best) return undefined;
  const entry = catalogue[best.rank] as Cause;
  const captures = Object.keys(best.captures).length > 0 ? best.captures : otherCaptures(all, best.rank);
  return { id: entry.id, captures, entry };
}
