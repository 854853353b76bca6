import { expect, test } from "vitest";
import { masked, previewWithoutSecrets, withoutSecrets } from "../../src/cli/deployment/without-secrets.ts";
import { printableVariables, secretTexts } from "../../src/cli/variables.ts";
import type { DeployEvent } from "../../src/engine/deployment/events.ts";
import type { Outcome } from "../../src/engine/deployment/outcome.ts";
import { diffProperties } from "../../src/engine/deployment/property-diff.ts";

test("secret values are masked wherever they stand; short ones where they stand alone", () => {
  expect(masked({ a: ["x hidden-token y"], b: { c: "hidden-token", d: 1, e: null } }, ["hidden-token"])).toEqual({
    a: ["x ••• y"],
    b: { c: "•••", d: 1, e: null },
  });
  expect(masked(["no", "notes", "another"], ["no"])).toEqual(["•••", "notes", "another"]);
});

test("a log that prints a secret is told without it; what an event is stays readable", async () => {
  async function* work(): AsyncGenerator<DeployEvent, Outcome> {
    yield { type: "logs", task: "t1", container: "web", group: "/ecs/web", lines: [{ at: "", text: "password is hidden-token" }] };
    return { status: "failed", message: "failed with hidden-token", stackName: "shop" };
  }
  const facts = withoutSecrets(work(), ["hidden-token", "logs", "failed"]);
  expect(await facts.next()).toMatchObject({ value: { type: "logs", lines: [{ text: "password is •••" }] } });
  expect(await facts.next()).toMatchObject({ done: true, value: { status: "failed", message: "••• with •••" } });
});

test("a log that prints what looks like a secret, though none that is known, is told and kept without it; the rest stays as it is", async () => {
  async function* work(): AsyncGenerator<DeployEvent, Outcome> {
    const texts = [
      "DATABASE_URL=postgres://shop:hunter2@10.0.3.7/shop",
      "token: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln",
      "listening on :80",
    ];
    yield { type: "logs", task: "t1", container: "web", group: "/ecs/web", lines: texts.map((text) => ({ at: "", text })) };
    return { status: "failed", message: "failed", stackName: "shop" };
  }
  const { value } = await withoutSecrets(work(), []).next();
  const told = JSON.stringify(value);
  expect(told).not.toMatch(/hunter2|eyJhbGci/);
  expect(told).toMatch(/postgres:\/\/shop:.*@10\.0\.3\.7\/shop/);
  expect(told).toContain("listening on :80");
});

test("what expressions make of a secret is as secret as it, however JSON and YAML spell it", () => {
  const secret = 's3cr&t "it\'s"\nsecond line';
  const profile = {
    containers: [{ command: ["--key=#{Pw}", "#{Pw | ToBase64}", "#{Level}"], environment: [{ name: "URL", value: "https://u:#{Url}@h" }] }],
    variables: { Pw: { sensitive: true }, Url: "#{Pw | UriDataEscape}", Level: "debug" },
  };
  const secrets = secretTexts(profile, [
    ["Pw", secret],
    ["Url", "#{Pw | UriDataEscape}"],
    ["Level", "debug"],
  ]);
  const kept = [
    secret,
    JSON.stringify({ secret }),
    btoa(secret),
    `u:${encodeURIComponent(secret).replaceAll("'", "%27")}@h`,
    `|-\n  s3cr&t "it's"\n  second line`,
  ];
  expect(masked(kept, secrets)).toEqual(["•••", '{"secret":"•••"}', "•••", "u:•••@h", "|-\n  •••\n  •••"]);
  expect(masked("debug", secrets)).toBe("debug");
  expect(secretTexts({ ...profile, variables: { Level: "debug" } }, [["Pw", secret]])).toEqual([]);
});

