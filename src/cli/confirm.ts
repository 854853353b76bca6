import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { UserError } from "../engine/problem.ts";
import type { Io } from "./io.ts";

/** Asks a yes/no question at a terminal; without one it never prompts but throws a UserError naming the flag that answers. */
export async function confirm(io: Io, question: string, flag: string): Promise<boolean> {
  return /^y(es)?$/i.test(await ask(io, `${question} [y/N] `, `nobody is there to answer «${question}»: answer it with ${flag}`));
}

/** Asks for a line of text at a terminal, `masked` without showing it; without a terminal throws a UserError with the message. */
export async function ask(io: Io, question: string, otherwise: string, { masked = false } = {}): Promise<string> {
  if (!io.interactive) throw new UserError(otherwise, { hint: "There is no terminal to ask at." });
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  if (masked) process.stderr.write(question);
  const reader = createInterface({ input: process.stdin, output: masked ? silent : process.stderr, terminal: true });
  try {
    return (await reader.question(masked ? "" : question)).trim();
  } finally {
    reader.close();
    if (masked) process.stderr.write("\n");
  }
}
