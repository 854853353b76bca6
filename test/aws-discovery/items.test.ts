import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanItem, mergeItems } from "../../src/aws-discovery/items.ts";
import { byName } from "../../src/aws-discovery/source.ts";

const item = (value: string, ...columns: string[]) => ({ value, columns });

test("a later item replaces the one of its value in place", () => {
  expect(mergeItems([item("a", "1"), item("b", "2")], [item("c", "3"), item("a", "9")], undefined)).toEqual([
    item("a", "9"),
    item("b", "2"),
    item("c", "3"),
  ]);
});

test("an ordered list merged page by page is the list sorted at once", () => {
  const page = fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.constantFrom("web-2", "web-10", "api", "")));
  fc.assert(
    fc.property(fc.array(page), (pages) => {
      const items = pages.map((all) => all.map(([value, name]) => item(value, name)));
      const merged = items.reduce<readonly ReturnType<typeof item>[]>(
        (list, next) => mergeItems(list, next, byName) as ReturnType<typeof item>[],
        [],
      );
      const last = new Map(items.flat().map((one) => [one.value, one]));
      expect(merged.map(({ columns }) => columns[0])).toEqual([...last.values()].sort(byName).map(({ columns }) => columns[0]));
      expect(new Set(merged)).toEqual(new Set(last.values()));
    }),
  );
});

test("a page costs comparisons by its own length, hardly by that of the list: names are slow to compare, and keys wait", () => {
  let compared = 0;
  const compare: typeof byName = (a, b) => {
    compared += 1;
    return byName(a, b);
  };
  const all = Array.from({ length: 5_000 }, (_, at) => item(`v-${at}`, `web-${at}`));
  const page = Array.from({ length: 100 }, (_, at) => item(`v-${at * 50}`, `web-${at * 50}`));
  expect(mergeItems(all, page, compare)).toEqual(all);
  expect(compared).toBe(100);
  compared = 0;
  const fresh = page.map(({ columns }, at) => item(`new-${at}`, ...columns));
  expect(mergeItems(all, fresh, compare)).toHaveLength(5_100);
  expect(compared).toBeLessThan(2_500);
});

test("numbers in names count as numbers", () => {
  expect([item("1", "web-10"), item("2", "web-2"), item("3", "Api")].sort(byName).map(({ columns }) => columns[0])).toEqual([
    "Api",
    "web-2",
    "web-10",
  ]);
});

test("what AWS says cannot drive the terminal", () => {
  const clean = cleanItem({ value: "v", columns: ["\u001b[31mred", "a\nb"], detail: "x\u0007", warning: "\u202ey" });
  expect(clean).toEqual({ value: "v", columns: ["red", "a b"], detail: "x", warning: "y" });
});
