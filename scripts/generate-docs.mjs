// npm run docs: writes the pages that are generated from the program's own data.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./lib/setup.mjs";

for (const file of readdirSync(join(root, "scripts")).filter((name) => /^generate-.*\.ts$/.test(name))) {
  if (existsSync(join(root, "scripts", file)) && run("node", [join("scripts", file)]) !== 0) process.exit(1);
}
