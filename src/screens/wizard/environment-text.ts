import { parse } from "dotenv";
import type { Json, JsonObject, Path } from "../../engine/schema.ts";
import { textState } from "../../engine/text-editing.ts";
import { placeAt } from "../../engine/wizard/form.ts";
import { textOf } from "../../engine/wizard/summary.ts";
import { isObject, rowsAt } from "../../engine/wizard/tree.ts";
import { sayFailure } from "../app/attempt.ts";
import type { Program } from "../app/program.ts";
import { oneLine, truncate } from "../ui/spans.ts";

/** Whether a list has rows of names and values, so that a `.env` text can fill it. */
export function canPasteEnvironment(program: Program, list: Path): boolean {
  const place = placeAt(program.ports.form, list);
  return (
    place?.type === "field" &&
    place.field.kind === "list" &&
    place.field.fields["name"] !== undefined &&
    place.field.fields["value"] !== undefined
  );
}

/** The rows of a list with the variables of a `.env` text: known names get the new value, the others come behind. */
export function withEnvironment(rows: readonly Json[], text: string): { rows: Json[]; added: number; changed: number } {
  const given = new Map(Object.entries(parse(text)));
  let changed = 0;
  const kept = rows.map((row): Json => {
    const name = isObject(row) ? textOf(row["name"]) : "";
    const value = given.get(name);
    if (value === undefined) return row;
    given.delete(name);
    changed++;
    const { valueFrom: _, ...rest } = row as JsonObject;
    return { ...rest, value };
  });
  return { rows: [...kept, ...[...given].map(([name, value]) => ({ name, value }))], added: given.size, changed };
}

/** The lines of a `.env` text that are neither variables, nor comments, nor part of a value: they would be dropped. */
export function unreadLines(text: string): string[] {
  const lines = text.split(/\r?\n/);
  const whole = JSON.stringify(parse(text));
  return lines.filter((line, index) => {
    if (/^\s*(#|$)|^\s*(export\s+)?[\w.-]+(\s*=|:\s)/.test(line)) return false;
    return JSON.stringify(parse(lines.toSpliced(index, 1).join("\n"))) === whole;
  });
}

/** The literal variables of a list as a `.env` text; those with a value from a secret stay out of it. */
export function environmentText(rows: readonly Json[]): string {
  const lines = rows.flatMap((row) => {
    if (!isObject(row) || row["value"] === undefined) return [];
    const value = textOf(row["value"]);
    return [`${textOf(row["name"])}=${/[\s#"'`\\]/.test(value) ? quote(value) : value}`];
  });
  return lines.join("\n");
}

function quote(value: string): string {
  const mark = ["'", '"', "`"].find((one) => !value.includes(one)) ?? "'";
  return `${mark}${value}${mark}`;
}

/** Shows a field for a `.env` text, already holding what was pasted. */
export function openEnvironmentPaste(program: Program, list: Path, text: string): void {
  program.open({
    type: "prompt",
    title: "Environment variables from a .env text",
    help: "One NAME=value a line, with quotes and comments as in a .env file. Names that are there already get the new value.",
    text: textState(text),
    multiline: true,
    submit: (typed) => take(program, list, typed),
  });
}

function take(program: Program, list: Path, text: string): string | undefined {
  const [unread] = unreadLines(text);
  if (unread !== undefined)
    return `There is no NAME=value in “${truncate(oneLine(unread.trim()), 40)}”: mend the line, or begin it with #.`;
  const profile = program.state().session?.wizard.profile;
  const { rows, added, changed } = withEnvironment(rowsAt(profile, list), text);
  if (added + changed === 0) return "There is no NAME=value in this text.";
  program.wizard({ type: "set", path: list, value: rows });
  program.wizard({ type: "open", level: list });
  program.say(`${added} added, ${changed} changed. ^z takes it back.`, "good");
  return undefined;
}

/** Edits the literal variables as a `.env` text in the operator's editor; names taken out there are taken out of the list. */
export async function openEnvironmentEditor(program: Program, list: Path): Promise<void> {
  const { editText } = program.ports;
  if (!editText) return;
  const before = environmentText(rowsAt(program.state().session?.wizard.profile, list));
  let text: string | undefined;
  try {
    await program.terminal.suspend(async () => {
      text = await editText(`${before}\n`, ".env");
    });
  } catch (error) {
    sayFailure(program, error);
    return;
  }
  if (text === undefined || text.trim() === before.trim()) return program.say("Nothing was changed.");
  const names = new Set(Object.keys(parse(text)));
  const kept = rowsAt(program.state().session?.wizard.profile, list).filter(
    (row) => !isObject(row) || row["value"] === undefined || names.has(textOf(row["name"])),
  );
  const { rows } = withEnvironment(kept, text);
  program.wizard({ type: "set", path: list, value: rows.length > 0 ? rows : undefined });
  const [unread] = unreadLines(text);
  if (unread !== undefined)
    program.say(`${names.size} taken over; left out, as there is no NAME=value in it: ${truncate(oneLine(unread.trim()), 40)}`, "warn");
  else program.say(`${names.size} variables taken over from the editor. ^z takes it back.`, "good");
}
