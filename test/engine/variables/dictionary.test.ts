import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measureVariables } from "../../../scripts/bench/variables.ts";
import { canonical, hasExpression, parses, references, VariableDictionary, VariableError } from "../../../src/engine/variables/index.ts";

const pieces = [
  "#{",
  "}",
  "##{",
  "#",
  "A",
  "B",
  " ",
  "\n",
  ".",
  "[",
  "]",
  "|",
  '"',
  '\\"',
  ",",
  "==",
  "!=",
  "in",
  "1",
  "-3",
  "(",
  ")",
  "{",
  "+",
  "*",
  "/",
  "#{if A}",
  '#{if A == "x"}',
  "#{else}",
  "#{elseif B}",
  "#{/if}",
  "#{unless B}",
  "#{/unless}",
  "#{each x in L}",
  "#{/each}",
  "#{x}",
  "#{A}",
  "#{L[#{B}]}",
  "#{calc A+1}",
  '#{B | Replace "(a|b)+" $0}',
  "#{A | Format yyyy}",
  "#{ | null}",
  "#{L | Sha512 2}",
  "#{A | Truncate 1 #{B}}",
  '{"a":',
  "[1,2]",
];
const template = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ maxLength: 6 }) }), {
    maxLength: 25,
  })
  .map((parts) => parts.join(""));
const variables = fc.dictionary(
  fc.constantFrom("A", "B", "L", "x", "L[a]", "A.b", "L[#{x}]", "1", "if A"),
  fc.oneof(template, fc.constant(null)),
  { maxKeys: 6 },
);

describe("evaluate", () => {
  test("comes to a result for every text and every variables", () => {
    fc.assert(
      fc.property(template, variables, fc.boolean(), (text, values, haltOnError) => {
        const { error, missing, text: result } = new VariableDictionary(values).evaluate(text, { haltOnError });
        if (error?.kind === "parse") expect(result).toBe(text);
        if (error && error.kind !== "parse") expect(result).toBeNull();
        if (error) expect(missing).toEqual([]);
        if (!haltOnError) expect(error?.kind).not.toBe("parse");
      }),
      { numRuns: 3000 },
    );
  });

  test("returns a text without #{ unchanged", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes("#{")),
        (text) => {
          expect(new VariableDictionary({ A: "1" }).evaluate(text)).toEqual({ text, missing: [] });
        },
      ),
    );
  });

  test("gives back every text whose #{ are escaped", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes("#")),
        (text) => {
          expect(new VariableDictionary().evaluate(`${text}##{${text}`).text).toBe(`${text}#{${text}`);
        },
      ),
    );
  });

  test("the normal form of a template is its own normal form", () => {
    fc.assert(
      fc.property(
        template.filter((text) => !text.includes("##")),
        (text) => {
          const normal = canonical(text);
          if (normal !== null && parses(normal)) expect(canonical(normal)).toBe(normal);
        },
      ),
    );
  });

  const deep = 20_000;
  test.each([
    ["options", `${"#{A | Append ".repeat(deep)}x${"}".repeat(deep)}`],
    ["blocks", `${"#{if A}".repeat(deep)}x${"#{/if}".repeat(deep)}`],
    ["unclosed blocks", "#{each x in A}".repeat(deep)],
    ["parentheses", `#{calc ${"(".repeat(deep)}1${")".repeat(deep)}}`],
    ["brackets", `#{A${"[".repeat(deep)}`],
    ["looked-up indexes", `${"#{A[".repeat(deep)}`],
    ["branches", `#{if B}${"#{elseif B}x".repeat(deep)}#{/if}`],
  ])("refuses %s nested too deeply", (_, text) => {
    for (const haltOnError of [true, false]) {
      const { error } = new VariableDictionary({ A: "1" }).evaluate(text, { haltOnError });
      expect(error).toMatchObject({ kind: "exception", message: expect.stringMatching(/more than \d+/) });
    }
  });

  test.each([
    ["values inside one another", Object.fromEntries(Array.from({ length: deep }, (_, i) => [`V${i}`, `#{V${i + 1}}`])), /nested/],
    [
      "values that double",
      Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`V${i}`, `#{V${i + 1}}#{V${i + 1}}`])),
      /more than|grows/,
    ],
    [
      "values that double a text",
      { ...Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`V${i}`, `#{V${i + 1}}#{V${i + 1}}`])), V30: "x".repeat(10_000) },
      /grows/,
    ],
    ["loops without end", { V0: "#{each x in L}#{/each}", L: ",".repeat(10_000) }, /10001 times/],
    ["indents that explode", { V0: "#{L | Indent 255 | Indent 255}", L: "\n".repeat(300_000) }, /grows/],
  ])("stops %s", (_, values, message) => {
    const { text, error } = new VariableDictionary(values).evaluate("#{V0}");
    expect({ text, kind: error?.kind }).toEqual({ text: null, kind: "exception" });
    expect(error?.message).toMatch(message);
  });

  test("survives 300 values inside one another", () => {
    const values = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`V${i}`, `#{V${i + 1}}`]));
    expect(new VariableDictionary({ ...values, V300: "end" }).evaluate("#{V0}").text).toBe("end");
  });

  test.each(["#{if A}", "#{each x in L}", "#{if A}#{/unless}"])("reads many unclosed %s in linear time", (opening) => {
    const text = opening.repeat(90) + "#{A} ".repeat(20_000);
    const begin = performance.now();
    new VariableDictionary({ A: "1" }).evaluate(text, { haltOnError: false });
    expect(performance.now() - begin).toBeLessThan(5000);
  });

  test("takes time in proportion to the text", () => {
    measureVariables();
    expect(Math.min(measureVariables(), measureVariables(), measureVariables())).toBeLessThan(1000);
  });
});

