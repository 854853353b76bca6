import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseProfile, printProfile } from "../../../src/engine/profile-file.ts";
import { webProfile } from "../../support/profiles.ts";

const faults = (text: string, format: "yaml" | "json" = "yaml") => parseProfile(text, { format }).issues.map(({ message }) => message);

describe("reading a profile file", () => {
  it.each([
    ["", /empty/],
    ["# only a comment", /empty/],
    ["- a\n- b", /holds a list/],
    ["just a text", /holds a text/],
    ["name: a\nname: b", /Line 2, column 1: This key stands here twice/],
    ["target:\n  region: a\n  region: b", /Line 3, column 3/],
    ["name: [a", /not valid YAML/],
    ["target:\n\tregion: a", /Line 2.*tab/],
    ["name: a\n---\nname: b", /several documents/],
    ["name: !Sub x", /no YAML tags/],
    ["a: &a [*a]", /aliases/],
    ["path: *.env", /\*\.env stands for nothing/],
    ["name: 'a", /Line 1/],
    ["name: a: b", /needs quotes/],
  ])("%j is refused", (text, message) => {
    const read = parseProfile(text);
    expect(read.profile).toBeUndefined();
    expect(read.issues[0]?.message).toMatch(message);
    expect(read.issues[0]?.hint).toMatch(/\S/);
  });

  it("says once that a text is nested too deeply", () => {
    expect(faults(`a: ${"[".repeat(9000)}`)).toEqual([expect.stringMatching(/^Line 1, column \d+: The text is nested too deeply/)]);
  });

  it("refuses a text that aliases blow up", () => {
    const rows = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(", ")}]`);
    expect(faults(["a0: &a0 [x]", ...rows].join("\n"))[0]).toMatch(/aliases/);
  });

  it("follows a few aliases", () => {
    expect(parseProfile("target: &t {region: a}\nother: *t").profile).toEqual({ target: { region: "a" }, other: { region: "a" } });
  });

  it("adds what a merge key names, where the object itself says nothing; the first of several counts", () => {
    const text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {x: 3, <<: [*a, *b]}\nd: {<<: *b, y: 4}\ne: {<<: text}\nf: {'<<': {x: 1}}";
    expect(parseProfile(text).profile).toEqual({
      a: { x: 1, y: 1 },
      b: { y: 2, z: 2 },
      c: { x: 3, y: 1, z: 2 },
      d: { y: 4, z: 2 },
      e: { "<<": "text" },
      f: { "<<": { x: 1 } },
    });
    expect(faults("a: &a {<<: *a}")).toEqual([expect.stringMatching(/aliases/)]);
  });

  it.each([
    ["", /empty/],
    ['{"name": "a",\n}', /Line 2, column 1.*not valid JSON/],
    ['{"name": "a", "name": "b"}', /twice/],
    ["[]", /list/],
    ["name: a", /not valid JSON/],
  ])("JSON %j is refused", (text, message) => {
    expect(faults(text, "json")[0]).toMatch(message);
  });

  it("gives line and column of a fault as numbers as well", () => {
    expect(parseProfile("name: a\nname: b").issues[0]).toMatchObject({ line: 2, column: 1 });
  });

  it("keeps dates, versions and codes as they are written", () => {
    const { profile } = parseProfile("a: 2026-11-23\nb: 1.10\nc: 007\nd: 256\ne: 0x10\nf: yes\ng: true\nh:\ni: 1e3\nj: .nan");
    expect(profile).toEqual({ a: "2026-11-23", b: "1.10", c: "007", d: 256, e: "0x10", f: "yes", g: true, h: null, i: "1e3", j: ".nan" });
  });

  it("gives nothing a second meaning to JavaScript's own names", () => {
    const { profile } = parseProfile("__proto__:\n  polluted: true");
    expect(Object.keys(profile ?? {})).toEqual(["__proto__"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(printProfile(profile ?? {})).toContain("__proto__:");
  });

  it("knows where values stand", () => {
    const { locate } = parseProfile("name: a\ncontainers:\n  - name: web\n    image: nginx\n");
    expect(locate(["containers", 0, "image"])).toEqual({ line: 4, column: 5 });
    expect(locate(["containers", 0, "missing"])).toEqual({ line: 3, column: 5 });
    expect(locate(["nowhere"])).toEqual({ line: 1, column: 1 });
  });

  it("never throws, however deep or odd the text", () => {
    expect(faults("[".repeat(20_000))[0]).toMatch(/\S/);
    expect(faults(`{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`, "json")[0]).toMatch(/deep/);
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.constantFrom("yaml" as const, "json" as const),
        (text, format) => void parseProfile(text, { format }),
      ),
      { numRuns: 1000 },
    );
  });
});

describe("printing a profile", () => {
  it("names the schema, keeps the order of the reference and leaves lines between sections", () => {
    const shuffled = Object.fromEntries(Object.entries(webProfile).reverse());
    expect(printProfile(shuffled)).toBe(`# yaml-language-server: $schema=ecs-wizard.schema.json

version: 1
name: shop-web

target:
  region: eu-west-1
  cluster: production

configuration:
  name: shop-web

network:
  subnets:
    - subnet-0123456789abcdef0
  securityGroups:
    - sg-0123456789abcdef0

containers:
  - name: web
    image: nginx:1.27
    portMappings:
      - containerPort: 80
`);
  });

  it("keeps keys that mean nothing, behind the others", () => {
    expect(Object.keys(JSON.parse(printProfile({ extra: 1, ...webProfile }, "json"))).at(-1)).toBe("extra");
  });
});
