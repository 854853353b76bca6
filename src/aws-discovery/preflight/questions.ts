/** Questions to AWS that are asked once each, however many checks want to know. */

import { ProblemError } from "../../engine/problem.ts";
import type { AwsClients } from "../clients.ts";
import { type Call, createCall, isMissing } from "../cloud/call.ts";

/** How the parts of an account ask. */
export interface Questions {
  readonly call: Call;
  readonly signal: AbortSignal;
  /** The answer to a question of that key: asked the first time only. Rejects with ProblemError. */
  once<T>(key: readonly unknown[], ask: () => Promise<T>): Promise<T>;
}

/** Questions over these clients, until the signal aborts. */
export function createQuestions(clients: AwsClients, signal: AbortSignal): Questions {
  const answers = new Map<string, Promise<unknown>>();
  return {
    call: createCall(() => clients),
    signal,
    once<T>(key: readonly unknown[], ask: () => Promise<T>): Promise<T> {
      const name = JSON.stringify(key);
      const known = answers.get(name) as Promise<T> | undefined;
      if (known) return known;
      const asked = ask();
      asked.catch(() => {}); // whoever waits for it hears of it
      answers.set(name, asked);
      return asked;
    },
  };
}

/** Gives undefined where AWS answers, by one of these codes, that the thing is not there. */
export async function unlessAbsent<T>(answer: Promise<T>, ...codes: readonly string[]): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProblemError && (codes.includes(error.problem.code ?? "") || isMissing(error.problem))) return undefined;
    throw error;
  }
}

/** The options of a call that ends with the questions. */
export const within = ({ signal }: Pick<Questions, "signal">): { readonly abortSignal: AbortSignal } => ({ abortSignal: signal });
