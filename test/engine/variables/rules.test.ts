import { describe, expect, test } from "vitest";
import { VariableDictionary } from "../../../src/engine/variables/index.ts";

type Case = readonly [template: string, variables: Record<string, string | null>, text: string, missing?: readonly string[]];

function evaluate(template: string, variables: Record<string, string | null>, haltOnError = true) {
  return new VariableDictionary(variables).evaluate(template, { haltOnError });
}

function gives(title: string, cases: readonly Case[]): void {
  for (const [template, variables, text, missing = []] of cases) {
    test(`${title}: ${template}`, () => {
      expect(evaluate(template, variables)).toEqual({ text, missing });
    });
  }
}

function fails(title: string, kind: string, cases: readonly (readonly [string, Record<string, string | null>, RegExp])[]): void {
  test.each(cases)(`${title}: %s`, (template, variables, message) => {
    const { text, error } = evaluate(template, variables);
    expect(error?.kind).toBe(kind);
    expect(error?.message).toMatch(message);
    expect(text).toBe(kind === "parse" ? template : null);
  });
}

describe("grammar", () => {
  gives("names", [
    ["#{a b}", { "a b": "1" }, "1"],
    ["#{ in }", { in: "1" }, "1"],
    ["#{A-B/C:(d)~@_}", { "A-B/C:(d)~@_": "1" }, "1"],
    ["#{Größe}", { größe: "1" }, "1"],
    ["#{A . B}", { "A.B": "1" }, "1"],
    ["#{Foo. }", { "Foo.": "1", Foo: "2" }, "#{Foo.}", ["#{Foo.}"]],
    ["#{M[ a ]}", { "M[a]": "1", "M[a ]": "2" }, "2"],
    ["#{M[a[b]]}", { "M[a[b]]": "1" }, "1"],
    ["#{M[a[#{K}]]}", { "M[a[k]]": "1", K: "k" }, "#{M[a[#{K}]]}", ["#{M[a[#{K}]]}"]],
    ["#{M[#{K}x]}", { "M[kx]": "1", K: "k" }, "#{M[#{K}x]}", ["#{M[#{K}x]}"]],
    ["#{iffy}#{elseifX}", { iffy: "1", elseifx: "2" }, "12"],
    ["#{elseif X}", { "elseif X": "1" }, "1"],
    ["#{Else}", {}, "#{Else}", ["#{Else}"]],
  ]);
  gives("opening words in any case", [
    ["#{IF A}y#{/if}#{Unless A}n#{/unless}#{EACH x in A}#{x}#{/each}#{CALC 1+1}", { A: "1" }, "y12"],
    ["#{if A}1#{Else}2#{/if}", { A: "1", Else: "e" }, "1e2"],
  ]);
  gives("options", [
    ["#{X | Append -1 3/2 HH:mm}", { X: "a" }, "a-13/2HH:mm"],
    ['#{X | Append #{a}"-"#{b}}', { X: "x", a: "1", b: "2" }, "x1-2"],
    ["#{X | Append #{a}| ToUpper}", { X: "x", a: "y" }, "XY"],
    ["#{X | Append #{a} }", { X: "x", a: "y" }, "xy"],
    ['#{X | Append \\"a"#b\\"}', { X: "x" }, 'xa"#b'],
    ["#{X | Replace #{a}#{b}}", { X: "x", a: "x", b: "y" }, "y"],
  ]);
  gives("conditions", [
    ['#{if "1" == X}y#{/if}', { X: "1" }, "y"],
    ["#{if X ==Y }y#{/if}", { X: "1", Y: "1" }, "y"],
    ["#{if X== Y}y#{/if}", { X: "1", Y: "1" }, "y"],
    ["#{if X!=Y}y#{/if}", { X: "1", Y: "2" }, "y"],
    ["#{unless A}1#{else}2#{/unless}", { A: "yes" }, "2"],
    ["#{unless A}1#{elseif B}2#{/unless}", { B: "b" }, "1#{elseif B}2", ["#{elseif B}"]],
    ["#{if A}1#{elseif B}2#{elseif C}3#{else}4#{/if}", { C: "1" }, "3"],
    ["#{if Foo | ToUpper}x", { "if Foo": "a" }, "Ax"],
    ["#{if A | Nope}x#{else}y#{/if}", { A: "1" }, "#{if A | Nope}x#{else}y#{/if}", ["A | Nope"]],
    ['#{if X | Nope != "y"}a#{/if}', { X: "1" }, '#{if X | Nope != "y" }a#{/if}', ["X | Nope"]],
    ['#{if "y" == X | Nope}a#{/if}', { X: "1" }, '#{if X | Nope == "y" }a#{/if}', ["X | Nope"]],
    ["#{unless X | Nope}a#{/unless}", { X: "1" }, "#{if X | Nope}#{else}a#{/if}", ["X | Nope"]],
    ["#{if A}##{x}#{/if}", { A: "1" }, "#{x}"],
  ]);
  gives("escapes", [
    ["####{x}", {}, "###{x}"],
    ["######{x}", {}, "#####{x}"],
    ["#######{x}", { x: "v" }, "#####v"],
    ["# ## ### #fff #{x}", { x: "v" }, "# ## ### #fff v"],
    ["##{", {}, "#{"],
  ]);
  fails("no templates", "parse", [
    ["#{X | Append #{Y} | ToUpper}", {}, /position 0/],
    ["#{if X == #{Y}}a#{/if}", {}, /position/],
    ['#{if "a" == "a"}b#{/if}', {}, /position/],
    ["#{each x in A}b", { A: "1" }, /each/],
    ["a#{/if}", {}, /closes nothing/],
    ['#{if X == "1"}a', {}, /position/],
    ["#{calc (2*A)}", { A: "1" }, /position/],
    ["#{calc 1e3}x#{", {}, /position/],
    ["#{.a}", {}, /position/],
    ["#{X | Append 1.5}", {}, /position/],
    ["#{ else }#{/if }", {}, /position/],
  ]);
  gives("the tree of names", [
    ["#{Foo}", { Foo$x: "1" }, "1"],
    ["#{Made}", { "Made in Japan": "1" }, "1"],
    ["#{Pkg[web]}|#{Pkg}", { "Pkg[web].Tag": "1" }, "web|#{Pkg}", ["#{Pkg}"]],
    ["#{M[*].v}|#{M[*]}", { "M[k].v": "1", "M[j].v": "2" }, "1|k"],
    ["#{M[*]}", { M: '{"*":"star"}' }, "star"],
    ["#{A.x}", { A: "#{bad", "A.x": "1" }, "1"],
  ]);
});

