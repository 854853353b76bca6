import { AwsError } from "../errors.ts";
import { own, text } from "../input.ts";
import type { Context, Input } from "../service.ts";
import type { LogGroup, LogStream } from "./state.ts";

/** CloudWatch Logs' answer to members that break their constraints. */
export const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);

/** CloudWatch Logs' answer to a group or stream that is not there. */
export const notFound = (what: "group" | "stream"): AwsError =>
  new AwsError("ResourceNotFoundException", `The specified log ${what} does not exist.`);

const nullAt = (member: string): AwsError =>
  invalid(`1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`);

/** A name of the log group or stream pattern; throws InvalidParameterException. */
export const nameIn = (input: Input, member: string, pattern: RegExp, shown: string): string => {
  const name = text(input[member]);
  if (!name) throw nullAt(member);
  if (name.length > 512 || !pattern.test(name)) {
    throw invalid(
      `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${shown}`,
    );
  }
  return name;
};

/** A log group's name. */
export const groupName = (input: Input): string => nameIn(input, "logGroupName", /^[.\-_/#A-Za-z0-9]+$/, "[\\.\\-_/#A-Za-z0-9]+");

/** The group a call names by `logGroupName` or by `logGroupIdentifier` (name or ARN). */
export const groupOf = (input: Input, ctx: Context): LogGroup => {
  const identifier = text(input["logGroupIdentifier"]);
  const name = identifier ? identifier.replace(/^arn:.*?:log-group:/, "").replace(/:\*$/, "") : groupName(input);
  const group = own(ctx.state.logs.groups, name);
  if (!group) throw notFound("group");
  return group;
};

/** The stream a call names. */
export const streamOf = (group: LogGroup, input: Input): LogStream => {
  const stream = own(group.streams, nameIn(input, "logStreamName", /^[^:*]+$/, "[^:*]*"));
  if (!stream) throw notFound("stream");
  return stream;
};
