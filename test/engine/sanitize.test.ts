import { expect, test } from "vitest";
import { jsonText, sanitize, sanitizeLine } from "../../src/engine/sanitize.ts";

test.each([
  ["colours and cursor movement", "\u001b[31mred\u001b[0m\u001b[2J\u001b[10;20Hhere", "redhere"],
  ["a window title", "\u001b]0;owned\u0007rest", "rest"],
  ["a link, its text stays", "\u001b]8;;https://evil.example\u001b\\text\u001b]8;;\u001b\\", "text"],
  ["a clipboard write that never ends", "before\u001b]52;c;cm0gLXJm", "before"],
  ["eight-bit sequences", "\u009b31mred\u009d0;x\u0007y", "redy"],
  ["device control strings", "a\u001bPq#0\u001b\\b", "ab"],
  ["character set switches", "\u001b(0lqk\u001b(B", "lqk"],
  ["a lone escape", "a\u001b", "a"],
  ["bells and backspaces", "pass\b\b\b\bword\u0007", "password"],
  ["reversed text", "file\u202egnp.exe", "filegnp.exe"],
  ["line ends of all kinds", "a\r\nb\rc\nd", "a\nb\nc\nd"],
  ["tabs", "a\tb", "a  b"],
  ["letters of any script", "São Paulo 東京 👩‍👩‍👧 ✓", "São Paulo 東京 👩‍👩‍👧 ✓"],
])("takes out %s", (_what, text, clean) => {
  expect(sanitize(text)).toBe(clean);
});

test("one line for places with one line", () => {
  expect(sanitizeLine("  User: arn \n\t is not\r\nauthorized\u001b[0m ")).toBe("User: arn is not authorized");
});

test("JSON for a terminal has nothing in it that the terminal acts on, and reads back as it was", () => {
  const value = { "a\u009b": ["\u001b[31mred\u0085\u202e\u2066", "plain – words"], b: { c: 1, d: null } };
  const text = jsonText(value, 2);
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2066]/);
  expect(text).toContain("plain – words");
  expect(JSON.parse(text)).toEqual(value);
});
