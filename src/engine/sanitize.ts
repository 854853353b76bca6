/** Terminal sequences: CSI (colours, cursor), OSC (title, links, clipboard; up to BEL or ST), and the other two- and three-byte escapes. */
const sequences =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[PX^_][^\u001b\u009c]*(?:\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;

/** Control characters besides line feed and tab, and the marks that reverse or hide text. */
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A text without control characters (line feeds stay) and without the marks that reverse or hide text. */
export function withoutUnseen(text: string): string {
  return text.replace(unseen, "");
}

/** A text from outside as it may reach a terminal: no escape sequences, control or direction characters; line feeds stay, tabs become blanks. */
export function sanitize(text: string): string {
  return withoutUnseen(text.replace(sequences, "").replace(/\r\n?/g, "\n")).replace(/\t/g, "  ");
}

/** {@link sanitize} for places with one line: all white space becomes single blanks. */
export function sanitizeLine(text: string): string {
  return sanitize(text).replace(/\s+/g, " ").trim();
}

/** What JSON leaves as it is and a terminal acts on: C1 controls, and the marks that reverse text. */
const active = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A value as JSON that a terminal cannot act on; it reads back as the same value. */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(active, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
