import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { example, webService, writeProfile } from "../support/example-profiles.ts";
import { openAccount, run, start, temporaryFolder } from "../support/program.ts";

const lines = (stdout: string) =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { type: string; seq: number } & Record<string, unknown>);
const outcome = (stdout: string) => lines(stdout).at(-1);

describe("against one simulated account, told apart by nothing but --endpoint-url", () => {
  const home = temporaryFolder();
  let account: Awaited<ReturnType<typeof openAccount>>;
  beforeAll(async () => {
    account = await openAccount(home.path);
  });
  afterAll(async () => {
    await account[Symbol.asyncDispose]();
    home[Symbol.dispose]();
  });
  const at = (...args: string[]) => run([...args, "--endpoint-url", account.endpoint], { home: home.path });
  const shop = writeProfile(home.path);

  test("create, no changes, another image, no changes, delete, delete again", async () => {
    const preview = await at("preview", shop, "--exit-code");
    expect(preview.stdout).toMatch(/\+ add\s+ServiceshopWeb\s+AWS::ECS::Service/);
    expect(preview.code).toBe(10);

    const created = await at("deploy", shop, "--yes", "--json");
    expect(lines(created.stdout).map(({ seq }) => seq)).toEqual(lines(created.stdout).map((_, index) => index + 1));
    expect(outcome(created.stdout)).toMatchObject({
      type: "outcome",
      status: "succeeded",
      outputs: { ServiceName: expect.any(String), Region: "eu-west-1" },
    });
    expect(created.code).toBe(0);

    const again = await at("deploy", shop, "--yes", "--json");
    expect(outcome(again.stdout)).toMatchObject({ type: "outcome", status: "unchanged" });
    expect(again.code).toBe(0);
    expect(await at("preview", shop, "--exit-code")).toMatchObject({ code: 0, stdout: "No changes.\n" });

    const other = await at("preview", shop, "--image", "web=1.4.1", "--json", "--exit-code");
    expect(other.code).toBe(10);
    expect(JSON.parse(other.stdout)).toMatchObject({
      kind: "update",
      changes: expect.arrayContaining([expect.objectContaining({ logicalId: "TaskDefinitionshopWeb" })]),
    });
    const updated = await at("deploy", shop, "--image", "web=1.4.1", "--yes");
    expect(updated.code, updated.stderr).toBe(0);
    expect(updated.stderr).toMatch(/ServiceshopWeb AWS::ECS::Service UPDATE_COMPLETE/);
    expect(updated.stdout).toMatch(/^ServiceName=\S+\n[\s\S]*^TaskDefinitionRevision=2$/m);
    expect(updated.stderr + updated.stdout).not.toContain("\u001b");

    const service = /^ServiceName=(\S+)$/m.exec(updated.stdout)?.[1];
    const imported = await at("import", "service", `production/${service}`, "--region", "eu-west-1", "--name", "again");
    expect(imported, imported.stderr).toMatchObject({ code: 0 });
    // What ECS says of every service is all that a profile of it adds.
    expect(JSON.parse((await at("preview", "again", "--json")).stdout)).toMatchObject({
      kind: "update",
      changes: [
        { logicalId: "ServiceshopWeb", action: "modify", replacement: "never", properties: [{ path: "AvailabilityZoneRebalancing" }] },
      ],
    });

    const deleted = await at("delete", shop, "--yes", "--json");
    expect(outcome(deleted.stdout)).toMatchObject({ status: "succeeded" });
    const gone = await at("delete", shop, "--yes", "--json");
    expect(outcome(gone.stdout)).toMatchObject({ status: "unchanged" });
    expect([deleted.code, gone.code]).toEqual([0, 0]);

    const { deployments } = JSON.parse((await at("history", "shop-web", "--json")).stdout);
    expect(deployments.map(({ activity, status }: Record<string, string>) => `${activity} ${status}`)).toEqual([
      "delete unchanged",
      "delete succeeded",
      "deploy succeeded",
      "deploy unchanged",
      "deploy succeeded",
    ]);
    expect((await at("history", "nothing-of-the-kind", "--json")).stdout).toContain('"deployments": []');
  });

  test("--no-wait returns at once and says what was not checked; watch finds it by the profile, by its id, and without a name", async () => {
    const profile = writeProfile(home.path, webService.replaceAll("shop-web", "unwatched"), "unwatched.yaml");
    const started = await at("deploy", profile, "--yes", "--no-wait", "--json");
    expect(outcome(started.stdout)).toMatchObject({
      status: "notWaited",
      reason: "option",
      message: expect.stringContaining("not checked"),
    });
    expect(started.code).toBe(0);
    const id = JSON.parse((await at("history", "unwatched", "--json")).stdout).deployments[0].id as string;
    for (const name of [[id], ["unwatched"], [profile], []]) {
      const watched = await at("watch", ...name, "--json");
      expect(outcome(watched.stdout), name.join()).toMatchObject({ status: "succeeded" });
      expect(watched.code).toBe(0);
    }
  });

  test("output values go to JSON, to dotenv, and to the file of GitHub Actions", async () => {
    const profile = writeProfile(home.path, webService.replaceAll("shop-web", "outputs"), "outputs.yaml");
    const [json, dotenv, gitHub] = ["out.json", "out.env", "github"].map((name) => join(home.path, name)) as [string, string, string];
    writeFileSync(gitHub, "before=1\n");
    const first = await run(["deploy", profile, "--yes", "--outputs", json, "--endpoint-url", account.endpoint], {
      home: home.path,
      env: { GITHUB_OUTPUT: gitHub },
    });
    expect(first.code, first.stderr).toBe(0);
    expect((await at("deploy", profile, "--yes", "--outputs", dotenv)).code).toBe(0);
    const values = JSON.parse(readFileSync(json, "utf8"));
    expect(Object.keys(values)).toEqual(
      expect.arrayContaining([
        "ServiceName",
        "ClusterName",
        "CloudFormationStackName",
        "TaskDefinitionFamily",
        "TaskDefinitionRevision",
        "Region",
        "AwsOutputs[StackId]",
      ]),
    );
    expect(readFileSync(dotenv, "utf8")).toContain(`AwsOutputs_StackId=${values["AwsOutputs[StackId]"]}\n`);
    expect(readFileSync(gitHub, "utf8")).toMatch(/^before=1\nServiceName=/);
  });

  test("a second attempt that fails otherwise has its own cause; the first one's stands apart, dated", async () => {
    const again = writeProfile(home.path, webService.replaceAll("shop-web", "twice"), "twice.yaml");
    expect((await at("deploy", again, "--yes")).code).toBe(0);
    expect((await at("deploy", again, "--yes", "--image", "web=9.9.9")).code).toBe(1);
    expect((await at("deploy", again, "--yes", "--image", "web=8.8.8")).code).toBe(1);
    const { stdout } = await run(["errors", "twice"], { home: home.path });
    const [own, earlier] = [/^of an earlier attempt/m.exec(stdout)?.index ?? 0].flatMap((end) => [stdout.slice(0, end), stdout.slice(end)]);
    expect(own).toMatch(/^CAUSE: The image or tag does not exist[\s\S]*web:8\.8\.8/m);
    expect(own).not.toContain("9.9.9");
    expect(earlier).toMatch(/^of an earlier attempt \(\d{4}-\d\d-\d\d .* UTC\): The image or tag does not exist.*web:9\.9\.9/m);
  });

  test("a reader that closes the pipe is no failure", async () => {
    const { status, stderr } = await import("node:child_process").then(({ spawnSync }) =>
      spawnSync("bash", ["-c", `set -o pipefail; "${process.execPath}" bin/ecs-wizard.cjs schema | head -1`], { encoding: "utf8" }),
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

/** Slow enough that something happens in the middle of a deployment, and its end is seen soon. */
const watchable = ["--sandbox-speed", "60"];

describe("in the middle of a deployment", () => {
  const home = temporaryFolder();
  let account: Awaited<ReturnType<typeof openAccount>>;
  beforeAll(async () => {
    account = await openAccount(home.path, ...watchable);
  });
  afterAll(async () => {
    await account[Symbol.asyncDispose]();
    home[Symbol.dispose]();
  });
  const at = (...args: string[]) => run([...args, "--endpoint-url", account.endpoint], { home: home.path });

  test("kill -9 in the middle: what AWS does goes on, and watch shows it with its past events", async () => {
    const profile = writeProfile(home.path, webService.replaceAll("shop-web", "killed"), "killed.yaml");
    const deploying = start(["deploy", profile, "--yes", "--endpoint-url", account.endpoint], { home: home.path });
    await deploying.says("CREATE_IN_PROGRESS");
    deploying.kill("SIGKILL");
    expect((await deploying.done).code).toBe(null);
    const watched = await at("watch", "killed");
    expect(watched.code, watched.stderr).toBe(0);
    expect(watched.stderr).toMatch(
      /AwsLogGroupkilled AWS::Logs::LogGroup CREATE_IN_PROGRESS[\s\S]*Servicekilled AWS::ECS::Service CREATE_COMPLETE/,
    );
    expect(watched.stderr).toMatch(/succeeded: /);
  });

  test("two deployments of one profile at once: with --no-wait the second says so and exits with 3, else it waits for the first", async () => {
    const profile = writeProfile(home.path, webService.replaceAll("shop-web", "twice"), "twice.yaml");
    const runs = (speed: number) => fetch(`${account.endpoint}/_sandbox/clock`, { method: "POST", body: JSON.stringify({ speed }) });
    await runs(1);
    const first = start(["deploy", profile, "--yes", "--endpoint-url", account.endpoint], { home: home.path });
    await first.says("CREATE_IN_PROGRESS");
    const second = start(["deploy", profile, "--yes", "--json", "--endpoint-url", account.endpoint], { home: home.path });
    const refused = await at("deploy", profile, "--yes", "--no-wait", "--json");
    expect(outcome(refused.stdout)).toMatchObject({ status: "failed", reason: "busy" });
    expect(refused.code).toBe(3);
    await second.says('"type":"busy"');
    await runs(60);
    const waiting = await second.done;
    expect(lines(waiting.stdout).map(({ type }) => type)).toContain("busy");
    expect(outcome(waiting.stdout)).toMatchObject({ status: "unchanged" });
    expect((await first.done).code).toBe(0);
  });

  test("an interrupt ends the watching with 130 and says how to come back; the deployment goes on", async () => {
    const profile = writeProfile(home.path, webService.replaceAll("shop-web", "interrupted"), "interrupted.yaml");
    const deploying = start(["deploy", profile, "--yes", "--endpoint-url", account.endpoint], { home: home.path });
    await deploying.says("CREATE_IN_PROGRESS");
    deploying.kill("SIGINT");
    const { code, stderr } = await deploying.done;
    expect(code).toBe(130);
    const back = /to come back: ecs-wizard (watch \S+)/.exec(stderr)?.[1];
    expect(back, stderr).toBeDefined();
    expect((await at(...(back as string).split(" "))).stderr).toContain("succeeded");
  });
});

describe("with an account of its own (--sandbox)", () => {
  const home = temporaryFolder();
  afterAll(() => home[Symbol.dispose]());
  const wizard = (...args: string[]) => run(args, { home: home.path });
  const shop = writeProfile(home.path);

  test.each(["web-service", "web-with-sidecar", "everything"])("the example %s deploys, one event a line", async (name) => {
    const { code, stdout, stderr } = await wizard("deploy", example(name), "--sandbox", "--yes", "--json");
    expect(outcome(stdout)).toMatchObject({ type: "outcome", status: "succeeded" });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test("a profile whose every scalar is bound deploys with --var alone", async () => {
    const text = readFileSync(example("all-bound"), "utf8");
    const bound = writeProfile(home.path, text.slice(0, text.indexOf("\nvariables:")), "bound.yaml");
    const values = Object.entries(parse(text)["variables"] as Record<string, string>).flatMap(([name, value]) => [
      "--var",
      `${name}=${value}`,
    ]);
    const { code, stdout, stderr } = await wizard("deploy", bound, "--sandbox", "--yes", "--json", ...values);
    expect(outcome(stdout)).toMatchObject({ type: "outcome", status: "succeeded" });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const refused = await wizard("deploy", bound, "--sandbox", "--yes");
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    for (const path of ["target.region", "containers[0].portMappings[1].containerPort", "volumes[2].iamAuthorization"])
      expect(refused.stderr).toContain(`✗ ${path}: `);
  });

  test("an image without version comes from --image, by the name that a variable gives, or from the variable that Octopus sets", async () => {
    const repository = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web";
    const text = webService.replace(":1.4.2", "").replace("name: web", 'name: "#{Name}"');
    const bound = writeProfile(home.path, text, "unversioned.yaml");
    for (const given of [
      ["--image", "web=1.4.2"],
      ["--var", `Octopus.Action.Package[${repository}].Image=${repository}:1.4.2`],
    ]) {
      const { code, stderr } = await wizard("preview", bound, "--sandbox", "--var", "Name=web", ...given);
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining("--image web=TAG") });
    }
    const refused = await wizard("preview", bound, "--sandbox", "--var", "Name=web");
    expect(refused.stderr).toContain("--image web=TAG");
    expect(refused.code).toBe(2);
  });

  test("exit code 1 when it fails; errors tells the cause, and how to correct it", async () => {
    const { code, stderr } = await wizard("deploy", shop, "--sandbox=image-not-found", "--yes");
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /check: containers\[0\]\.image: .* has no tag 1\.4\.2.*\n.*→ [\s\S]*create with client request token[\s\S]*failed: /,
    );
    const errors = await wizard("errors");
    expect(errors.stdout).toMatch(/^CAUSE: /m);
    expect(errors.stdout).toMatch(/CannotPull|not found/);
    const report = JSON.parse((await wizard("errors", "shop-web", "--json")).stdout);
    expect(JSON.stringify(report)).toContain("pull");
    const all = await wizard("errors", "shop-web", "--all");
    expect(all.stdout).toMatch(/^# What went wrong: shop-web$/m);
    expect(all.stdout.match(/^stop code TaskFailedToStart$/gm)).not.toBeNull();
  });

  test("what the checks predict is told before anything changes, and changes nothing itself; --no-check leaves them out", async () => {
    const begin = (...args: string[]) => wizard("deploy", shop, "--sandbox=no-route", "--yes", "--no-wait", "--json", ...args);
    const [checked, unchecked, denied] = await Promise.all([
      begin(),
      begin("--no-check"),
      wizard("deploy", shop, "--sandbox=denied:ec2:*", "--yes", "--no-wait", "--json"),
    ]);
    const until = (stdout: string) => {
      const all = lines(stdout);
      return all.slice(
        0,
        all.findIndex(({ type }) => type === "operation"),
      );
    };
    expect(until(checked.stdout)).toMatchObject([
      { type: "started" },
      {
        type: "prediction",
        path: "network.subnets",
        severity: "error",
        rule: "subnet-way-out",
        hint: expect.stringMatching(/NAT gateway/),
      },
    ]);
    expect(until(unchecked.stdout).map(({ type }) => type)).toEqual(["started"]);
    expect(until(denied.stdout)).toMatchObject([
      { type: "started" },
      { type: "note", message: expect.stringMatching(/not made: permission ec2:/) },
    ]);
    for (const { code, stdout } of [checked, unchecked, denied]) expect([code, outcome(stdout)?.["status"]]).toEqual([0, "notWaited"]);
  });

  test("errors --refresh shows what is recorded also where AWS has forgotten it, or may not be asked (exit code 3)", async () => {
    const place = temporaryFolder();
    const there = (...args: string[]) => run(args, { home: place.path });
    await there("deploy", shop, "--sandbox=crash-loop,denied:logs:GetLogEvents", "--yes");
    const offline = await there("errors");
    expect(offline.stdout).toMatch(/^! Could not see the log of the container web: .*logs:GetLogEvents/m);
    const forgotten = await there("errors", "--refresh", "--sandbox");
    expect(forgotten).toMatchObject({ code: 0, stderr: expect.stringContaining("AWS has forgotten this stack"), stdout: offline.stdout });
    const denied = await there("errors", "--refresh", "--sandbox=denied");
    expect(denied).toMatchObject({ code: 3, stderr: expect.stringContaining("can't be asked again"), stdout: offline.stdout });
    place[Symbol.dispose]();
  });

  test("of a deployment that was not waited for, errors says that its end is not known here", async () => {
    const place = temporaryFolder();
    await run(["deploy", shop, "--sandbox", "--yes", "--no-wait"], { home: place.path });
    const { stdout } = await run(["errors", "shop-web"], { home: place.path });
    expect(stdout).toMatch(/^! This deployment was not watched to its end.*errors ecsw-\S+ --refresh\nNo failure/);
    const blind = await run(["deploy", shop, "--sandbox=denied:DescribeStackEvents", "--yes"], { home: place.path });
    expect(blind).toMatchObject({ code: 3, stderr: expect.stringMatching(/^ {2}→ .*cloudformation:DescribeStackEvents/m) });
    const why = await run(["errors"], { home: place.path });
    expect(why.stdout).toMatch(/^CAUSE: .*cloudformation:DescribeStackEvents/m);
    const { stderr: crashed } = await run(["deploy", shop, "--sandbox=image-not-found", "--yes"], { home: place.path });
    await run(["deploy", shop, "--sandbox", "--yes"], { home: place.path });
    const fine = await run(["errors", "shop-web"], { home: place.path });
    expect(fine.stdout).toMatch(/^No failure of this deployment was found\.\n/);
    expect(fine.stderr).toBe(`The last that failed: ecs-wizard errors ${/ecsw-[\w-]+(?= --all)/.exec(crashed)?.[0]}\n`);
    place[Symbol.dispose]();
  });

  test("exit code 4 when the time is up", async () => {
    const { code, stdout } = await run(["deploy", shop, "--sandbox", "--yes", "--json", "--timeout", "0.01"], {
      home: home.path,
      env: { ECS_WIZARD_SANDBOX_SPEED: "1" },
    });
    expect(outcome(stdout)).toMatchObject({ status: "timedOut" });
    expect(code).toBe(4);
  });

  test("a failed stack that holds a running service is deleted only with --replace-failed-stack; without it, exit code 2", async () => {
    const stuck = ["deploy", shop, "--sandbox=stuck-rollback", "--yes", "--json"];
    const refused = await wizard(...stuck);
    expect(outcome(refused.stdout)).toMatchObject({
      status: "failed",
      reason: "needsConsent",
      message: expect.stringContaining("--replace-failed-stack"),
    });
    expect(refused.code).toBe(2);
    const replaced = await wizard(...stuck, "--replace-failed-stack");
    expect(outcome(replaced.stdout)).toMatchObject({ status: "succeeded" });
    expect(
      lines(replaced.stdout)
        .filter(({ type }) => type === "operation")
        .map(({ operation }) => operation),
    ).toEqual(["delete", "create"]);
  });

  test("a sensitive variable's value is neither shown nor kept", async () => {
    const secret = "s3cr3t-t0ken-of-nobody";
    const text = webService
      .replace("portMappings", 'environment: [{name: TOKEN, value: "#{Token}"}]\n    portMappings')
      .replaceAll("shop-web", "secretive");
    const profile = writeProfile(home.path, `${text}variables: {Token: {sensitive: true}}\n`, "secretive.yaml");
    const missing = await wizard("deploy", profile, "--sandbox", "--yes");
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining("containers[0].environment[0].value") });
    const ended = await run(["deploy", profile, "--sandbox", "--yes", "--json"], {
      home: home.path,
      env: { ECS_WIZARD_VAR_Token: secret },
    });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout + ended.stderr).not.toContain(secret);
    const files = readdirSync(home.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(3);
    for (const { parentPath, name } of files) expect(readFileSync(join(parentPath, name), "utf8"), name).not.toContain(secret);
  });

  test("the account of --sandbox-state lives on between runs; --fresh begins anew", async () => {
    const state = join(home.path, "account.json");
    const deploy = async (...more: string[]) =>
      outcome((await wizard("deploy", shop, "--yes", "--json", "--sandbox", "--sandbox-state", state, ...more)).stdout)?.["status"];
    expect(await deploy()).toBe("succeeded");
    expect(existsSync(state)).toBe(true);
    expect(await deploy()).toBe("unchanged");
    expect(await deploy("--fresh")).toBe("succeeded");
  });
});
