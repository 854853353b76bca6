/** A real message of each class of failures, from those the tests recognise. */
import { readFileSync } from "node:fs";

interface Sample {
  readonly class: string;
  readonly message: string;
}

const folder = new URL("../../test/engine/diagnosis/", import.meta.url);

function read(name: string): Sample[] {
  const lines = readFileSync(new URL(name, folder), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Sample);
}

/** Shorter ones name too little to be searched for, longer ones hide what is essential. */
const readable = { from: 40, to: 260 };

const misfit = (text: string): number => Math.max(0, readable.from - text.length) * 10 + Math.max(0, text.length - readable.to);

/** By class: the message, on one line, that shows best how such messages look. */
export function sampleMessages(): ReadonlyMap<string, string> {
  const samples = [...read("messages.jsonl"), ...read("more-messages.jsonl")].map((sample) => ({
    ...sample,
    message: sample.message.replace(/\s+/g, " ").trim(),
  }));
  const byClass = Map.groupBy(samples, (sample) => sample.class);
  return new Map(
    [...byClass].map(([id, all]) => {
      const [best] = all.map(({ message }) => message).sort((a, b) => misfit(a) - misfit(b));
      return [id, best as string];
    }),
  );
}
