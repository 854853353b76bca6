import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type DeploymentRecord,
  type Recorder,
  type RecordHeader,
  type RecordSummary,
  readRecord,
  recordLine,
  samePlace,
  summarise,
} from "../engine/deployment/record.ts";
import { unusable } from "./documents.ts";
import { makeFolder } from "./make-folder.ts";
import { readEnds } from "./read-ends.ts";

/** How many deployments of one profile are kept. */
const kept = 50;
const ending = ".jsonl";
/** What a summary needs of a record's end: the outcome, and the findings told before it. */
const isEnd = (line: string) => /^\{"type":"(outcome|finding)"/.test(line);
/** Findings are long: only the root cause is read. */
const tells = (line: string) => !line.startsWith('{"type":"finding"') || line.includes('"rootness":"root"');

/** The deployments as they were recorded, one file of JSON lines each, mode 0600. */
export interface Records {
  /** Writes the record of a deployment while it runs; begins with a header on disk, before AWS is told anything. */
  recorder(): Recorder;
  /** Newest first, in one line each. */
  list(profile?: string): readonly RecordSummary[];
  read(id: string): DeploymentRecord | undefined;
  /** The records of a profile, or of all, newest first, read as they are asked for. */
  all(profile?: string): Generator<DeploymentRecord>;
  path(id: string): string;
}

/** Opens the records in a folder. */
export function openRecords(folder: string): Records {
  const path = (id: string) => join(folder, `${id.replace(/[^\w.-]/g, "_")}${ending}`);

  const lines = (id: string): string[] | undefined => {
    try {
      return readFileSync(path(id), "utf8").split("\n");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw unusable(`cannot read ${path(id)}`, error);
    }
  };

  const ids = (): string[] => {
    try {
      return readdirSync(folder)
        .filter((file) => file.endsWith(ending))
        .map((file) => file.slice(0, -ending.length))
        .sort()
        .reverse();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw unusable(`cannot read the folder ${folder}`, error);
    }
  };

  const known = new Map<string, { readonly version: string; readonly summary: RecordSummary | undefined }>();

  /** The first line and the last ones say all that a list shows; a file that has not changed is not read again. */
  const summary = (id: string): RecordSummary | undefined => {
    const found = statSync(path(id), { throwIfNoEntry: false });
    if (!found?.isFile()) return undefined;
    const version = `${found.size} ${found.mtimeMs}`;
    const before = known.get(id);
    if (before?.version === version) return before.summary;
    const record = readRecord(readEnds(path(id), found.size, isEnd).filter(tells));
    const made = record && summarise(record);
    known.set(id, { version, summary: made });
    return made;
  };

  const list = (profile?: string) =>
    ids().flatMap((id) => {
      const found = summary(id);
      return found && (profile === undefined || found.profile === profile) ? [found] : [];
    });

  /** Watches are counted apart, and so is the sandbox: looking often, or trying things out, must not cost a deployment. A stack watched without a profile counts as one. */
  const prune = (header: RecordHeader) => {
    const { profile, stackName, activity } = header;
    const own = profile === undefined ? list().filter((one) => one.profile === undefined && one.stackName === stackName) : list(profile);
    const alike = own.filter((one) => (one.activity === "watch") === (activity === "watch") && samePlace(one, header));
    for (const { id } of alike.slice(kept)) rmSync(path(id), { force: true });
  };

  return {
    path,
    list,
    read: (id) => {
      const found = lines(id);
      return found && readRecord(found);
    },
    *all(profile) {
      for (const { id } of list(profile)) {
        const record = readRecord(lines(id) ?? []);
        if (record) yield record;
      }
    },
    recorder: () => {
      let file = "";
      return {
        begin: async (header) => {
          file = path(header.id);
          try {
            makeFolder(folder);
            writeFileSync(file, `${recordLine(header)}\n`, { mode: 0o600, flag: "wx" });
            prune(header);
          } catch (error) {
            throw unusable(`cannot write the record ${file}`, error);
          }
        },
        append: async (event) => appendFileSync(file, `${recordLine(event)}\n`),
      };
    },
  };
}
