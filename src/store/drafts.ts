import type { JsonObject } from "../engine/schema.ts";
import { openDocuments, type WriteFile } from "./documents.ts";

/** An unfinished form, as kept. `savedAt` is in milliseconds since the epoch. */
export interface StoredDraft {
  readonly id: string;
  readonly savedAt: number;
  readonly profile: JsonObject;
  readonly from?: { readonly name: string; readonly revision: string };
  readonly place?: string;
}

/** Drafts side by side, one file each; damaged ones are left out and left alone. */
export interface DraftStore {
  /** Newest first. */
  list(): readonly StoredDraft[];
  save(draft: StoredDraft): void;
  remove(id: string): void;
}

/** Opens the drafts in a folder. */
export function openDrafts(folder: string, writeFile: WriteFile): DraftStore {
  const documents = openDocuments(folder, writeFile);
  return {
    list: () =>
      documents
        .list()
        .flatMap(({ value }) => (isDraft(value) ? [value] : []))
        .sort((a, b) => b.savedAt - a.savedAt),
    save: (draft) => void documents.write(draft.id, draft as unknown as JsonObject),
    remove: (id) => void documents.remove(id),
  };
}

function isDraft(value: unknown): value is StoredDraft {
  const draft = value as Partial<StoredDraft> | undefined;
  return typeof draft?.id === "string" && typeof draft.savedAt === "number" && typeof draft.profile === "object" && draft.profile !== null;
}
