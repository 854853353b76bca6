import { describe, expect, it } from "vitest";
import type { Field, Fields, SourceId } from "../../../src/engine/schema.ts";
import { sections } from "../../../src/engine/sections/index.ts";
import { knowsProperty } from "../../support/template-schema.ts";

interface Described {
  readonly place: string;
  readonly field: Field;
}

function describedFields(fields: Fields, place: string): Described[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const at = `${place}.${key}`;
    return [{ place: at, field }, ...("fields" in field ? describedFields(field.fields, at) : [])];
  });
}

const all = sections.flatMap(({ key, field }) => [{ place: key, field }, ...("fields" in field ? describedFields(field.fields, key) : [])]);

/** Fields of the program's own that AWS has no page for. */
const ownFields =
  /^(target(\.(environment|tenant|project|space))?|configuration|taskExecutionRole|taskSize|network|tags|deployment|deploymentOptions(\..*)?)$/;

/** Choices of the program from which properties follow, but which are none. */
const noProperty =
  /^(target\b.*|deploymentOptions\b.*|configuration|taskExecutionRole|taskSize|network|tags|deployment|volumes\.type|containers\.logging\.type|containers\.networkSettings)$/;

describe("the sections", () => {
  it("are the eleven of the reference, in its order", () => {
    expect(sections.map(({ key }) => key)).toEqual([
      "target",
      "configuration",
      "taskExecutionRole",
      "taskSize",
      "network",
      "tags",
      "containers",
      "deployment",
      "deploymentOptions",
      "loadBalancerMappings",
      "volumes",
    ]);
  });

  it.each(all)("$place has a label and one to three sentences of help", ({ field }) => {
    expect(field.label).toMatch(/\S/);
    expect(field.label).not.toMatch(/[.:]$/);
    const sentences = field.help.match(/[.?!](?=\s|$)/g) ?? [];
    expect(field.help).toMatch(/^[\S].*[.]$/s);
    expect(sentences.length).toBeGreaterThanOrEqual(1);
    expect(sentences.length).toBeLessThanOrEqual(3);
  });

  it.each(all.filter(({ place }) => !ownFields.test(place)))("$place links to AWS's documentation", ({ field }) => {
    expect(field.docs).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+\.html(#\S+)?$/);
  });

  it.each(all.filter(({ field }) => field.property !== undefined))("$place names an existing CloudFormation property", ({ field }) => {
    expect(knowsProperty(field.property ?? "")).toBe(true);
  });

  it.each(all.filter(({ place }) => !noProperty.test(place)))("$place says which property it lands in", ({ field }) => {
    expect(field.property).toBeDefined();
  });

  it.each(all.filter(({ field }) => "default" in field))("$place has a default that passes its own checks", ({ field, place }) => {
    const scope = { siblings: {}, step: {}, path: place.split(".") };
    if (field.kind === "choice") expect(field.options.map(({ value }) => value)).toContain(field.default);
    if (field.kind === "number") {
      expect(field.default).toBeGreaterThanOrEqual(field.min ?? 0);
      expect(field.default).toBeLessThanOrEqual(field.max ?? Number.POSITIVE_INFINITY);
    }
    if (field.kind === "text" && field.default !== undefined) expect(field.check?.(field.default, scope)).toBeUndefined();
  });

  it("ask only for sources that pickers know", () => {
    const known: readonly SourceId[] = [
      "awsProfiles",
      "regions",
      "clusters",
      "vpcs",
      "subnets",
      "securityGroups",
      "ecsRoles",
      "targetGroups",
      "repositories",
      "imageTags",
      "secrets",
      "fileSystems",
      "accessPoints",
      "logGroups",
    ];
    for (const { field } of all) if (field.kind === "pick" || field.kind === "picks") expect(known).toContain(field.source);
  });
});