describe("the operations over variables", () => {
  const dictionary = new VariableDictionary([
    ["Flag", " TRUE "],
    ["Off", "false"],
    ["Number", " +42 "],
    ["Big", "2147483648"],
    ["Empty", ""],
    ["Null", null],
    ["Self", "#{Self}"],
    ["Broken", "#{"],
    ["M[a].v", "1"],
    ["M[b]", "#{x}"],
    ["L", " 1,2"],
  ]);

  test("get", () => {
    expect(dictionary.get("FLAG")).toBe(" TRUE ");
    expect(dictionary.get("Null", "d")).toBe("d");
    expect(dictionary.get("Nope")).toBeNull();
    expect(dictionary.get("Empty", "d")).toBe("");
    expect(dictionary.get("Broken")).toBe("#{");
    expect(dictionary.get("M[a].v")).toBe("1");
    expect(() => dictionary.get("Self")).toThrow(VariableError);
  });

  test("getFlag, getInt32, getStrings, getIndexes, require, truthy", () => {
    expect([
      dictionary.getFlag("flag"),
      dictionary.getFlag("Off", true),
      dictionary.getFlag("Number", true),
      dictionary.getFlag("Nope"),
    ]).toEqual([true, false, true, false]);
    expect([dictionary.getInt32("Number"), dictionary.getInt32("Big"), dictionary.getInt32("Nope")]).toEqual([42, null, null]);
    expect([dictionary.getStrings("L"), dictionary.getStrings("Nope")]).toEqual([["1", "2"], []]);
    expect([dictionary.getIndexes("M"), dictionary.getIndexes("L"), dictionary.getIndexes("Nope")]).toEqual([
      ["a", "#{x}"],
      [" 1", "2"],
      [],
    ]);
    expect(() => dictionary.getIndexes(" ")).toThrow(/not the name/);
    expect(() => dictionary.require("Empty")).toThrow(/Empty has no value/);
    expect(dictionary.require("Flag")).toBe(" TRUE ");
    expect([dictionary.truthy("#{Nope}"), dictionary.truthy("#{Self}"), dictionary.truthy("0"), dictionary.truthy("#{Flag}")]).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  test("oddNames lists names that expressions cannot use as written", () => {
    expect(new VariableDictionary({ "A.b[c]": "1", Foo$x: "2", "Made in Japan": "3", $y: "4", "": "5" }).oddNames()).toEqual([
      { name: "Foo$x", readAs: "Foo" },
      { name: "Made in Japan", readAs: "Made" },
      { name: "$y", readAs: null },
      { name: "", readAs: null },
    ]);
  });

  test("set replaces a value and keeps its place", () => {
    const changed = new VariableDictionary({ M: "1", "m[b]": "2", "M[a]": "3" });
    changed.set("M[B]", "4");
    changed.set("m", null);
    expect(changed.names()).toEqual(["M", "m[b]", "M[a]"]);
    expect(changed.evaluate("#{M[*]}#{M}").text).toBe("4");
    expect(changed.getRaw("M")).toBeNull();
  });
});

describe("questions about a text", () => {
  test("hasExpression and parses", () => {
    expect(["a", "##{a}", "#{a}", "####{a}", "###{a}", "#{"].map(hasExpression)).toEqual([false, false, true, false, true, true]);
    expect(["a", "##{a}", "#{a}", "#{"].map(parses)).toEqual([true, true, true, false]);
  });

  test("canonical", () => {
    expect(canonical("#{ a|f x }")).toBe('#{a | f "x"}');
    expect(canonical('#{unless a=="1"}##{b}#{/unless}')).toBe('#{if a == "1" }#{else}##{b}#{/if}');
    expect(canonical("#{Each i  in  A [ #{ k } ].b}#{calc (1.50 + {a})*2}#{/each}")).toBe("#{each i in A[#{k}].b}#{1.5+a*2}#{/each}");
    expect(canonical("#{")).toBeNull();
  });

  test("references names what a text uses, and where", () => {
    const text = "#{A.b[#{K}] | Append #{B}}#{if C == D}#{each x in L}#{x.n}#{Octopus.Template.Each.Index}#{E}#{/each}#{/if}#{calc F+1}";
    expect(references(text).map(({ name, use }) => [name, use])).toEqual([
      ["K", "index"],
      ["A.b[#{K}]", "value"],
      ["B", "value"],
      ["C", "condition"],
      ["D", "condition"],
      ["L", "collection"],
      ["E", "value"],
      ["F", "operand"],
    ]);
    for (const { name, position } of references(text)) expect(text.startsWith(name, position)).toBe(true);
  });

  test("unset follows values and leaves out what has a fallback", () => {
    const dictionary = new VariableDictionary({ A: "#{B}-#{C | ToUpper}", K: "k", L: "1" });
    const texts = [
      "#{A}",
      "#{M[#{K2}]}",
      "#{if D}x#{else}#{E}#{/if}",
      "#{N | Append x}",
      "#{calc F+1}",
      "#{L}",
      "#{G | Nope}",
      "#{L | Nope}",
      "#{P | null}",
    ];
    expect([...new Set(texts.flatMap((text) => dictionary.unset(text)))]).toEqual(["B", "C", "K2", "E", "F", "G"]);
  });
});
