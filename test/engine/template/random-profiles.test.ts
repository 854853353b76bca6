import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseProfile, printProfile } from "../../../src/engine/profile-file.ts";
import type { Fields } from "../../../src/engine/schema.ts";
import { sections } from "../../../src/engine/sections/index.ts";
import { buildTemplate, printTemplate } from "../../../src/engine/template/index.ts";
import { effective, validate } from "../../../src/engine/values.ts";
import { validProfile } from "../../support/profile-arbitrary.ts";
import { schemaFaults } from "../../support/template-schema.ts";
import { validatorFaults } from "../../support/template-validator.ts";

const template = (profile: Parameters<typeof effective>[0]) => buildTemplate(effective(profile).step);

/** These compute for seconds; a machine that has other work may need ten times as long. */
const busyMachine = 240_000;

describe("any valid profile", () => {
  it(
    "has no errors, and a template that fits the resource schemas, to which AWS's offline validator has no objection",
    () => {
      fc.assert(
        fc.property(validProfile, (profile) => {
          expect(validate(profile).filter(({ severity }) => severity === "error")).toEqual([]);
          const built = template(profile);
          expect(schemaFaults(built)).toEqual([]);
          expect(validatorFaults(printTemplate(built, "json"))).toEqual([]);
        }),
        { numRuns: 2000 },
      );
    },
    busyMachine,
  );

  // Printing and reading YAML takes ten times as long as JSON: that both say the same is seen on fewer profiles.
  it(
    "gives the same bytes each time, and YAML and JSON that say the same to AWS and to readers of either YAML version",
    () => {
      fc.assert(
        fc.property(validProfile, (profile) => {
          const yaml = printTemplate(template(profile));
          expect(printTemplate(template(structuredClone(profile)))).toBe(yaml);
          const json = printTemplate(template(profile), "json");
          expect(printTemplate(template(structuredClone(profile)), "json")).toBe(json);
          expect(parse(yaml, { version: "1.2" })).toEqual(JSON.parse(json));
          expect(parse(yaml, { version: "1.1" })).toEqual(JSON.parse(json));
          expect(validatorFaults(yaml)).toEqual([]);
        }),
        { numRuns: 150 },
      );
    },
    busyMachine,
  );

  it(
    "survives being printed and read, in both formats",
    () => {
      fc.assert(
        fc.property(validProfile, fc.constantFrom("yaml" as const, "json" as const), (profile, format) => {
          const read = parseProfile(printProfile(profile, format), { format });
          expect(read.issues).toEqual([]);
          expect(read.profile).toEqual(profile);
          expect(printProfile(read.profile ?? {}, format)).toBe(printProfile(profile, format));
        }),
        { numRuns: 200 },
      );
    },
    busyMachine,
  );
});

it("the random profiles reach every field that Fargate takes", () => {
  const seen = new Set<string>();
  const visit = (value: unknown, place: string): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = Array.isArray(value) ? place : `${place}.${key}`;
      seen.add(at);
      visit(inner, at);
    }
  };
  for (const profile of fc.sample(validProfile, { numRuns: 500, seed: 4711 })) visit(profile, "");
  const places = (fields: Fields, place: string): string[] =>
    Object.entries(fields)
      .filter(([, field]) => !field.fargate)
      .flatMap(([key, field]) => [`${place}.${key}`, ...("fields" in field ? places(field.fields, `${place}.${key}`) : [])]);
  const all = places(Object.fromEntries(sections.map(({ key, field }) => [key, field])), "");
  expect(all.filter((place) => !seen.has(place))).toEqual([]);
});
