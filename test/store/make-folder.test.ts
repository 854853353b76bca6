import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../../src/store/make-folder.ts";
import { temporaryFolder } from "../support/program.ts";

test("folders are made level by level, for the user alone; making them again is fine", () => {
  using home = temporaryFolder();
  const folder = join(home.path, "a", "b", "c");
  makeFolder(folder);
  makeFolder(folder);
  for (const one of [folder, join(home.path, "a")]) expect(statSync(one).mode & 0o777).toBe(0o700);
});

// Only Linux has a place that refuses folders as if what is above them were missing; Node's own recursion never ends there.
test.runIf(existsSync("/proc/self"))("a place that takes no folders ends in an error", () => {
  expect(() => makeFolder("/proc/nowhere/data")).toThrow("ENOENT");
});
