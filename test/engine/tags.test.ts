import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/engine/schema.ts";
import { stackTags } from "../../src/engine/tags.ts";
import { effective } from "../../src/engine/values.ts";
import { VariableDictionary } from "../../src/engine/variables/index.ts";
import { webWith } from "../support/profiles.ts";

const tagsOf = (profile: JsonObject, variables: Record<string, string> = {}) =>
  stackTags(effective(profile).step, new VariableDictionary(variables)).map(({ Key, Value }) => `${Key}=${Value}`);

const target = { region: "eu-west-1", cluster: "production", environment: "Test", project: "Shop", tenant: "Acme", space: "Retail" };

describe("the stack's tags", () => {
  it("come from the target and the variables, before the user's", () => {
    const profile = webWith({ target, tags: { additional: [{ key: "team", value: "shop" }] } });
    expect(tagsOf(profile, { "Octopus.Release.Channel.Name": "Stable", "Octopus.Project.Id": "Projects-1", Other: "x" })).toEqual([
      "Octopus.Project.Id=Projects-1",
      "Octopus.Project.Name=Shop",
      "Octopus.Environment.Name=Test",
      "Octopus.Deployment.Tenant.Name=Acme",
      "Octopus.Space.Name=Retail",
      "Octopus.Release.Channel.Name=Stable",
      "team=shop",
    ]);
  });

  it("lose what AWS does not accept, are trimmed and cut; empty ones are dropped", () => {
    const profile = webWith({ target: { ...target, project: "  (Shop) & Co; ", tenant: "***", space: "x".repeat(300) } });
    const tags = tagsOf(profile);
    expect(tags).toContain("Octopus.Project.Name=Shop  Co");
    expect(tags.some((tag) => tag.includes("Tenant"))).toBe(false);
    expect(tags.find((tag) => tag.startsWith("Octopus.Space.Name"))).toBe(`Octopus.Space.Name=${"x".repeat(256)}`);
  });

  it("stand once: the user's wins over a generated one", () => {
    const tags = tagsOf(webWith({ target, tags: { additional: [{ key: "Octopus.Project.Name", value: "Mine" }] } }));
    expect(tags.filter((tag) => tag.startsWith("Octopus.Project.Name"))).toEqual(["Octopus.Project.Name=Mine"]);
  });
});
