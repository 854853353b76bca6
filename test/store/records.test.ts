import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type DeployEvent, stampEvent } from "../../src/engine/deployment/events.ts";
import {
  incompleteness,
  type RecordHeader,
  type RecordSummary,
  recordLine,
  recordVersion,
  seenToItsEndIn,
  settled,
} from "../../src/engine/deployment/record.ts";
import type { Finding } from "../../src/engine/diagnosis/finding.ts";
import { openRecords } from "../../src/store/records.ts";
import { run, temporaryFolder } from "../support/program.ts";

const header = (id: string, more: Partial<RecordHeader> = {}): RecordHeader => ({
  record: recordVersion,
  id,
  activity: "deploy",
  profile: "shop-web",
  stackName: "shop",
  region: "eu-west-1",
  cluster: "prod",
  startedAt: "2026-11-23T10:00:00.000Z",
  ...more,
});
const note = (seq: number) => stampEvent({ type: "note", message: `note ${seq}` }, seq, Date.UTC(2026, 10, 23, 10, 0, seq));
const done: DeployEvent = { type: "outcome", status: "succeeded", message: "shop is deployed.", stackName: "shop" };
const idOf = (at: number) => `ecsw-20261123-${String(100_000 + at)}-aaaaaa`;

async function written(folder: string, id: string, facts: number, finished = true) {
  const records = openRecords(folder);
  const recorder = records.recorder();
  await recorder.begin(header(id));
  for (let seq = 1; seq <= facts; seq++) await recorder.append(note(seq));
  if (finished) await recorder.append(stampEvent(done, facts + 1, Date.UTC(2026, 10, 23, 10, 1)));
  return records;
}

test("the header is on disk before anything else, readable by its owner only, in a folder of theirs", async () => {
  using home = temporaryFolder();
  const folder = join(home.path, "data", "deployments");
  const records = openRecords(folder);
  await records.recorder().begin(header("one"));
  expect(statSync(records.path("one")).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(records.read("one")).toEqual({ header: header("one"), events: [] });
  await expect(records.recorder().begin(header("one")), "a record is never written over").rejects.toThrow(/cannot write the record/);
});

test("every fact is on disk as soon as it is told, and read back in order", async () => {
  using home = temporaryFolder();
  const records = await written(home.path, "one", 3);
  expect(records.read("one")?.events.map(({ type, seq }) => `${seq} ${type}`)).toEqual(["1 note", "2 note", "3 note", "4 outcome"]);
  expect(records.list()).toMatchObject([{ id: "one", status: "succeeded", endedAt: "2026-11-23T10:01:00.000Z" }]);
  expect(records.read("another")).toBeUndefined();
});

test("of each profile the last 50 are kept; those of other profiles are left alone", async () => {
  using home = temporaryFolder();
  const records = openRecords(home.path);
  await records.recorder().begin(header(idOf(0), { profile: "other" }));
  for (let at = 1; at <= 53; at++) await records.recorder().begin(header(idOf(at)));
  expect(records.list("shop-web").map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, at) => idOf(53 - at)));
  expect(records.list("other")).toHaveLength(1);
  expect(readdirSync(home.path)).toHaveLength(51);
});

test("the half line of a killed program is left out, the rest is read; the record says that it breaks off", async () => {
  using home = temporaryFolder();
  const records = await written(home.path, "killed", 2, false);
  appendFileSync(records.path("killed"), '{"type":"note","message":"ha');
  const record = records.read("killed");
  expect(record?.events.map(({ seq }) => seq)).toEqual([1, 2]);
  expect(record && incompleteness(record)).toBe(
    "The record of this deployment is incomplete: it breaks off at 2026-11-23 10:00:02 UTC, before the deployment's end; the program was killed, or is still watching.",
  );
  expect(records.list()).toMatchObject([{ id: "killed", status: "unfinished" }]);
});

test("damage in the middle costs the damaged lines only; a file without a header costs itself only", async () => {
  using home = temporaryFolder();
  const records = await written(home.path, "damaged", 3);
  const lines = readFileSync(records.path("damaged"), "utf8").split("\n");
  lines[2] = lines[2]?.slice(0, 9) ?? "";
  lines.splice(3, 0, "\u0000\u0000", "null", "[1]", '{"type":"a kind of tomorrow"}');
  writeFileSync(records.path("damaged"), lines.join("\n"));
  writeFileSync(records.path("headless"), "not a record\n");
  writeFileSync(records.path("empty"), "");
  mkdirSync(join(home.path, "folder.jsonl.d"));
  expect(records.read("damaged")?.events.map(({ seq }) => seq)).toEqual([1, 3, 4]);
  expect(records.list().map(({ id }) => id)).toEqual(["damaged"]);
  expect(records.read("headless")).toBeUndefined();
});

test("an id never leaves the folder", async () => {
  using home = temporaryFolder();
  const records = await written(join(home.path, "inner"), "../../escape", 1);
  expect(readdirSync(home.path)).toEqual(["inner"]);
  expect(records.read("../../escape")?.events).toHaveLength(2);
});

