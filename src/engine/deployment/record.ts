/** What is kept of a deployment: one header, then every fact as it was seen. All else – errors, evidence, durations – derives from them. */
import type { JsonObject } from "../schema.ts";
import type { Activity, RecordedEvent } from "./events.ts";
import { beganNothing, type OutcomeReason } from "./outcome.ts";
import { foldAll, type Progress } from "./progress.ts";

/** The version of the shape of records. */
export const recordVersion = 1;

/** What is known before a deployment begins; on disk before its first call that changes anything. */
export interface RecordHeader {
  readonly record: number;
  /** Unique; sorts by time. Also the root of the client request tokens. */
  readonly id: string;
  readonly activity: Activity;
  /** The profile's name; absent for a stack watched without one. */
  readonly profile?: string;
  /** The profile as it was, its secrets left out. */
  readonly snapshot?: JsonObject;
  /** The values for its variables that it was given besides its own and used; secret ones are left out. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly stackName: string;
  readonly region: string;
  readonly cluster: string;
  readonly serviceId?: string;
  readonly taskDefinitionId?: string;
  /** The scenario of the simulated account it was made in; absent: a real account. */
  readonly sandbox?: string;
  readonly template?: string;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
}

/** Where something is done: in a simulated account, or in a real one. */
export type Place = Pick<RecordHeader, "sandbox">;

/** Whether two belong to the same world: what happened in a simulated account says nothing of a real one. */
export const samePlace = (one: Place, other: Place): boolean => (one.sandbox === undefined) === (other.sandbox === undefined);

/** A deployment as it is kept. */
export interface DeploymentRecord {
  readonly header: RecordHeader;
  readonly events: readonly RecordedEvent[];
}

/** Keeps a deployment while it runs. Rejections: before the first event they end the deployment, later they are told once as a warning. */
export interface Recorder {
  begin(header: RecordHeader): Promise<void>;
  append(event: RecordedEvent): Promise<void>;
}

/** The lines of a record as it lies on disk: JSON, one value a line, the header first. */
export function recordLine(value: RecordHeader | RecordedEvent): string {
  return JSON.stringify(value);
}

/** Reads a record. Damaged lines – the last one of a killed program – and events of a kind unknown here are left out; undefined: no header. */
export function readRecord(lines: Iterable<string>): DeploymentRecord | undefined {
  let header: RecordHeader | undefined;
  const events: RecordedEvent[] = [];
  for (const line of lines) {
    const value = parse(line);
    if (isHeader(value)) header ??= value;
    else if (isEvent(value)) events.push(value);
  }
  return header && { header, events };
}

/** One line of the history. */
export interface RecordSummary {
  readonly id: string;
  readonly profile?: string;
  readonly activity: RecordHeader["activity"];
  readonly stackName: string;
  readonly region: string;
  /** The scenario of the simulated account it was made in; absent: a real account. */
  readonly sandbox?: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** `unfinished`: not seen to its end by us. */
  readonly status: "unfinished" | NonNullable<Progress["outcome"]>["status"];
  readonly reason?: OutcomeReason;
  readonly message?: string;
  /** Of a failure: its root cause in a few words, where it was explained. */
  readonly cause?: string;
}

/** The record in one line. */
export function summarise({ header, events }: DeploymentRecord): RecordSummary {
  const { id, profile, activity, stackName, region, sandbox, startedAt } = header;
  const last = events.findLast((event) => event.type === "outcome");
  const summary = {
    id,
    activity,
    stackName,
    region,
    startedAt,
    ...(profile !== undefined && { profile }),
    ...(sandbox !== undefined && { sandbox }),
  };
  if (!last) return { ...summary, status: "unfinished" };
  const cause = last.status === "failed" ? causeOf(events) : undefined;
  const { status, reason, message, at } = last;
  return { ...summary, status, ...(reason && { reason }), message, ...(cause === undefined ? {} : { cause }), endedAt: at };
}

function causeOf(events: readonly RecordedEvent[]): string | undefined {
  const root = events.find((event) => event.type === "finding" && event.finding.rootness === "root");
  return root?.type === "finding" ? root.finding.explanation?.title : undefined;
}

/**
 * The deployments and deletions among records, newest first, as they stand: one that was left before its end – `unfinished`,
 * `notWaited`, `timedOut` – has the end that a later watching of its stack saw. What began nothing is left out. Watches remain where nothing else is known of a stack.
 */
