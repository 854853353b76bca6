import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { createCredentialStore } from "../../../src/aws-discovery/credentials.ts";
import { createClock } from "../../../src/cli/clock.ts";
import { createDeployer, type Deployer } from "../../../src/cli/deployment/deployer.ts";
import { deploymentsPort } from "../../../src/cli/interactive/deployments.ts";
import { historyPort } from "../../../src/cli/interactive/history.ts";
import { answerByFlags } from "../../../src/engine/deployment/decide.ts";
import { stampEvent } from "../../../src/engine/deployment/events.ts";
import { openProfiles } from "../../../src/store/profiles.ts";
import { openRecords } from "../../../src/store/records.ts";
import { writeWithConf } from "../../../src/store/write-file.ts";
import { webService, writeProfile } from "../../support/example-profiles.ts";
import { openAccount, run, temporaryFolder } from "../../support/program.ts";

test("the last deployment of a profile counts as failed only while none came after it", async () => {
  using home = temporaryFolder();
  const records = openRecords(home.path);
  const header = { record: 1, activity: "deploy", profile: "shop", stackName: "s", region: "eu-west-1", cluster: "c" } as const;
  const add = async (id: string, status: "succeeded" | "failed") => {
    const recorder = records.recorder();
    await recorder.begin({ ...header, id, startedAt: id, snapshot: { name: id } });
    await recorder.append(
      stampEvent({ type: "outcome", status, message: "", stackName: "s", ...(status === "failed" ? { reason: "stack" } : {}) }, 1, 0),
    );
  };
  const history = historyPort(
    records,
    () => 0,
    () => ({}),
  );
  expect(history.lastFailed?.("shop")).toBeUndefined();
  await add("ecsw-1", "succeeded");
  await add("ecsw-2", "failed");
  expect(history.lastFailed?.("shop")).toEqual({ name: "ecsw-2" });
  expect(history.lastFailed?.("other")).toBeUndefined();
  await add("ecsw-3", "succeeded");
  expect(history.lastFailed?.("shop")).toBeUndefined();
});

test("a deployment begun elsewhere is found at work, with or without its profile, and watched with its past events", async () => {
  using theirs = temporaryFolder();
  using ours = temporaryFolder();
  await using account = await openAccount(theirs.path);
  const failing = writeProfile(theirs.path, webService.replace(":1.4.2", ":9.9.9").replace(/deployment:\n.*\n/, ""));
  const started = await run(["deploy", failing, "--yes", "--no-wait", "--endpoint-url", account.endpoint], { home: theirs.path });
  expect(started.code).toBe(0);

  process.env["AWS_ACCESS_KEY_ID"] = "sandbox";
  process.env["AWS_SECRET_ACCESS_KEY"] = "sandbox";
  const records = openRecords(ours.path);
  const profiles = openProfiles(`${ours.path}/profiles`, writeWithConf);
  const credentials = createCredentialStore();
  const deployer = createDeployer({ endpointUrl: account.endpoint, records, clock: createClock(), credentials });
  const port = deploymentsPort(deployer, records, profiles);
  const stackName = "cf-ecs-production-serviceshopWeb-default-untenanted";
  const atWork = () => port.atWork({ region: "eu-west-1" }, AbortSignal.timeout(10_000));

  const [stack] = await atWork();
  expect(stack).toMatchObject({ stackName, status: "CREATE_IN_PROGRESS", target: { region: "eu-west-1" } });
  expect(stack?.profile).toBeUndefined();
  const watched = await port.attachStack(stack as never);
  await expect.poll(() => watched.progress().service?.name, { timeout: 15_000 }).toBeDefined();
  expect(watched.progress().resources.map(({ logicalId }) => logicalId)).toContain("TaskDefinitionshopWeb");
  expect(watched.progress().cluster ?? "").toBe("");
  await port.leave();
  expect(records.list()).toMatchObject([{ activity: "watch", stackName }]);
  expect(records.read(records.list()[0]?.id ?? "")?.header.snapshot).toBeUndefined();

  profiles.write("mine", { name: "mine", target: { region: "eu-west-1", cluster: "production" }, configuration: { name: "shop-web" } });
  expect(await atWork()).toMatchObject([{ stackName, profile: "mine" }]);
});

