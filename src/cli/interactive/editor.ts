import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../engine/problem.ts";
import { lendTerminal } from "./lend-terminal.ts";

/** The operator's editor; undefined where there is none. */
export const editor = () => process.env["VISUAL"] || process.env["EDITOR"] || undefined;

/** Lets a person edit a text in the editor, in a file only they can read; undefined when nothing was changed. The terminal must be released. */
export async function editText(text: string, ending: string): Promise<string | undefined> {
  const command = editor();
  if (!command) throw new UserError("no editor is set", { hint: "Set EDITOR, e.g. export EDITOR=vim." });
  const folder = mkdtempSync(join(tmpdir(), "ecs-wizard-"));
  const file = join(folder, `edit${ending.startsWith(".") ? ending : `.${ending}`}`);
  try {
    writeFileSync(file, text, { mode: 0o600 });
    const code = await lendTerminal(`${command} "$ECS_WIZARD_FILE"`, { ECS_WIZARD_FILE: file });
    if (code !== 0) throw new UserError(`${command} could not be used`, { hint: "Check EDITOR; nothing was changed." });
    const edited = readFileSync(file, "utf8");
    return edited === text ? undefined : edited;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
