import { expect, test } from "vitest";
import { concurrently, merged, orElse } from "../../src/aws-discovery/support/streams.ts";

const after = <T>(ms: number, value: T) => new Promise<T>((done) => setTimeout(done, ms, value));

test("asks at most so many at a time and answers in order of arrival", async () => {
  let running = 0;
  let most = 0;
  const ask = async (ms: number) => {
    running += 1;
    most = Math.max(most, running);
    await after(ms, ms);
    running -= 1;
    return ms;
  };
  expect(await Array.fromAsync(concurrently([60, 5, 20], 2, ask))).toEqual([5, 20, 60]);
  expect(most).toBe(2);
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