test("a record opens without AWS: how it ended, or where it breaks off; its profile has the values it was deployed with", async () => {
  using home = temporaryFolder();
  const records = openRecords(home.path);
  const deployer = createDeployer({
    endpointUrl: "http://127.0.0.1:9",
    records,
    clock: createClock(),
    credentials: createCredentialStore(),
  });
  const port = deploymentsPort(deployer, records, openProfiles(home.path, writeWithConf));
  await records.recorder().begin({
    record: 1,
    id: "broken-off",
    activity: "deploy",
    profile: "shop",
    snapshot: { name: "shop", variables: { Version: "1" } },
    variables: { Version: "2" },
    stackName: "cf-ecs-shop",
    region: "eu-west-1",
    cluster: "production",
    startedAt: "2026-11-23T10:00:00.000Z",
  });
  appendFileSync(records.path("broken-off"), '{"type":"no');
  const opened = await port.open("broken-off");
  expect(opened).toMatchObject({ past: true, profile: "shop", snapshot: { variables: { Version: "2" } } });
  expect(opened.progress()).toMatchObject({ stackName: "cf-ecs-shop", outcome: { status: "notWaited" } });
  expect(opened.progress().outcome?.message).toMatch(/breaks off/);
  const watching = records.recorder();
  await watching.begin({
    record: 1,
    id: "watched",
    activity: "watch",
    stackName: "cf-ecs-shop",
    region: "eu-west-1",
    cluster: "production",
    startedAt: "2026-11-23T10:30:00.000Z",
  });
  await watching.append(stampEvent({ type: "outcome", status: "succeeded", message: "It runs.", stackName: "cf-ecs-shop" }, 1, 0));
  const ended = await port.open("broken-off");
  expect(ended, "the profile is its own, the end the one that was seen later").toMatchObject({
    profile: "shop",
    snapshot: { name: "shop" },
  });
  expect(ended.progress().outcome).toMatchObject({ status: "succeeded", message: "It runs." });
  await records.recorder().begin({
    record: 1,
    id: "tried",
    activity: "deploy",
    profile: "shop",
    sandbox: "crash-loop",
    stackName: "cf-ecs-shop",
    region: "eu-west-1",
    cluster: "production",
    startedAt: "2026-11-24T10:00:00.000Z",
  });
  const tried = await port.attach("tried");
  expect(tried, "not looked for in the real account").toMatchObject({ past: true });
  expect(tried.progress().notes).toEqual(["This happened in the sandbox (crash-loop), not in a real account."]);
  await expect(port.open("nothing")).rejects.toThrow("there is no record of nothing");
});

test("the last deployment of a profile is that of the account at hand, sandbox or real; the others are marked", async () => {
  using home = temporaryFolder();
  const records = openRecords(home.path);
  const header = { record: 1, activity: "deploy", profile: "shop", stackName: "s", region: "eu-west-1", cluster: "c" } as const;
  for (const [id, sandbox] of [
    ["ecsw-1", undefined],
    ["ecsw-2", "default"],
  ] as const) {
    const recorder = records.recorder();
    await recorder.begin({ ...header, id, startedAt: id, snapshot: { name: id }, ...(sandbox ? { sandbox } : {}) });
    await recorder.append(stampEvent({ type: "outcome", status: "succeeded", message: "", stackName: "s" }, 1, 0));
  }
  const real = historyPort(
    records,
    () => 0,
    () => ({}),
  );
  const simulated = historyPort(
    records,
    () => 0,
    () => ({ sandbox: "crash-loop" }),
  );
  expect(real.lastDeployed?.("shop")).toEqual({ name: "ecsw-1" });
  expect(simulated.lastDeployed?.("shop")).toEqual({ name: "ecsw-2" });
  expect(real.list().map(({ elsewhere }) => elsewhere)).toEqual(["sandbox", undefined]);
  expect(simulated.list().map(({ elsewhere }) => elsewhere)).toEqual([undefined, "real account"]);
});

test("what the command line says of the wait, the failed stack and the outputs is for the first deployment only", async () => {
  using home = temporaryFolder();
  const asked: unknown[] = [];
  const outcome = { status: "succeeded", message: "", stackName: "s", outputs: { Revision: "1" } };
  const deployer = {
    deploy: (_: unknown, choices: unknown) => {
      asked.push(choices);
      return { id: `ecsw-${asked.length}`, stackName: "s", done: Promise.resolve(outcome) };
    },
  } as unknown as Deployer;
  const how = { wait: { kind: "timeout", minutes: 5 }, decide: answerByFlags({ replaceFailedStack: true }) } as const;
  const portTo = (outputs: string) =>
    deploymentsPort(deployer, openRecords(home.path), openProfiles(home.path, writeWithConf), { first: { ...how, outputs } });
  const profile = parse(webService);
  const file = `${home.path}/outputs.env`;
  const port = portTo(file);
  await (await port.start(profile, { images: {}, variables: {} })).done;
  expect(readFileSync(file, "utf8")).toBe("Revision=1\n");
  rmSync(file);
  await (await port.start(profile, { images: {}, variables: {} })).done;
  expect(existsSync(file)).toBe(false);
  expect(asked).toEqual([how, {}]);
  await port.leave();
  const other = portTo(`${home.path}/nowhere/outputs.env`);
  await (await other.start(profile, { images: {}, variables: {} })).done;
  await expect(other.leave(), "said when the program is left").rejects.toThrow("its output values could not be written");
});

test("what the flags do not agree to a person is asked", async () => {
  const question = { kind: "replaceStack", stackName: "s", status: "UPDATE_ROLLBACK_FAILED", resources: [] } as const;
  const replace = answerByFlags({ replaceFailedStack: true });
  const goOn = answerByFlags({ replaceFailedStack: false, continueRollback: { skip: ["A"] } });
  expect(await replace({ ...question, canContinue: true })).toEqual({ kind: "delete" });
  expect(await goOn({ ...question, canContinue: true })).toEqual({ kind: "continue", skip: ["A"] });
  expect(await goOn({ ...question, canContinue: false })).toBeUndefined();
});
