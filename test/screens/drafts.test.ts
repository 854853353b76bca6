import { expect, test } from "vitest";
import { UserError } from "../../src/engine/problem.ts";
import { memoryPorts } from "../support/screen-ports.ts";
import { openApp } from "../support/screens.ts";

test("a draft that cannot be written is told, and written as soon as it can be", async () => {
  const ports = memoryPorts();
  let full = true;
  const drafts = {
    ...ports.drafts,
    save: (draft: Parameters<typeof ports.drafts.save>[0]) => {
      if (full) throw new UserError("cannot write the draft: the disk is full", { hint: "Make room." });
      ports.drafts.save(draft);
    },
  };
  const app = openApp({ ports: { ...ports, drafts }, start: { screen: "new", profile: { target: { region: "eu-west-1" } } } });
  await app.terminal.until("Deployment target");
  app.terminal.type("\u000eshop-web");
  await app.terminal.until("the disk is full");
  full = false;
  await expect.poll(() => [...ports.kept.values()].at(-1)?.profile["configuration"], { timeout: 8_000 }).toEqual({ name: "shop-web" });
  await app.end();
});
