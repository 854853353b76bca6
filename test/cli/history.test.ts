import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { webService, writeProfile } from "../support/example-profiles.ts";
import { openAccount, run, temporaryFolder } from "../support/program.ts";

test("a deployment is kept: shown, exported, and deployed again with its images and values, its secrets in no file", async () => {
  using home = temporaryFolder();
  await using account = await openAccount(home.path);
  const at = (...args: string[]) => run([...args, "--endpoint-url", account.endpoint], { home: home.path });
  const bound = webService
    .replace(":1.4.2", ":#{Version}")
    .replace(
      "80}]",
      "80}]\n    environment: [{name: LEVEL, value: '#{Level}'}, {name: KEY, value: '#{Key}'}, {name: API_TOKEN, value: in-the-clear}]",
    );
  const file = writeProfile(home.path, `${bound}variables: {Level: info, Key: {sensitive: true}}\n`);
  const values = ["--var", "Version=1.4.1", "--var", "Level=debug", "--var", "Key=hunter2-secret"];
  expect((await at("deploy", file, ...values, "--yes")).code).toBe(0);

  const listed = JSON.parse((await at("history", "shop-web", "--json")).stdout).deployments;
  expect(listed).toMatchObject([{ profile: "shop-web", activity: "deploy", status: "succeeded" }]);
  const { id } = listed[0];
  expect(listed[0].sandbox, "an endpoint of this machine says that it is a sandbox").toBe("default");
  await at("profiles", "import", file);
  expect(JSON.parse((await at("profiles", "list", "--json")).stdout).profiles).toMatchObject([
    { lastDeployment: { id, status: "succeeded" } },
  ]);
  expect((await at("history")).stdout).toMatch(new RegExp(`^${id}\\s+shop-web\\s+\\S+ \\S+\\s+\\d+:\\d\\d\\s+succeeded`, "m"));
  expect(readFileSync(join(home.path, "data", "deployments", `${id}.jsonl`), "utf8")).not.toContain("hunter2-secret");

  const whole = JSON.parse((await at("history", id, "--json")).stdout);
  expect(whole).toMatchObject({
    id,
    status: "succeeded",
    profileAsDeployed: { name: "shop-web", variables: { Version: "1.4.1", Level: "debug", Key: { sensitive: true } } },
    durations: { ServiceshopWeb: expect.any(Number) },
    errors: [],
  });
  expect(whole.template).toContain("shop/web:1.4.1");
  expect(JSON.stringify(whole.profileAsDeployed) + whole.template).not.toContain("in-the-clear");
  expect(whole.events.at(-1)).toMatchObject({ type: "outcome" });
  const shown = await at("history", id);
  expect(shown.stdout).toMatch(/ServiceshopWeb +AWS::ECS::Service +CREATE_COMPLETE +\d+:\d\d/);
  expect(shown.stdout).toContain(`ecs-wizard deploy ${id}`);
  expect((await at("history", id, "--events")).stdout).toMatch(/CREATE_COMPLETE/);
  const restored = join(home.path, "restored.yaml");
  expect((await at("history", id, "--as-profile", "--out", restored)).code).toBe(0);
  expect(readFileSync(restored, "utf8")).toMatch(/value: in-the-clear[\s\S]*Version: 1\.4\.1/);

  const back = await at("deploy", id, "--var", "Key=hunter2-secret", "--yes", "--json");
  expect(JSON.parse(back.stdout.trim().split("\n").at(-1) ?? "")).toMatchObject({ type: "outcome", status: "unchanged" });

  const without = writeProfile(home.path, webService.replace(":1.4.2", ":1.4.1"), "without.yaml");
  const preview = await at("preview", without);
  expect(preview.stdout).toContain("Environment");
  expect(preview.stdout, "what was a secret when it was deployed stays one").not.toMatch(/hunter2|in-the-clear/);

  expect(await at("history", "nobody")).toMatchObject({ code: 0, stderr: expect.stringContaining("No deployment of nobody") });
  expect(await at("history", "nobody", "--template")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("nobody is no deployment"),
  });
});

test("what was tried in the sandbox is marked everywhere, and not looked for in a real account", async () => {
  using home = temporaryFolder();
  const wizard = (...args: string[]) => run(args, { home: home.path });
  const file = writeProfile(home.path);
  expect((await wizard("deploy", file, "--yes", "--sandbox=crash-loop")).code).toBe(1);
  const [one] = JSON.parse((await wizard("history", "--json")).stdout).deployments;
  expect(one).toMatchObject({ status: "failed", sandbox: "crash-loop" });
  expect((await wizard("history")).stdout).toMatch(/failed +sandbox: crash-loop +/);
  expect((await wizard("history", one.id)).stdout).toMatch(/^Account +sandbox: crash-loop$/m);
  expect((await wizard("errors")).stdout).toContain("This happened in the sandbox (crash-loop), not in a real account.");
  expect(JSON.parse((await wizard("errors", "--json")).stdout)).toMatchObject({ sandbox: "crash-loop", deployment: one.id });
  for (const args of [
    ["watch", one.id],
    ["errors", one.id, "--refresh"],
    ["delete", one.id, "--yes"],
  ])
    expect(await wizard(...args)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("is a deployment in the sandbox (crash-loop)"),
    });
  expect(await wizard("watch", "shop-web", "--region", "eu-west-1")).not.toMatchObject({ code: 0 });
});
