import type { TextCommand } from "../../engine/text-editing.ts";
import type { Binding } from "./bindings.ts";

const keys: readonly [readonly string[], TextCommand["type"], string][] = [
  [["left", "ctrl+b"], "left", "one character left"],
  [["right", "ctrl+f"], "right", "one character right"],
  [["ctrl+left", "alt+left", "alt+b"], "wordLeft", "one word left"],
  [["ctrl+right", "alt+right", "alt+f"], "wordRight", "one word right"],
  [["home", "ctrl+a"], "home", "beginning of the line"],
  [["end", "ctrl+e"], "end", "end of the line"],
  [["backspace"], "deleteBack", "delete back"],
  [["delete", "ctrl+d"], "deleteForward", "delete forwards"],
  [["ctrl+w", "alt+backspace", "ctrl+backspace"], "deleteWordBack", "delete a word back"],
  [["alt+d", "alt+delete", "ctrl+delete"], "deleteWordForward", "delete a word forwards"],
  [["ctrl+u"], "deleteToStart", "delete to the beginning"],
  [["ctrl+k"], "deleteToEnd", "delete to the end"],
];

/** The keys of a text field, as in a shell; `but` names keys that mean something else here. */
export function textKeys(run: (command: TextCommand) => void, but: readonly string[] = []): Binding[] {
  return keys.flatMap(([names, type, label]) => {
    const left = names.filter((name) => !but.includes(name));
    if (left.length === 0 || type === "insert") return [];
    return [{ keys: left, label, quiet: true, run: () => run({ type } as TextCommand) }];
  });
}
