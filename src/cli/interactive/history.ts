import { profileAsDeployed } from "../../engine/deployment/as-deployed.ts";
import { longestDeployment, type RecordSummary, settled } from "../../engine/deployment/record.ts";
import { sanitizeLine } from "../../engine/sanitize.ts";
import type { History, PastDeployment } from "../../screens/ports.ts";
import type { Records } from "../../store/records.ts";

/** Lists are asked for at every key and frame: they are read again after so long. */
const freshMs = 500;

/** The records for the home screen, newest first. */
export function historyPort(records: Records, now: () => number): History {
  let read: { readonly at: number; readonly list: readonly PastDeployment[] } | undefined;
  const list = () => {
    const at = now();
    if (!read || at - read.at > freshMs || at < read.at) read = { at, list: settled(records.list()).map((one) => pastDeployment(one, at)) };
    return read.list;
  };
  return {
    list,
    lastDeployed: (profile) => {
      const last = records.list(profile).find(({ status, activity }) => status === "succeeded" && activity === "deploy");
      return last && records.read(last.id)?.header.snapshot;
    },
    record: (id) => {
      const found = records.read(id);
      if (!found) return undefined;
      const profile = profileAsDeployed(found.header);
      const { template } = found.header;
      return { ...(profile ? { profile } : {}), ...(template === undefined ? {} : { template }) };
    },
  };
}

function pastDeployment(
  { id, profile, stackName, status, activity, startedAt, endedAt, region, message, cause }: RecordSummary,
  now: number,
): PastDeployment {
  const started = Date.parse(startedAt);
  const unfinished = now - started < longestDeployment ? "running" : "interrupted";
  return {
    id,
    activity,
    profile: profile ?? stackName,
    stackName,
    status: status === "unfinished" ? unfinished : status,
    startedAt: started,
    region,
    ...(endedAt ? { finishedAt: Date.parse(endedAt) } : {}),
    ...(message === undefined ? {} : { message: sanitizeLine(message) }),
    ...(cause === undefined ? {} : { cause: sanitizeLine(cause) }),
  };
}
