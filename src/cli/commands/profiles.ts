import { type Place, type RecordSummary, samePlace, settled } from "../../engine/deployment/record.ts";
import { exitCode, UserError } from "../../engine/problem.ts";
import { printProfile } from "../../engine/profile-file.ts";
import { sanitize } from "../../engine/sanitize.ts";
import type { StoredDocument } from "../../store/documents.ts";
import { folders } from "../../store/folders.ts";
import { brokenProfile, missingProfile, openProfiles } from "../../store/profiles.ts";
import { openRecords } from "../../store/records.ts";
import { writeWithConf } from "../../store/write-file.ts";
import type { CommandCall } from "../command.ts";
import { formatOf, writeText } from "../files.ts";
import type { GlobalOptions } from "../options.ts";
import { sourceProfile } from "../profile-source.ts";
import { table } from "../table.ts";

const open = () => openProfiles(folders().profiles, writeWithConf);

/** The last deployment or deletion of each profile in a place; where there is none, the last in the other world. */
function lastDeployments(place: Place): ReadonlyMap<string, RecordSummary> {
  const oldestFirst = settled(openRecords(folders().deployments).list()).toReversed();
  const [here, elsewhere] = [true, false].map((wanted) => oldestFirst.filter((one) => samePlace(one, place) === wanted));
  return new Map([...(elsewhere ?? []), ...(here ?? [])].flatMap((one) => (one.profile === undefined ? [] : [[one.profile, one]])));
}

/** Lists the saved profiles: name, target, when saved, how they were deployed last; broken ones with the reason. */
export function list({ options, io }: CommandCall<GlobalOptions & { names?: boolean }>): number {
  const deployed = options.names ? new Map<string, RecordSummary>() : lastDeployments(options);
  const rows = open()
    .list()
    .map(({ name, path, savedAt, value, broken }) => {
      const target = (value?.["target"] ?? {}) as Record<string, unknown>;
      return {
        name,
        path,
        savedAt: new Date(savedAt).toISOString(),
        cluster: target["cluster"],
        region: target["region"],
        environment: target["environment"],
        broken,
        lastDeployment: lastOf(deployed.get(name)),
      };
    });
  if (options.names) for (const { name } of rows) io.data(name);
  else if (options.json) io.json({ profiles: rows });
  else if (rows.length === 0)
    io.say("There are no saved profiles yet. ecs-wizard new makes one; ecs-wizard profiles import FILE saves one.");
  else {
    io.data(
      table(
        ["Profile", "Region", "Cluster", "Environment", "Saved (UTC)", "Last deployment"],
        rows.map((row) =>
          row.broken
            ? [sanitize(row.name), `broken: ${sanitize(row.broken)}`]
            : [
                sanitize(row.name),
                text(row.region),
                text(row.cluster),
                text(row.environment),
                row.savedAt.slice(0, 16).replace("T", " "),
                lastText(row.lastDeployment),
              ],
        ),
      ),
    );
  }
  return exitCode.done;
}

function lastOf(last: RecordSummary | undefined) {
  if (!last) return undefined;
  const { id, activity, status, startedAt, sandbox } = last;
  return { id, activity, status, startedAt, sandbox };
}

function lastText(last: ReturnType<typeof lastOf>): string {
  if (!last) return "never";
  const where = last.sandbox === undefined ? "" : "sandbox: ";
  return `${where}${last.activity === "deploy" ? "" : `${last.activity} `}${last.status} ${last.startedAt.slice(0, 16).replace("T", " ")}`;
}

const text = (value: unknown) => (value === undefined ? "" : sanitize(String(value)));

/** Prints a profile as it stands in its file, or as JSON. */
export function show({ args, options, io }: CommandCall<GlobalOptions>): number {
  const { profile, path, issues } = sourceProfile(String(args[0]), options);
  if (!profile)
    throw new UserError(`${path} is broken: ${issues[0]?.message ?? "it holds no profile"}`, {
      hint: issues[0]?.hint ?? "Mend it in an editor.",
    });
  if (options.json) io.json(profile);
  else io.data(printProfile(profile, "yaml"));
  return exitCode.done;
}

/** Says what became of a profile; with `--json` as `{name, path}` on stdout. */
function tell({ options, io }: Pick<CommandCall<GlobalOptions>, "options" | "io">, words: string, { name, path }: Found): number {
  if (options.json) io.json({ name, path });
  else io.say(`${words} ${sanitize(name)} (${path})`);
  return exitCode.done;
}

type Found = Pick<StoredDocument, "name" | "path">;

/** Copies a saved profile under a new name. */
export function copy({ args, ...call }: CommandCall<GlobalOptions>): number {
  return tell(call, "saved", open().copy(String(args[0]), String(args[1])));
}

/** Renames a saved profile. */
export function rename({ args, ...call }: CommandCall<GlobalOptions>): number {
  return tell(call, "renamed to", open().rename(String(args[0]), String(args[1])));
}

/** Removes a saved profile; at a terminal it asks first, elsewhere `--yes` is needed. */
export async function remove({ args, options, io }: CommandCall<GlobalOptions & { yes?: boolean }>): Promise<number> {
  const name = String(args[0]);
  const profiles = open();
  const found = profiles.read(name);
  if (!found) throw missingProfile(name, profiles);
  if (!options.yes) {
    const { confirm } = await import("../confirm.ts");
    if (!(await confirm(io, `Remove the profile ${name}?`, "--yes"))) return exitCode.interrupted;
  }
  profiles.remove(name);
  return tell({ options, io }, "removed", found);
}

/** Saves a profile file under its own (or a given) name; refuses to replace another one without `--force`. */
export function importFile({ args, options, io }: CommandCall<GlobalOptions & { name?: string; force?: boolean }>): number {
  const file = String(args[0]);
  const { profile, name, issues } = sourceProfile(/[\\/]/.test(file) ? file : `./${file}`, options);
  if (!profile)
    throw new UserError(`${file} holds no profile: ${issues[0]?.message ?? "it is empty"}`, {
      hint: issues[0]?.hint ?? "Give a YAML or JSON profile.",
    });
  const wanted = (options.name ?? name).trim();
  if (wanted === "") throw new UserError("the name is empty", { hint: "Give one with --name." });
  const profiles = open();
  const there = profiles.read(wanted);
  if (there?.broken !== undefined) throw brokenProfile(there);
  if (there && !options.force) {
    throw new UserError(`there is a profile ${wanted} already`, { hint: "Give another name with --name, or --force to replace it." });
  }
  return tell({ options, io }, "saved", profiles.write(wanted, { ...profile, name: wanted }));
}

/** Prints a saved profile, or writes it to a file. */
export function exportProfile({ args, options, io }: CommandCall<GlobalOptions & { format?: string; out?: string }>): number {
  const { profile, path, issues } = sourceProfile(String(args[0]), options);
  if (!profile) throw new UserError(`${path} is broken: ${issues[0]?.message ?? ""}`);
  writeText(printProfile(profile, formatOf(options)), options.out, io);
  return exitCode.done;
}
