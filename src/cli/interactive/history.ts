import { profileAsDeployed } from "../../engine/deployment/as-deployed.ts";
import { beganNothing } from "../../engine/deployment/outcome.ts";
import { longestDeployment, type Place, type RecordSummary, samePlace, settled } from "../../engine/deployment/record.ts";
import { sanitizeLine } from "../../engine/sanitize.ts";
import type { History, PastDeployment } from "../../screens/ports.ts";
import type { Records } from "../../store/records.ts";

/** Lists are asked for at every key and frame: they are read again after so long. */
const freshMs = 500;

/** The records for the home screen, newest first; `place` is where the program is at the moment. */
export function historyPort(records: Records, now: () => number, place: () => Place): History {
  let read: { readonly at: number; readonly list: readonly PastDeployment[] } | undefined;
  const list = () => {
    const at = now();
    if (!read || at - read.at > freshMs || at < read.at)
      read = { at, list: settled(records.list()).map((one) => pastDeployment(one, at, place())) };
    return read.list;
  };
  return {
    list,
    lastDeployed: (profile) => {
      const succeeded = ({ status, activity }: RecordSummary) => status === "succeeded" && activity === "deploy";
      const last = records.list(profile).find((one) => succeeded(one) && samePlace(one, place()));
      return last && records.read(last.id)?.header.snapshot;
    },
    lastFailed: (profile) => {
      const ours = (one: RecordSummary) => one.activity === "deploy" && samePlace(one, place()) && !beganNothing(one);
      const last = records.list(profile).find(ours);
      return last?.status === "failed" ? records.read(last.id)?.header.snapshot : undefined;
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

function pastDeployment(summary: RecordSummary, now: number, place: Place): PastDeployment {
  const { id, profile, stackName, status, activity, startedAt, endedAt, region, sandbox, message, cause } = summary;
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
    ...(samePlace(summary, place) ? {} : { elsewhere: sandbox === undefined ? "real account" : "sandbox" }),
    ...(endedAt ? { finishedAt: Date.parse(endedAt) } : {}),
    ...(message === undefined ? {} : { message: sanitizeLine(message) }),
    ...(cause === undefined ? {} : { cause: sanitizeLine(cause) }),
  };
}
