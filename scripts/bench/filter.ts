/** How fast the picker's filter answers a keystroke over 5,000 security groups. */
import { performance } from "node:perf_hooks";
import type { PickerItem } from "../../src/engine/discovery.ts";
import { filterItems } from "../../src/engine/filter.ts";

const words = ["web", "worker", "api", "database", "cache", "internal", "public", "payments", "orders", "ingress"];
const word = (index: number): string => words[index % words.length] as string;

/** Made-up security groups as a picker holds them. */
export const manyGroups = (count: number): readonly PickerItem[] =>
  Array.from({ length: count }, (_, index) => {
    const value = `sg-0${((index * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, "0")}a1b2c3d4`;
    const columns = [
      `${word(index)}-${word(index * 7 + 1)}-${index}`,
      value,
      `Security group for ${word(index * 3)} of the ${word(index * 5 + 2)} team`,
      `in 80, 443 from anywhere; 22 from 10.0.${index % 255}.0/24 · out all`,
    ];
    return { value, columns };
  });

const texts = ["payments-orders-37", "wrk pub", "sg-0a1b", "ingress 443", "zzz"];

/** Milliseconds of every keystroke while the texts are typed letter by letter; the first letter of each apart from the rest. */
export function timesOfTyping(items: readonly PickerItem[], rounds: number): { readonly first: number[]; readonly later: number[] } {
  const times = { first: [] as number[], later: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const text of texts) {
      for (let length = 1; length <= text.length; length++) {
        const begin = performance.now();
        filterItems(items, text.slice(0, length));
        times[length === 1 ? "first" : "later"].push(performance.now() - begin);
      }
    }
  }
  return times;
}

const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) * share)] ?? 0;

/** The lines of `npm run bench`. */
export async function bench(): Promise<string[]> {
  const items = manyGroups(5000);
  timesOfTyping(items, 1);
  const { first, later } = timesOfTyping(items, 10);
  const line = (name: string, times: readonly number[], aim: number) => {
    const worst = quantile(times, 0.99);
    return `${name.padEnd(44)} ${quantile(times, 0.5).toFixed(1)} ms median, ${worst.toFixed(1)} ms p99 (aim ${aim} ms)${worst <= aim ? "" : "  over"}`;
  };
  return [line("5,000 groups, first letter", first, 16), line("5,000 groups, further letters", later, 8)];
}
