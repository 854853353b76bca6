import { readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { profileAsDeployed } from "../engine/deployment/as-deployed.ts";
import { UserError } from "../engine/problem.ts";
import { parseProfile, printProfile } from "../engine/profile-file.ts";
import type { Issue, JsonObject } from "../engine/schema.ts";
import { setPath } from "../engine/set-path.ts";
import { folders } from "../store/folders.ts";
import { missingProfile, readProfiles } from "../store/profiles.ts";
import { openRecords } from "../store/records.ts";
import { whyNot } from "../store/why-not.ts";
import type { ProfileOptions } from "./options.ts";
import { nameAndValue } from "./variables.ts";

/** A profile as the command line named it, with `--set`, `--region` and `--aws-profile` applied. */
export interface SourcedProfile {
  /** The profile's own name, or the file's. */
  readonly name: string;
  /** The file it came from. */
  readonly path: string;
  /** Whether it is one of the saved profiles. */
  readonly saved: boolean;
  /** Absent when the file cannot be read as a profile at all; `issues` says why. */
  readonly profile?: JsonObject;
  readonly issues: readonly Issue[];
}

const isDeploymentId = (text: string) => /^ecsw-\d{8}-\d{6,9}-\w+$/.test(text);
/** Whether an argument is meant as a path rather than as the name of a saved profile. */
export const isPath = (text: string) => /[\\/]|\.(ya?ml|json)$/i.test(text);

function textOf(argument: string): { text: string; path: string; saved: boolean } {
  const ofFile = textOfFile(argument);
  if (isPath(argument) && ofFile !== undefined) return { text: ofFile, path: argument, saved: false };
  const profiles = readProfiles(folders().profiles);
  const found = profiles.read(argument);
  if (found) return { text: found.text, path: found.path, saved: true };
  if (ofFile !== undefined) return { text: ofFile, path: argument, saved: false };
  const deployed = textOfDeployment(argument);
  if (deployed) return deployed;
  if (!isPath(argument)) throw missingProfile(argument, profiles);
  throw new UserError(`there is no file ${argument}`, { hint: "Give the path of a YAML or JSON profile, or a saved profile's name." });
}

/** A past deployment's id stands for its profile as it was deployed: images and values included. */
function textOfDeployment(id: string): ReturnType<typeof textOf> | undefined {
  if (!isDeploymentId(id)) return undefined;
  const records = openRecords(folders().deployments);
  const record = records.read(id);
  const profile = record && profileAsDeployed(record.header);
  return profile && { text: printProfile(profile, "yaml"), path: records.path(id), saved: false };
}

/** The text of a file or pipe; undefined where there is none. A name that is no path may be a folder's as well as a saved profile's. */
function textOfFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || !isPath(path)) return undefined;
    throw new UserError(`cannot read ${path}: ${whyNot(error)}`, { hint: "Check the path, and the permissions of the file." });
  }
}

/** Reads the profile an argument names: a path when it looks like one, else a saved profile's name. Throws a UserError when there is none. */
export function sourceProfile(argument: string, options: ProfileOptions = {}): SourcedProfile {
  const { text, path, saved } = textOf(argument);
  const { profile, issues } = parseProfile(text, { format: extname(path).toLowerCase() === ".json" ? "json" : "yaml" });
  const fileName = saved ? argument : basename(path, extname(path));
  if (!profile) return { name: fileName, path, saved, issues };
  let changed = profile;
  for (const text of options.set ?? []) changed = setPath(changed, ...nameAndValue("--set", text, "PATH=VALUE"));
  if (options.region) changed = setPath(changed, "target.region", options.region);
  if (options.awsProfile) changed = setPath(changed, "target.awsProfile", options.awsProfile);
  const own = changed["name"];
  return { name: typeof own === "string" && own !== "" ? own : fileName, path, saved, profile: changed, issues };
}
