import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { World } from "./world.ts";

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a value looks like an account of this version: its version and its main parts are there. */
export const isWorld = (value: unknown): value is World =>
  isObject(value) &&
  value["version"] === 1 &&
  typeof value["savedAt"] === "number" &&
  Array.isArray(value["events"]) &&
  Array.isArray(value["faults"]) &&
  isObject(value["behaviour"]) &&
  isObject(value["iam"]) &&
  isObject(value["regions"]);

/** Reads a saved account; undefined when there is no file. Throws an Error that names the file when it holds something else. */
export const loadWorld = (file: string): World | undefined => {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not a saved sandbox account: ${(error as Error).message}`);
  }
  if (!isWorld(value)) throw new Error(`${file} is not a saved sandbox account of this version`);
  return value;
};

/** Saves an account so that a crash in the middle leaves the earlier file whole; the file is readable by its owner only. */
export const saveWorld = (file: string, world: World): void => {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, JSON.stringify(world), { mode: 0o600 });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
};

/** Saves soon after a change, at once on `flush`. */
export interface Saver {
  changed(): void;
  flush(): void;
}

/** A saver that writes at most every 200 ms, less often when the tree takes long to write; `onError` hears when a save in between fails. */
export const createSaver = (file: string, snapshot: () => World, onError: (error: unknown) => void): Saver => {
  let timer: NodeJS.Timeout | undefined;
  let dirty = false;
  let took = 0;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!dirty) return;
    dirty = false;
    const started = performance.now();
    saveWorld(file, snapshot());
    took = performance.now() - started;
  };
  const flushLater = () => {
    try {
      flush();
    } catch (error) {
      onError(error);
    }
  };
  return {
    changed() {
      dirty = true;
      timer ??= setTimeout(flushLater, Math.max(200, took * 20)).unref();
    },
    flush,
  };
};
