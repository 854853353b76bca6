/** From a key to the screen: the built program on a terminal, typing in a text field and in the filter of a picker with 5,000 rows. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { figure, quantile } from "./figures.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

const [frame, unnoticed] = [16, 100];
const rounds = 4;
const name = "orders-checkout-service";
const filters = ["payments-web-002", "shopdb", "sg-0a1b2", "vpc-0d1a", "zzz"];
const [next, down, enter, backspace, refresh] = ["\u000e", "\u001b[B", "\r", "\u007f", "\u0012"];

/** A cluster without services, so that nothing limits the security groups to one VPC. */
const profile = "version: 1\nname: bench\ntarget:\n  region: eu-west-1\n  cluster: analytics\n";

/** Types a text letter by letter and takes it back; `shown` is how the screen shows it. Milliseconds of every key. */
async function type(terminal: Terminal, text: string, shown: (typed: string) => (screen: string) => boolean): Promise<number[]> {
  const times: number[] = [];
  const states = Array.from(text, (_, at) => text.slice(0, at + 1));
  const back = states.map((typed) => typed.slice(0, -1)).reverse();
  for (const [key, typed] of [
    ...states.map((typed) => [typed.at(-1) as string, typed] as const),
    ...back.map((typed) => [backspace, typed] as const),
  ]) {
    await sleep(25);
    const begin = performance.now();
    terminal.press(key);
    times.push((await terminal.until(shown(typed))) - begin);
  }
  return times;
}

const goTo = async (terminal: Terminal, section: number): Promise<void> => {
  terminal.press(next);
  await terminal.until((screen) => screen.includes(`${section} of 11`));
};

/** Whether the input that a pattern finds on the screen holds a text; without text a placeholder may stand there. */
const shows = (input: RegExp) => (typed: string) => (screen: string) => {
  const text = input.exec(screen)?.[1]?.trim();
  return typed === "" ? text !== undefined && !letters.has(text) : text === typed;
};

/** What an input shows that is not empty yet: the first letter of one of the texts. */
const letters = new Set([name, ...filters].map((text) => text.slice(0, 1)));

/** Milliseconds of every key in a text field, of its first ones while the program still loads what talks to AWS, and in the filter of the security groups: when all are there, and while their pages come. */
async function measure(home: string): Promise<{ first: number[]; field: number[]; filter: number[]; loading: number[] }> {
  writeFileSync(join(home, "bench.yaml"), profile);
  const terminal = openTerminal(["edit", "bench.yaml", "--sandbox=large"], home);
  try {
    await terminal.until((screen) => screen.includes("Deployment target"));
    await goTo(terminal, 2);
    const inField = shows(/Name \* +(.*?)(?: {2}|$)/m);
    const first = await type(terminal, name, inField);
    const [field, filter]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) field.push(...(await type(terminal, name, inField)));
    for (const section of [3, 4, 5]) await goTo(terminal, section);
    terminal.press(down);
    await terminal.until((screen) => screen.includes("▸ Security groups"));
    terminal.press(enter);
    await terminal.until((screen) => /5\d\d\d of 5\d\d\d /.test(screen));
    await sleep(500);
    const inFilter = shows(/┌ \/(.*?)(?: {2}|$)/m);
    for (let round = 0; round < rounds; round++) for (const text of filters) filter.push(...(await type(terminal, text, inFilter)));
    const loading: number[] = [];
    for (const text of filters) {
      terminal.press(refresh);
      await terminal.until((screen) => screen.includes("refreshing"));
      loading.push(...(await type(terminal, text, inFilter)));
    }
    return { first, field, filter, loading };
  } finally {
    terminal.close();
  }
}

/** The lines of `npm run bench`. */
export async function bench(): Promise<string[]> {
  const home = mkdtempSync(join(tmpdir(), "ecs-wizard-bench-"));
  try {
    const { first, field, filter, loading } = await measure(home);
    const line = (what: string, times: readonly number[], aim = frame) => {
      const worst = quantile(times, 0.99);
      return figure(
        what,
        `${quantile(times, 0.5).toFixed(1)} ms median, ${worst.toFixed(1)} ms p99 of ${times.length} keys`,
        `p99 below ${aim} ms`,
        worst < aim,
      );
    };
    return [
      line("key to screen, first keys of a program", first, unnoticed),
      line("key to screen, in a text field", field),
      line("key to screen, filter over 5,000 groups", filter),
      line("key to screen, filter while 5,000 groups come", loading, unnoticed),
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

if (process.argv[1]?.endsWith("keystrokes.ts")) console.log((await bench()).join("\n"));
