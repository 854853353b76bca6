import { expect, test } from "vitest";
import { open, temporaryFolder } from "../support/program.ts";

test("a terminal too small for the screens is said to be so, with the size that is needed", async () => {
  using home = temporaryFolder();
  using wizard = open(["new", "--sandbox"], { home: home.path, columns: 50, rows: 12 });
  const { code, screen } = await wizard.ended();
  expect(code).toBe(2);
  expect(screen.replaceAll(/\s+/g, " ")).toContain("the terminal has 50×12 characters, and the screens need 60×16");
});
