import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { profileSchema } from "../../src/engine/json-schema.ts";
import { schemaFileName } from "../../src/engine/profile-file.ts";
import { referencePage } from "../../src/engine/reference.ts";
import { sections } from "../../src/engine/sections/index.ts";

describe("docs/reference.md", () => {
  it("is what the sections say: after a change, run node scripts/generate-reference.ts", () => {
    expect(readFileSync(new URL("../../docs/reference.md", import.meta.url), "utf8")).toBe(referencePage());
  });

  it("has beside the examples the schema that their first line names", () => {
    const text = readFileSync(new URL(`../../examples/${schemaFileName}`, import.meta.url), "utf8");
    expect(JSON.parse(text)).toEqual(profileSchema());
  });

  it("has every section and the columns of a table in each row", () => {
    const page = referencePage();
    for (const { key } of sections) expect(page).toContain(`\`${key}\``);
    for (const line of page.split("\n").filter((text) => text.startsWith("|"))) expect(line.match(/(?<!\\)\|/g)).toHaveLength(4);
  });
});
