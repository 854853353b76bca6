import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseProfile } from "../../src/engine/profile-file.ts";
import type { Field, Fields, Json, JsonObject } from "../../src/engine/schema.ts";
import { sections } from "../../src/engine/sections/index.ts";
import { buildTemplate, printTemplate } from "../../src/engine/template/index.ts";
import { effective, validate } from "../../src/engine/values.ts";
import { VariableDictionary } from "../../src/engine/variables/index.ts";
import { startSandbox } from "../../src/sandbox/index.ts";
import { schemaFaults } from "../support/template-schema.ts";
import { validatorFaults } from "../support/template-validator.ts";

const folder = new URL("../../examples/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

function example(name: string): { profile: JsonObject; variables: VariableDictionary } {
  const { profile = {}, issues } = parseProfile(readFileSync(new URL(name, folder), "utf8"));
  expect(issues).toEqual([]);
  return { profile, variables: new VariableDictionary((profile["variables"] ?? {}) as Record<string, string>) };
}

describe.each(names)("examples/%s", (name) => {
  const { profile, variables } = example(name);

  it("has neither errors nor warnings", () => {
    expect(validate(profile, { variables })).toEqual([]);
  });

  it("gives a template that fits the resource schemas and AWS's validator", () => {
    const template = buildTemplate(effective(profile, { variables }).step);
    expect(schemaFaults(template)).toEqual([]);
    expect(validatorFaults(printTemplate(template))).toEqual([]);
    expect(validatorFaults(printTemplate(template, "json"))).toEqual([]);
  });
});

const missingIn = (fields: Fields, values: readonly Json[], place: string): string[] =>
  Object.entries(fields).flatMap(([key, field]) =>
    missingField(
      field,
      values.flatMap((value) => valueAt(value, key)),
      `${place}.${key}`,
    ),
  );

function valueAt(value: Json, key: string): Json[] {
  const inner = typeof value === "object" && value !== null && !Array.isArray(value) ? value[key] : undefined;
  return inner === undefined ? [] : [inner];
}

function missingField(field: Field, values: readonly Json[], place: string): string[] {
  if (field.fargate || field.kind === "note") return [];
  if (values.length === 0) return [place];
  if (field.kind === "group") return missingIn(field.fields, values, place);
  return field.kind === "list" ? missingIn(field.fields, values.flat(), place) : [];
}

it("examples/everything.yaml sets every field that Fargate takes and that needs nothing of one's own machine", () => {
  const { profile } = example("everything.yaml");
  const missing = sections.flatMap(({ key, field }) => missingField(field, valueAt(profile, key), key));
  expect(missing).toEqual(["target.awsProfile", "target.assumeRole", "target.stackName"]);
});

it("examples/all-bound.yaml binds every scalar of the same fields, without a complaint while nothing has a value", () => {
  const { profile } = example("all-bound.yaml");
  const missing = sections.flatMap(({ key, field }) => missingField(field, valueAt(profile, key), key));
  expect(missing).toEqual(["target.awsProfile", "target.assumeRole", "target.stackName"]);
  const literals: string[] = [];
  const visit = (value: Json, place: string) => {
    if (typeof value === "object" && value !== null) for (const [key, inner] of Object.entries(value)) visit(inner, `${place}.${key}`);
    else if (!String(value).includes("#{")) literals.push(place);
  };
  for (const { key } of sections) if (profile[key] !== undefined) visit(profile[key], key);
  expect(literals).toEqual([]);
  expect(validate(profile)).toEqual([]);
});

describe("the ids in the examples", () => {
  it("exist in the sandbox's account, so that each example can be deployed there", async () => {
    const sandbox = await startSandbox({ speed: 0 });
    try {
      const account = JSON.stringify(sandbox.world);
      const texts = names.map((name) => readFileSync(new URL(name, folder), "utf8"));
      const ids = texts.flatMap((text) => text.match(/\b(?:subnet|sg|fs|fsap)-[0-9a-f]{17}\b|arn:aws:(?!s3)[^\s",]+/g) ?? []);
      expect(ids.length).toBeGreaterThan(15);
      for (const id of new Set(ids)) expect(account).toContain(id.replace(/:password::$/, ""));
    } finally {
      await sandbox.close();
    }
  });
});
