import { describe, expect, it } from "vitest";
import type { Field, Fields, SourceId } from "../../../src/engine/schema.ts";
import { containers } from "../../../src/engine/sections/containers/index.ts";
import { sections } from "../../../src/engine/sections/index.ts";
import { loadBalancerMappings } from "../../../src/engine/sections/load-balancer-mappings.ts";
import { taskSize } from "../../../src/engine/sections/task-size.ts";
import { effective } from "../../../src/engine/values.ts";
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

/** Sections are of the program's own; AWS has pages for what is in them. */
const ownFields = /^(target|configuration|taskExecutionRole|taskSize|network|tags|deployment|deploymentOptions)$/;

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
      "registrySecrets",
      "fileSystems",
      "accessPoints",
      "logGroups",
    ];
    for (const { field } of all) if (field.kind === "pick" || field.kind === "picks") expect(known).toContain(field.source);
  });
});

describe("suggestions from other answers", () => {
  const { step } = effective({
    containers: [
      { name: "web", portMappings: [{ containerPort: 80 }, { containerPort: 53, protocol: "udp" }] },
      { name: "worker" },
      { name: "#{Other}" },
    ],
    volumes: [{ name: "data" }],
  });
  const scope = (path: (string | number)[], siblings = {}) => ({ step: step as unknown as Record<string, unknown>, siblings, path });
  const { dependsOn, mountPoints, volumesFrom } = containers.field.fields;
  const { containerName, containerPort } = loadBalancerMappings.field.fields;
  const valuesOf = (choices: readonly { value: unknown }[]) => choices.map(({ value }) => value);

  it("are the other containers for dependencies and volumes", () => {
    expect(valuesOf(dependsOn.fields.containerName.choices(scope(["containers", 0, "dependsOn", 0, "containerName"])))).toEqual(["worker"]);
    expect(valuesOf(volumesFrom.fields.sourceContainer.choices(scope(["containers", 1, "volumesFrom", 0, "sourceContainer"])))).toEqual([
      "web",
    ]);
  });

  it("are the volumes for mount points", () => {
    expect(valuesOf(mountPoints.fields.sourceVolume.choices(scope(["containers", 0, "mountPoints", 0, "sourceVolume"])))).toEqual(["data"]);
  });

  it("are the containers and their ports for the load balancer", () => {
    expect(valuesOf(containerName.choices(scope(["loadBalancerMappings", 0, "containerName"])))).toEqual(["web", "worker"]);
    expect(valuesOf(containerPort.choices(scope(["loadBalancerMappings", 0, "containerPort"], { containerName: "web" })))).toEqual([
      80, 53,
    ]);
    expect(valuesOf(containerPort.choices(scope(["loadBalancerMappings", 0, "containerPort"], { containerName: "worker" })))).toEqual([]);
  });

  it("are the memory sizes that go with the CPU size", () => {
    const { memory } = taskSize.field.fields;
    expect(valuesOf(memory.choices(scope(["taskSize", "memory"], { cpu: 512 })))).toEqual([1024, 2048, 3072, 4096]);
    expect(valuesOf(memory.choices(scope(["taskSize", "memory"], { cpu: 16384 })))).toHaveLength(12);
    expect(valuesOf(memory.choices(scope(["taskSize", "memory"], { cpu: "#{Cpu}" })))).toEqual([]);
  });
});
