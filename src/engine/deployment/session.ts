/** Calls to AWS that outlast its absences: what is lost, since when, and how long to leave it alone. */

import type { Clock, Cloud } from "../ports.ts";
import { type Problem, ProblemError } from "../problem.ts";
import type { Decide } from "./decide.ts";
import type { DeployEvent } from "./events.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { type Operation, operationToken } from "./plan.ts";

/** What a deployment works with. */
export interface DeployPorts {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly decide: Decide;
  readonly inbox?: Inbox;
}

/** The running state behind the calls of one deployment. */
export interface Session {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly decide: Decide;
  readonly inbox: Inbox;
  readonly signal: AbortSignal;
  /** Whether AWS has an operation of ours, so that losing sight of it must not end the watching. */
  underWay: boolean;
  /** Whether an operation of somebody else is being waited for, which deserves the same patience. */
  waiting: boolean;
  readonly patience: number;
  /** Failures in a row. */
  failures: number;
  lastOk: number;
  lost: { readonly kind: "credentials" | "connection"; readonly problem: Problem } | undefined;
  /** Doubled by every refusal for calling too often, halved by success; a factor on the pause between polls. */
  pace: number;
  readonly warned: Set<string>;
  /** How often each operation was begun. */
  readonly begun: Map<Operation, number>;
}

/** The token of the next operation of this kind; a second one gets a number, because a token names one operation. */
export function nextToken(session: Session, plan: { readonly token: string }, operation: Operation): string {
  const times = (session.begun.get(operation) ?? 0) + 1;
  session.begun.set(operation, times);
  return times === 1 ? operationToken(plan, operation) : `${operationToken(plan, operation)}-${times}`;
}

/** The result of one call. */
export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem; readonly transient: boolean };

const second = 1000;

/** A session at rest. `patience`: milliseconds without AWS after which a deployment under way is no longer watched. */
export function openSession(ports: DeployPorts, signal: AbortSignal, patience: number = Number.POSITIVE_INFINITY): Session {
  return {
    ...ports,
    inbox: ports.inbox ?? createInbox(),
    signal,
    patience,
    underWay: false,
    waiting: false,
    failures: 0,
    lastOk: ports.clock.now(),
    lost: undefined,
    pace: 1,
    warned: new Set(),
    begun: new Map(),
  };
}

/** Makes a call once. Says when the connection or the credentials are lost, and when they are back. Throws only what is no ProblemError. */
export async function* attempt<T>(session: Session, call: (signal: AbortSignal) => Promise<T>): AsyncGenerator<DeployEvent, Attempt<T>> {
  try {
    const value = await call(session.signal);
    yield* restored(session);
    return { ok: true, value };
  } catch (error) {
    session.signal.throwIfAborted();
    if (!(error instanceof ProblemError)) throw error;
    const problem = error.problem;
    const kind = lossOf(problem);
    if (!kind) {
      // An answer, if not the one hoped for: AWS is there and knows us.
      yield* restored(session);
      return { ok: false, problem, transient: false };
    }
    session.failures++;
    if (problem.kind === "throttled") session.pace = Math.min(8, session.pace * 2);
    if (session.lost?.kind !== kind || session.lost.problem.kind !== problem.kind) {
      session.lost = { kind, problem };
      yield { type: kind, state: "lost", since: iso(session.lastOk), problem };
    }
    return { ok: false, problem, transient: true };
  }
}

function* restored(session: Session): Generator<DeployEvent> {
  const { lost, lastOk } = session;
  session.lost = undefined;
  session.failures = 0;
  session.lastOk = session.clock.now();
  session.pace = Math.max(1, session.pace * 0.9);
  if (lost) yield { type: lost.kind, state: "ok", since: iso(lastOk) };
}

/**
 * Makes a call until AWS answers it. Throws ProblemError when it answers with a refusal, and when AWS stays away longer
 * than patience allows; before anything is under way that is at once for credentials and soon for the rest.
 */
export async function* insist<T>(session: Session, call: (signal: AbortSignal) => Promise<T>): AsyncGenerator<DeployEvent, T> {
  for (;;) {
    const result = yield* attempt(session, call);
    if (result.ok) return result.value;
    if (!result.transient || outOfPatience(session)) throw new ProblemError(result.problem);
    await session.clock.sleep(backoff(session), session.signal);
  }
}

/** A call whose failure must not stop anything: warns once for each missing permission or fault, and gives undefined. */
export async function* enrich<T>(
  session: Session,
  what: string,
  call: (signal: AbortSignal) => Promise<T>,
): AsyncGenerator<DeployEvent, T | undefined> {
  if (session.warned.has(what)) return undefined;
  const result = yield* attempt(session, call);
  if (result.ok) return result.value;
  if (!result.transient && result.problem.kind !== "notFound") yield* warnOnce(session, what, result.problem);
  return undefined;
}

/** Says that something can't be seen, the first time. */
export function* warnOnce(session: Session, what: string, problem: Problem): Generator<DeployEvent> {
  if (session.warned.has(what)) return;
  session.warned.add(what);
  yield {
    type: "warning",
    message: `Could not see ${what}: ${problem.message}`,
    hint: problem.hint,
    ...(problem.action && { action: problem.action }),
    unseen: true,
  };
}

/** Whether AWS has been away for longer than this session bears. */
export function outOfPatience(session: Session): boolean {
  const away = session.clock.now() - session.lastOk;
  if (!session.lost) return false;
  if (session.underWay || session.waiting) return away >= session.patience;
  const kind = session.lost.problem.kind;
  return kind === "credentials" || session.failures >= (kind === "unreachable" ? 3 : 8);
}

/** Milliseconds to wait before asking an absent AWS again. */
export function backoff(session: Session): number {
  return Math.min(session.lost?.kind === "credentials" ? 5 * second : 15 * second, second * 2 ** Math.min(6, session.failures - 1));
}

/** Waits, but not longer than until a command arrives. Rejects when watching is stopped. */
export async function pause(session: Session, ms: number): Promise<void> {
  const awake = new AbortController();
  const signal = AbortSignal.any([session.signal, awake.signal]);
  try {
    await Promise.race([session.clock.sleep(ms, signal), session.inbox.arrival()]);
  } finally {
    awake.abort();
  }
}

function lossOf(problem: Problem): "credentials" | "connection" | undefined {
  if (problem.kind === "credentials") return "credentials";
  return problem.kind === "throttled" || problem.kind === "unreachable" || problem.kind === "service" ? "connection" : undefined;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
