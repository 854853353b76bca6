/** A line of text with a cursor; the cursor is an offset in UTF-16 units that always stands between graphemes. */
export interface TextState {
  readonly text: string;
  readonly cursor: number;
}

/** What a key of a text field does. */
export type TextCommand =
  | { readonly type: "insert"; readonly text: string }
  | { readonly type: "left" | "right" | "wordLeft" | "wordRight" | "home" | "end" }
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
      return { text, cursor: 0 };
    case "end":
      return { text, cursor: text.length };
    case "deleteBack":
      return replace(state, before(text, cursor), cursor, "");
    case "deleteForward":
      return replace(state, cursor, after(text, cursor), "");
    case "deleteWordBack":
      return replace(state, wordBefore(text, cursor), cursor, "");
    case "deleteWordForward":
      return replace(state, cursor, wordAfter(text, cursor), "");
    case "deleteToStart":
      return replace(state, 0, cursor, "");
    case "deleteToEnd":
      return replace(state, cursor, text.length, "");
  }
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

const wordMark = /[\p{L}\p{N}\p{M}\p{Emoji_Presentation}]/u;

function wordBefore(text: string, cursor: number): number {
  const parts = Array.from(graphemes.segment(text.slice(0, cursor)));
  let at = parts.length;
  while (at > 0 && !wordMark.test(parts[at - 1]?.segment ?? "")) at--;
  while (at > 0 && wordMark.test(parts[at - 1]?.segment ?? "")) at--;
  return parts[at]?.index ?? cursor;
}

function wordAfter(text: string, cursor: number): number {
  const parts = Array.from(graphemes.segment(text.slice(cursor)));
  let at = 0;
  while (at < parts.length && !wordMark.test(parts[at]?.segment ?? "")) at++;
  while (at < parts.length && wordMark.test(parts[at]?.segment ?? "")) at++;
  return cursor + (parts[at]?.index ?? text.length - cursor);
}

/** Line ends as `\n`; other control characters have no place in a value. */
function cleanLines(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}
