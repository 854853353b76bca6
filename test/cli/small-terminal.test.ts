import { expect, test } from "vitest";
import { writeProfile } from "../support/example-profiles.ts";
import { open, type Session, temporaryFolder } from "../support/program.ts";

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
  expect(isColoured(wizard)).toBe(false);
});

test.each([
  ["xterm-256color", true],
  ["dumb", false],
])("plain lines on a terminal that calls itself %s have colours: %s", async (term, colours) => {
  using home = temporaryFolder();
  const args = ["deploy", writeProfile(home.path), "--sandbox=image-not-found", "--yes", "--no-wait", "--no-check"];
  using deploying = open(args, { home: home.path, env: { TERM: term } });
  expect((await deploying.ended()).code).toBe(0);
  expect(isColoured(deploying)).toBe(colours);
});

function isColoured({ terminal }: Session): boolean {
  const { active } = terminal.buffer;
  const cells = Array.from({ length: 100 * 30 }, (_, at) => active.getLine(Math.floor(at / 100))?.getCell(at % 100));
  return cells.some((cell) => cell !== undefined && !cell.isFgDefault());
}
