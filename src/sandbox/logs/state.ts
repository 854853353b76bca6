import type { Tags } from "../tags.ts";

/** A line of a log: when the program wrote it, when CloudWatch took it in. */
export interface LogEvent {
  timestamp: number;
  ingestedAt: number;
  message: string;
}

/** A stream of a log group: the lines of one container. */
export interface LogStream {
  name: string;
  arn: string;
  createdAt: number;
  /** Ordered by timestamp. */
  events: LogEvent[];
}

/** A log group with its streams. */
export interface LogGroup {
  name: string;
  arn: string;
  createdAt: number;
  retentionDays?: number;
  kmsKeyId?: string;
  streams: Record<string, LogStream>;
  tags: Tags;
}

/** CloudWatch Logs of one region: groups by name. */
export interface LogsState {
  groups: Record<string, LogGroup>;
}
