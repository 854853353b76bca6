import { exitCode, UserError } from "../../engine/problem.ts";
import { printProfile } from "../../engine/profile-file.ts";
import { folders } from "../../store/folders.ts";
import { missingProfile, openProfiles } from "../../store/profiles.ts";
import { writeWithConf } from "../../store/write-file.ts";
import type { CommandCall } from "../command.ts";
import { formatOf, writeText } from "../files.ts";
import type { GlobalOptions } from "../options.ts";
import { sourceProfile } from "../profile-source.ts";
import { table } from "../table.ts";

const open = () => openProfiles(folders().profiles, writeWithConf);

/** Lists the saved profiles: name, target, when saved; broken ones with the reason. */
export function list({ options, io }: CommandCall<GlobalOptions & { names?: boolean }>): number {
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
      };
    });
  if (options.names) for (const { name } of rows) io.data(name);
  else if (options.json) io.json({ profiles: rows });
  else if (rows.length === 0)
    io.say("There are no saved profiles yet. ecs-wizard new makes one; ecs-wizard profiles import FILE saves one.");
  else {
    io.data(
      table(
        ["Profile", "Region", "Cluster", "Environment", "Saved"],
        rows.map((row) =>
          row.broken
            ? [row.name, `broken: ${row.broken}`]
            : [row.name, text(row.region), text(row.cluster), text(row.environment), row.savedAt.slice(0, 16).replace("T", " ")],
        ),
      ),
    );
  }
  return exitCode.done;
}

const text = (value: unknown) => (value === undefined ? "" : String(value));

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

/** Copies a saved profile under a new name. */
export function copy({ args, io }: CommandCall<GlobalOptions>): number {
  const { name, path } = open().copy(String(args[0]), String(args[1]));
  io.say(`saved ${name} (${path})`);
  return exitCode.done;
}

/** Renames a saved profile. */
export function rename({ args, io }: CommandCall<GlobalOptions>): number {
  const { name, path } = open().rename(String(args[0]), String(args[1]));
  io.say(`renamed to ${name} (${path})`);
  return exitCode.done;
}

/** Removes a saved profile; at a terminal it asks first, elsewhere `--yes` is needed. */
export async function remove({ args, options, io }: CommandCall<GlobalOptions & { yes?: boolean }>): Promise<number> {
  const name = String(args[0]);
  const profiles = open();
  if (!profiles.read(name)) throw missingProfile(name, profiles);
  if (!options.yes) {
    const { confirm } = await import("../confirm.ts");
    if (!(await confirm(io, `Remove the profile ${name}?`, "--yes"))) return exitCode.interrupted;
  }
  profiles.remove(name);
  io.say(`removed ${name}`);
  return exitCode.done;
}

/** Saves a profile file under its own (or a given) name; refuses to replace another one without `--force`. */
export function importFile({ args, options, io }: CommandCall<GlobalOptions & { name?: string; force?: boolean }>): number {
  const file = String(args[0]);
  const { profile, name, issues } = sourceProfile(/[\\/]/.test(file) ? file : `./${file}`, options);
  if (!profile)
    throw new UserError(`${file} holds no profile: ${issues[0]?.message ?? "it is empty"}`, {
      hint: issues[0]?.hint ?? "Give a YAML or JSON profile.",
    });
  const wanted = options.name ?? name;
  const profiles = open();
  if (profiles.read(wanted) && !options.force) {
    throw new UserError(`there is a profile ${wanted} already`, { hint: "Give another name with --name, or --force to replace it." });
  }
  const saved = profiles.write(wanted, { ...profile, name: wanted });
  io.say(`saved ${wanted} (${saved.path})`);
  return exitCode.done;
}

/** Prints a saved profile, or writes it to a file. */
export function exportProfile({ args, options, io }: CommandCall<GlobalOptions & { format?: string; out?: string }>): number {
  const { profile, path, issues } = sourceProfile(String(args[0]), options);
  if (!profile) throw new UserError(`${path} is broken: ${issues[0]?.message ?? ""}`);
  writeText(printProfile(profile, formatOf(options)), options.out, io);
  return exitCode.done;
}
