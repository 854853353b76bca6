import { createInterface } from "node:readline/promises";
import { UserError } from "../engine/problem.ts";
import type { Io } from "./io.ts";

/** Asks a yes/no question at a terminal; without one it never prompts but throws a UserError naming the flag that answers. */
export async function confirm(io: Io, question: string, flag: string): Promise<boolean> {
  return /^y(es)?$/i.test(await ask(io, `${question} [y/N] `, `${question} Answer it with ${flag}.`));
}

/** Asks for a line of text at a terminal; without one throws a UserError with the message. */
export async function ask(io: Io, question: string, otherwise: string): Promise<string> {
  if (!io.interactive) throw new UserError(otherwise, { hint: "There is no terminal to ask at." });
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await reader.question(question)).trim();
  } finally {
    reader.close();
  }
}
