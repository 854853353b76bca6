import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ConflictError, openDocuments } from "../../src/store/documents.ts";
import { folders } from "../../src/store/folders.ts";
import { replaceFile } from "../../src/store/replace-file.ts";
import { writeWithConf } from "../../src/store/write-file.ts";
import { temporaryFolder } from "../support/program.ts";

const open = (folder: string) => openDocuments(folder, writeWithConf);

test.each([writeWithConf, replaceFile])("a document is written with mode 0600, whole, and read back", (writer) => {
  using folder = temporaryFolder();
  const documents = openDocuments(join(folder.path, "new", "folder"), writer);
  documents.write("shop/web 2.0", { before: true });
  const written = documents.write("shop/web 2.0", { a: 1, "b.c": { d: ["x"] } });
  expect(documents.read("shop/web 2.0")).toEqual(written);
  expect(written.value).toEqual({ a: 1, "b.c": { d: ["x"] } });
  expect(statSync(written.path).mode & 0o777).toBe(0o600);
  expect(readdirSync(documents.folder)).toHaveLength(1);
  expect(documents.list().map(({ name }) => name)).toEqual(["shop/web 2.0"]);
});

test("writing replaces the whole document: keys that are gone are gone", () => {
  using folder = temporaryFolder();
  const documents = open(folder.path);
  documents.write("p", { old: true, both: 1 });
  expect(documents.write("p", { both: 2 }).value).toEqual({ both: 2 });
});

test("a name never leaves the folder", () => {
  using folder = temporaryFolder();
  const documents = open(join(folder.path, "inner"));
  documents.write("../../escape", { a: 1 });
  documents.write(".", { a: 2 });
  expect(readdirSync(folder.path)).toEqual(["inner"]);
  expect(documents.list().map(({ name }) => name)).toEqual([".", "../../escape"].sort((a, b) => a.localeCompare(b, "en")));
});

test("a broken file is reported with its reason and left as it is", () => {
  using folder = temporaryFolder();
  const documents = open(folder.path);
  writeFileSync(documents.path("p"), "{ half");
  const found = documents.read("p");
  expect(found?.value).toBeUndefined();
  expect(found?.broken).toMatch(/JSON|position|property/);
  expect(documents.list()).toHaveLength(1);
  expect(readFileSync(documents.path("p"), "utf8")).toBe("{ half");
});

test("the second of two programs that save the same document is told, and nothing is overwritten", () => {
  using folder = temporaryFolder();
  const one = open(folder.path);
  const two = open(folder.path);
  const opened = one.write("p", { v: 1 });
  two.write("p", { v: 2 }, opened.revision);
  expect(() => one.write("p", { v: 3 }, opened.revision)).toThrow(ConflictError);
  expect(one.read("p")?.value).toEqual({ v: 2 });
  expect(() => one.write("p", { v: 4 }, null)).toThrow(/changed by another program/);
});

test("a folder that cannot be used is an error that says what to do", () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, "file"), "");
  expect(() => open(join(folder.path, "file", "below")).write("p", {})).toThrow(/cannot write/);
  expect(open(join(folder.path, "nowhere")).list()).toEqual([]);
  expect(open(join(folder.path, "nowhere")).read("p")).toBeUndefined();
});

test("everything is under ECS_WIZARD_HOME when it is set", () => {
  const all = folders({ ECS_WIZARD_HOME: "/somewhere" });
  for (const path of Object.values(all)) expect(path.startsWith(join("/somewhere"))).toBe(true);
  expect(new Set(Object.values(all)).size).toBe(Object.values(all).length);
});

test("files named by hand are listed and read under their names; one that cannot be read costs itself only", () => {
  using folder = temporaryFolder();
  const documents = open(folder.path);
  documents.write("shop", { a: 1 });
  writeFileSync(join(folder.path, "my.app.json"), '{"a": 2}');
  writeFileSync(join(folder.path, "100%.json"), '{"a": 3}');
  mkdirSync(join(folder.path, "folder.json"));
  const listed = documents.list();
  expect(listed.map(({ name, value }) => [name, value?.["a"]])).toEqual([
    ["100%", 3],
    ["folder", undefined],
    ["my.app", 2],
    ["shop", 1],
  ]);
  expect(listed[1]?.broken).toMatch(/cannot read .*folder\.json/);
  expect(documents.write("my.app", { a: 4 }, documents.read("my.app")?.revision).path).toBe(join(folder.path, "my.app.json"));
  expect(documents.remove("100%")).toBeDefined();
  expect(readdirSync(folder.path).sort()).toEqual(["folder.json", "my.app.json", "shop.json"]);
});

test("a list shows what another program changed meanwhile", () => {
  using folder = temporaryFolder();
  const documents = open(folder.path);
  documents.write("shop", { a: 1 });
  expect(documents.list()[0]?.value).toEqual({ a: 1 });
  open(folder.path).write("shop", { a: 2 });
  expect(documents.list()[0]?.value).toEqual({ a: 2 });
  open(folder.path).remove("shop");
  expect(documents.list()).toEqual([]);
});

test("a name with control characters is refused", () => {
  using folder = temporaryFolder();
  expect(() => open(folder.path).write("a\u001b[31mb", {})).toThrow(/control characters/);
});

test("what was removed is put back to the letter, broken or not, but over nobody else's", () => {
  using folder = temporaryFolder();
  const documents = open(folder.path);
  const file = join(folder.path, "shop.json");
  writeFileSync(file, '{"a": 1,   "b": oops');
  const putBack = documents.remove("shop");
  expect(documents.list()).toEqual([]);
  putBack?.();
  expect(readFileSync(file, "utf8")).toBe('{"a": 1,   "b": oops');
  const again = documents.remove("shop");
  documents.write("shop", { theirs: true });
  expect(() => again?.()).toThrow(ConflictError);
  expect(documents.remove("nothing")).toBeUndefined();
});

test("a document that cannot be put in place leaves nothing behind", () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, "p.json"));
  expect(() => openDocuments(folder.path, replaceFile).write("p", { a: 1 })).toThrow(/cannot write/);
  expect(readdirSync(folder.path)).toEqual(["p.json"]);
});
