import { isAbort } from "../problems.ts";

/** The items in groups of at most `size`. */
export function* batches<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

/** What `ask` answers for each item, in order of arrival, with at most `limit` questions at a time. */
export async function* concurrently<T, R>(
  items: readonly T[],
  limit: number,
  ask: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const waiting = [...items];
  const running = new Map<number, Promise<readonly [number, R]>>();
  let ticket = 0;
  const start = () => {
    while (running.size < limit && waiting.length > 0) {
      const id = ticket++;
      const item = waiting.shift() as T;
      const question = ask(item).then((answer) => [id, answer] as const);
      question.catch(() => {}); // a rejection is seen by the race, or the consumer has gone
      running.set(id, question);
    }
  };
  for (start(); running.size > 0; start()) {
    const [id, answer] = await Promise.race(running.values());
    running.delete(id);
    yield answer;
  }
}

/** Pages of several streams as they come. A stream that fails ends alone; the error of the first such stream is thrown when all have ended. */
export async function* merged<T>(...streams: readonly AsyncGenerator<T, void, undefined>[]): AsyncGenerator<T, void, undefined> {
  const failures = new Map<number, unknown>();
  type Step = { readonly at: number; readonly result?: IteratorResult<T, void> };
  const step = (at: number, stream: AsyncGenerator<T, void, undefined>): Promise<Step> =>
    stream.next().then(
      (result) => ({ at, result }),
      (error: unknown) => {
        failures.set(at, error);
        return { at };
      },
    );
  const steps = new Map(streams.map((stream, at) => [at, step(at, stream)]));
  while (steps.size > 0) {
    const { at, result } = await Promise.race(steps.values());
    const stream = streams[at];
    if (!result || result.done || !stream) steps.delete(at);
    else {
      steps.set(at, step(at, stream));
      yield result.value;
    }
  }
  const failed = streams.findIndex((_stream, at) => failures.has(at));
  if (failed >= 0) throw failures.get(failed);
}

/** The answer, or `fallback` when the call fails: for facts that only adorn a list. An abort goes on. */
export async function orElse<T, F>(answer: Promise<T>, fallback: F): Promise<T | F> {
  try {
    return await answer;
  } catch (error) {
    if (isAbort(error)) throw error;
    return fallback;
  }
}

/** Every item of all pages. */
export async function collect<P, T>(pages: AsyncIterable<P>, itemsOf: (page: P) => readonly T[] | undefined): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...(itemsOf(page) ?? []));
  return all;
}
