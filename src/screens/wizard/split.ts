import { parse } from "shell-quote";
import type { Path } from "../../engine/schema.ts";
import { textsAt } from "../../engine/wizard/entries.ts";
import type { Program } from "../app/program.ts";
import { noProfile } from "../app/state.ts";

/** A shell line as the words a program would get; undefined when it holds what only a shell can do (pipes, redirections). */
export function splitShellLine(line: string): string[] | undefined {
  const words = parse(line, (name: string) => `$${name}`);
  const texts = words.flatMap((word) =>
    typeof word === "string" ? [word] : "pattern" in word ? [word.pattern] : "comment" in word ? [] : [undefined],
  );
  return texts.includes(undefined) ? undefined : (texts as string[]);
}

/** The item of a list that a text is pasted on. */
interface PastedOn {
  readonly index: number;
  readonly empty: boolean;
  /** Puts a text at the cursor of the item. */
  readonly insert: (text: string) => void;
}

/** A pasted text becomes items of a list after a look at how: line by line, word by word as a shell would, or as one. */
export function offerSplit(program: Program, list: Path, pasted: string, on?: PastedOn): void {
  const text = pasted.trim();
  const lines = text.split(/\r?\n|\r/).filter((line) => line.trim() !== "");
  const items = lines.length > 1 ? lines : splitShellLine(text);
  if (text === "" || items?.length === 0) {
    program.say("There is nothing to paste.", "warn");
    return;
  }
  const before = textsAt(program.state().session?.wizard.profile ?? noProfile, list);
  const others = before.some((item, at) => item !== "" && !(on?.empty && at === on.index));
  const set = (value: readonly string[]) => program.wizard({ type: "set", path: list, value: [...value] });
  const put = (values: readonly string[]) =>
    set(on ? before.toSpliced(on.empty ? on.index : on.index + 1, on.empty ? 1 : 0, ...values) : [...before, ...values]);
  if (items?.length === 1 && items[0] === text) {
    if (on) on.insert(text);
    else put([text]);
    return;
  }
  const answer = (run: () => void) => () => {
    program.close();
    run();
    program.wizard({ type: "open", level: list });
  };
  const split = lines.length > 1 ? "one item a line" : items?.length === 1 ? "take it so" : "split as a shell does";
  const words = items ?? ["sh", "-c", text];
  program.open({
    type: "confirm",
    title: !items ? "This line needs a shell" : items.length === 1 ? "As a shell reads it?" : `Split into ${items.length} items?`,
    lines: items
      ? items.map((item, index) => `${index + 1}  ${item}`)
      : [text, "", "Pipes, redirections and && are a shell's work: it would run as  sh -c “…”."],
    answers: [
      { keys: ["return", "s"], label: items ? split : "run through sh -c", run: answer(() => put(words)) },
      ...(others ? [{ keys: ["r"], label: "replace all", run: answer(() => set(words)) }] : []),
      on && !on.empty
        ? { keys: ["i"], label: "insert as it is", run: answer(() => on.insert(text)) }
        : { keys: ["k"], label: "keep as one item", run: answer(() => put([text])) },
    ],
  });
}
