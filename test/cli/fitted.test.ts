import { expect, test } from "vitest";
import { fitted } from "../../src/cli/fitted.ts";

const text = [
  "CAUSE: the image or tag does not exist in the registry at all",
  "  -> List what is there, then choose one of the tags that do exist",
  "  | a line of a log that goes on for longer than the terminal is wide",
  "short",
].join("\n");

test("for a terminal lines are broken between words, with what stands before them kept in view", () => {
  expect(fitted(text, { isTTY: true, columns: 44 }).split("\n")).toEqual([
    "CAUSE: the image or tag does not exist in",
    "the registry at all",
    "  -> List what is there, then choose one of",
    "     the tags that do exist",
    "  | a line of a log that goes on for longer",
    "  | than the terminal is wide",
    "short",
  ]);
});

test("for a pipe, a file or a terminal of unknown or hardly any width a line stays a line", () => {
  for (const place of [{}, { columns: 44 }, { isTTY: true }, { isTTY: true, columns: 12 }]) expect(fitted(text, place)).toBe(text);
});
