import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editText, graphemesOf, type TextCommand, type TextState, textState } from "../../src/engine/text-editing.ts";

const family = "👩‍👩‍👧";
const press = (state: TextState, ...commands: TextCommand["type"][]) =>
  commands.reduce((now, type) => editText(now, { type } as TextCommand), state);

describe("a line of text", () => {
  test.each<[TextCommand["type"][], string, number]>([
    [["deleteBack"], `one ${family}`, 4 + family.length],
    [["deleteBack", "deleteBack"], "one ", 4],
    [["left", "left", "deleteForward"], "one é", 4],
    [["wordLeft", "deleteToEnd"], "one ", 4],
    [["home", "deleteWordForward"], ` ${family}é`, 0],
    [["home", "right", "deleteToStart"], `ne ${family}é`, 0],
    [["home", "wordRight"], `one ${family}é`, 3],
    [["deleteToStart"], "", 0],
  ])("%j leaves %j", (commands, text, cursor) => {
    expect(press(textState(`one ${family}é`), ...commands)).toEqual({ text, cursor });
  });

  test("the ends of several lines are those of the line; up and down keep the column", () => {
    const lines = textState("one\nto\nthree", 3);
    expect(press(lines, "lineDown").cursor).toBe(6);
    expect(press(lines, "lineDown", "lineDown", "end", "lineUp", "home", "deleteToEnd")).toEqual({ text: "one\n\nthree", cursor: 4 });
    expect(press(lines, "lineUp", "deleteToStart").text).toBe("\nto\nthree");
    expect(press(lines, "lineDown", "lineDown", "lineDown").cursor).toBe(9);
  });

  test("a word of a megabyte is passed and deleted like any other", () => {
    const long = textState(`go ${"z".repeat(1_000_000)}`);
    const began = performance.now();
    expect(press(long, "wordLeft", "wordRight", "deleteWordBack")).toEqual({ text: "go ", cursor: 3 });
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test("deleting a word back takes the blanks behind it too", () => {
    expect(press(textState("one two  "), "deleteWordBack")).toEqual({ text: "one ", cursor: 4 });
  });

  test("pasted line breaks become blanks in one line, and stay in several; control characters go", () => {
    const paste: TextCommand = { type: "insert", text: "a\r\n  b\tc\u0007\u001b[31m" };
    expect(editText(textState(""), paste).text).toBe("a b c[31m");
    expect(editText(textState(""), paste, true).text).toBe("a\n  b\tc[31m");
  });

  test("whatever is done, the cursor stands between whole characters", () => {
    const types = [
      "left",
      "right",
      "wordLeft",
      "wordRight",
      "home",
      "end",
      "deleteBack",
      "deleteForward",
      "deleteWordBack",
      "deleteWordForward",
      "deleteToStart",
      "deleteToEnd",
    ] as const;
    const command: fc.Arbitrary<TextCommand> = fc.oneof(
      fc.constantFrom(...types).map((type): TextCommand => ({ type })),
      fc.string({ unit: "grapheme", maxLength: 5 }).map((text): TextCommand => ({ type: "insert", text })),
      fc.constantFrom("\u0301", "\u200d", family, "🇩🇪").map((text): TextCommand => ({ type: "insert", text })),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
        const end = commands.reduce((state, one) => editText(state, one), textState("start"));
        const ends = graphemesOf(end.text).map((_, at, all) => all.slice(0, at + 1).join("").length);
        expect([0, ...ends]).toContain(end.cursor);
      }),
    );
  });
});
