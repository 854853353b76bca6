import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { keysFile, keysPage } from "../../scripts/lib/keys-page.ts";

test("docs/keys.md is what the bindings say: after a change, run npm run docs", async () => {
  expect(readFileSync(keysFile, "utf8")).toBe(await keysPage());
});
