// Writes docs/reference.md from the sections; run with: node scripts/generate-reference.ts
import { writeFileSync } from "node:fs";
import { referencePage } from "../src/engine/reference.ts";

writeFileSync(new URL("../docs/reference.md", import.meta.url), referencePage());
