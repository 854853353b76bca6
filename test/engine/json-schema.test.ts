import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { profileSchema } from "../../src/engine/json-schema.ts";
import { parseProfile } from "../../src/engine/profile-file.ts";
import type { JsonObject } from "../../src/engine/schema.ts";
import { validProfile } from "../support/profile-arbitrary.ts";
import { webProfile, webWith } from "../support/profiles.ts";

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
const accepts = ajv.compile(profileSchema());
const folder = new URL("../../examples/", import.meta.url);

describe("the JSON Schema of profiles", () => {
  it.each(readdirSync(folder).filter((name) => name.endsWith(".yaml")))("accepts examples/%s", (name) => {
    const { profile } = parseProfile(readFileSync(new URL(name, folder), "utf8"));
    accepts(profile);
    expect(accepts.errors).toBeNull();
  });

  it("accepts every valid profile", () => {
    fc.assert(
      fc.property(validProfile, (profile) => {
        accepts(profile);
        expect(accepts.errors).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, JsonObject]>([
    ["a misspelt key", webWith({ containres: [] })],
    ["a misspelt key inside", webWith({}, { portMapping: [] })],
    ["a missing region", webWith({ target: { cluster: "production" } })],
    ["no containers", webWith({ containers: [] })],
    ["a container without image", webWith({ containers: [{ name: "web" }] })],
    ["text for a number", webWith({ taskSize: { memory: "lots" } })],
    ["an unknown choice", webWith({ taskSize: { cpuArchitecture: "AMD64" } })],
    ["a CPU size that is none", webWith({ taskSize: { cpu: 300 } })],
    ["a number out of range", webWith({ taskSize: { ephemeralStorageGiB: 10 } })],
    ["17 subnets", webWith({ network: { subnets: Array(17).fill("subnet-0123456789abcdef0"), securityGroups: ["sg-0123456789abcdef0"] } })],
    ["a literal text for a list", webWith({}, { command: "npm start" })],
    ["neither true nor false", webWith({}, { essential: "maybe" })],
    ["another version", webWith({ version: 2 })],
    ["a sensitive variable with a value", webWith({ variables: { Password: { sensitive: true, value: "x" } } })],
  ])("rejects %s", (_, profile) => {
    expect(accepts(webProfile)).toBe(true);
    expect(accepts(profile)).toBe(false);
  });

  it.each<[string, JsonObject]>([
    [
      "expressions for scalars",
      webWith({ taskSize: { cpu: "#{Cpu}", memory: "#{Memory}" }, network: { subnets: "#{Subnets}", securityGroups: ["#{Group}"] } }),
    ],
    [
      "numbers and booleans as text",
      webWith({ taskSize: { cpu: "256", memory: "512" } }, { essential: "true", portMappings: [{ containerPort: "80" }] }),
    ],
    ["a health check as one text", webWith({}, { healthCheck: { command: "curl localhost" } })],
    ["default registry credentials", webWith({}, { repositoryCredentials: "default" })],
    ["bound registry credentials", webWith({}, { repositoryCredentials: "#{Credentials}" })],
    ["a sensitive variable", webWith({ variables: { Password: { sensitive: true }, Count: 3 } })],
  ])("accepts %s", (_, profile) => {
    accepts(profile);
    expect(accepts.errors).toBeNull();
  });

  it("describes every key with its help", () => {
    const containers = (profileSchema()["properties"] as Record<string, JsonObject>)["containers"];
    expect(JSON.stringify(containers)).toContain("The container image: repository");
  });
});
