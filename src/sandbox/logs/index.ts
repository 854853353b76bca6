import { text } from "../input.ts";
import type { Service } from "../service.ts";
import { groupActions } from "./groups.ts";
import { logEventActions } from "./log-events.ts";

/** CloudWatch Logs. */
export const logs: Service = {
  scope: "logs",
  protocol: "json",
  apiVersion: "2014-03-28",
  targetPrefix: "Logs_20140328",
  actions: { ...groupActions, ...logEventActions },
  resourceOf: (action, input, ctx) => {
    if (action === "DescribeLogGroups") return `arn:aws:logs:${ctx.region}:${ctx.accountId}:log-group::log-stream:`;
    const identifier = text(input["logGroupIdentifier"])?.replace(/^arn:.*?:log-group:/, "");
    const group = text(input["logGroupName"]) ?? identifier ?? "";
    return (
      text(input["resourceArn"]) ??
      `arn:aws:logs:${ctx.region}:${ctx.accountId}:log-group:${group}:log-stream:${text(input["logStreamName"]) ?? ""}`
    );
  },
  notes: {
    CreateLogGroup: { parameters: "logGroupName, kmsKeyId, tags", differs: "the standard class only" },
    DeleteLogGroup: { parameters: "logGroupName" },
    DescribeLogGroups: { parameters: "logGroupNamePrefix, logGroupNamePattern, limit, nextToken" },
    DescribeLogStreams: { parameters: "logGroupName, logGroupIdentifier, logStreamNamePrefix, orderBy, descending, limit, nextToken" },
    CreateLogStream: { parameters: "logGroupName, logStreamName" },
    PutRetentionPolicy: { parameters: "logGroupName, retentionInDays", differs: "events are kept for ever all the same" },
    DeleteRetentionPolicy: { parameters: "logGroupName" },
    TagResource: { parameters: "resourceArn, tags" },
    UntagResource: { parameters: "resourceArn, tagKeys" },
    ListTagsForResource: { parameters: "resourceArn" },
    GetLogEvents: {
      parameters: "logGroupName, logGroupIdentifier, logStreamName, startTime, endTime, startFromHead, limit, nextToken",
      differs: "tokens do not expire",
    },
    FilterLogEvents: {
      parameters:
        "logGroupName, logGroupIdentifier, logStreamNames, logStreamNamePrefix, startTime, endTime, filterPattern, limit, nextToken",
      differs: "patterns of terms only",
    },
    PutLogEvents: { parameters: "logGroupName, logStreamName, logEvents", differs: "sequence tokens are not looked at" },
  },
};
