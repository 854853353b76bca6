import { beforeEach, describe, expect, test } from "vitest";
import { type Answer, type AnswerParts, createAnswer, type KnownList } from "../../src/aws-discovery/answer.ts";
import type { AwsClients } from "../../src/aws-discovery/clients.ts";
import { byName, type Source } from "../../src/aws-discovery/source.ts";
import type { PickerItem, SourceState } from "../../src/engine/discovery.ts";
import { ProblemError } from "../../src/engine/problem.ts";
import { manualClock } from "./support/manual-clock.ts";

const item = (value: string): PickerItem => ({ value, columns: [value] });
const names = (state: SourceState | undefined) => (state && state.status !== "blocked" ? state.items.map(({ value }) => value) : undefined);

/** A source whose pages the test hands out one by one. */
function scripted() {
  const asked: { page(...values: string[]): void; end(): void; fail(error: unknown): void; signal: AbortSignal }[] = [];
  const source: Source = {
    id: "clusters",
    columns: [{ title: "Name", rank: 1 }],
    needs: [],
    actions: ["ecs:ListClusters"],
    compare: byName,
    async *load(_clients, _inputs, signal) {
      const queue: (() => readonly PickerItem[] | undefined)[] = [];
      let wake = () => {};
      const push = (step: () => readonly PickerItem[] | undefined) => {
        queue.push(step);
        wake();
      };
      asked.push({
        page: (...values) => push(() => values.map(item)),
        end: () => push(() => undefined),
        fail: (error) =>
          push(() => {
            throw error;
          }),
        signal,
      });
      signal.addEventListener("abort", () => push(() => undefined));
      for (;;) {
        if (queue.length === 0) await new Promise<void>((done) => (wake = done));
        const page = queue.shift()?.();
        if (signal.aborted) throw Object.assign(new Error("Request aborted"), { name: "AbortError" });
        if (!page) return;
        yield page;
      }
    },
  };
  return { source, asked };
}

const settle = () => new Promise<void>((done) => setTimeout(done, 0));

let script: ReturnType<typeof scripted>;
let clock: ReturnType<typeof manualClock>;
let kept: KnownList[];
let renewed: number;
let answer: Answer;

const make = (more: Partial<AnswerParts> = {}) =>
  createAnswer({
    source: script.source,
    inputs: {},
    clock,
    clients: () => ({ target: { region: "eu-west-1" } }) as AwsClients,
    renew: () => {
      renewed += 1;
    },
    recall: () => undefined,
    keep: (list) => {
      kept.push(list);
    },
    ...more,
  });

beforeEach(() => {
  script = scripted();
  clock = manualClock(1_000_000);
  kept = [];
  renewed = 0;
  answer = make();
});

/** Watches and keeps all states; the last one is what a picker shows now. */
function watch(of = answer) {
  const states: SourceState[] = [];
  const stop = of.watch((state) => states.push(state));
  return { states, stop, last: () => states.at(-1) };
}

const denied = new ProblemError({ kind: "denied", action: "ecs:ListClusters", message: "No.", hint: "Ask." });
const throttled = Object.assign(new Error("Rate exceeded"), { name: "ThrottlingException" });
const expired = Object.assign(new Error("The security token included in the request is expired"), { name: "ExpiredToken" });

describe("one question", () => {
  test("pages stream in, in order, and the end is kept with its time", async () => {
    const { states, last } = watch();
    script.asked[0]?.page("web-10", "api");
    await settle();
    expect(last()).toEqual({ status: "loading", items: [item("api"), item("web-10")] });
    script.asked[0]?.page("web-2");
    script.asked[0]?.end();
    await settle();
    expect(states.map((state) => state.status)).toEqual(["loading", "loading", "loading", "ready"]);
    expect(last()).toEqual({ status: "ready", items: ["api", "web-2", "web-10"].map(item), at: 1_000_000 });
    expect(kept).toEqual([{ items: ["api", "web-2", "web-10"].map(item), at: 1_000_000 }]);
  });

  test("several watchers share one question, and the answer once known is not asked again", async () => {
    const first = watch();
    const second = watch();
    script.asked[0]?.page("a");
    script.asked[0]?.end();
    await settle();
    expect(first.last()).toBe(second.last());
    const third = watch();
    expect(third.states).toEqual([second.last()]);
    expect(script.asked).toHaveLength(1);
  });

  test("nothing is asked before somebody wants it", () => {
    expect(answer.state()).toBeUndefined();
    expect(script.asked).toHaveLength(0);
  });

  test("a question that lacks an input is blocked and says by what", () => {
    answer = make({ source: { ...script.source, needs: ["fileSystemId"] } });
    expect(watch().last()).toEqual({ status: "blocked", by: "Choose the file system first: access points belong to one." });
    expect(script.asked).toHaveLength(0);
  });
});

describe("leaving", () => {
  test("the last one to leave ends the question, after a moment's grace", async () => {
    const one = watch();
    const two = watch();
    one.stop();
    await clock.advance(1_000);
    expect(script.asked[0]?.signal.aborted).toBe(false);
    two.stop();
    expect(script.asked[0]?.signal.aborted).toBe(false);
    await clock.advance(1_000);
    expect(script.asked[0]?.signal.aborted).toBe(true);
    expect(answer.state()).toBeUndefined();
  });

  test("coming back within the grace finds it still running", async () => {
    watch().stop();
    await clock.advance(100);
    const back = watch();
    await clock.advance(5_000);
    expect(script.asked).toHaveLength(1);
    expect(script.asked[0]?.signal.aborted).toBe(false);
    script.asked[0]?.page("a");
    script.asked[0]?.end();
    await settle();
    expect(names(back.last())).toEqual(["a"]);
  });

  test("coming back later asks again", async () => {
    watch().stop();
    await clock.advance(1_000);
    watch();
    expect(script.asked).toHaveLength(2);
  });

  test("a refresh that nobody watches goes on", async () => {
    answer.refresh();
    watch().stop();
    await clock.advance(10_000);
    expect(script.asked).toHaveLength(1);
    script.asked[0]?.page("a");
    script.asked[0]?.end();
    await settle();
    expect(names(answer.state())).toEqual(["a"]);
  });

  test("leaving twice is leaving once", async () => {
    const one = watch();
    watch();
    one.stop();
    one.stop();
    await clock.advance(1_000);
    expect(script.asked[0]?.signal.aborted).toBe(false);
  });
});

