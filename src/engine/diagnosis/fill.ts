/** Fills the texts of the catalogue with values. */

/** Values by placeholder name; absent or empty: not known. */
export type Values = Readonly<Record<string, string | undefined>>;

const token = /\[\[|\]\]|\{([a-zA-Z_]+)\}/g;

const label = (name: string): string => `<${name.replace(/_/g, " ").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}>`;

/**
 * Puts values in place of `{name}`. A part in `[[…]]` is left out while one of its own placeholders is not known;
 * elsewhere `<name>` stays to be filled in by hand.
 */
export function fill(template: string, values: Values): string {
  const stack: { text: string; complete: boolean }[] = [{ text: "", complete: true }];
  let last = 0;
  for (const match of template.matchAll(token)) {
    const top = stack.at(-1) as { text: string; complete: boolean };
    top.text += template.slice(last, match.index);
    last = match.index + match[0].length;
    const name = match[1];
    if (name !== undefined) {
      const value = values[name];
      if (!value) top.complete = false;
      top.text += value || label(name);
    } else if (match[0] === "[[") stack.push({ text: "", complete: true });
    else if (stack.length > 1) {
      stack.pop();
      if (top.complete) (stack.at(-1) as { text: string }).text += top.text;
    } else top.text += match[0];
  }
  return (stack.map((part) => part.text).join("") + template.slice(last)).trim();
}
