import { importOctopus } from "../../engine/import/octopus.ts";
import { exitCode, UserError } from "../../engine/problem.ts";
import { printProfile } from "../../engine/profile-file.ts";
import { folders } from "../../store/folders.ts";
import { openProfiles } from "../../store/profiles.ts";
import { writeWithConf } from "../../store/write-file.ts";
import type { CommandCall } from "../command.ts";
import { formatOf, readText, writeText } from "../files.ts";
import { sayIssues } from "../issues.ts";
import type { GlobalOptions } from "../options.ts";

/** Makes a profile of an Octopus Deploy step; what has no place in it is listed, nothing is dropped silently. */
export function octopus({ args, options, io }: CommandCall<GlobalOptions & { name?: string; out?: string }>): number {
  const file = String(args[0]);
  const { profile, unplaced, issues } = importOctopus(parsed(file));
  const name = options.name ?? (typeof profile["name"] === "string" && profile["name"] !== "" ? profile["name"] : "imported");
  const named = { ...profile, name };
  for (const { path, value } of unplaced) io.say(`not imported: ${path} = ${typeof value === "string" ? value : JSON.stringify(value)}`);
  sayIssues(io, issues);
  if (options.json) io.json({ profile: named, unplaced, issues });
  else if (options.out) writeText(printProfile(named, formatOf({ out: options.out })), options.out, io);
  else {
    const profiles = openProfiles(folders().profiles, writeWithConf);
    const saved = profiles.write(profiles.freeName(name), { ...named, name: profiles.freeName(name) }, null);
    io.say(`saved ${saved.name} (${saved.path})`);
  }
  return exitCode.done;
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readText(file));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} is no JSON: ${(error as Error).message}`, { hint: "Give the step's properties as a JSON object." });
  }
}
