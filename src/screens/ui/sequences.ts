/** Control sequences that draw nothing. All texts are stripped of control characters. */
const clean = (text: string) => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");

/** Sets the window's title. */
export function titleSequence(title: string): string {
  return `\u001b]0;${clean(title)}\u0007`;
}

/** Shows progress on the terminal's tab (OSC 9;4): a percentage, an error, something under way of unknown length, or none. */
export function progressSequence(progress: number | "error" | "busy" | "none"): string {
  if (progress === "none") return "\u001b]9;4;0;0\u0007";
  if (progress === "error") return "\u001b]9;4;2;100\u0007";
  if (progress === "busy") return "\u001b]9;4;3;0\u0007";
  return `\u001b]9;4;1;${Math.max(0, Math.min(100, Math.round(progress)))}\u0007`;
}

/** Puts a text into the clipboard of the terminal (OSC 52). */
export function copySequence(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return `\u001b]52;c;${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}\u0007`;
}

/** Rings. */
export const bell = "\u0007";
