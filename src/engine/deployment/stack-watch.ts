/** Follows the history of a stack and of the stacks nested in it: every event once, oldest first, with whose it is. */

import type { Attribution, DeployEvent } from "./events.ts";
import type { StackEvent } from "./facts.ts";
import { operationTokens } from "./plan.ts";
import { type Attempt, attempt, type Session } from "./session.ts";
import { isBusy } from "./stack-status.ts";

const stackType = "AWS::CloudFormation::Stack";

/** What is known of a stack's history so far. */
export interface StackWatch {
  readonly stackId: string;
  readonly seen: Set<string>;
  /** The tokens of our operations, and the operation ids learnt from events that carry them. */
  readonly ownTokens: Set<string>;
  readonly ownOperations: Set<string>;
  /** The stacks nested in it that our operations work on. */
  readonly nested: Map<string, StackWatch>;
  /** The last event of ours that speaks of the stack itself. */
  own?: StackEvent;
  /** Our first failure that is not only the echo of another. */
  failure?: StackEvent;
  /** What our operations made of each resource: its physical id, by logical id. */
  readonly results: Map<string, string>;
  /** How often the history has been read. */
  reads: number;
  /** Whether it is (still) worth reading: false for a nested stack that has come to rest. */
  active: boolean;
}

/** A stack of which nothing is known yet; `tokens` and `operationId` name the operations that are ours. */
export function watchStack(stackId: string, tokens: Iterable<string> = [], operationId?: string): StackWatch {
  return {
    stackId,
    seen: new Set(),
    ownTokens: new Set(tokens),
    ownOperations: new Set(operationId === undefined ? [] : [operationId]),
    nested: new Map(),
    results: new Map(),
    reads: 0,
    active: true,
  };
}

/** Whether an event speaks of the stack itself, not of a resource in it. */
export function isAboutStack(event: StackEvent): boolean {
  return event.resourceType === stackType && event.physicalId === event.stackId;
}

/** Reads what is new in the stack and its nested stacks, one page each in the steady case; the events among it that are ours. */
export async function* pollStack(session: Session, watch: StackWatch): AsyncGenerator<DeployEvent, Attempt<readonly StackEvent[]>> {
  const result = yield* attempt(session, (signal) => unseen(watch, session.cloud.stackEvents(watch.stackId, signal)));
  if (!result.ok) return result;
  const own = yield* take(watch, result.value, false);
  for (const nested of watch.nested.values()) {
    if (!nested.active) continue;
    const inner = yield* attempt(session, (signal) => unseen(nested, session.cloud.stackEvents(nested.stackId, signal)));
    if (!inner.ok) continue;
    own.push(...(yield* take(nested, inner.value, true)));
    for (const [id, deeper] of nested.nested) watch.nested.set(id, deeper);
    if (nested.own && !isBusy(nested.own.status)) nested.active = false;
  }
  return { ok: true, value: own };
}

/** The events not seen before, oldest first. Nothing is marked as seen, so that a failure half-way loses nothing. */
async function unseen(watch: StackWatch, pages: AsyncIterable<readonly StackEvent[]>): Promise<readonly StackEvent[]> {
  const fresh = new Map<string, StackEvent>();
  for await (const page of pages) {
    const known = page.some((event) => watch.seen.has(event.id));
    for (const event of page) if (!watch.seen.has(event.id)) fresh.set(event.id, event);
    // On the first reading the history before our operation is somebody else's: one page of it is enough.
    const beforeUs = watch.reads === 0 && page.some((event) => isForeign(watch, event));
    if (known || beforeUs) break;
  }
  return [...fresh.values()].reverse();
}

function* take(watch: StackWatch, events: readonly StackEvent[], nested: boolean): Generator<DeployEvent, StackEvent[]> {
  if (nested && watch.reads === 0) learnOperation(watch, events);
  const own: StackEvent[] = [];
  watch.reads++;
  for (const event of events) {
    const attribution = attribute(watch, event);
    watch.seen.add(event.id);
    if (attribution === "own") {
      own.push(event);
      if (event.status.endsWith("_FAILED") && !/cancelled/i.test(event.reason ?? "")) watch.failure ??= event;
      if (event.physicalId && /^(CREATE|UPDATE)_COMPLETE$/.test(event.status)) watch.results.set(event.logicalId, event.physicalId);
      if (isAboutStack(event)) watch.own = event;
      else if (event.resourceType === stackType && event.physicalId) followNested(watch, event.physicalId, event.status);
    }
    yield { type: "stackEvent", event, attribution, nested };
  }
  return own;
}

/** Whose an event is, by its token and operation id; an event of ours teaches the operation's id. */
function attribute(watch: StackWatch, event: StackEvent): Attribution {
  if (event.token !== undefined && watch.ownTokens.has(event.token)) {
    if (event.operationId !== undefined) watch.ownOperations.add(event.operationId);
    return "own";
  }
  if (event.operationId !== undefined && watch.ownOperations.has(event.operationId)) return "own";
  return event.token === undefined && event.operationId === undefined ? "unknown" : "earlier";
}

function isForeign(watch: StackWatch, event: StackEvent): boolean {
  const byToken = event.token !== undefined && watch.ownTokens.has(event.token);
  const byOperation = event.operationId !== undefined && watch.ownOperations.has(event.operationId);
  return !byToken && !byOperation;
}

function followNested(watch: StackWatch, stackId: string, status: string): void {
  const known = watch.nested.get(stackId);
  if (known) known.active ||= isBusy(status);
  else watch.nested.set(stackId, watchStack(stackId, watch.ownTokens));
}

/** The events of a stack's newest operation, oldest first, from its history newest first: all that share the name of the last word about the stack. */
export async function operationEvents(pages: AsyncIterable<readonly StackEvent[]>): Promise<readonly StackEvent[]> {
  const events: StackEvent[] = [];
  let watch: StackWatch | undefined;
  for await (const page of pages) {
    events.push(...page);
    const last = watch ? undefined : events.find(isAboutStack);
    if (last) {
      watch = watchStack(last.stackId, last.token === undefined ? [] : operationTokens(last.token));
      if (last.operationId !== undefined) watch.ownOperations.add(last.operationId);
    }
    const known = watch;
    if (known && events.some((event) => isForeign(known, event))) break;
  }
  const found = watch;
  return found ? events.filter((event) => !isForeign(found, event)).reverse() : [];
}

/** The event with which an operation began to move the stack itself; `events` are the operation's, oldest first. */
export function operationHead(events: readonly StackEvent[]): StackEvent | undefined {
  return events.find((event) => isAboutStack(event) && event.status.endsWith("_IN_PROGRESS"));
}

/** A nested stack's operation has a name of its own: it is the one its newest head belongs to. */
function learnOperation(watch: StackWatch, events: readonly StackEvent[]): void {
  const head = events.findLast((event) => isAboutStack(event) && /^(CREATE|UPDATE|DELETE)_IN_PROGRESS$/.test(event.status));
  if (head?.token !== undefined) watch.ownTokens.add(head.token);
  if (head?.operationId !== undefined) watch.ownOperations.add(head.operationId);
}
