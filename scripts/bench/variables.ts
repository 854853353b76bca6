import { performance } from "node:perf_hooks";
import { VariableDictionary } from "../../src/engine/variables/index.ts";
import { figure } from "./figures.ts";

/** A text of one megabyte with 10,000 expressions, and the variables it uses. */
export function longText(): { text: string; dictionary: VariableDictionary } {
  const kinds = [
    "#{Service Name}",
    "#{Octopus.Action.Package[web].Image | ToLower}",
    "#{Task.cpu}",
    '#{if Environment == "production"}2#{else}1#{/if}',
  ];
  const count = 10_000;
  const room = Math.floor(1_000_000 / count);
  const pieces = Array.from({ length: count }, (_, i) => (kinds[i % kinds.length] ?? "").padEnd(room, " - plain text "));
  const dictionary = new VariableDictionary({
    "Service Name": "web-#{Environment}",
    Environment: "production",
    "Octopus.Action.Package[web].Image": "Registry/Web:1.2.3",
    Task: '{"cpu": 256, "memory": 512}',
  });
  return { text: pieces.join(""), dictionary };
}

/** Milliseconds one evaluation of `longText` takes: the first of a fresh dictionary, nothing parsed before. */
export function measureVariables(): number {
  const { text, dictionary } = longText();
  const begin = performance.now();
  const { error, missing } = dictionary.evaluate(text);
  const time = performance.now() - begin;
  if (error || missing.length > 0) throw new Error(`The benchmark's text must evaluate: ${error?.message ?? missing.join(", ")}`);
  return time;
}

/** Lines for `npm run bench`. */
export async function bench(): Promise<string[]> {
  const times = Array.from({ length: 5 }, () => measureVariables()).sort((a, b) => a - b);
  const time = times[2] as number;
  return [figure("1 MB with 10,000 expressions", `${time.toFixed(0)} ms, the median of 5`, "200 ms", time <= 200)];
}
