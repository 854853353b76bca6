import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { UserError } from "../engine/problem.ts";
import { bearClosedTerminal, Interrupted } from "./interruptible.ts";
import type { Io } from "./io.ts";

/** Asks a yes/no question at a terminal; without one it never prompts but throws a UserError naming the flag that answers. */
export async function confirm(io: Io, question: string, flag: string, signal?: AbortSignal): Promise<boolean> {
  const otherwise = `nobody is there to answer «${question}»: answer it with ${flag}`;
  return /^y(es)?$/i.test(await ask(io, `${question} [y/N] `, otherwise, { ...(signal ? { signal } : {}) }));
}

/**
 * Asks for a line of text at a terminal, `masked` without showing it; without a terminal throws a UserError with the message.
 * Ctrl+C, a closed terminal or the signal end it by an Interrupted.
 */
export async function ask(
  io: Io,
  question: string,
  otherwise: string,
  { masked = false, signal }: { readonly masked?: boolean; readonly signal?: AbortSignal } = {},
): Promise<string> {
  if (!io.interactive) throw new UserError(otherwise, { hint: "There is no terminal to ask at." });
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: masked ? silent : process.stderr, terminal: true });
  bearClosedTerminal(reader);
  // Only now does the terminal no longer show by itself what is typed.
  if (masked) process.stderr.write(question);
  const given = new AbortController();
  reader.once("close", () => given.abort());
  try {
    return (await reader.question(masked ? "" : question, { signal: AbortSignal.any([given.signal, ...(signal ? [signal] : [])]) })).trim();
  } catch (error) {
    if (!given.signal.aborted && !signal?.aborted) throw error;
    process.stderr.write("\n");
    throw new Interrupted();
  } finally {
    reader.close();
    if (masked) process.stderr.write("\n");
  }
}
