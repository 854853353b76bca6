import { expect, test } from "vitest";
import { open, temporaryFolder } from "../support/program.ts";

test("a terminal too small for the screens is said to be so, with the size that is needed", async () => {
  using home = temporaryFolder();
  using wizard = open(["new", "--sandbox"], { home: home.path, columns: 50, rows: 12 });
  const { code, screen } = await wizard.ended();
  expect(code).toBe(2);
  expect(screen.replaceAll(/\s+/g, " ")).toContain("the terminal has 50×12 characters, and the screens need 60×16");
});

test("the wizard on a terminal that calls itself dumb is in plain ASCII and without colours", async () => {
  using home = temporaryFolder();
  using wizard = open(["new", "--sandbox"], { home: home.path, env: { TERM: "dumb" } });
  await wizard.see("> Cluster *");
  await wizard.see("SANDBOX - 123456789012 (acme-prod)");
  expect(wizard.screen()).toMatch(/^[\x00-\x7f]*$/);
  const cells = Array.from({ length: 100 * 30 }, (_, at) => wizard.terminal.buffer.active.getLine(Math.floor(at / 100))?.getCell(at % 100));
  expect(cells.some((cell) => cell !== undefined && !cell.isFgDefault())).toBe(false);
});
