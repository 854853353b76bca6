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

/** A pasted text becomes items of a list after a look at how: line by line, word by word as a shell would, or as one. */
export function offerSplit(program: Program, list: Path, pasted: string, at?: number): void {
  const text = pasted.trim();
  const lines = text.split(/\r?\n|\r/).filter((line) => line.trim() !== "");
  const items = lines.length > 1 ? lines : splitShellLine(text);
  const put = (values: readonly string[]) => {
    program.close();
    const before = textsAt(program.state().session?.wizard.profile ?? noProfile, list);
    const value = at === undefined ? [...before, ...values] : before.toSpliced(at, 1, ...values);
    program.wizard({ type: "set", path: list, value });
    program.wizard({ type: "open", level: list });
  };
  if (items?.length === 1) {
    const before = textsAt(program.state().session?.wizard.profile ?? noProfile, list);
    program.wizard({ type: "set", path: list, value: at === undefined ? [...before, text] : before.with(at, text) });
    return;
  }
  program.open({
    type: "confirm",
    title: items ? `Split into ${items.length} items?` : "This line needs a shell",
    lines: items
      ? items.map((item, index) => `${index + 1}  ${item}`)
      : [text, "", "Pipes, redirections and && are a shell's work: it would run as  sh -c “…”."],
    answers: [
      ...(items
        ? [{ keys: ["return", "s"], label: lines.length > 1 ? "one item a line" : "split as a shell does", run: () => put(items) }]
        : []),
      ...(items ? [] : [{ keys: ["return", "s"], label: "run through sh -c", run: () => put(["sh", "-c", text]) }]),
      { keys: ["k"], label: "keep as one item", run: () => put([text]) },
    ],
  });
}