test("a preview shows neither a secret nor the one it had before", () => {
  const change = (path: string, before: unknown, after: unknown) => ({ path, before, after });
  const preview = {
    kind: "update" as const,
    stackName: "shop-hidden-token",
    findings: [{ message: "hidden-token is bad", severity: "error" as const }],
    warnings: [],
    changes: [
      {
        action: "modify" as const,
        logicalId: "Task",
        type: "AWS::ECS::TaskDefinition",
        replacement: "always" as const,
        meaning: "A new revision.",
        properties: [change("PW.Value", "an older one", "hidden-token"), change("LEVEL.Value", "info", "debug")],
      },
    ],
  };
  const shown = previewWithoutSecrets(preview, ["hidden-token"]);
  expect(shown.changes[0]?.properties).toEqual([change("PW.Value", "•••", "•••"), change("LEVEL.Value", "info", "debug")]);
  expect(shown).toMatchObject({ stackName: "shop-hidden-token", findings: [{ message: "••• is bad" }] });
});

test("what was a secret when it was deployed is none in a preview that takes it away, moves or opens it", () => {
  const environment = (rows: Record<string, string>) => Object.entries(rows).map(([Name, Value]) => ({ Name, Value }));
  const properties = (rows: Record<string, string>) => ({ ContainerDefinitions: [{ Name: "web.1", Environment: environment(rows) }] });
  const before = properties({ UPSTREAM: "hidden-token", "A.B": "https://u:hidden-token@h", LEVEL: "info", OPEN: "hidden-token" });
  const kept = properties({ UPSTREAM: "•••", "A.B": "https://u:•••@h", LEVEL: "info", OPEN: "•••" });
  const preview = (after: unknown) => ({
    kind: "update" as const,
    stackName: "shop",
    findings: [],
    warnings: [],
    changes: [
      {
        action: "modify" as const,
        logicalId: "Task",
        type: "AWS::ECS::TaskDefinition",
        replacement: "always" as const,
        meaning: "A new revision.",
        properties: diffProperties(before, after),
      },
    ],
  });
  const records = [{ Other: { Type: "x", Properties: {} } }, { Task: { Type: "AWS::ECS::TaskDefinition", Properties: kept } }];
  const some = previewWithoutSecrets(preview(properties({ LEVEL: "debug", OPEN: "in the open" })), [], records);
  expect(some.changes[0]?.properties).toEqual([
    { path: "ContainerDefinitions[web.1].Environment[LEVEL].Value", before: "info", after: "debug" },
    { path: "ContainerDefinitions[web.1].Environment[OPEN].Value", before: "•••", after: "in the open" },
    { path: "ContainerDefinitions[web.1].Environment[UPSTREAM]", before: { Name: "UPSTREAM", Value: "•••" } },
    { path: "ContainerDefinitions[web.1].Environment[A.B]", before: { Name: "A.B", Value: "•••" } },
  ]);
  for (const after of [{}, { ContainerDefinitions: [] }, { ContainerDefinitions: [{ Name: "app" }] }])
    expect(JSON.stringify(previewWithoutSecrets(preview(after), [], records))).not.toContain("hidden-token");
  expect(JSON.stringify(previewWithoutSecrets(preview({}), []))).toContain("hidden-token");
});

test("what is printed keeps the whole expression that a secret goes into, and only that", () => {
  const profile = { variables: { Pw: { sensitive: true }, Url: "https://#{Pw | UriDataEscape}@#{Host}", Host: "db" } };
  const kept = "#{Pw | ToBase64} #{Url}";
  for (const [given, secret] of [
    [["Pw=hunter2"], kept],
    [['Pw={"user":"ann"}'], `${kept} #{Pw.user}`],
    [[], kept],
  ] as const) {
    const { evaluate, unset } = printableVariables(profile, { var: [...given] });
    const text = `#{Host} ${secret} #{if Pw == Host}a#{else}#{Host}#{/if}!`;
    expect(evaluate(text)).toEqual({ text: `db ${secret} db!`, missing: [] });
    expect(unset(text)).toEqual([]);
  }
});
