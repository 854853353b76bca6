import { UserError } from "../engine/problem.ts";
import { parseProfile, printProfile } from "../engine/profile-file.ts";
import type { JsonObject } from "../engine/schema.ts";
import {
  type Documents,
  type Format,
  openDocuments,
  type ReadableDocuments,
  readDocuments,
  type StoredDocument,
  type WriteFile,
} from "./documents.ts";

const yaml: Format = {
  extension: "yaml",
  print: (profile) => printProfile(profile, "yaml"),
  parse: (text) => {
    const { profile, issues } = parseProfile(text, { format: "yaml" });
    if (profile) return profile;
    throw new Error(issues.map(({ message }) => message).join("; "));
  },
};

/** Saved profiles: YAML files named after the profile. */
export interface ProfileStore extends Documents {
  /** Copies under a new name; throws a UserError when the one is missing or broken, or the other taken. */
  copy(name: string, to: string): StoredDocument;
  /** Renames, the name inside the file too. */
  rename(name: string, to: string): StoredDocument;
  /** A name like `wanted` that is not taken: `web`, `web-2`, … */
  freeName(wanted: string): string;
}

/** The saved profiles in a folder, to be read only. */
export const readProfiles = (folder: string): ReadableDocuments => readDocuments(folder, yaml);

/** Opens the saved profiles in a folder. */
export function openProfiles(folder: string, writeFile: WriteFile): ProfileStore {
  const documents = openDocuments(folder, writeFile, yaml);

  const must = (name: string): JsonObject => {
    const found = documents.read(name);
    if (!found) throw missingProfile(name, documents);
    if (found.value) return found.value;
    throw brokenProfile(found);
  };

  const copy = (name: string, wanted: string): StoredDocument => {
    const profile = must(name);
    const to = wanted.trim();
    if (to === "") throw new UserError("the new name is empty", { hint: "Give the profile a name, e.g. shop-web-2." });
    const there = documents.read(to);
    if (there?.broken !== undefined) throw brokenProfile(there);
    if (there) throw new UserError(`there is a profile ${to} already`, { hint: "Choose another name, or remove that one first." });
    return documents.write(to, { ...profile, name: to }, null);
  };

  return {
    ...documents,
    copy,
    rename: (name, to) => {
      const renamed = copy(name, to);
      documents.remove(name);
      return renamed;
    },
    freeName: (wanted) => {
      if (!documents.read(wanted)) return wanted;
      for (let n = 2; ; n++) if (!documents.read(`${wanted}-${n}`)) return `${wanted}-${n}`;
    },
  };
}

/** The error for a profile whose file cannot be read: it is left as it is. */
export function brokenProfile({ name, path, broken }: Pick<StoredDocument, "name" | "path" | "broken">): UserError {
  return new UserError(`the profile ${name} is broken: ${broken}`, { hint: `It is left as it is. Mend it in an editor: ${path}` });
}

/** The error for a profile that is not there, with what there is. */
export function missingProfile(name: string, documents: Pick<ReadableDocuments, "list">): UserError {
  const known = documents.list().map((document) => document.name);
  const hint =
    known.length > 0
      ? `Saved profiles: ${known.join(", ")}. A file is given by its path, e.g. ./${name}.yaml`
      : `There are no saved profiles yet. A file is given by its path, e.g. ./${name}.yaml; ecs-wizard new makes one.`;
  return new UserError(`there is no profile ${name}`, { hint });
}
