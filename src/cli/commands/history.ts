import { exitCode } from "../../engine/problem.ts";
import { sanitize } from "../../engine/sanitize.ts";
import { folders } from "../../store/folders.ts";
import { openRecords } from "../../store/records.ts";
import type { CommandCall } from "../command.ts";
import type { GlobalOptions } from "../options.ts";
import { table } from "../table.ts";

/** Lists past deployments, newest first. */
export function run({ args, options, io }: CommandCall<GlobalOptions>): number {
  const records = openRecords(folders().deployments).list(args[0] as string | undefined);
  if (options.json) io.json({ deployments: records });
  else if (records.length === 0) io.say("No deployments are recorded yet.");
  else {
    io.data(
      table(
        ["Deployment", "Profile", "Started (UTC)", "Status", "Message"],
        records.map(({ id, profile, activity, startedAt, status, message }) => [
          id,
          profile ?? "",
          startedAt.slice(0, 16).replace("T", " "),
          activity === "deploy" ? status : `${activity}: ${status}`,
          sanitize(message ?? ""),
        ]),
      ),
    );
  }
  return exitCode.done;
}
