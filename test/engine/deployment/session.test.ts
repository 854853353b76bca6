import { describe, expect, test } from "vitest";
import { attempt, backoff, enrich, insist, nextToken, openSession, outOfPatience } from "../../../src/engine/deployment/session.ts";
import { ProblemError } from "../../../src/engine/problem.ts";
import { drain, jumpingClock, problem, scriptedCloud } from "./scripted.ts";

function open(patience?: number) {
  const clock = jumpingClock();
  const session = openSession(
    { cloud: scriptedCloud({}), clock, decide: async () => ({ kind: "delete" }) },
    new AbortController().signal,
    patience,
  );
  return { clock, session };
}

/** A call that fails with these, one after the other, and then answers. */
function failing(...errors: Error[]): () => Promise<string> {
  return async () => {
    const error = errors.shift();
    if (error) throw error;
    return "answer";
  };
}

describe("calls that AWS does not answer", () => {
  test("a loss is told once with the time of the last answer, and the return once", async () => {
    const { session, clock } = open();
    session.underWay = true;
    const since = new Date(clock.start).toISOString();
    await clock.sleep(5_000);
    const { events, result } = await drain(
      insist(session, failing(problem("unreachable"), problem("unreachable"), problem("unreachable"))),
    );
    expect(result).toBe("answer");
    expect(events).toMatchObject([
      { type: "connection", state: "lost", since, problem: { kind: "unreachable" } },
      { type: "connection", state: "ok", since },
    ]);
  });

  test("refused credentials are told as such", async () => {
    const { session } = open();
    session.underWay = true;
    const { events } = await drain(insist(session, failing(problem("credentials"))));
    expect(events).toMatchObject([
      { type: "credentials", state: "lost" },
      { type: "credentials", state: "ok" },
    ]);
  });

  test("a refusal is no loss: it is thrown at once", async () => {
    const { session } = open();
    session.underWay = true;
    await expect(drain(insist(session, failing(problem("denied"))))).rejects.toThrow(ProblemError);
    expect(session.lost).toBeUndefined();
  });

  test("before anything is under way, expired credentials end it at once, an unreachable AWS soon", async () => {
    const credentials = open().session;
    await expect(drain(insist(credentials, failing(problem("credentials"))))).rejects.toThrow(ProblemError);
    const { session, clock } = open();
    await expect(drain(insist(session, failing(...Array.from({ length: 9 }, () => problem("unreachable")))))).rejects.toThrow(ProblemError);
    expect(clock.now() - clock.start).toBeLessThan(5_000);
  });

  test("under way, patience counts from the last answer", async () => {
    const { session, clock } = open(60_000);
    session.underWay = true;
    await drain(attempt(session, failing(problem("unreachable"))));
    expect(outOfPatience(session)).toBe(false);
    await clock.sleep(60_000);
    expect(outOfPatience(session)).toBe(true);
    await drain(attempt(session, failing()));
    expect(outOfPatience(session)).toBe(false);
  });

  test("pauses grow, but not beyond bearing; throttling slows the polls down and success speeds them up again", async () => {
    const { session } = open();
    session.underWay = true;
    const pauses: number[] = [];
    for (let i = 0; i < 9; i++) {
      await drain(attempt(session, failing(problem("throttled"))));
      pauses.push(backoff(session));
    }
    expect(pauses.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(Math.max(...pauses)).toBe(15_000);
    expect(session.pace).toBe(8);
    for (let i = 0; i < 40; i++) await drain(attempt(session, failing()));
    expect(session.pace).toBe(1);
  });

  test("what is not explained is a bug and passes through", async () => {
    const { session } = open();
    await expect(drain(attempt(session, failing(new TypeError("oops"))))).rejects.toThrow("oops");
  });
});

test("an enrichment that is not allowed warns once, names the action, and is not asked again", async () => {
  const { session } = open();
  let calls = 0;
  const denied = async () => {
    calls++;
    throw problem("denied", { action: "logs:GetLogEvents" });
  };
  const first = await drain(enrich(session, "the log", denied));
  const second = await drain(enrich(session, "the log", denied));
  expect(first).toMatchObject({ result: undefined, events: [{ type: "warning", action: "logs:GetLogEvents" }] });
  expect(second).toEqual({ result: undefined, events: [] });
  expect(calls).toBe(1);
});

test("every operation has a token of its own", () => {
  const { session } = open();
  expect([
    nextToken(session, { token: "d1" }, "delete"),
    nextToken(session, { token: "d1" }, "create"),
    nextToken(session, { token: "d1" }, "delete"),
  ]).toEqual(["d1-delete", "d1-create", "d1-delete-2"]);
});
