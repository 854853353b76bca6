import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { createClientPool } from "../../aws-discovery/client-pool.ts";
import { createDiscovery } from "../../aws-discovery/discovery.ts";
import { UserError } from "../../engine/problem.ts";
import type { SavedProfile } from "../../screens/ports.ts";
import { runApp, type Start } from "../../screens/run-app.tsx";
import { openDiscoveryCache } from "../../store/discovery-cache.ts";
import { openDrafts } from "../../store/drafts.ts";
import { folders } from "../../store/folders.ts";
import { openProfiles } from "../../store/profiles.ts";
import { openRecords } from "../../store/records.ts";
import { createDeployer, systemClock } from "../deployment/deployer.ts";
import type { Io } from "../io.ts";
import type { GlobalOptions } from "../options.ts";
import { enterSandbox } from "../sandbox.ts";
import { version } from "../version.ts";
import { deploymentsPort } from "./deployments.ts";
import { editor, editText, runCommand } from "./editor.ts";
import { form, outlook } from "./form.ts";
import { historyPort } from "./history.ts";
import { profilesPort, savedProfile } from "./profiles.ts";
import { terminalAbilities } from "./terminal.ts";

/** A saved profile by its name. */
export function savedOf(name: string): SavedProfile | undefined {
  const found = openProfiles(folders().profiles).read(name);
  return found && savedProfile(found);
}

/** The command line that leads back here: for the equivalent command on the review. */
function commandOf(options: GlobalOptions): string {
  const flags = [
    options.sandbox === undefined ? "" : ` --sandbox${options.sandbox === "default" ? "" : `=${options.sandbox}`}`,
    options.endpointUrl === undefined ? "" : ` --endpoint-url ${options.endpointUrl}`,
  ];
  return `ecs-wizard${flags.join("")}`;
}

/** Composes the interactive program and runs it; afterwards prints how it ended on the normal screen. Returns the exit code. */
export async function runInteractive(start: Start, options: GlobalOptions, io: Io): Promise<number> {
  const { endpointUrl, close } = await enterSandbox(options);
  const places = folders();
  const records = openRecords(places.deployments);
  const pool = createClientPool({ version });
  const discovery = createDiscovery({
    ...pool,
    clock: systemClock,
    cache: openDiscoveryCache(places.cache),
    realm: options.sandbox ?? process.env["AWS_ACCESS_KEY_ID"] ?? "",
  });
  const ended = new AbortController();
  const end = () => ended.abort();
  const signals = ["SIGTERM", "SIGHUP", "SIGINT"] as const;
  for (const signal of signals) process.once(signal, end);
  const target = {
    ...(endpointUrl ? { endpointUrl } : {}),
    ...(options.region ? { region: options.region } : {}),
    ...(options.awsProfile ? { awsProfile: options.awsProfile } : {}),
  };
  try {
    const { outcome, exitCode } = await runApp({
      ports: {
        form,
        outlook,
        discovery,
        profiles: profilesPort(openProfiles(places.profiles)),
        drafts: openDrafts(places.drafts),
        history: historyPort(records, () => Date.now()),
        deployments: deploymentsPort(createDeployer({ endpointUrl, records }), records),
        now: () => Date.now(),
        newId: () => randomBytes(6).toString("hex"),
        ...(editor() ? { editText } : {}),
        runCommand,
        writeFile: async (path, text) => {
          const full = resolve(path);
          await writeFile(full, text, { mode: 0o600 }).catch((error: Error) => {
            throw new UserError(`cannot write ${full}: ${error.message}`, { hint: "Choose another place." });
          });
          return full;
        },
      },
      about: { version, command: commandOf(options), target, ...(options.sandbox === undefined ? {} : { sandbox: options.sandbox }) },
      start,
      theme: terminalAbilities(process.env, options.color),
      signal: ended.signal,
      screenReader: process.env["INK_SCREEN_READER"] === "true",
    });
    for (const line of outcome) io.data(line);
    return exitCode;
  } finally {
    for (const signal of signals) process.removeListener(signal, end);
    discovery.dispose();
    pool.destroy();
    await close();
  }
}
