import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WriteFile } from "./documents.ts";

/**
 * Writes a file to a temporary one first, then renames it over the old one. Unlike `writeWithConf` it does not wait for the disk, which may
 * take longer than the time between two keys: for what is written while somebody types, and may be a moment older after a power cut.
 */
export const replaceFile: WriteFile = (folder, name, extension, text) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${name}.${extension}`);
  const fresh = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(fresh, text, { mode: 0o600 });
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
};
