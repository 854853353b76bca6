// Writes docs/reference.md, and the JSON Schema beside the examples, from the sections; run with: node scripts/generate-reference.ts
import { writeFileSync } from "node:fs";
import { profileSchema } from "../src/engine/json-schema.ts";
import { schemaFileName } from "../src/engine/profile-file.ts";
import { referencePage } from "../src/engine/reference.ts";

writeFileSync(new URL("../docs/reference.md", import.meta.url), referencePage());
writeFileSync(new URL(`../examples/${schemaFileName}`, import.meta.url), `${JSON.stringify(profileSchema(), null, 2)}\n`);
