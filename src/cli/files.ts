import { readFileSync, writeFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { UserError } from "../engine/problem.ts";
import { whyNot } from "../store/why-not.ts";
import type { Io } from "./io.ts";

/** The format a command was asked for: `--format`, else what the ending of `--out` or `--json` says, else YAML. */
export function formatOf(options: { readonly format?: string; readonly out?: string; readonly json?: boolean }): "yaml" | "json" {
  const asked = options.format ?? (options.json || extname(options.out ?? "").toLowerCase() === ".json" ? "json" : "yaml");
  if (asked === "yaml" || asked === "json") return asked;
  throw new UserError(`--format ${asked} is not known`, { hint: "Choose yaml or json." });
}

/** Writes to a file when one is given, else to stdout. */
export function writeText(text: string, out: string | undefined, io: Io): void {
  if (out === undefined) {
    io.data(text);
    return;
  }
  try {
    writeFileSync(out, text, { mode: 0o600 });
  } catch (error) {
    throw new UserError(`cannot write ${out}: ${whyNot(error)}`, { hint: "Check the folder and its permissions." });
  }
  io.say(`wrote ${basename(out)}`);
}

/** Reads a file the command line names. */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`cannot read ${file}: ${whyNot(error)}`, { hint: "Check the path." });
  }
}
