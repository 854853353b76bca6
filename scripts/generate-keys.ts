// Writes docs/keys.md from the bindings of the screens; run with: npm run docs
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import type * as Page from "./lib/keys-page.ts";

// Node reads no .tsx files: the page is bundled first.
const source = join(import.meta.dirname, "lib", "keys-page.ts");
const bundled = join(import.meta.dirname, "..", "node_modules", ".cache", "keys-page.mjs");
const build = await rolldown({ input: source, platform: "node", external: /^[^./]/ });
await build.write({ file: bundled, codeSplitting: false });
const { keysPage } = (await import(pathToFileURL(bundled).href)) as typeof Page;
writeFileSync(join(import.meta.dirname, "..", "docs", "keys.md"), await keysPage());
