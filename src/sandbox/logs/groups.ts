import { AwsError } from "../errors.ts";
import { text, whole } from "../input.ts";
import { paginate } from "../paging.ts";
import type { Context, Handler, Input, Output } from "../service.ts";
import { groupName, groupOf, invalid, nameIn, notFound } from "./errors.ts";
import type { LogGroup, LogStream } from "./state.ts";

/** The retention periods CloudWatch Logs knows, in days. */
const periods = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

// CloudWatch counts 26 bytes for an event beside its text.
const sizeOf = (stream: LogStream): number => stream.events.reduce((sum, event) => sum + event.message.length + 26, 0);

const wireGroup = (group: LogGroup): Output => ({
  logGroupName: group.name,
  creationTime: group.createdAt,
  retentionInDays: group.retentionDays,
  metricFilterCount: 0,
  arn: `${group.arn}:*`,
  logGroupArn: group.arn,
  logGroupClass: "STANDARD",
  storedBytes: Object.values(group.streams).reduce((sum, stream) => sum + sizeOf(stream), 0),
  kmsKeyId: group.kmsKeyId,
});

const wireStream = (stream: LogStream): Output => ({
  logStreamName: stream.name,
  creationTime: stream.createdAt,
  firstEventTimestamp: stream.events[0]?.timestamp,
  lastEventTimestamp: stream.events.at(-1)?.timestamp,
  lastIngestionTime: stream.events.at(-1)?.ingestedAt,
  arn: stream.arn,
  storedBytes: 0,
});

const part = <T>(all: readonly T[], input: Input) => {
  const limit = whole(input["limit"]) ?? 50;
  if (!(limit >= 1 && limit <= 50)) {
    const bound = limit < 1 ? "greater than or equal to 1" : "less than or equal to 50";
    throw invalid(
      `1 validation error detected: Value '${input["limit"]}' at 'limit' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  const { items, next } = paginate(all, text(input["nextToken"]), limit, () => invalid("The specified nextToken is invalid."));
  return { items, nextToken: next };
};

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

const describeLogGroups: Handler = (input, ctx) => {
  const prefix = text(input["logGroupNamePrefix"]);
  const pattern = text(input["logGroupNamePattern"]);
  if (prefix && pattern) throw invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  const groups = Object.values(ctx.state.logs.groups)
    .filter(({ name }) => (!prefix || name.startsWith(prefix)) && (!pattern || name.toLowerCase().includes(pattern.toLowerCase())))
    .sort(byName);
  const { items, nextToken } = part(groups, input);
  return { logGroups: items.map(wireGroup), nextToken };
};

const describeLogStreams: Handler = (input, ctx) => {
  const group = groupOf(input, ctx);
  const prefix = text(input["logStreamNamePrefix"]) ?? "";
  const byTime = input["orderBy"] === "LastEventTime";
  if (byTime && prefix) throw invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
  const last = (stream: LogStream) => stream.events.at(-1)?.timestamp ?? stream.createdAt;
  const streams = Object.values(group.streams)
    .filter(({ name }) => name.startsWith(prefix))
    .sort((a, b) => (byTime ? last(a) - last(b) : byName(a, b)));
  if (input["descending"] === true) streams.reverse();
  const { items, nextToken } = part(streams, input);
  return { logStreams: items.map(wireStream), nextToken };
};

const arnOf = (ctx: Context, name: string): string => `arn:aws:logs:${ctx.region}:${ctx.accountId}:log-group:${name}`;

// CloudWatch Logs words this denial in its own way.
const mayTag = (ctx: Context, arn: string): void => {
  try {
    ctx.authorize("logs:TagResource", arn);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const message = `User with accountId: ${ctx.accountId} is not authorized to perform CreateLogGroup with Tags. An additional permission "logs:TagResource" is required.`;
    throw new AwsError(error.code, message, { status: error.status });
  }
};

const createLogGroup: Handler = (input, ctx) => {
  const name = groupName(input);
  const { groups } = ctx.state.logs;
  if (Object.hasOwn(groups, name)) throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
  if (Object.keys(input["tags"] ?? {}).length > 0) mayTag(ctx, arnOf(ctx, name));
  const kmsKeyId = text(input["kmsKeyId"]);
  groups[name] = {
    name,
    arn: arnOf(ctx, name),
    createdAt: ctx.now(),
    ...(kmsKeyId ? { kmsKeyId } : {}),
    streams: {},
    tags: { ...input["tags"] },
  };
  return {};
};

const putRetentionPolicy: Handler = (input, ctx) => {
  const group = groupOf(input, ctx);
  const days = whole(input["retentionInDays"]) ?? 0;
  if (!periods.includes(days)) {
    throw invalid(
      `1 validation error detected: Value '${input["retentionInDays"]}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${periods.join(", ")}]`,
    );
  }
  group.retentionDays = days;
  return {};
};

const createLogStream: Handler = (input, ctx) => {
  const group = groupOf(input, ctx);
  const name = nameIn(input, "logStreamName", /^[^:*]+$/, "[^:*]*");
  if (Object.hasOwn(group.streams, name)) throw new AwsError("ResourceAlreadyExistsException", "The specified log stream already exists");
  group.streams[name] = { name, arn: `${group.arn}:log-stream:${name}`, createdAt: ctx.now(), events: [] };
  return {};
};

const byArn = (input: Input, ctx: Context): LogGroup => {
  const arn = text(input["resourceArn"]) ?? "";
  const group = Object.values(ctx.state.logs.groups).find((each) => each.arn === arn.replace(/:\*$/, ""));
  if (!group) throw notFound("group");
  return group;
};

/** The actions on groups and streams. */
export const groupActions: Readonly<Record<string, Handler>> = {
  CreateLogGroup: createLogGroup,
  DeleteLogGroup: (input, ctx) => {
    delete ctx.state.logs.groups[groupOf(input, ctx).name];
    return {};
  },
  DescribeLogGroups: describeLogGroups,
  DescribeLogStreams: describeLogStreams,
  CreateLogStream: createLogStream,
  PutRetentionPolicy: putRetentionPolicy,
  DeleteRetentionPolicy: (input, ctx) => {
    delete groupOf(input, ctx).retentionDays;
    return {};
  },
  TagResource: (input, ctx) => {
    Object.assign(byArn(input, ctx).tags, input["tags"]);
    return {};
  },
  UntagResource: (input, ctx) => {
    const { tags } = byArn(input, ctx);
    for (const key of (input["tagKeys"] as string[] | undefined) ?? []) delete tags[key];
    return {};
  },
  ListTagsForResource: (input, ctx) => ({ tags: byArn(input, ctx).tags }),
};