describe("values, JSON and loops", () => {
  gives("JSON members", [
    ["#{J.A}|#{J.a}", { J: '{"a":1}' }, "|1"],
    ["#{J[ 1]}|#{J[+0]}|#{J.01}|#{J[9]}|", { J: "[5,6]" }, "6|5|6||"],
    ["#{J.x}", { J: "[5,6]" }, "#{J.x}", ["#{J.x}"]],
    ["#{J.x}", { J: "12" }, "#{J.x}", ["#{J.x}"]],
    ["#{J.a} #{J.b} #{J.c} #{J.d} #{J.e}", { J: '{"a":1.50,"b":2.0,"c":1e3,"d":1e20,"e":0.00001}' }, "1.5 2 1000 1E+20 1E-05"],
    ["#{J.a}", { J: '{"a":[1.0,2,"é",true,null,1e3]}' }, '[1.0,2,"é",true,null,1000.0]'],
    ["#{J.h} #{J.o} #{J.n} #{J.i} #{J.u}|", { J: "{h:0x1F,o:017,n:NaN,i:-Infinity,u:undefined}" }, "31 15 NaN -Infinity |"],
    ["#{J.a} #{J.b}", { J: "{'a': .5, b: 5., // c\n}" }, "0.5 5"],
    ["#{J.a}", { J: "{'a': 'it\\'s \\u0041\t\n'}" }, "it's A\t\n"],
    ["#{J.a}", { J: '{"a":1,"b":2,"a":3}' }, "3"],
    ["#{J.a}", { J: '{"a":9223372036854775807}' }, "9223372036854775807"],
    ["#{J.a}", { J: '{"a":+1}' }, "#{J.a}", ["#{J.a}"]],
    ["#{J.a}", { J: '{"a":08}' }, "#{J.a}", ["#{J.a}"]],
    ["#{J.a}", { J: '{"a":True}' }, "#{J.a}", ["#{J.a}"]],
    ["#{J.a}", { J: '{"a":constructor}' }, "#{J.a}", ["#{J.a}"]],
    ["#{J.a}", { J: '{"a":1} x' }, "#{J.a}", ["#{J.a}"]],
    ["#{Cfg.o.z}|#{Cfg.o.w}", { Cfg: '{"o":{"z":3}}', "Cfg.o.w": "1" }, "#{Cfg.o.z}|1", ["#{Cfg.o.z}"]],
    ["#{T.n}", { T: '{"n":"#{T.v}","v":12}' }, "12"],
    [
      "#{J.d} #{J.z} #{J.o}",
      { J: '{"d":"2024-03-01T10:20:30","z":"2024-03-01T10:20:30.5Z","o":"2024-03-01T10:20:30+02:00"}' },
      "03/01/2024 10:20:30 03/01/2024 10:20:30 03/01/2024 08:20:30",
    ],
    ["#{J.x.d}", { J: '{"x":{"d":"2024-03-01T10:20:30Z"}}' }, "03/01/2024 10:20:30"],
    ["#{J.x}", { J: '{"x":{"d":"2024-03-01T10:20:30Z"}}' }, '{"d":"2024-03-01T10:20:30Z"}'],
  ]);
  gives("loops", [
    ["#{each x in L}<#{x}>#{/each}", { L: "" }, "<>"],
    ["#{each x in L}<#{x}>#{/each}", { L: "a, b,," }, "<a>< b><><>"],
    ["#{each x in L}<#{x}>#{/each}", { L: "12" }, "<12>"],
    ["#{each x in L}#{x}=#{x.Value},#{x.Key};#{/each}", { L: '{"b":1,"10":true,"2":null}' }, "b=1,b;10=True,10;2=,2;"],
    ["#{each x y in L}#{x y}#{/each}", { L: "1,2" }, "12"],
    ["#{each x in L}#{Octopus.Template.Each.First}#{Octopus.Template.Each.Last} #{/each}", { L: "1,2" }, "TrueFalse FalseTrue "],
    ["#{each x in Foo[a]}#{x}#{/each}", { "Foo[a].Items[1]": "q" }, "a"],
    ["#{each x in Foo}#{x}:#{x.v},#{/each}", { "Foo[a].v": "1", "Foo[b]": "B", "Foo[b].v": "2" }, "a:1,B:2,"],
    ["#{each x in L[#{K}]}#{x}#{/each}", { "L[k]": "1,2", K: "k" }, "12"],
    ["#{each x in L}#{V}#{/each}", { L: "1", V: "#{x}", x: "out" }, "out"],
    ["#{each x in L}#{x}#{/each}", { L: '["##{A}"]', A: "a" }, "a"],
    ["#{each octopus in L}#{/each}", { "L.x": "1" }, ""],
  ]);
  gives("calculations", [
    ["#{calc ( 2+3)}", { 2: "7" }, "10"],
    ["#{calc -2+1}", { "-2": "5" }, "6"],
    ["#{calc (2*{A})+.5}", { A: "3" }, "6.5"],
    ["#{calc A+1*2}", { A: "x" }, "#{A+1*2}"],
    ["#{calc 1/0}#{calc 0/0}", {}, "InfinityNaN"],
    ["#{calc A+0}", { A: "1,5" }, "15"],
    ["#{calc A+0}", { A: "0x1F" }, "#{A+0}"],
    ["#{calc A+1}", { A: "#{Nope}" }, "#{A+1}", ["#{Nope}"]],
    ["#{calc 0*{N}}", { N: "-3" }, "-0"],
    ["#{calc 1/100000}", {}, "1E-05"],
    ["#{calc 7/2*2-1}", {}, "6"],
  ]);
  gives("null and missing", [
    ["#{A | Null}", {}, "#{A | Null}", ["#{A | Null}"]],
    ["#{A}", { A: "#{ | null}" }, "#{ | null}"],
    ["#{Nope | Append x}#{if Nope}a#{/if}", {}, "x"],
    ["#{A}#{B}#{A}", {}, "#{A}#{B}#{A}", ["#{A}", "#{B}"]],
    ["#{M[#{K}].x}", { K: "#{L}", "M[#].x": "1" }, "#{M[#{K}].x}", ["#{M[#{K}].x}"]],
    ["#{X | Append #{Y}}", { X: "x" }, "x#{Y}", ["#{Y}"]],
  ]);
  test.each(["a#{X | null}", "#{if X}#{ | null}#{/if}", "#{X | Append #{ | null}}", "#{each x in X}#{x | null}#{/each}"])(
    "%s is null",
    (template) => {
      expect(evaluate(template, { X: "1" })).toEqual({ text: null, missing: [] });
    },
  );
  fails("cycles", "cycle", [
    ["#{A}", { A: "#{B}", B: "#{C}", C: "#{A}" }, /A -> B -> C -> A/],
    ["#{A}", { A: "x#{A}" }, /A -> A/],
    ["#{M[#{k}]}", { k: "#{k}" }, /k -> k/],
  ]);
  fails("exceptions", "exception", [
    ["#{J[-1]}", { J: "[1]" }, /negative/],
    ["#{J.a}", { J: '{"a":9223372036854775808}' }, /64 bits/],
    ["#{each Octopus in L}#{/each}", { L: "1" }, /Octopus/],
    ["#{X}", { "M[#{k}]": "1" }, /M\[#\{k\}\]/],
    ["#{X | Substring 1 2147483647}", { X: "abc" }, /2147483647/],
    ["#{X | Markdown}", { X: "a" }, /not supported here/],
    ["#{X | VersionMajor}", { X: " " }, /version/],
    ["#{X | VersionMajor}", { X: "2147483648" }, /larger than 2147483647/],
    ["#{X | FromBase64 bogus}", { X: "?" }, /base-64/],
    ["#{X | Format C}", { X: "1" }, /not supported here/],
    ['#{X | Match "(?>a)"}', { X: "1" }, /not supported here/],
  ]);
  test("no error shows the value of a variable", () => {
    const secret = "hunter-2-!";
    for (const filter of ["VersionMajor", "FromBase64", 'Match "("', "Format C", "Format date d", "AddHours 1"]) {
      expect(JSON.stringify(evaluate(`#{X | ${filter}}`, { X: secret }))).not.toContain(secret);
    }
  });

  test("an error names the token and its place", () => {
    expect(evaluate('ab #{X | Match "("}', { X: "1" }).error).toMatchObject({
      position: 3,
      message: expect.stringContaining('#{X | Match "("}'),
    });
  });
});

describe("continue-on-error mode", () => {
  test.each([
    ["#{ bad! } #{A}", "#{ bad! } 1"],
    ["a#{/if}#{A}", "a#{/if}1"],
    ["##{ #{A} #{", "#{ 1 #{"],
    ["#{each x in A}b#{A}", "#{each x in A}b#{A}"],
    ["#{if A}b#{A}", "#{if A}b1"],
    ["#{A | Append #{A} #{A}}", "#{A | Append #{A} 1}"],
    ['#{if A == "1"}x#{A}', '#{if A == "1"}x#{A}'],
  ])("%s", (template, text) => {
    const { error, text: actual } = evaluate(template, { A: "1" }, false);
    expect(error).toBeUndefined();
    expect(actual).toBe(text);
  });
});
