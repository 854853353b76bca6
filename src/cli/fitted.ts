import { wrap } from "../screens/ui/spans.ts";

/** What stands before the words of a line: blanks, and the mark of a step, a log's line or a quotation. */
const lead = /^ *(?:(?:->|-|\||>|!|\d+\.) )?/;
/** Narrower than this, a terminal is left to break lines itself. */
const narrowest = 40;

/** A text for people, broken between words where it goes to a terminal; for a file or a pipe as it is: there a line is a line. */
export function fitted(text: string, { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number }): string {
  if (!isTTY || columns === undefined || columns < narrowest) return text;
  return text
    .split("\n")
    .flatMap((line) => {
      const before = lead.exec(line)?.[0] ?? "";
      // A line of a log keeps its bar, so that it is still seen as one.
      const hanging = /(?:^| )[|>] $/.test(before) ? before : " ".repeat(before.length);
      return wrap(line.slice(before.length), columns - before.length).map((part, at) => `${at === 0 ? before : hanging}${part}`);
    })
    .join("\n");
}
