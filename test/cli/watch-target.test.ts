import { afterEach, beforeEach, expect, test } from "vitest";
import { errors } from "../../src/cli/commands/errors.ts";
import type { Deployer } from "../../src/cli/deployment/deployer.ts";
import { watchTarget } from "../../src/cli/deployment/watch-target.ts";
import type { Io } from "../../src/cli/io.ts";
import { stampEvent } from "../../src/engine/deployment/events.ts";
import { recordVersion } from "../../src/engine/deployment/record.ts";
import type { StackAtWork } from "../../src/engine/ports.ts";
import { folders } from "../../src/store/folders.ts";
import { openRecords } from "../../src/store/records.ts";
import { temporaryFolder } from "../support/program.ts";

let home: ReturnType<typeof temporaryFolder>;
const before = process.env["ECS_WIZARD_HOME"];
beforeEach(() => {
  home = temporaryFolder();
  process.env["ECS_WIZARD_HOME"] = home.path;
});
afterEach(() => {
  home[Symbol.dispose]();
  if (before === undefined) delete process.env["ECS_WIZARD_HOME"];
  else process.env["ECS_WIZARD_HOME"] = before;
});

/** An account in which these stacks are worked on. */
function deployer(...atWork: StackAtWork[]): Deployer {
  const cloud = { stacksAtWork: async () => atWork, describeStack: async () => undefined };
  return { cloud: () => cloud, region: async () => "eu-west-1" } as unknown as Deployer;
}
const running = (name: string): StackAtWork => ({
  id: `arn:${name}`,
  name,
  status: "UPDATE_IN_PROGRESS",
  since: "2026-11-28T10:00:00.000Z",
});

type End = boolean | { readonly status: "failed"; readonly reason: "busy" | "refused" | "access" | "stack" };

async function record(
  id: string,
  stackName: string,
  ended: End,
  startedAt = new Date().toISOString(),
  activity: "deploy" | "watch" = "deploy",
): Promise<void> {
  const recorder = openRecords(folders().deployments).recorder();
  const snapshot = { name: "shop", target: { region: "eu-west-1", cluster: "production" } };
  const header = {
    record: recordVersion,
    id,
    stackName,
    activity,
    region: "eu-west-1",
    cluster: "production",
    startedAt,
  } as const;
  await recorder.begin({ ...header, profile: "shop", snapshot });
  const end = ended === true ? { status: "succeeded" as const } : ended;
  if (end) await recorder.append(stampEvent({ type: "outcome", ...end, message: id, stackName }, 1, Date.now()));
}

test("without a name: the one that runs in the account, though nothing is known of it here", async () => {
  const target = await watchTarget(undefined, {}, deployer(running("cf-ecs-other")));
  expect(target).not.toHaveProperty("id");
  expect(target).toMatchObject({ ready: { foreign: true, step: { target: { region: "eu-west-1", stackName: "cf-ecs-other" } } } });
});

test("several run: they are listed, and none is chosen", async () => {
  await expect(watchTarget(undefined, {}, deployer(running("a"), running("b")))).rejects.toThrow(
    /2 deployments are running:\n {2}a {2}UPDATE_IN_PROGRESS since 2026-11-28 10:00 UTC\n {2}b /,
  );
});

test("the one that runs was begun with a profile of this machine: watched as that", async () => {
  await record("ecsw-1", "cf-ecs-shop", true);
  expect(await watchTarget(undefined, {}, deployer(running("cf-ecs-shop")))).toMatchObject({ id: "shop", ready: { name: "shop" } });
});

test("one that this machine has not seen the end of comes first; an old one, and one that ended, after what runs", async () => {
  await record("ecsw-1", "cf-ecs-shop", false);
  expect(await watchTarget(undefined, {}, deployer(running("other")))).toMatchObject({ id: "ecsw-1" });
  await record("ecsw-2", "cf-ecs-shop", false, "2020-01-01T00:00:00.000Z");
  expect(await watchTarget(undefined, {}, deployer(running("other")))).toMatchObject({ ready: { name: "other" } });
  expect(await watchTarget(undefined, {}, deployer())).toMatchObject({ id: "ecsw-2" });
});

test.each(["busy", "refused", "access"] as const)("an attempt that was %s does not hide the unfinished one before it", async (reason) => {
  await record("ecsw-1", "cf-ecs-shop", false);
  await record("ecsw-2", "cf-ecs-shop", { status: "failed", reason });
  await record("ecsw-3", "cf-ecs-other", true);
  expect(await watchTarget(undefined, {}, deployer(running("other")))).toMatchObject({ id: "ecsw-1" });
});

test("what its stack did since is newer than an end nobody saw", async () => {
  await record("ecsw-1", "cf-ecs-shop", false);
  await record("ecsw-2", "cf-ecs-shop", { status: "failed", reason: "stack" });
  expect(await watchTarget(undefined, {}, deployer(running("other")))).toMatchObject({ ready: { name: "other" } });
  expect(await watchTarget(undefined, {}, deployer())).toMatchObject({ id: "ecsw-2" });
});

test("nothing runs: the last one that was begun, not an attempt that was refused at once", async () => {
  await record("ecsw-1", "cf-ecs-shop", true);
  await record("ecsw-2", "cf-ecs-shop", { status: "failed", reason: "busy" });
  expect(await watchTarget(undefined, {}, deployer())).toMatchObject({ id: "ecsw-1" });
});

test("errors without a name: the last that failed; neither what was refused at once nor what succeeded since hides it", async () => {
  const told: string[] = [];
  const shown = async () => {
    const texts: string[] = [];
    const io = { data: (text: string) => void texts.push(text), say: (text: string) => void told.push(text) } as Partial<Io> as Io;
    await errors({ args: [undefined], options: { json: true } as never, io, commands: [] });
    return JSON.parse(texts.join(""));
  };
  await record("ecsw-1", "cf-ecs-shop", { status: "failed", reason: "stack" });
  await record("ecsw-2", "cf-ecs-shop", { status: "failed", reason: "access" });
  await record("ecsw-3", "cf-ecs-shop", { status: "failed", reason: "busy" });
  await record("ecsw-4", "cf-ecs-other", true);
  await record("ecsw-4b", "cf-ecs-gone", { status: "failed", reason: "refused" }, undefined, "watch");
  await record("ecsw-5", "cf-ecs-other", false);
  expect(await shown()).toMatchObject({ deployment: "ecsw-2", outcome: "ecsw-2" });
  expect(told, "nor is one named that began nothing").toEqual(["The last that failed: ecs-wizard errors ecsw-1"]);
});

test("an ARN says its region by itself", async () => {
  const arn = "arn:aws:cloudformation:us-east-2:123456789012:stack/cf-ecs-far/1";
  const found = { ...deployer(), cloud: () => ({ describeStack: async () => ({}) }) } as unknown as Deployer;
  expect(await watchTarget(arn, {}, found)).toMatchObject({
    ready: { foreign: true, step: { target: { region: "us-east-2", stackName: "cf-ecs-far" } } },
  });
});
