import { hexOf } from "../ids.ts";
import { structures, text, texts, whole } from "../input.ts";
import { paginate } from "../paging.ts";
import type { Context, Handler, Input } from "../service.ts";
import { groupOf, invalid, streamOf } from "./errors.ts";
import { compilePattern } from "./pattern.ts";
import type { LogEvent, LogStream } from "./state.ts";

const largest = 10_000;

const limitOf = (input: Input): number => {
  const limit = whole(input["limit"]) ?? largest;
  if (!(limit >= 1 && limit <= largest)) {
    const bound = limit < 1 ? "greater than or equal to 1" : `less than or equal to ${largest}`;
    throw invalid(
      `1 validation error detected: Value '${input["limit"]}' at 'limit' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  return limit;
};

const within = (input: Input) => {
  const from = whole(input["startTime"]) ?? 0;
  const until = whole(input["endTime"]) ?? Number.POSITIVE_INFINITY;
  return (event: LogEvent) => event.timestamp >= from && event.timestamp < until;
};

const tokenFor = (way: "f" | "b", position: number): string => `${way}/${String(position).padStart(56, "0")}/s`;

const positionOf = (token: string): { way: string; position: number } => {
  const [, way = "", digits = ""] = /^([fb])\/(\d{56})\/s$/.exec(token) ?? [];
  if (!way) throw invalid("The specified nextToken is invalid.");
  return { way, position: Number(digits) };
};

// Tokens are positions in the stream: a forward token where the page ends, a backward token where it begins; both repeat at the ends.
const bounds = (input: Input, count: number, limit: number): [number, number] => {
  const token = text(input["nextToken"]);
  if (!token) return input["startFromHead"] === true ? [0, Math.min(limit, count)] : [Math.max(0, count - limit), count];
  const { way, position } = positionOf(token);
  return way === "f"
    ? [Math.min(position, count), Math.min(position + limit, count)]
    : [Math.max(0, position - limit), Math.min(position, count)];
};

const getLogEvents: Handler = (input, ctx) => {
  const limit = limitOf(input);
  const events = streamOf(groupOf(input, ctx), input).events.filter(within(input));
  const [from, until] = bounds(input, events.length, limit);
  return {
    events: events.slice(from, until).map(({ timestamp, ingestedAt, message }) => ({ timestamp, ingestionTime: ingestedAt, message })),
    nextForwardToken: tokenFor("f", until),
    nextBackwardToken: tokenFor("b", from),
  };
};

const searched = (input: Input, streams: readonly LogStream[]): readonly LogStream[] => {
  const names = texts(input["logStreamNames"]);
  const prefix = text(input["logStreamNamePrefix"]);
  if (names.length > 0 && prefix) throw invalid("logStreamNames and logStreamNamePrefix cannot be specified together");
  return streams.filter(({ name }) => (names.length === 0 || names.includes(name)) && (!prefix || name.startsWith(prefix)));
};

const filterLogEvents: Handler = (input, ctx) => {
  const group = groupOf(input, ctx);
  const limit = limitOf(input);
  const fits = compilePattern(String(input["filterPattern"] ?? ""));
  const inTime = within(input);
  const found = searched(input, Object.values(group.streams))
    .flatMap((stream) => stream.events.flatMap((event, index) => (inTime(event) && fits(event.message) ? [{ stream, event, index }] : [])))
    .sort(
      (a, b) =>
        a.event.timestamp - b.event.timestamp || (a.stream.name < b.stream.name ? -1 : a.stream === b.stream ? a.index - b.index : 1),
    );
  const { items, next } = paginate(found, text(input["nextToken"]), limit, () => invalid("The specified nextToken is invalid."));
  return {
    events: items.map(({ stream, event, index }) => ({
      logStreamName: stream.name,
      timestamp: event.timestamp,
      ingestionTime: event.ingestedAt,
      message: event.message,
      eventId: BigInt(`0x${hexOf(`${stream.arn}#${index}`, 46)}`)
        .toString()
        .padStart(56, "0"),
    })),
    searchedLogStreams: [],
    nextToken: next,
  };
};

/** Writes lines to a stream, in the order of their times; for services that log for a task. */
export const appendEvents = (ctx: Context, stream: LogStream, events: readonly { timestamp: number; message: string }[]): void => {
  for (const { timestamp, message } of events) stream.events.push({ timestamp, message, ingestedAt: Math.max(timestamp, ctx.now()) });
  stream.events.sort((a, b) => a.timestamp - b.timestamp);
};

const hours = 3_600_000;

const putLogEvents: Handler = (input, ctx) => {
  const stream = streamOf(groupOf(input, ctx), input);
  const events = structures(input["logEvents"]).map((event) => ({
    timestamp: Number(event["timestamp"]),
    message: String(event["message"]),
  }));
  if (events.some((event, index) => event.timestamp < (events[index - 1]?.timestamp ?? 0))) {
    throw invalid("Log events in a single PutLogEvents request must be in chronological order.");
  }
  const tooNew = events.findIndex((event) => event.timestamp > ctx.now() + 2 * hours);
  const old = events.filter((event) => event.timestamp < ctx.now() - 14 * 24 * hours).length;
  appendEvents(ctx, stream, events.slice(old, tooNew < 0 ? events.length : tooNew));
  const rejected = { ...(tooNew < 0 ? {} : { tooNewLogEventStartIndex: tooNew }), ...(old > 0 ? { tooOldLogEventEndIndex: old } : {}) };
  return {
    nextSequenceToken: String(stream.events.length).padStart(56, "0"),
    ...(Object.keys(rejected).length > 0 ? { rejectedLogEventsInfo: rejected } : {}),
  };
};

/** The actions on log events. */
export const logEventActions: Readonly<Record<string, Handler>> = {
  GetLogEvents: getLogEvents,
  FilterLogEvents: filterLogEvents,
  PutLogEvents: putLogEvents,
};
