import type { LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import { byName, type Source } from "../source.ts";
import { counted, formatBytes } from "../support/words.ts";

const toItem = ({ logGroupName = "", retentionInDays, storedBytes = 0 }: LogGroup) => ({
  value: logGroupName,
  columns: [
    logGroupName,
    retentionInDays === undefined ? "kept for ever" : `kept ${counted(retentionInDays, "day")}`,
    formatBytes(storedBytes),
  ],
});

/** The CloudWatch log groups of the region. */
export const logGroups: Source = {
  id: "logGroups",
  columns: [
    { title: "Log group", rank: 1 },
    { title: "Retention", rank: 2 },
    { title: "Size", rank: 3 },
  ],
  needs: [],
  actions: ["logs:DescribeLogGroups"],
  compare: byName,
  async *load(clients, _inputs, signal) {
    const { paginateDescribeLogGroups } = await import("@aws-sdk/client-cloudwatch-logs");
    const pages = paginateDescribeLogGroups({ client: await clients.logs(), pageSize: 50 }, {}, { abortSignal: signal });
    for await (const { logGroups = [] } of pages) yield logGroups.map(toItem);
  },
};
