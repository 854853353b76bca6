import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeMeaning } from "../../../src/engine/deployment/change-meaning.ts";
import { maskSecrets } from "../../../src/engine/deployment/mask.ts";
import { changesOf, replacementWarnings } from "../../../src/engine/deployment/preview-changes.ts";
import { diffProperties } from "../../../src/engine/deployment/property-diff.ts";
import { masked } from "../../../src/engine/diagnosis/mask-text.ts";

describe("properties that differ", () => {
  const container = (image: string, environment: object[]) => ({
    ContainerDefinitions: [{ Name: "web", Image: image, Environment: environment }],
  });

  test("containers and variables are compared by name, whatever their order", () => {
    const before = container("shop:1", [
      { Name: "LEVEL", Value: "info" },
      { Name: "OLD", Value: "x" },
    ]);
    const after = container("shop:2", [
      { Name: "NEW", Value: "y" },
      { Name: "LEVEL", Value: "debug" },
    ]);
    expect(diffProperties(before, after)).toEqual([
      { path: "ContainerDefinitions[web].Image", before: "shop:1", after: "shop:2" },
      { path: "ContainerDefinitions[web].Environment[NEW].Name", after: "NEW" },
      { path: "ContainerDefinitions[web].Environment[NEW].Value", after: "y" },
      { path: "ContainerDefinitions[web].Environment[LEVEL].Value", before: "info", after: "debug" },
      { path: "ContainerDefinitions[web].Environment[OLD]", before: { Name: "OLD", Value: "x" } },
    ]);
  });

  test("secrets differ without being shown", () => {
    const changes = diffProperties(
      container("a", [{ Name: "DB_PASSWORD", Value: "old" }]),
      container("a", [{ Name: "DB_PASSWORD", Value: "new" }]),
    );
    expect(changes).toEqual([{ path: "ContainerDefinitions[web].Environment[DB_PASSWORD].Value", before: masked, after: masked }]);
  });

  test("numbers and booleans given back as text are the same", () => {
    expect(diffProperties({ DesiredCount: "1", Enable: "true" }, { DesiredCount: 1, Enable: true })).toEqual([]);
  });

  test("lists without names are compared by place", () => {
    expect(diffProperties({ Subnets: ["a", "b"] }, { Subnets: ["a", "c"] })).toEqual([{ path: "Subnets[1]", before: "b", after: "c" }]);
  });

  test("anything compared with itself has no difference, and nothing makes it throw", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(diffProperties(a, structuredClone(a))).toEqual([]);
        for (const change of diffProperties(a, b)) expect(change).toHaveProperty("path");
      }),
    );
  });
});

test("values of secret-looking names are masked wherever they stand; references to secrets are not", () => {
  expect(
    maskSecrets({
      Environment: [
        { Name: "API_KEY", Value: "k" },
        { Name: "LEVEL", Value: "info" },
        { Name: "DATABASE_URL", Value: "postgres://me:word@host/db" },
      ],
      Secrets: [{ Name: "TOKEN", ValueFrom: "arn:aws:secretsmanager:x" }],
      password: "p",
      SecretArn: "arn:x",
    }),
  ).toEqual({
    Environment: [
      { Name: "API_KEY", Value: masked },
      { Name: "LEVEL", Value: "info" },
      { Name: "DATABASE_URL", Value: `postgres://me:${masked}@host/db` },
    ],
    Secrets: [{ Name: "TOKEN", ValueFrom: "arn:aws:secretsmanager:x" }],
    password: masked,
    SecretArn: "arn:x",
  });
});

describe("a change set read for a person", () => {
  const change = (more: object) => ({ action: "Modify", logicalId: "Service", type: "AWS::ECS::Service", details: [], ...more });
  const changeSet = (...changes: ReturnType<typeof change>[]) => ({ id: "c", name: "c", stackId: "s", status: "CREATE_COMPLETE", changes });

  test("before and after come from CloudFormation's own context where it gives one", () => {
    const before = JSON.stringify({ Properties: { DesiredCount: "1" } });
    const after = JSON.stringify({ Properties: { DesiredCount: "3" } });
    expect(changesOf(changeSet(change({ before, after, replacement: "False" })), [])).toMatchObject([
      { action: "modify", replacement: "never", properties: [{ path: "DesiredCount", before: "1", after: "3" }] },
    ]);
  });

  test("else from the templates, else from the names of the properties", () => {
    const compared = {
      action: "modify",
      logicalId: "Service",
      type: "",
      replacement: "unknown",
      meaning: "",
      properties: [{ path: "X", after: 1 }],
    } as const;
    expect(changesOf(changeSet(change({})), [compared])[0]?.properties).toEqual([{ path: "X", after: 1 }]);
    const details = [
      { attribute: "Properties", name: "DesiredCount" },
      { attribute: "Properties", path: "/Properties/Tags/0", before: "a", after: "b" },
    ];
    expect(changesOf(changeSet(change({ details })), [])[0]?.properties).toEqual([
      { path: "DesiredCount" },
      { path: "Tags.0", before: "a", after: "b" },
    ]);
  });

  test("a service that is replaced is announced with the cause: only with what the change set says needs a new one", () => {
    const before = JSON.stringify({ Properties: { EnableECSManagedTags: "false", DesiredCount: 1 } });
    const after = JSON.stringify({ Properties: { EnableECSManagedTags: "true", DesiredCount: 2 } });
    const changes = changesOf(changeSet(change({ before, after, replacement: "True" })), []);
    expect(replacementWarnings(changes)).toEqual([expect.stringMatching(/Service is replaced because of EnableECSManagedTags:/)]);
    const detail = (name: string, recreation: string) => ({ attribute: "Properties", name, path: `/Properties/${name}`, recreation });
    const details = [detail("DesiredCount", "Never"), detail("LaunchType", "Always"), detail("Cluster", "Conditionally")];
    const told = changesOf(changeSet(change({ before, after, details, replacement: "True" })), []);
    expect(told[0]?.replacedBy).toEqual(["LaunchType", "Cluster"]);
    expect(replacementWarnings(told)).toEqual([expect.stringMatching(/Service is replaced because of LaunchType, Cluster:/)]);
    expect(replacementWarnings(changesOf(changeSet(change({ replacement: "False" })), []))).toEqual([]);
  });

  test("every action has a meaning in words", () => {
    for (const type of ["AWS::ECS::Service", "AWS::ECS::TaskDefinition", "AWS::Logs::LogGroup", "AWS::X::Y"])
      for (const action of ["add", "modify", "remove", "import"] as const)
        for (const replacement of ["never", "conditional", "always", "unknown"] as const)
          expect(changeMeaning(type, action, replacement)).toMatch(/^[A-Z].*\.$/);
  });
});
