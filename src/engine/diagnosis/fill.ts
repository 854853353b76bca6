/** Fills the texts of the catalogue with values. */
import { shellWord } from "../shell-word.ts";

/** Values by placeholder name; absent or empty: not known. */
export type Values = Readonly<Record<string, string | undefined>>;

/** The values that are known. */
export const knownValues = (values: Values): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])));

const token = /\[\[|\]\]|`|\{([a-zA-Z_]+)\}/g;

/** Values of several words, all safe in a command as they are. */
const commandParts = new Set(["subnets", "securityGroups", "command", "signIn"]);

const label = (name: string): string => `<${name.replace(/_/g, " ").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}>`;

/**
 * Puts values in place of `{name}`. A part in `[[…]]` is left out while one of its own placeholders is not known;
 * elsewhere `<name>` stays to be filled in by hand. Between backticks stands a command: values are quoted for a shell there.
 */
export function fill(template: string, values: Values): string {
  const stack: { text: string; complete: boolean }[] = [{ text: "", complete: true }];
  let last = 0;
  let inCommand = false;
  for (const match of template.matchAll(token)) {
    const top = stack.at(-1) as { text: string; complete: boolean };
    top.text += template.slice(last, match.index);
    last = match.index + match[0].length;
    const name = match[1];
    if (name !== undefined) {
      const value = values[name];
      if (!value) top.complete = false;
      top.text += value ? (inCommand && !commandParts.has(name) ? shellWord(value) : value) : label(name);
    } else if (match[0] === "`") {
      inCommand = !inCommand;
      top.text += "`";
    } else if (match[0] === "[[") stack.push({ text: "", complete: true });
    else if (stack.length > 1) {
      stack.pop();
      if (top.complete) (stack.at(-1) as { text: string }).text += top.text;
    } else top.text += match[0];
  }
  return (stack.map((part) => part.text).join("") + template.slice(last)).trim();
}

/** A command filled with values that are quoted for a shell; undefined while one of them is not known. */
export function fillCommand(template: string, values: Values): string | undefined {
  return fill(`\`[[${template}]]\``, values).slice(1, -1) || undefined;
}
