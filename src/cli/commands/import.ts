import { basename, extname } from "node:path";
import { createClients } from "../../aws-discovery/clients.ts";
import { describeRunningService } from "../../aws-discovery/running-service.ts";
import { importCompose } from "../../engine/import/compose.ts";
import { importCopilot } from "../../engine/import/copilot.ts";
import type { Imported } from "../../engine/import/imported.ts";
import { importOctopus } from "../../engine/import/octopus.ts";
import { importService } from "../../engine/import/service.ts";
import { importTaskDefinition } from "../../engine/import/task-definition.ts";
import { exitCode, UserError } from "../../engine/problem.ts";
import { printProfile } from "../../engine/profile-file.ts";
import { folders } from "../../store/folders.ts";
import { openProfiles } from "../../store/profiles.ts";
import { writeWithConf } from "../../store/write-file.ts";
import type { CommandCall } from "../command.ts";
import { formatOf, readText, writeText } from "../files.ts";
import { issueJson, sayIssues } from "../issues.ts";
import type { GlobalOptions } from "../options.ts";
import { enterSandbox } from "../sandbox.ts";
import { version } from "../version.ts";

type ImportOptions = GlobalOptions & { name?: string; out?: string };
type ImportCall = CommandCall<ImportOptions>;

/** A command that makes a profile of a file's text. */
const fromFile =
  (read: (text: string, file: string) => Imported) =>
  (call: ImportCall): number => {
    const file = String(call.args[0]);
    return keep(read(readText(file), file), basename(file, extname(file)), call);
  };

/** Makes a profile of an Octopus Deploy step. */
export const octopus = fromFile((text, file) => importOctopus(parsed(text, file)));
/** Makes a profile of a task definition as `aws ecs describe-task-definition` prints it. */
export const taskDefinition = fromFile(importTaskDefinition);
/** Makes a profile of the services of a Compose file. */
export const compose = fromFile(importCompose);
/** Makes a profile of an AWS Copilot manifest. */
export const copilot = fromFile(importCopilot);

/** Makes a profile of a running service, `CLUSTER/SERVICE`. */
export async function service(call: ImportCall): Promise<number> {
  const { args, options } = call;
  const [cluster, name, ...rest] = String(args[0]).split("/");
  if (!cluster || !name || rest.length > 0)
    throw new UserError(`${args[0]} names no service`, { hint: "Write it as CLUSTER/SERVICE, e.g. production/web." });
  const { endpointUrl, credentials, close } = await enterSandbox(options, call.io);
  const clients = createClients({ awsProfile: options.awsProfile, region: options.region, endpointUrl }, { version, credentials });
  try {
    const described = await describeRunningService(clients, cluster, name);
    return keep(importService({ region: await clients.region(), cluster, ...described }), name, call);
  } finally {
    clients.destroy();
    await close();
  }
}

/** Saves or prints what was imported; what has no place in a profile is listed, nothing is dropped silently. Something else is refused with exit code 2. */
function keep({ profile, unplaced, issues }: Imported, otherwise: string, { args, options, io }: ImportCall): number {
  if (Object.keys(profile).length === 0) {
    const [issue] = issues;
    if (options.json) io.json({ profile, unplaced, issues: issues.map(issueJson) });
    throw new UserError(`${args[0]} cannot be imported: ${issue?.message}`, { hint: issue?.hint ?? "" });
  }
  const own = profile["name"];
  const name = options.name ?? (typeof own === "string" && own !== "" ? own : otherwise);
  const named = { ...profile, name };
  for (const { path, value } of unplaced) io.say(`not imported: ${path} = ${typeof value === "string" ? value : JSON.stringify(value)}`);
  sayIssues(io, issues);
  if (options.json) io.json({ profile: named, unplaced, issues: issues.map(issueJson) });
  else if (options.out) writeText(printProfile(named, formatOf({ out: options.out })), options.out, io);
  else {
    const profiles = openProfiles(folders().profiles, writeWithConf);
    const free = profiles.freeName(name);
    const saved = profiles.write(free, { ...named, name: free }, null);
    io.say(`saved ${saved.name} (${saved.path})`);
  }
  return exitCode.done;
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${file} is no JSON: ${(error as Error).message}`, { hint: "Give the step's properties as a JSON object." });
  }
}
