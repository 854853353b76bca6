import { createHash } from "node:crypto";
import type { PickerItem } from "../engine/discovery.ts";
import { readDocuments, type WriteFile } from "./documents.ts";

/** The last known answers of the pickers, on disk: shown at once, marked, while the live ones come. */
export interface DiscoveryCache {
  load(key: string): { readonly items: readonly PickerItem[]; readonly at: number } | undefined;
  save(key: string, items: readonly PickerItem[], at: number): void;
}

/** Opens the cache in a folder. It may fail to be read or written at any time: then there simply is nothing. */
export function openDiscoveryCache(folder: string, writeFile: WriteFile): DiscoveryCache {
  const documents = readDocuments(folder);
  const name = (key: string) => createHash("sha256").update(key).digest("hex").slice(0, 32);
  return {
    load: (key) => {
      try {
        const value = documents.read(name(key))?.value;
        return value && value["key"] === key && Array.isArray(value["items"]) && typeof value["at"] === "number"
          ? { items: value["items"] as unknown as PickerItem[], at: value["at"] }
          : undefined;
      } catch {
        return undefined; // a cache that cannot be read is an empty one
      }
    },
    save: (key, items, at) => {
      try {
        writeFile(folder, name(key), "json", JSON.stringify({ key, at, items }));
      } catch {
        // a cache that cannot be written costs the next start some seconds, nothing else
      }
    },
  };
}
