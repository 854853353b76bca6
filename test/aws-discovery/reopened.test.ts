/** A program that is opened again: the last known lists come from the files of the program before. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDiscoveryCache } from "../../src/store/discovery-cache.ts";
import { replaceFile } from "../../src/store/replace-file.ts";
import { temporaryFolder } from "../support/program.ts";
import { isSettled, openAccount, useMadeUpCredentials } from "./support/account.ts";

let home: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  useMadeUpCredentials();
  home = temporaryFolder();
});
afterEach(() => home[Symbol.dispose]());

/** The states of one question in a program of its own, as the n-th one with the same files. */
async function statesIn(realm = "default") {
  await using account = await openAccount("default", { cache: openDiscoveryCache(home.path, replaceFile), realm });
  return (await account.until(account.query("subnets"), isSettled)).states;
}

test("the last known list is there at once, marked with its age, and refreshed behind", async () => {
  const first = await statesIn();
  const ended = first.at(-1);
  if (ended?.status !== "ready") throw new Error(JSON.stringify(ended));
  expect(first[0]).toEqual({ status: "loading", items: [] });
  const second = await statesIn();
  expect(second[0]).toEqual({ status: "loading", items: ended.items, stale: true, at: ended.at });
  const last = second.at(-1);
  expect(last).toMatchObject({ status: "ready", items: ended.items });
  expect(last?.status === "ready" && last.at).toBeGreaterThan(ended.at);
});

test("another account's list is not shown, nor a damaged file", async () => {
  await statesIn();
  expect((await statesIn("another"))[0]).toEqual({ status: "loading", items: [] });
  for (const file of readdirSync(home.path)) writeFileSync(join(home.path, file), '{"key": "half');
  expect((await statesIn())[0]).toEqual({ status: "loading", items: [] });
});
