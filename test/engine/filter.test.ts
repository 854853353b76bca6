import fc from "fast-check";
import { expect, test } from "vitest";
import type { PickerItem } from "../../src/engine/discovery.ts";
import { filterItems } from "../../src/engine/filter.ts";

const item = (value: string, ...columns: string[]): PickerItem => ({ value, columns });
const groups = [
  item("sg-0aaa", "web-alb", "sg-0aaa", "Load balancer of the web shop"),
  item("sg-0bbb", "shop-worker", "sg-0bbb", "Workers"),
  item("sg-0ccc", "private-a", "sg-0ccc", "São Paulo office"),
  item("arn:aws:iam::123456789012:role/deployer", "deployer", "Deploys"),
];
const names = (text: string) => [...filterItems(groups, text)].map(({ item: { columns } }) => columns[0]);
const shown = (text: string) =>
  [...filterItems(groups, text)].map(({ item: { columns }, ranges }) =>
    ranges.map(({ column, start, end }) => columns[column]?.slice(start, end)),
  );

test("without words every item stays, in its order", () => {
  expect(names("")).toEqual(["web-alb", "shop-worker", "private-a", "deployer"]);
  expect(names("   ")).toEqual(["web-alb", "shop-worker", "private-a", "deployer"]);
});

test("a word counts in any column, the start of a column first", () => {
  expect(names("shop")).toEqual(["shop-worker", "web-alb"]);
  expect(names("0ccc")).toEqual(["private-a"]);
});

test("all words count, in any order", () => {
  expect(names("balancer web")).toEqual(["web-alb"]);
  expect(names("balancer workers")).toEqual([]);
});

test("letters may be left out within a column, from the start of a word", () => {
  expect(names("prva")).toEqual(["private-a"]);
  expect(names("swkr")).toEqual(["shop-worker"]);
  expect(names("rivt")).toEqual([]);
});

test("letters are not gathered from several columns", () => {
  expect([...filterItems([item("x", "ab", "cd")], "acd")]).toEqual([]);
});

test("case and accents do not matter", () => {
  expect(names("SAO paulo")).toEqual(["private-a"]);
  expect(names("são")).toEqual(["private-a"]);
});

test("the value counts though it is not shown", () => {
  expect(names("role/deployer")).toEqual(["deployer"]);
  expect(shown("iam::123456789012")).toEqual([[]]);
});

test("says which letters matched", () => {
  expect(shown("web bal")).toEqual([["web", "bal"]]);
  expect(shown("prva")).toEqual([["pr", "va"]]);
  expect(shown("sao")).toEqual([["São"]]);
});

test("matches come in order and once, whatever the order of the words", () => {
  expect(shown("bal web we")).toEqual([["web", "bal"]]);
  expect(shown("alb web-")).toEqual([["web-alb"]]);
});

test("the tightest of several places is taken", () => {
  const [match] = filterItems([item("x", "web extra big", "we-eb")], "weeb");
  expect(match?.ranges[0]?.column).toBe(1);
});

test("typing on and deleting give the same as asking anew", () => {
  const letter = fc.constantFrom("a", "b", "-", " ", "1", "é");
  const text = fc.string({ unit: letter, maxLength: 8 });
  const items = fc.array(fc.tuple(text, text), { maxLength: 12 }).map((all) => all.map(([a, b], at) => item(`v${at}`, a, b)));
  fc.assert(
    fc.property(items, fc.array(text, { minLength: 1, maxLength: 6 }), (list, texts) => {
      for (const typed of texts) {
        for (let length = 0; length <= typed.length; length++) {
          const plain = (of: readonly PickerItem[]) =>
            [...filterItems(of, typed.slice(0, length))].map(({ item: { value }, ranges }) => ({ value, ranges }));
          expect(plain(list)).toEqual(plain([...list]));
        }
      }
    }),
  );
});

test("ranges stay inside their columns", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 12, unit: "grapheme" }), { minLength: 1 }),
      fc.string({ maxLength: 4 }),
      (columns, text) => {
        for (const { ranges } of filterItems([item("value", ...columns)], text)) {
          for (const [at, { column, start }] of ranges.entries()) {
            const before = ranges[at - 1];
            if (before?.column === column) expect(start).toBeGreaterThan(before.end);
          }
          for (const { column, start, end } of ranges) {
            expect(start).toBeLessThan(end);
            expect(end).toBeLessThanOrEqual(columns[column]?.length ?? -1);
          }
        }
      },
    ),
  );
});

test("what was typed in full stands first, whatever the order of the list", () => {
  const rows = ["1.4.2-arm64", "1.4.20", "1.4.2"].map((value) => ({ value, columns: [value, "2 hours ago", "amd64"] }));
  expect(filterItems(rows, "1.4.2").at(0)?.item.value).toBe("1.4.2");
  expect([...filterItems(rows.toReversed(), "1.4.2")].map(({ item }) => item.value)).toEqual(["1.4.2", "1.4.2-arm64", "1.4.20"]);
});
