// Writes docs/checks.md from the table of checks; run with: node scripts/generate-checks.ts
import { writeFileSync } from "node:fs";
import { checksPage } from "../src/engine/preflight/page.ts";

writeFileSync(new URL("../docs/checks.md", import.meta.url), checksPage());
