import type { RecordSummary } from "../../engine/deployment/record.ts";
import type { History, PastDeployment } from "../../screens/ports.ts";
import type { Records } from "../../store/records.ts";

/** After so long nobody is still deploying: an unfinished record is one of a program that was ended. */
const longestDeployment = 4 * 3_600_000;

/** The records for the home screen, newest first. */
export function historyPort(records: Records, now: () => number): History {
  return {
    list: () => records.list().map((summary) => pastDeployment(summary, now())),
    lastDeployed: (profile) => {
      const last = records.list(profile).find(({ status }) => status === "succeeded");
      return last && records.read(last.id)?.header.snapshot;
    },
  };
}

function pastDeployment(
  { id, profile, stackName, status, startedAt, endedAt, region, message }: RecordSummary,
  now: number,
): PastDeployment {
  const started = Date.parse(startedAt);
  const unfinished = now - started < longestDeployment ? "running" : "interrupted";
  return {
    id,
    profile: profile ?? stackName,
    stackName,
    status: status === "unfinished" ? unfinished : status,
    startedAt: started,
    region,
    ...(endedAt ? { finishedAt: Date.parse(endedAt) } : {}),
    ...(message === undefined ? {} : { message }),
  };
}
