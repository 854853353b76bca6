/** A line of text with a cursor; the cursor is an offset in UTF-16 units that always stands between graphemes. */
export interface TextState {
  readonly text: string;
  readonly cursor: number;
}

/** What a key of a text field does. */
export type TextCommand =
  | { readonly type: "insert"; readonly text: string }
  | { readonly type: "left" | "right" | "wordLeft" | "wordRight" | "home" | "end" | "lineUp" | "lineDown" }
  | { readonly type: "deleteBack" | "deleteForward" | "deleteWordBack" | "deleteWordForward" | "deleteToStart" | "deleteToEnd" };

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The graphemes of a text: what a person counts as one character. */
export function graphemesOf(text: string): string[] {
  return Array.from(graphemes.segment(text), (part) => part.segment);
}

/** The text with the cursor behind it. */
export function textState(text: string, cursor = text.length): TextState {
  return { text, cursor };
}

/** A keystroke's effect on a text field, by whole graphemes. Line breaks and tabs in inserted text become blanks unless `multiline`. */
export function editText(state: TextState, command: TextCommand, multiline = false): TextState {
  const { text, cursor } = state;
  switch (command.type) {
    case "insert": {
      const inserted = multiline ? cleanLines(command.text) : cleanLines(command.text).replace(/\s*\n\s*|\t/g, " ");
      return replace(state, cursor, cursor, inserted);
    }
    case "left":
      return { text, cursor: before(text, cursor) };
    case "right":
      return { text, cursor: after(text, cursor) };
    case "wordLeft":
      return { text, cursor: wordBefore(text, cursor) };
    case "wordRight":
      return { text, cursor: wordAfter(text, cursor) };
    case "home":
      return { text, cursor: lineStart(text, cursor) };
    case "end":
      return { text, cursor: lineEnd(text, cursor) };
    case "lineUp":
      return { text, cursor: onLine(text, cursor, lineStart(text, cursor) - 1) };
    case "lineDown":
      return { text, cursor: onLine(text, cursor, lineEnd(text, cursor) + 1) };
    case "deleteBack":
      return replace(state, before(text, cursor), cursor, "");
    case "deleteForward":
      return replace(state, cursor, after(text, cursor), "");
    case "deleteWordBack":
      return replace(state, wordBefore(text, cursor), cursor, "");
    case "deleteWordForward":
      return replace(state, cursor, wordAfter(text, cursor), "");
    case "deleteToStart":
      return replace(state, lineStart(text, cursor), cursor, "");
    case "deleteToEnd":
      return replace(state, cursor, lineEnd(text, cursor), "");
  }
}

const lineStart = (text: string, cursor: number) => (cursor <= 0 ? 0 : text.lastIndexOf("\n", cursor - 1) + 1);

function lineEnd(text: string, cursor: number): number {
  const end = text.indexOf("\n", cursor);
  return end < 0 ? text.length : end;
}

/** The place on the line around `there` that stands in the cursor's column; the cursor's own place when there is no such line. */
function onLine(text: string, cursor: number, there: number): number {
  if (there < 0 || there > text.length) return cursor;
  const column = graphemesOf(text.slice(lineStart(text, cursor), cursor)).length;
  const start = lineStart(text, there);
  const line = graphemesOf(text.slice(start, lineEnd(text, there)));
  return start + line.slice(0, column).join("").length;
}

function replace({ text }: TextState, from: number, to: number, by: string): TextState {
  const joined = text.slice(0, from) + by + text.slice(to);
  return { text: joined, cursor: boundary(joined, from + by.length) };
}

/** Inserted marks may join the grapheme before or behind them: the cursor goes behind the whole. */
function boundary(text: string, at: number): number {
  if (at <= 0 || at >= text.length) return Math.max(0, Math.min(at, text.length));
  const part = graphemes.segment(text).containing(at);
  return !part || part.index === at ? at : part.index + part.segment.length;
}

function before(text: string, cursor: number): number {
  return cursor <= 0 ? 0 : (graphemes.segment(text).containing(cursor - 1)?.index ?? 0);
}

function after(text: string, cursor: number): number {
  const part = graphemes.segment(text).containing(cursor);
  return part ? part.index + part.segment.length : text.length;
}

const wordMark = /[\p{L}\p{N}\p{M}\p{Emoji_Presentation}\u200d]/u;

/** Whether the code point belongs to a word; letters and digits of ASCII are known without asking, for long texts. */
function isWord(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
  return wordMark.test(String.fromCodePoint(code));
}

/** Where a run of characters that are of words, or are not, ends; looking from `at` forwards. */
function skipForwards(text: string, at: number, words: boolean): number {
  let end = at;
  for (let code = text.codePointAt(end); code !== undefined && isWord(code) === words; code = text.codePointAt(end))
    end += code > 0xffff ? 2 : 1;
  return end;
}

/** The same backwards. */
function skipBack(text: string, at: number, words: boolean): number {
  let end = at;
  while (end > 0) {
    const unit = text.charCodeAt(end - 1);
    const pair = unit >= 0xdc00 && unit < 0xe000 && end > 1 ? (text.codePointAt(end - 2) ?? 0) : 0;
    if (isWord(pair > 0xffff ? pair : unit) !== words) break;
    end -= pair > 0xffff ? 2 : 1;
  }
  return end;
}

function wordBefore(text: string, cursor: number): number {
  return graphemeStart(text, skipBack(text, skipBack(text, cursor, false), true));
}

function wordAfter(text: string, cursor: number): number {
  return boundary(text, skipForwards(text, skipForwards(text, cursor, false), true));
}

function graphemeStart(text: string, at: number): number {
  return graphemes.segment(text).containing(at)?.index ?? at;
}

/** Line ends as `\n`; other control characters have no place in a value. */
function cleanLines(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}
