import { profileAsDeployed } from "../../engine/deployment/as-deployed.ts";
import { foldAll } from "../../engine/deployment/progress.ts";
import { type DeploymentRecord, incompleteness, type RecordSummary, settled, summarise } from "../../engine/deployment/record.ts";
import { exitCode, UserError } from "../../engine/problem.ts";
import { printProfile } from "../../engine/profile-file.ts";
import { clearSecrets } from "../../engine/rules/clear-secrets.ts";
import { sanitizeLine } from "../../engine/sanitize.ts";
import { plainLines } from "../../reporters/plain-lines.ts";
import { folders } from "../../store/folders.ts";
import { openRecords, type Records } from "../../store/records.ts";
import type { CommandCall } from "../command.ts";
import { masked } from "../deployment/without-secrets.ts";
import { writeText } from "../files.ts";
import type { GlobalOptions } from "../options.ts";
import { table } from "../table.ts";

interface HistoryOptions extends GlobalOptions {
  readonly template?: boolean;
  readonly asProfile?: boolean;
  readonly events?: boolean;
  readonly out?: string;
}

/** Lists past deployments, newest first; or shows one that is named by its id: all of it, its template, or its profile as deployed. */
export function run({ args, options, io }: CommandCall<HistoryOptions>): number {
  const records = openRecords(folders().deployments);
  const wanted = args[0] as string | undefined;
  const record = wanted === undefined ? undefined : records.read(wanted);
  if (record) show(record, options, io);
  else if (options.template || options.asProfile || options.events) throw noDeployment(wanted, records);
  else list(wanted, records, options, io);
  return exitCode.done;
}

function noDeployment(wanted: string | undefined, records: Records): UserError {
  const [last] = records.list(wanted);
  const example = last ? `, e.g. ${last.id}` : "";
  return new UserError(wanted === undefined ? "no deployment is named" : `${wanted} is no deployment`, {
    hint: `Name one by its id${example}: ecs-wizard history lists them.`,
  });
}

type Io = CommandCall<object>["io"];

function list(profile: string | undefined, records: Records, options: HistoryOptions, io: Io): void {
  const found = records.list(profile);
  const ends = new Map(settled(found).map((one) => [one.id, one]));
  const all = found.map((one) => ends.get(one.id) ?? one);
  if (options.json) {
    io.json({ deployments: all });
    return;
  }
  if (all.length === 0) {
    io.say(
      profile === undefined
        ? "No deployments are recorded yet."
        : `No deployment of ${profile} is recorded. ecs-wizard history lists all there are.`,
    );
    return;
  }
  const tried = all.some(({ sandbox }) => sandbox !== undefined);
  io.data(
    table(
      ["Deployment", "Profile", "Started (UTC)", "Took", "Status", ...(tried ? ["Account"] : []), "Message"],
      all.map((one) => {
        const { id, profile: name, startedAt, status, message, cause } = one;
        return [
          id,
          sanitizeLine(name ?? ""),
          startedAt.slice(0, 16).replace("T", " "),
          took(one),
          one.activity === "deploy" ? status : `${one.activity}: ${status}`,
          ...(tried ? [accountWords(one)] : []),
          sanitizeLine(cause ?? message ?? ""),
        ];
      }),
    ),
  );
}

/** What kind of account it happened in: `sandbox: crash-loop`; empty for a real one. */
const accountWords = ({ sandbox }: Pick<RecordSummary, "sandbox">): string =>
  sandbox === undefined ? "" : `sandbox${sandbox === "default" ? "" : `: ${sanitizeLine(sandbox)}`}`;

function took({ startedAt, endedAt }: RecordSummary): string {
  return endedAt === undefined ? "" : clock(Date.parse(endedAt) - Date.parse(startedAt));
}

/** `m:ss` */
function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function show(record: DeploymentRecord, options: HistoryOptions, io: Io): void {
  const { header, events } = record;
  const profile = profileAsDeployed(header);
  if (options.template) {
    if (header.template === undefined) throw new UserError(`${header.id} has no template`, { hint: "Only deployments have one." });
    writeText(header.template.trimEnd(), options.out, io);
    return;
  }
  if (options.asProfile) {
    if (!profile) throw new UserError(`${header.id} has no profile`, { hint: "Only what was deployed from a profile has one." });
    writeText(options.json ? JSON.stringify(profile, null, 2) : printProfile(profile, "yaml"), options.out, io);
    return;
  }
  const summary = summarise(record);
  const progress = foldAll(events);
  const incomplete = incompleteness(record);
  if (options.json) {
    const { snapshot: _, variables: __, template, record: ___, ...rest } = header;
    const { outcome, findings: errors, logs, warnings } = progress;
    const durations = Object.fromEntries(
      progress.resources.flatMap(({ logicalId, startedAt, endedAt }) =>
        startedAt && endedAt ? [[logicalId, Date.parse(endedAt) - Date.parse(startedAt)]] : [],
      ),
    );
    io.json({
      ...rest,
      ...summary,
      incomplete,
      ...masked({ profileAsDeployed: profile, template }, clearSecrets(profile ?? {})),
      durations,
      errors,
      logs,
      warnings,
      outcome,
      events,
    });
    return;
  }
  if (options.events) {
    for (const event of events)
      for (const { text } of plainLines(event, progress)) io.data(`${event.at.slice(0, 19).replace("T", " ")}  ${text}`);
    return;
  }
  io.data(about(summary, header, progress.resources, incomplete).join("\n"));
}

function about(
  summary: RecordSummary,
  { cluster, region }: DeploymentRecord["header"],
  resources: ReturnType<typeof foldAll>["resources"],
  incomplete: string | undefined,
): string[] {
  const { id, profile, stackName, startedAt, status, activity, message, cause } = summary;
  const rows = [
    ["Deployment", id],
    ["Profile", profile ?? ""],
    ["Stack", `${stackName} in ${region}`],
    ["Cluster", cluster],
    ["Account", accountWords(summary)],
    ["Started", `${startedAt.slice(0, 19).replace("T", " ")} UTC`],
    ["Took", took(summary)],
    ["Status", activity === "deploy" ? status : `${activity}: ${status}`],
    ["Cause", cause ?? ""],
    ["Message", message ?? ""],
    ["Record", incomplete ?? ""],
  ].filter(([, value]) => value !== "");
  const pieces = resources.map(({ logicalId, type, status: state, startedAt: from, endedAt: to }) =>
    [logicalId, type, state ?? "not begun", from && to ? clock(Date.parse(to) - Date.parse(from)) : ""].map(sanitizeLine),
  );
  const more = [
    status === "failed" ? `Why it failed:        ecs-wizard errors ${id}` : "",
    `Everything seen:      ecs-wizard history ${id} --events`,
    activity === "watch" ? "" : `Its template:         ecs-wizard history ${id} --template`,
    profile === undefined ? "" : `Its profile:          ecs-wizard history ${id} --as-profile`,
    activity === "deploy" && profile !== undefined ? `Go back to it:        ecs-wizard deploy ${id}` : "",
  ].filter((text) => text !== "");
  return [
    ...rows.map(([label = "", value = ""]) => `${label.padEnd(12)}${sanitizeLine(value)}`),
    ...(pieces.length > 0 ? ["", table(["Resource", "Type", "Status", "Took"], pieces)] : []),
    "",
    ...more,
  ];
}
