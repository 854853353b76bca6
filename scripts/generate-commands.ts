// Writes the table of commands into README.md, between its two marks; run with: node scripts/generate-commands.ts
import { readFileSync, writeFileSync } from "node:fs";
import { commandTable } from "../src/cli/command-table.ts";
import { commands } from "../src/cli/commands.ts";

const readme = new URL("../README.md", import.meta.url);
const marks = /(<!-- commands -->\n)[\s\S]*(<!-- end of commands -->)/;
writeFileSync(
  readme,
  readFileSync(readme, "utf8").replace(marks, (_, begin, end) => `${begin}${commandTable(commands)}\n${end}`),
);
