/** Calls of the cloud port: with clients that are made anew once their credentials no longer work, and with errors explained. */
import { type Problem, ProblemError } from "../../engine/problem.ts";
import type { AwsClients } from "../clients.ts";
import { toProblem } from "../problems.ts";

/** Makes a call with the clients of the moment; rejects with ProblemError, or with the abort. */
export type Call = <T>(use: (clients: AwsClients) => Promise<T>) => Promise<T>;

/** Calls over the clients that `connect` makes; after a refusal of the credentials it is asked for new ones. */
export function createCall(connect: () => AwsClients): Call {
  let clients: AwsClients | undefined;
  return async (use) => {
    const used = clients ?? connect();
    clients = used;
    try {
      return await use(used);
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") throw error;
      const problem = error instanceof ProblemError ? error.problem : toProblem(error);
      if (problem.kind === "credentials") {
        used.forgetCredentials();
        if (clients === used) clients = undefined;
      }
      throw new ProblemError(problem, { cause: error });
    }
  };
}

/** Gives `fallback` where AWS answers that the thing is not there. */
export async function unlessMissing<T, F>(answer: Promise<T>, fallback: F): Promise<T | F> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProblemError && isMissing(error.problem)) return fallback;
    throw error;
  }
}

/** Whether a thing is not there; CloudFormation says so by a validation error. */
export function isMissing({ kind, detail, message }: Problem): boolean {
  return kind === "notFound" || (kind === "invalid" && /does not exist|not found/i.test(detail ?? message));
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without its undefined properties. */
export function present<T extends object>(value: T): Present<T> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Present<T>;
}

/** A date as the engine writes it. */
export function iso(date: Date | undefined): string | undefined {
  return date?.toISOString();
}

/** The options of an SDK call that can be aborted. */
export function abortable(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}
