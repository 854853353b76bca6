import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, extname, resolve } from "node:path";
import { UserError } from "../../engine/problem.ts";
import { parseProfile, printProfile } from "../../engine/profile-file.ts";
import type { Profiles, SavedProfile } from "../../screens/ports.ts";
import { ConflictError, type StoredDocument } from "../../store/documents.ts";
import type { ProfileStore } from "../../store/profiles.ts";
import { whyNot } from "../../store/why-not.ts";

/** A stored profile as the screens see it. */
export function savedProfile({ name, path, revision, savedAt, value, broken }: StoredDocument): SavedProfile {
  return { name, path, revision, savedAt, ...(value ? { profile: value } : {}), ...(broken === undefined ? {} : { broken }) };
}

/** The saved profiles for the screens. */
export function profilesPort(store: ProfileStore): Profiles {
  return {
    list: () => store.list().map(savedProfile),
    read: (name) => {
      const found = store.read(name);
      return found && savedProfile(found);
    },
    save: (name, profile, expected) => {
      try {
        return { status: "saved", saved: savedProfile(store.write(name, { ...profile, name }, expected)) };
      } catch (error) {
        if (error instanceof ConflictError) return { status: "conflict", current: savedProfile(error.current) };
        throw error;
      }
    },
    remove: (name) => store.remove(name) ?? (() => {}),
    print: (profile, format) => printProfile(profile, format),
    readFile: async (path) => {
      const file = resolve(path.replace(/^~(?=[\\/])/, homedir()));
      const text = await readFile(file, "utf8").catch((error: unknown) => {
        throw new UserError(`cannot read ${path}: ${whyNot(error)}`, { hint: "Check the path." });
      });
      const { profile, issues } = parseProfile(text, { format: extname(path) === ".json" ? "json" : "yaml" });
      const found = { name: basename(path, extname(path)), path: file, revision: "", savedAt: 0 };
      return profile ? { ...found, profile } : { ...found, broken: issues[0]?.message ?? "it holds no profile" };
    },
  };
}