export function settled(summaries: readonly RecordSummary[]): readonly RecordSummary[] {
  return withEnds(summaries).map(({ one, end }) => {
    if (!end) return one;
    const { status, reason, message, cause, endedAt } = end;
    const { reason: _, ...rest } = one;
    return {
      ...rest,
      status,
      ...(reason && { reason }),
      ...(message && { message }),
      ...(cause && { cause }),
      ...(endedAt && { endedAt }),
    };
  });
}

/** The id of the record that has the end of a deployment among summaries: its own, or that of the later watching that saw it. */
export function seenToItsEndIn(summaries: readonly RecordSummary[], id: string): string {
  return withEnds(summaries).find(({ one }) => one.id === id)?.end?.id ?? id;
}

function withEnds(summaries: readonly RecordSummary[]): readonly { readonly one: RecordSummary; readonly end?: RecordSummary }[] {
  const ends = new Map<string, RecordSummary>();
  const begun = summaries.filter((one) => !beganNothing(one));
  const changed = new Set(begun.filter(({ activity }) => activity !== "watch").map(stackOf));
  return begun.flatMap((one) => {
    const stack = stackOf(one);
    if (one.activity === "watch") {
      if (isFinal(one) && !ends.has(stack)) ends.set(stack, one);
      return isFinal(one) && !changed.has(stack) ? [{ one }] : [];
    }
    const end = ends.get(stack);
    ends.delete(stack);
    return !end || isFinal(one) ? [{ one }] : [{ one, end }];
  });
}

const stackOf = ({ stackName, region, sandbox }: RecordSummary) => `${sandbox === undefined ? "" : "sandbox "}${region} ${stackName}`;
const isFinal = ({ status }: RecordSummary) => status !== "unfinished" && status !== "notWaited" && status !== "timedOut";

/**
 * The newest deployment whose end was not seen and that may still run at `now`, epoch ms: a later attempt that AWS refused hides
 * it as little as one that was never begun, a later one of its stack that went ahead does.
 */
export function lastUnfinished(summaries: readonly RecordSummary[], now: number): RecordSummary | undefined {
  const over = new Set<string>();
  return settled(summaries).find((one) => {
    const stack = stackOf(one);
    if (one.status === "unfinished" && !over.has(stack) && now - Date.parse(one.startedAt) < longestDeployment) return true;
    if (one.reason !== "refused" && one.reason !== "access") over.add(stack);
    return false;
  });
}

/** Why a record does not hold the whole deployment, in a sentence; undefined when it does. */
export function incompleteness({ events }: Pick<DeploymentRecord, "events">): string | undefined {
  const warned = events.find((event) => event.type === "warning" && event.message.startsWith(incompleteRecord));
  if (warned?.type === "warning") return warned.message;
  if (events.some((event) => event.type === "outcome")) return undefined;
  const last = events.at(-1)?.at;
  const when = last ? ` at ${last.slice(0, 19).replace("T", " ")} UTC` : "";
  return `${incompleteRecord}: it breaks off${when}, before the deployment's end; the program was killed, or is still watching.`;
}

/** After so many milliseconds nobody is still deploying: an unfinished record is then one of a program that was ended. */
export const longestDeployment = 4 * 3_600_000;

/** How whatever says so begins. */
export const incompleteRecord = "The record of this deployment is incomplete";

/** Milliseconds each resource took in its successful deployments, the median by logical id: what it usually takes. */
export function usualDurations(records: Iterable<DeploymentRecord>): Readonly<Record<string, number>> {
  const samples = new Map<string, number[]>();
  for (const record of records) {
    const progress = foldAll(record.events);
    if (progress.outcome?.status !== "succeeded") continue;
    for (const { logicalId, startedAt, endedAt, nestedIn } of progress.resources) {
      const took = Date.parse(endedAt ?? "") - Date.parse(startedAt ?? "");
      if (took >= 0 && nestedIn === undefined) samples.set(logicalId, [...(samples.get(logicalId) ?? []), took]);
    }
  }
  return Object.fromEntries([...samples].map(([id, took]) => [id, took.sort((a, b) => a - b)[Math.floor(took.length / 2)] as number]));
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isHeader(value: unknown): value is RecordHeader {
  return (
    isObject(value) && typeof value["record"] === "number" && typeof value["id"] === "string" && typeof value["stackName"] === "string"
  );
}

function isEvent(value: unknown): value is RecordedEvent {
  return isObject(value) && typeof value["type"] === "string" && typeof value["at"] === "string" && typeof value["seq"] === "number";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
