// Writes docs/failures.md from the catalogue of causes; run with: node scripts/generate-failures.ts
import { writeFileSync } from "node:fs";
import { failuresPage } from "../src/engine/diagnosis/failures-page.ts";
import { sampleMessages } from "./lib/sample-messages.ts";

writeFileSync(new URL("../docs/failures.md", import.meta.url), failuresPage(sampleMessages()));
