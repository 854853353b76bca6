import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { UserError } from "../engine/problem.ts";
import type { JsonObject } from "../engine/schema.ts";
import { whyNot } from "./why-not.ts";

/** How documents of one kind are written to files. */
export interface Format {
  /** Without the dot: `yaml`, `json`. */
  readonly extension: string;
  readonly print: (value: JsonObject) => string;
  /** Throws on text that is not of the format. */
  readonly parse: (text: string) => JsonObject;
}

/** One file as found: its value, or why it cannot be read. The text stays as it is either way. */
export interface StoredDocument {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  /** Changes with every change of the text. */
  readonly revision: string;
  /** Milliseconds since the epoch. */
  readonly savedAt: number;
  readonly value?: JsonObject;
  readonly broken?: string;
}

/** Somebody else saved the document since it was read. */
export class ConflictError extends UserError {
  readonly current: StoredDocument;
  constructor(current: StoredDocument) {
    super(`${current.path} has been changed by another program since it was opened`, {
      hint: "Compare the two and choose: save under another name, overwrite, or open the changed one.",
    });
    this.name = "ConflictError";
    this.current = current;
  }
}

/** Documents as they are found. */
export interface ReadableDocuments {
  readonly folder: string;
  list(): StoredDocument[];
  read(name: string): StoredDocument | undefined;
  path(name: string): string;
}

/** Documents that can be changed. */
export interface Documents extends ReadableDocuments {
  /** With `expected` given, throws {@link ConflictError} when the file's revision is another one (`null`: there must be none). */
  write(name: string, value: JsonObject, expected?: string | null): StoredDocument;
  /** Returns how to put the file back as it was; undefined when there was none. */
  remove(name: string): (() => void) | undefined;
}

const json: Format = {
  extension: "json",
  print: (value) => `${JSON.stringify(value, null, 2)}\n`,
  parse: (text) => {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("it holds no JSON object");
    return value as JsonObject;
  },
};

const unprintable = /\p{Cc}/u;
const escaped = (name: string) =>
  encodeURIComponent(name).replace(/[.*!'()]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
/** `node:crypto` is slow to load, so it is only loaded where a saved document is read. */
const revisionOf = (text: string) => process.getBuiltinModule("node:crypto").createHash("sha256").update(text).digest("hex").slice(0, 16);

/** Replaces a file of a folder as a whole: atomically, mode 0600, the folder made where it is missing. */
export type WriteFile = (folder: string, name: string, extension: string, text: string) => void;

/** A folder of documents, one file each; broken files are reported and left alone. `writeFile` is `writeWithConf` of write-file.ts. */
export function openDocuments(folder: string, writeFile: WriteFile, format: Format = json): Documents {
  const { path, read, ...documents } = readDocuments(folder, format);

  const write = (name: string, value: JsonObject, expected?: string | null): StoredDocument => {
    if (unprintable.test(name)) throw new UserError("a name cannot hold control characters", { hint: "Choose another name." });
    const current = expected === undefined ? undefined : read(name);
    if (current && current.revision !== expected) throw new ConflictError(current);
    put(path(name), format.print(value));
    return read(name) as StoredDocument;
  };

  const put = (file: string, text: string) => {
    try {
      writeFile(folder, basename(file, `.${format.extension}`), format.extension, text);
    } catch (error) {
      throw unusable(`cannot write ${file}`, error);
    }
  };

  const remove = (name: string): (() => void) | undefined => {
    const found = read(name);
    if (!found) return undefined;
    rmSync(found.path);
    return () => {
      const other = read(name);
      if (other) throw new ConflictError(other);
      put(found.path, found.text);
    };
  };

  return { ...documents, path, read, write, remove };
}

/** A folder of documents to be read only. */
export function readDocuments(folder: string, format: Format = json): ReadableDocuments {
  const ending = `.${format.extension}`;
  const listed = new Map<string, { readonly version: string; readonly found: StoredDocument }>();

  /** Names are escaped in the names of files; one that somebody placed there by hand is taken as it is. */
  const path = (name: string) => {
    const file = join(folder, `${escaped(name)}${ending}`);
    const plain = join(folder, `${name}${ending}`);
    const byHand = plain !== file && basename(plain) === `${name}${ending}` && !existsSync(file) && existsSync(plain);
    return byHand ? plain : file;
  };

  const readFile = (name: string, file: string): StoredDocument | undefined => {
    let text: string;
    try {
      text = readFileSync(file, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw unusable(`cannot read ${file}`, error);
    }
    const found = { name, path: file, text, revision: revisionOf(text), savedAt: statSync(file).mtimeMs };
    try {
      return { ...found, value: format.parse(text) };
    } catch (error) {
      return { ...found, broken: error instanceof Error ? error.message : String(error) };
    }
  };

  /** The same for a list: a file that has not changed is not read again, one that cannot be read is broken. */
  const readListed = (file: string): StoredDocument | undefined => {
    const at = join(folder, file);
    const stat = statSync(at, { throwIfNoEntry: false });
    if (!stat) return undefined;
    const version = `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
    const before = listed.get(file);
    if (before?.version === version) return before.found;
    const name = nameOf(file, ending);
    try {
      const found = readFile(name, at);
      if (found) listed.set(file, { version, found });
      return found;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { name, path: at, text: "", revision: "", savedAt: stat.mtimeMs, broken: error.message };
    }
  };

  return {
    folder,
    path,
    read: (name) => readFile(name, path(name)),
    list: () =>
      filesIn(folder, ending)
        .flatMap((file) => readListed(file) ?? [])
        .sort((a, b) => a.name.localeCompare(b.name, "en")),
  };
}

function filesIn(folder: string, ending: string): string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith(ending));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw unusable(`cannot read the folder ${folder}`, error);
  }
}

function nameOf(file: string, ending: string): string {
  const name = file.slice(0, -ending.length);
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a lone % in a name given by hand
  }
}

/** The error for a file or folder that cannot be used. */
export function unusable(what: string, error: unknown): UserError {
  return new UserError(`${what}: ${error instanceof Error ? whyNot(error) : String(error)}`, {
    hint: "Check that the folder exists and is yours, and that the disk is not full; ECS_WIZARD_HOME names another place.",
    cause: error,
  });
}
