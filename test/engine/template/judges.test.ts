import { describe, expect, it } from "vitest";
import { buildTemplate, printTemplate } from "../../../src/engine/template/index.ts";
import type { TemplateObject } from "../../../src/engine/template/values.ts";
import { effective } from "../../../src/engine/values.ts";
import { webProfile } from "../../support/profiles.ts";
import { knowsProperty, schemaFaults } from "../../support/template-schema.ts";
import { validatorFaults } from "../../support/template-validator.ts";

/** The small template as text with one part replaced. */
function broken(from: string, to: string): TemplateObject {
  const text = printTemplate(buildTemplate(effective(webProfile).step), "json");
  expect(text).toContain(from);
  return JSON.parse(text.replace(from, to)) as TemplateObject;
}

describe("the judges of templates", () => {
  it.each([
    ["an unknown property", '"NetworkMode"', '"NetworkMod"'],
    ["an unknown property inside", '"HostPort"', '"HostPrt"'],
    ["a wrong type", '"HostPort": 80', '"HostPort": "eighty"'],
    ["a reference to nothing", '"Ref": "ClusterName"', '"Ref": "Cluster"'],
    ["an attribute that is none", '"Arn"', '"Name"'],
    ["an unknown resource", '"AWS::ECS::Service"', '"AWS::ECS::Servic"'],
  ])("both find %s", (_, from, to) => {
    const template = broken(from, to);
    expect(schemaFaults(template)).not.toEqual([]);
    expect(validatorFaults(JSON.stringify(template))).not.toEqual([]);
  });

  it("find a missing property", () => {
    const template = broken('"Image": "nginx:1.27",', "");
    expect(schemaFaults(template).join()).toContain("Image is required");
  });

  it("know which properties exist", () => {
    expect(knowsProperty("AWS::ECS::TaskDefinition.ContainerDefinitions.PortMappings.HostPort")).toBe(true);
    expect(knowsProperty("AWS::ECS::TaskDefinition.ContainerDefinitions.PortMappings.Host")).toBe(false);
    expect(knowsProperty("AWS::ECS::Nothing.Name")).toBe(false);
  });
});