describe("known lists", () => {
  const known = { items: [item("old"), item("stays")], at: 500 };

  test("the last known list is shown at once, marked, until the new one is whole", async () => {
    answer = make({ recall: () => known });
    const { last } = watch();
    expect(last()).toEqual({ status: "loading", items: known.items, stale: true, at: 500 });
    script.asked[0]?.page("new", "stays");
    await settle();
    expect(last()).toMatchObject({ status: "loading", stale: true });
    expect(names(last())).toEqual(["new", "old", "stays"]);
    script.asked[0]?.end();
    await settle();
    expect(last()).toMatchObject({ status: "ready", at: 1_000_000 });
    expect(names(last())).toEqual(["new", "stays"]);
  });

  test("it stays when the new one fails, with its age", async () => {
    answer = make({ recall: () => known });
    const { last } = watch();
    script.asked[0]?.fail(denied);
    await settle();
    expect(last()).toEqual({ status: "failed", problem: denied.problem, items: known.items, at: 500 });
  });

  test("asking again shows the present list as the last known one", async () => {
    const { last } = watch();
    script.asked[0]?.page("a");
    script.asked[0]?.end();
    await settle();
    await clock.advance(60_000);
    answer.refresh();
    expect(last()).toEqual({ status: "loading", items: [item("a")], stale: true, at: 1_000_000 });
    script.asked[1]?.page("b");
    script.asked[1]?.end();
    await settle();
    expect(last()).toEqual({ status: "ready", items: [item("b")], at: 1_060_000 });
  });

  test("asking again drops the running question", async () => {
    const { last } = watch();
    answer.refresh();
    expect(script.asked[0]?.signal.aborted).toBe(true);
    script.asked[1]?.end();
    await settle();
    expect(last()).toMatchObject({ status: "ready", items: [] });
  });
});

describe("trouble", () => {
  test("what came before a failure stays", async () => {
    const { last } = watch();
    script.asked[0]?.page("a");
    script.asked[0]?.fail(denied);
    await settle();
    expect(last()).toEqual({ status: "failed", problem: denied.problem, items: [item("a")] });
  });

  test("an answer that takes its time shows as slow", async () => {
    const { last } = watch();
    await clock.advance(4_000);
    expect(last()).toEqual({ status: "loading", items: [], slow: true });
    script.asked[0]?.end();
    await settle();
    expect(last()?.status).toBe("ready");
  });

  test("many pages that keep coming are not slow", async () => {
    const { states } = watch();
    for (let page = 0; page < 5; page++) {
      await clock.advance(2_000);
      script.asked[0]?.page(`page-${page}`);
      await settle();
    }
    expect(states.some((state) => state.status === "loading" && state.slow)).toBe(false);
    await clock.advance(3_000);
    expect(states.at(-1)).toMatchObject({ status: "loading", slow: true });
    script.asked[0]?.page("at-last");
    await settle();
    expect(states.at(-1)).not.toHaveProperty("slow");
  });

  test("throttling shows as slow and is asked again, not as a failure", async () => {
    const { states, last } = watch();
    script.asked[0]?.page("a");
    script.asked[0]?.fail(throttled);
    await settle();
    expect(last()).toEqual({ status: "loading", items: [item("a")], slow: true });
    await clock.advance(2_000);
    script.asked[1]?.page("a", "b");
    script.asked[1]?.end();
    await settle();
    expect(names(last())).toEqual(["a", "b"]);
    expect(states.some((state) => state.status === "failed")).toBe(false);
  });

  test("throttling without end fails at last", async () => {
    const { last } = watch();
    for (let attempt = 0; attempt < 6; attempt++) {
      script.asked[attempt]?.fail(throttled);
      await settle();
      await clock.advance(60_000);
    }
    expect(last()).toMatchObject({ status: "failed", problem: { kind: "throttled" } });
    expect(script.asked).toHaveLength(6);
  });

  test("after expired credentials the next try reads them anew", async () => {
    const { last } = watch();
    script.asked[0]?.fail(expired);
    await settle();
    expect(last()).toMatchObject({ status: "failed", problem: { kind: "credentials" } });
    expect(renewed).toBe(0);
    answer.refresh();
    expect(renewed).toBe(1);
    expect(script.asked).toHaveLength(2);
  });

  test.each([
    ["a refusal stays", denied, 1],
    ["what may have passed is tried again", expired, 2],
  ])("opening the picker again: %s", async (_what, error, times) => {
    const { stop } = watch();
    script.asked[0]?.fail(error);
    await settle();
    stop();
    watch();
    expect(script.asked).toHaveLength(times);
  });

  test("an end of everything is silent", async () => {
    const { states } = watch();
    answer.dispose();
    await settle();
    expect(script.asked[0]?.signal.aborted).toBe(true);
    expect(states).toHaveLength(1);
  });
});
