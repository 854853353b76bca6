import { expect, test } from "vitest";
import { concurrently, merged, orElse } from "../../src/aws-discovery/support/streams.ts";

const after = <T>(ms: number, value: T) => new Promise<T>((done) => setTimeout(done, ms, value));

test("asks at most so many at a time and answers in order of arrival", async () => {
  const asked: { readonly item: string; readonly answer: (text: string) => void }[] = [];
  const ask = (item: string) => new Promise<string>((answer) => asked.push({ item, answer }));
  const answers: string[] = [];
  const reading = (async () => {
    for await (const answer of concurrently(["slow", "quick", "late"], 2, ask)) answers.push(answer);
  })();
  const answer = async (at: number) => {
    await expect.poll(() => asked.length).toBeGreaterThan(at);
    const { item, answer } = asked[at] as (typeof asked)[number];
    answer(item);
    await expect.poll(() => answers.at(-1)).toBe(item);
  };
  await expect.poll(() => asked.length).toBe(2);
  await answer(1);
  await answer(2);
  await answer(0);
  await reading;
  expect(answers).toEqual(["quick", "late", "slow"]);
});

async function* pages(ms: number, ...values: (string | Error)[]) {
  for (const value of values) {
    await after(ms, undefined);
    if (value instanceof Error) throw value;
    yield value;
  }
}

test("streams come together, and one that fails does not silence the other", async () => {
  const seen: string[] = [];
  const reading = async () => {
    for await (const page of merged(pages(1, "a", new Error("denied")), pages(10, "b", "c"))) seen.push(page);
  };
  await expect(reading()).rejects.toThrow("denied");
  expect(seen).toEqual(["a", "b", "c"]);
});

test("facts that only adorn may be missing, but an abort ends all", async () => {
  expect(await orElse(Promise.reject(new Error("denied")), [])).toEqual([]);
  const abort = Object.assign(new Error("aborted"), { name: "AbortError" });
  await expect(orElse(Promise.reject(abort), [])).rejects.toBe(abort);
});