test("a deployment with a secret leaves it in no file of the program", { timeout: 30_000 }, async () => {
  using home = temporaryFolder();
  const profile = join(home.path, "secretive.yaml");
  writeFileSync(
    profile,
    `version: 1
name: secretive
target: {region: eu-west-1, cluster: production}
configuration: {name: secretive}
network: {subnets: [subnet-0f3784b2149dd6648, subnet-09c8ca443d7399043], securityGroups: [sg-0ae0a26d0aab497a2]}
containers:
  - name: web
    image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.2
    environment: [{name: GREETING, value: "#{Token}"}]
variables: {Token: {sensitive: true}}
`,
  );
  const { code, stdout, stderr } = await run(["deploy", profile, "--yes", "--json", "--sandbox"], {
    home: home.path,
    env: { ECS_WIZARD_VAR_Token: "hidden-token-1" },
  });
  expect(code, stderr).toBe(0);
  expect(stdout + stderr).not.toContain("hidden-token-1");
  const files = readdirSync(home.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.some(({ name }) => name.endsWith(".jsonl"))).toBe(true);
  for (const { parentPath, name } of files) expect(readFileSync(join(parentPath, name), "utf8"), name).not.toContain("hidden-token-1");
});

test("watches are counted apart: they push no deployment out", async () => {
  using home = temporaryFolder();
  const records = openRecords(home.path);
  await records.recorder().begin(header(idOf(0)));
  for (let at = 1; at <= 52; at++) await records.recorder().begin(header(idOf(at), { activity: "watch" }));
  expect(records.list().filter(({ activity }) => activity === "watch")).toHaveLength(50);
  expect(records.list().at(-1)?.id).toBe(idOf(0));
});

test("the sandbox is counted apart: trying things out pushes no real deployment out, and its ends are not theirs", async () => {
  using home = temporaryFolder();
  const records = openRecords(home.path);
  await records.recorder().begin(header(idOf(0)));
  for (let at = 1; at <= 52; at++) await records.recorder().begin(header(idOf(at), { sandbox: "crash-loop" }));
  expect(records.list()).toHaveLength(51);
  expect(records.list().filter(({ sandbox }) => sandbox === "crash-loop")).toHaveLength(50);
  expect(records.list().at(-1)).toMatchObject({ id: idOf(0), status: "unfinished" });
  const watch = header(idOf(60), { activity: "watch", sandbox: "default" });
  const recorder = records.recorder();
  await recorder.begin(watch);
  await recorder.append(stampEvent(done, 1, 0));
  const unfinished = settled(records.list()).filter(({ status }) => status === "unfinished");
  expect(unfinished.at(-1)?.id, "the end that the sandbox saw is not that of the real stack").toBe(idOf(0));
});

test("of a record longer than memory should hold, its ends say how it ended, and why", async () => {
  using home = temporaryFolder();
  const records = openRecords(home.path);
  const recorder = records.recorder();
  await recorder.begin(header("long", { template: "x".repeat(100_000) }));
  const noise = recordLine(stampEvent({ type: "note", message: "n".repeat(1000) }, 1, 0));
  appendFileSync(records.path("long"), `${noise}\n`.repeat(600));
  expect(records.list()).toMatchObject([{ id: "long", status: "unfinished" }]);
  const finding = { rootness: "root", explanation: { title: "The tag does not exist" } } as unknown as Finding;
  await recorder.append(stampEvent({ type: "finding", finding }, 2, 0));
  await recorder.append(stampEvent({ ...done, status: "failed", message: "It failed.", reason: "stack" } as DeployEvent, 3, 0));
  expect(records.list()).toMatchObject([{ id: "long", status: "failed", message: "It failed.", cause: "The tag does not exist" }]);
});

test("a deployment that was left has the end that a later watching saw, also past attempts that began nothing; those are left out", () => {
  const one = (id: string, more: Partial<RecordSummary>): RecordSummary => ({
    id,
    activity: "deploy",
    stackName: "shop",
    region: "eu-west-1",
    startedAt: id,
    status: "succeeded",
    ...more,
  });
  const summaries = [
    one("9b", { stackName: "refused", status: "failed", reason: "declined" }),
    one("9a", { stackName: "elsewhere", status: "failed", reason: "busy" }),
    one("9", { stackName: "elsewhere", activity: "watch" }),
    one("8", { stackName: "elsewhere", activity: "watch", status: "unfinished" }),
    one("7", { status: "unfinished" }),
    one("6", { activity: "watch", status: "failed", message: "it failed", endedAt: "then" }),
    one("5", { activity: "watch", status: "timedOut" }),
    one("4c", { status: "timedOut", reason: "busy" }),
    one("4b", { status: "failed", reason: "needsConsent" }),
    one("4a", { status: "failed", reason: "busy", message: "another one is running" }),
    one("4", { status: "timedOut", message: "still running" }),
    one("3", { activity: "watch" }),
    one("2", { status: "failed", message: "seen to its end" }),
    one("1", { status: "notWaited" }),
  ];
  const found = settled(summaries);
  expect(["4", "2", "7", "unknown"].map((id) => seenToItsEndIn(summaries, id))).toEqual(["6", "2", "7", "unknown"]);
  expect(found.map(({ id, status, message }) => [id, status, message])).toEqual([
    ["9", "succeeded", undefined],
    ["7", "unfinished", undefined],
    ["4", "failed", "it failed"],
    ["2", "failed", "seen to its end"],
    ["1", "notWaited", undefined],
  ]);
});
