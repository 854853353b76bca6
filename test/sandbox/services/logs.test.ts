import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  paginateFilterLogEvents,
} from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, it } from "vitest";
import { compilePattern } from "../../../src/sandbox/logs/pattern.ts";
import { begin, clientOptions, start } from "../support/sandbox.ts";

const open = async (lines = 0) => {
  const sandbox = await start();
  const logs = new CloudWatchLogsClient({ ...clientOptions(sandbox), maxAttempts: 1 });
  const named = { logGroupName: "/ecs/mine", logStreamName: "ecs/web/1" };
  if (lines > 0) {
    await logs.send(new CreateLogGroupCommand({ logGroupName: named.logGroupName }));
    await logs.send(new CreateLogStreamCommand(named));
    const logEvents = Array.from({ length: lines }, (_, index) => ({ timestamp: begin + index, message: `line ${index}` }));
    await logs.send(new PutLogEventsCommand({ ...named, logEvents }));
  }
  return { sandbox, logs, named };
};

describe("log groups", () => {
  it("are made once, kept for the periods there are, and deleted", async () => {
    const { logs } = await open();
    const named = { logGroupName: "/ecs/mine" };
    await logs.send(new CreateLogGroupCommand({ ...named, tags: { team: "shop" } }));
    await expect(logs.send(new CreateLogGroupCommand(named))).rejects.toMatchObject({
      name: "ResourceAlreadyExistsException",
      message: "The specified log group already exists",
    });
    await logs.send(new PutRetentionPolicyCommand({ ...named, retentionInDays: 30 }));
    await expect(logs.send(new PutRetentionPolicyCommand({ ...named, retentionInDays: 31 }))).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/ecs/m" }));
    expect(logGroups).toMatchObject([
      { arn: "arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/mine:*", retentionInDays: 30, creationTime: begin },
    ]);
    expect((await logs.send(new ListTagsForResourceCommand({ resourceArn: logGroups[0]?.logGroupArn }))).tags).toEqual({ team: "shop" });
    await logs.send(new DeleteLogGroupCommand(named));
    await expect(logs.send(new DeleteLogGroupCommand(named))).rejects.toMatchObject({ message: "The specified log group does not exist." });
    await expect(logs.send(new CreateLogGroupCommand({ logGroupName: "no spaces" }))).rejects.toMatchObject({
      message: expect.stringContaining("Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+"),
    });
  });

  it("hold the streams of the services that ran", async () => {
    const { logs } = await open();
    const { logStreams = [] } = await logs.send(
      new DescribeLogStreamsCommand({ logGroupName: "/ecs/checkout", orderBy: "LastEventTime", descending: true }),
    );
    expect(logStreams.length).toBeGreaterThan(1);
    expect(logStreams.every((each) => each.logStreamName?.startsWith("ecs/checkout/"))).toBe(true);
    const times = logStreams.map((each) => each.lastEventTimestamp ?? 0);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });
});

describe("GetLogEvents", () => {
  it("gives the newest page first, then walks back, and repeats the token at the end", async () => {
    const { logs, named } = await open(25);
    const get = (more = {}) => logs.send(new GetLogEventsCommand({ ...named, limit: 10, ...more }));
    const newest = await get();
    expect(newest.events?.map((each) => each.message)).toEqual(Array.from({ length: 10 }, (_, index) => `line ${index + 15}`));
    const before = await get({ nextToken: newest.nextBackwardToken });
    expect([before.events?.[0]?.message, before.events?.length]).toEqual(["line 5", 10]);
    const after = await get({ nextToken: newest.nextForwardToken });
    expect([after.events, after.nextForwardToken]).toEqual([[], newest.nextForwardToken]);
  });

  it("reads from the head, within times, and refuses made-up tokens", async () => {
    const { logs, named } = await open(25);
    const get = (more = {}) => logs.send(new GetLogEventsCommand({ ...named, ...more }));
    expect((await get({ startFromHead: true, limit: 2 })).events?.map((each) => each.message)).toEqual(["line 0", "line 1"]);
    expect((await get({ startTime: begin + 3, endTime: begin + 5 })).events?.map((each) => each.message)).toEqual(["line 3", "line 4"]);
    await expect(get({ nextToken: "x" })).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "The specified nextToken is invalid.",
    });
    await expect(get({ logStreamName: "none" })).rejects.toMatchObject({ message: "The specified log stream does not exist." });
  });
});

describe("FilterLogEvents", () => {
  it("goes through all streams in the order of time, page by page", async () => {
    const { logs, named } = await open(25);
    await logs.send(new CreateLogStreamCommand({ ...named, logStreamName: "ecs/web/2" }));
    await logs.send(
      new PutLogEventsCommand({ ...named, logStreamName: "ecs/web/2", logEvents: [{ timestamp: begin + 1, message: "other" }] }),
    );
    const messages: (string | undefined)[] = [];
    for await (const page of paginateFilterLogEvents({ client: logs, pageSize: 10 }, { logGroupName: named.logGroupName })) {
      messages.push(...(page.events ?? []).map((each) => each.message));
    }
    expect(messages.slice(0, 4)).toEqual(["line 0", "line 1", "other", "line 2"]);
    expect(messages).toHaveLength(26);
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: named.logGroupName, filterPattern: "?other ?24" }));
    expect(events?.map((each) => each.message)).toEqual(["other", "line 24"]);
    expect(new Set(events?.map((each) => each.eventId)).size).toBe(2);
  });

  it("knows patterns of terms, and says so of the others", () => {
    const fits = (pattern: string, message: string) => compilePattern(pattern)(message);
    expect(fits('ERROR "not found"', "ERROR page not found")).toBe(true);
    expect(fits('ERROR "not found"', "ERROR found not")).toBe(false);
    expect(fits("ERROR -timeout", "ERROR timeout")).toBe(false);
    expect(fits("", "anything")).toBe(true);
    expect(() => compilePattern("{ $.level = 50 }")).toThrow("The sandbox does not simulate filter patterns other than terms.");
  });
});

describe("PutLogEvents", () => {
  it("wants order, and leaves out what is too old or too new", async () => {
    const { logs, named } = await open(1);
    const put = (...times: number[]) =>
      logs.send(new PutLogEventsCommand({ ...named, logEvents: times.map((timestamp) => ({ timestamp, message: "x" })) }));
    await expect(put(begin + 5, begin)).rejects.toMatchObject({
      message: "Log events in a single PutLogEvents request must be in chronological order.",
    });
    const { rejectedLogEventsInfo } = await put(begin - 15 * 86_400_000, begin, begin + 3 * 3_600_000);
    expect(rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 2 });
    expect((await logs.send(new GetLogEventsCommand(named))).events).toHaveLength(2);
  });
});
